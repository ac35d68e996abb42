#include "models/banks/contagion.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/support/harness.h"
#include "tests/support/reference.h"

using namespace moniac;
using moniac::testing::grid;
using moniac::testing::Harness;
using moniac::testing::Params;
using moniac::testing::reference;

namespace {

const Calendar monthly = grid(StepUnit::month, 24);

Names bank_names(std::size_t count) {
  Names names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("b" + std::to_string(i));
  return names;
}

std::string message(const Params& params) {
  return moniac::testing::refusal(contagion(), monthly, params);
}

}  // namespace

TEST_CASE("when a bank fails the network clears as in the reference") {
  const auto known = reference("banks/clearing.json");
  for (const auto& example : known["cases"]) {
    INFO(example["name"].get<std::string>());
    const auto external = example["external"].get<std::vector<double>>();
    const auto liabilities = example["liabilities"].get<Matrix>();
    const Names names = bank_names(external.size());
    Harness run(contagion(), monthly,
                {{"classes", names},
                 {"liabilities", liabilities},
                 {"external_assets", external},
                 {"asset_recovery", double(example["asset_recovery"])},
                 {"claim_recovery", double(example["claim_recovery"])},
                 {"loss_given_failure", 0.0}});
    run.start();
    run.step();
    CHECK(run["interbank_defaults"].maxCoeff() == 0);
    run.set("failed_assets[b0]", 1e-9);  // somebody failed, nothing was lost
    run.step();
    for (std::size_t i = 0; i < names.size(); ++i) {
      double owed = 0;
      for (const double amount : liabilities[i]) owed += amount;
      CHECK(owed - run.at("interbank_shortfall[" + names[i] + "]") ==
            Approx(double(example["payments"][i])).epsilon(1e-11).margin(1e-12));
      CHECK(run.at("network_equity[" + names[i] + "]") ==
            Approx(double(example["equity"][i])).epsilon(1e-11).margin(1e-11));
    }
    CHECK(run["clearing_identity_residual"].maxCoeff() < 5e-10);
  }
}

TEST_CASE("losses of banks wear their equity down, and more of them never leaves anybody better off") {
  Harness run(contagion(), monthly);
  const Eigen::ArrayXd lost = Eigen::ArrayXd::LinSpaced(run.paths(), 0, 9000);
  run.start();
  CHECK(run.at("network_equity[gsib]") == Approx(1170 + 180 - 190));
  run.set("failed_assets[gsib]", lost);
  run.set("bank_losses[regional]", 100.0);
  run.step();
  for (Eigen::Index p = 1; p < run.paths(); ++p)
    for (const char* name : {"gsib", "regional", "community"}) {
      const std::string bank = std::string("[") + name + "]";
      CHECK(run["network_equity" + bank](p) <= run["network_equity" + bank](p - 1) + 1e-9);
      CHECK(run["interbank_shortfall" + bank](p) >= run["interbank_shortfall" + bank](p - 1) - 1e-9);
    }
  CHECK(run["interbank_defaults"](0) == 0);
  CHECK(run["interbank_defaults"](run.paths() - 1) >= 1);
  CHECK(run.at("network_equity[regional]") == Approx(650 - 100 + 190 - 150));
  CHECK(run.allocations() == 0);
}

TEST_CASE("a network that does not fit its banks is refused") {
  CHECK(message({{"liabilities", Matrix{{0, 1}, {1, 0}}}}).find("each of 3 banks") != std::string::npos);
  CHECK(message({{"liabilities", Matrix{{0, 1, 1}, {1, 2, 0}, {0, 0, 0}}}}).find("a bank owes itself") !=
        std::string::npos);
  CHECK(message({{"external_assets", std::vector<double>{1, 2}}}).find("has 2 numbers for 3 banks") !=
        std::string::npos);
}
