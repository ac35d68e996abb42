#include "sim/math/clearing.h"

#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::near;
using moniac::testing::reference;
using Banks = ClearingNetwork::Banks;

namespace {

Banks banks(const std::vector<double>& values) {
  Banks result{};
  std::copy(values.begin(), values.end(), result.begin());
  return result;
}

double equity(const ClearingNetwork& network, int bank, const Banks& external, const Banks& paid) {
  if (network.defaults(bank, paid)) return 0;
  const auto i = static_cast<std::size_t>(bank);
  return external[i] + network.received(bank, paid) - paid[i];
}

const std::vector<std::vector<double>> ring_and_sink = {{0, 4, 3, 3}, {2, 0, 5, 4}, {3, 1, 0, 5}, {0, 0, 0, 0}};

}  // namespace

TEST_CASE("clearing payments and equity are the published vectors, with and without costs of default") {
  const auto file = reference("banks/clearing.json");
  const double tolerance = file.at("tolerance");
  const double margin = file.at("margin");
  for (const auto& given : file.at("cases")) {
    INFO(given.at("name"));
    const ClearingNetwork network(given.at("liabilities"), given.at("asset_recovery"), given.at("claim_recovery"));
    const Banks external = banks(given.at("external"));
    const Banks paid = network.payments(external);
    for (int i = 0; i < network.size(); ++i) {
      const auto k = static_cast<std::size_t>(i);
      CHECK(paid[k] == near(given.at("payments").at(k), tolerance).margin(margin));
      CHECK(equity(network, i, external, paid) == near(given.at("equity").at(k), tolerance).margin(margin));
    }
  }
}

TEST_CASE("without costs of default the equity of all banks is the sum of their outside assets") {
  const ClearingNetwork network(ring_and_sink, 1, 1);
  for (const double scale : {0.0, 0.1, 0.5, 1.0, 3.0}) {
    const Banks external = banks({2 * scale, 4.5 * scale, scale, 0});
    const Banks paid = network.payments(external);
    double all = 0;
    for (int i = 0; i < network.size(); ++i) all += equity(network, i, external, paid);
    CHECK(all == Approx(7.5 * scale).margin(1e-12));
  }
}

TEST_CASE("more outside assets never lower a payment, and no payment exceeds what is owed") {
  for (const double recovery : {0.6, 1.0}) {
    const ClearingNetwork network(ring_and_sink, recovery, recovery);
    Banks before{};
    for (int k = 0; k <= 60; ++k) {
      const Banks paid = network.payments(banks({0.2 * k, 0.05 * k, 0.1 * k, 0}));
      for (int i = 0; i < network.size(); ++i) {
        const auto bank = static_cast<std::size_t>(i);
        CHECK(paid[bank] >= before[bank] - 1e-12);
        CHECK(paid[bank] <= network.owed(i));
      }
      before = paid;
    }
  }
}

TEST_CASE("payments solve their own equation") {
  for (const double recovery : {0.5, 0.8, 1.0}) {
    const ClearingNetwork network(ring_and_sink, recovery, 0.9 * recovery);
    const Banks external = banks({2, 4.5, 1, 0});
    const Banks paid = network.payments(external);
    for (int i = 0; i < network.size(); ++i) {
      const auto k = static_cast<std::size_t>(i);
      const double claims = network.received(i, paid);
      if (network.defaults(i, paid))
        CHECK(paid[k] == near(recovery * external[k] + 0.9 * recovery * claims, 1e-13));
      else
        CHECK(external[k] + claims >= paid[k]);
    }
  }
}

TEST_CASE("banks that owe nothing, or have enough outside assets, clear in full") {
  const ClearingNetwork none({{0, 0}, {0, 0}}, 0.8, 0.9);
  CHECK(none.payments(banks({3, 0})) == Banks{});
  const ClearingNetwork network(ring_and_sink, 0.8, 0.9);
  const Banks paid = network.payments(banks({10, 11, 9, 0}));
  for (int i = 0; i < network.size(); ++i) CHECK(paid[static_cast<std::size_t>(i)] == network.owed(i));
}

TEST_CASE("a chain of 32 banks pays what came down the chain") {
  constexpr std::size_t n = ClearingNetwork::most_banks;
  std::vector<std::vector<double>> owes(n, std::vector<double>(n, 0));
  for (std::size_t i = 0; i + 1 < n; ++i) owes[i][i + 1] = 10;
  const ClearingNetwork network(owes, 1, 1);
  Banks external{};
  external.fill(0.25);
  const Banks paid = network.payments(external);
  double sum = 0;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    sum = std::min(10.0, 0.25 + sum);
    CHECK(paid[i] == near(sum, 1e-14));
  }
}
