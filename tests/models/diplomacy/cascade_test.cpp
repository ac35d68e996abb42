#include "models/diplomacy/cascade.h"

#include <cmath>
#include <set>

#include "models/diplomacy/acquaintances.h"
#include "tests/support/catch.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

TEST_CASE("thresholds come to rest where the reference says, tipping points included") {
  const auto all = reference("diplomacy/cascade.json");
  const double tolerance = all.at("tolerance");
  for (const auto& known : all.at("thresholds")) {
    const std::vector<RestingShare> found = resting_shares({known.at("mean"), known.at("spread")});
    REQUIRE(found.size() == known.at("fixed_points").size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(std::abs(found[i].share - known.at("fixed_points").at(i).get<double>()) < tolerance);
      CHECK(found[i].stable == known.at("stable").at(i).get<bool>());
    }
    CHECK(std::abs(found[0].share - known.at("from_zero").get<double>()) < tolerance);
  }
}

TEST_CASE("a generous first deal carries thresholds from 1.5 % to all, a harsh one leaves 0.3 %") {
  const auto all = reference("diplomacy/cascade.json");
  const auto& known = all.at("first_mover");
  const double mean = known.at("base_mu"), spread = known.at("sigma");
  const std::pair<const char*, double> cases[] = {
      {"base", 0.0}, {"generous", known.at("generous_shift")}, {"harsh", known.at("harsh_shift")}};
  for (const auto& [name, shift] : cases)
    CHECK(std::abs(resting_shares({mean + shift, spread})[0].share - known.at(name).get<double>()) < 1e-11);
}

TEST_CASE("resting shares reproduce themselves, and with a threshold of half they are symmetric") {
  for (const double spread : {0.05, 0.1, 0.3, 0.6})
    for (const RestingShare& rest : resting_shares({0.5, spread}))
      CHECK(std::abs(Thresholds{0.5, spread}.moved_by(rest.share) - rest.share) < 1e-12);
  // Φ((r - 1/2)/σ) maps 1 - r to 1 minus itself; the middle tips while σ < 1/√(2π).
  const auto narrow = resting_shares({0.5, 0.3}), wide = resting_shares({0.5, 0.5});
  REQUIRE(narrow.size() == 3);
  CHECK(narrow[0].share + narrow[2].share == Approx(1).epsilon(1e-13));
  CHECK(narrow[1].share == Approx(0.5).epsilon(1e-13));
  CHECK_FALSE(narrow[1].stable);
  REQUIRE(wide.size() == 1);
  CHECK(wide[0].stable);
}

TEST_CASE(
    "cascades on random networks come to rest where the reference says, also where one mover moves less than one") {
  const auto all = reference("diplomacy/cascade.json");
  const double tolerance = all.at("tolerance");
  for (const auto& known : all.at("network")) {
    const NetworkCascade found = network_cascade({known.at("R"), 0}, known.at("z"), known.at("rho0"));
    CHECK(std::abs(found.neighbour - known.at("q").get<double>()) < tolerance);
    CHECK(std::abs(found.moved - known.at("rho").get<double>()) < tolerance);
    CHECK(std::abs(found.spread - known.at("watts_sum").get<double>()) < tolerance);
    CHECK((found.spread > 1) == known.at("watts_first_order_condition_met").get<bool>());
  }
}

TEST_CASE(
    "a network of very many acquaintances is a world where everybody watches all, and one of none moves by itself") {
  const double all = resting_shares({0.4, 0.25})[0].share;
  const double wide = network_cascade({0.4, 0.25}, 25, 0).moved, wider = network_cascade({0.4, 0.25}, 100, 0).moved;
  CHECK(std::abs(wide - all) < 0.02);
  CHECK(std::abs(wider - all) < std::abs(wide - all) / 2);
  // Nobody to watch: F(0) of those who are no seeds.
  const double alone = std::erfc(0.4 / 0.25 / std::sqrt(2)) / 2;
  CHECK(network_cascade({0.4, 0.25}, 1e-12, 0.1).moved == Approx(0.1 + 0.9 * alone).epsilon(1e-10));
}

TEST_CASE("acquaintances know each other and nobody else") {
  constexpr int n = 100;
  const Acquaintances network(n);
  std::vector<double> kept(static_cast<std::size_t>(network.numbers()), 7.0);
  const auto at = [&](int i) -> double& { return kept[static_cast<std::size_t>(i)]; };
  std::vector<std::set<int>> expected(n);
  int k = 1, j = 0, pairs = 0;  // pairs come row by row
  network.draw(at, [&] {
    const bool tied = (7 * k + 3 * j) % 5 == 0 || k == n - 1;
    if (tied) {
      expected[static_cast<std::size_t>(k)].insert(j);
      expected[static_cast<std::size_t>(j)].insert(k);
    }
    ++pairs;
    if (++j == k) ++k, j = 0;
    return tied;
  });
  CHECK(pairs == n * (n - 1) / 2);
  for (int who = 0; who < n; ++who) {
    std::set<int> found;
    network.each(who, at, [&](int other) { found.insert(other); });
    CHECK(found == expected[static_cast<std::size_t>(who)]);
  }
}
