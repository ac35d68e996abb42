#include "models/diplomacy/attrition.h"

#include <cmath>

#include "models/diplomacy/linear_hazards.h"
#include "models/diplomacy/reputation.h"
#include "tests/support/harness.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

using Numbers = std::vector<double>;

constexpr Eigen::Index paths = 16384;

double share(const Harness& run, double status) {
  return (run["attrition_status"] == status).cast<double>().mean();
}

void check_share(const Harness& run, double status, double expected) {
  INFO("status " << status);
  CHECK(std::abs(share(run, status) - expected) < 4 * std::sqrt(expected * (1 - expected) / paths) + 1e-9);
}

Numbers both(const nlohmann::json& by_side) {
  return {by_side.at("US"), by_side.at("CN")};
}

// The reference case in % of GDP.
Params complete(const nlohmann::json& known) {
  Numbers cost = both(known.at("cost")), prize = both(known.at("prize"));
  for (double& c : cost) c *= 100;
  for (double& v : prize) v *= 100;
  return {{"cost", cost}, {"prize", prize}, {"conflict_open", 0.0}};
}

Params stubborn_sides(const nlohmann::json& known) {
  return {{"mode", std::string("reputation")},
          {"demand", Numbers{known.at("a1"), known.at("a2")}},
          {"discount", Numbers{known.at("r1"), known.at("r2")}},
          {"stubborn", Numbers{known.at("z1"), known.at("z2")}}};
}

double foreseen(const std::string& mode, const Params& more, double us_strain = 0, double us_crisis = 0.06) {
  Params params = more;
  params["mode"] = mode;
  Harness run(attrition(), grid(StepUnit::month, 12), params);
  run.set("uscn.strain[US]", us_strain);
  run.set("uscn.crisis_hazard[US]", us_crisis);
  run.start();
  return run.at("p_us_first");
}

std::string message(const Params& params) {
  return refusal(attrition(), grid(StepUnit::month, 12), params);
}

}  // namespace

TEST_CASE("with complete information sides concede as the closed form says, with and without crises, at any step") {
  const auto known = reference("diplomacy/attrition.json").at("complete_information");
  for (const char* name : {"no_crisis", "with_crisis"})
    for (const StepUnit unit : {StepUnit::month, StepUnit::year}) {
      INFO(name);
      const auto& expected = known.at(name);
      const bool crises = std::string(name) == "with_crisis";
      const int year = unit == StepUnit::month ? 12 : 1;
      Harness run(attrition(), grid(unit, 40 * year), complete(known), {}, paths);
      for (const char* side : {"US", "CN"})
        run.set(std::string("uscn.crisis_hazard[") + side + "]",
                crises ? known.at("crisis").at(side).get<double>() / 0.6 : 0);
      run.seed(17);
      run.start();
      CHECK(run.at("p_us_first") == near(expected.at("P_US_first"), 1e-12));
      run.run(year);
      check_share(run, 2, expected.at("P_US_first_by_T"));
      check_share(run, 1, expected.at("P_unresolved_T"));
      run.run(39 * year);
      check_share(run, 2, expected.at("P_US_first"));
      check_share(run, 3, expected.at("P_CN_first"));
      CHECK(share(run, 1) < 1e-3);
    }
}

TEST_CASE("reputations build, sides yield and deadlock as in the reference") {
  const auto all = reference("diplomacy/attrition.json");
  const double tolerance = all.at("tolerance");
  for (const auto& known : all.at("reputation")) {
    const Reputation theory(
        {{known.at("a1"), known.at("a2")}, {known.at("r1"), known.at("r2")}, {known.at("z1"), known.at("z2")}});
    CHECK(theory.rate[0] == near(known.at("lambda1"), tolerance));
    CHECK(theory.rate[1] == near(known.at("lambda2"), tolerance));
    CHECK(theory.horizon == near(known.at("T0"), tolerance));
    CHECK(std::abs(theory.atom[0] - known.at("atom1").get<double>()) < tolerance);
    CHECK(std::abs(theory.atom[1] - known.at("atom2").get<double>()) < tolerance);
    CHECK(theory.first(0) == near(known.at("P1_first"), tolerance));
    CHECK(theory.first(1) == near(known.at("P2_first"), tolerance));
    CHECK(theory.deadlock() == near(known.at("P_deadlock"), tolerance));
    CHECK(theory.first(0) + theory.first(1) + theory.deadlock() == Approx(1).epsilon(1e-14));
    CHECK(theory.mean_years() == near(known.at("E_duration_given_resolved_positive"), tolerance));

    Harness run(attrition(), grid(StepUnit::quarter, 160), stubborn_sides(known), {}, paths);
    run.set("uscn.crisis_hazard", 0);
    run.seed(18);
    run.start();
    CHECK(run.at("p_us_first") == near(known.at("P1_first"), 1e-12));
    run.run(160);
    check_share(run, 2, known.at("P1_first"));
    check_share(run, 3, known.at("P2_first"));
    check_share(run, 1, known.at("P_deadlock"));
  }
}

TEST_CASE("what own cost does depends on the mode: the other yields, oneself does, or nothing") {
  // At the defaults both sides are alike where costs over prizes count.
  CHECK(foreseen("equilibrium", {}) == Approx(0.5).epsilon(1e-13));
  CHECK(foreseen("behavioural", {}) == Approx(0.5).epsilon(1e-13));
  // Strain of the US raises its own cost.
  CHECK(foreseen("equilibrium", {}, 1) < 0.5);
  CHECK(foreseen("behavioural", {}, 1) > 0.5);
  CHECK(foreseen("reputation", {}, 1) == foreseen("reputation", {}, 0));
  // Impatience of the US raises its own atom.
  CHECK(foreseen("reputation", {{"discount", Numbers{0.8, 0.35}}}) > foreseen("reputation", {}));
  // Crises of the US force the US, in all of them.
  for (const char* mode : {"equilibrium", "reputation", "behavioural"})
    CHECK(foreseen(mode, {}, 0, 0.12) > foreseen(mode, {}, 0, 0.06));
}

TEST_CASE("in equilibrium holding on is worth what conceding is: nothing, whatever the step") {
  // What makes a side mix: V P(other first) = c E(duration). Prizes of 2 % of GDP, costs of 0.6 and 0.5 % a year.
  for (const StepUnit unit : {StepUnit::month, StepUnit::year}) {
    const int year = unit == StepUnit::month ? 12 : 1;
    Harness run(attrition(), grid(unit, 40 * year),
                {{"cost", Numbers{0.6, 0.5}}, {"prize", Numbers{2, 2}}, {"payoffs", Numbers{2, 0, 0, 0}}}, {}, paths);
    run.set("uscn.crisis_hazard", 0);
    run.seed(29);
    run.start();
    run.run(40 * year);
    for (const char* side : {"attrition_payoff[US]", "attrition_payoff[CN]"}) {
      CHECK(std::abs(run.mean(side)) < 4 * std::sqrt(run.variance(side) / paths));
      CHECK(run.variance(side) > 1);
    }
  }
}

TEST_CASE("payoffs are costs while it lasts, losses in crises, and what the outcome is worth, once") {
  const Date may{std::chrono::May / 12 / 2026};
  const double dt = 1.0 / 12;
  const std::map<std::string, std::pair<double, double>> worth = {{"us_concedes", {-0.5, 0.5}},
                                                                  {"china_concedes", {0.5, -0.5}},
                                                                  {"settlement", {0.3, 0.3}},
                                                                  {"conflict", {-10, -10}}};
  for (const auto& [outcome, sides] : worth) {
    INFO(outcome);
    Harness run(
        attrition(), grid(StepUnit::month, 12),
        {{"mode", std::string("scripted")}, {"scripted_end", std::vector<Date>{may}}, {"scripted_outcome", outcome}});
    run.set("uscn.strain[US]", 2);
    run.seed(20);
    run.start();
    CHECK(run.at("attrition_payoff[US]") == 0);
    run.run(4);
    const double us = 0.6 * std::exp(1.0) * dt, cn = 0.8 * dt;
    CHECK(run.at("attrition_payoff[US]") == near(-4 * us, 1e-13));
    CHECK(run.at("attrition_payoff[CN]") == near(-4 * cn, 1e-13));
    run.set("uscn.crisis_loss[US]", 1);
    run.step();
    CHECK(run.at("attrition_payoff[US]") == near(sides.first - 5 * us - 1, 1e-13));
    CHECK(run.at("attrition_payoff[CN]") == near(sides.second - 5 * cn, 1e-13));
    const double end = run.at("attrition_payoff[US]");
    run.run(7);  // over: neither costs nor crises count
    CHECK(run.at("attrition_payoff[US]") == end);
  }
  CHECK(message({{"payoffs", Numbers{1, 2}}}).find("payoffs has 2 numbers for 4 outcomes") != std::string::npos);
}

TEST_CASE("rising hazards: the closed forms at both ends, and quadrature between") {
  // Constant hazards; hazards from nothing, where the wait is Rayleigh's; and ∫ e^{-At - Bt²/2} dt by the trapezoidal
  // rule (2·10⁵ points), on both sides of where the series takes over.
  const LinearHazards constant({0.2, 0.3}, {0, 0});
  CHECK(constant.first(0) == near(0.4, 1e-14));
  CHECK(constant.mean_years() == near(2, 1e-14));
  const LinearHazards rising({0, 0}, {0.1, 0.3});
  CHECK(rising.first(0) == near(0.25, 1e-14));
  CHECK(rising.mean_years() == near(std::sqrt(std::acos(-1) / 2 / 0.4), 1e-14));
  for (const auto& [level, rise, mean, first] :
       {std::tuple{BySide{0.2, 0.3}, BySide{0.0002, 0.0001}, 1.9976085886, 0.4003188548},
        std::tuple{BySide{0.2, 0.3}, BySide{0.0005, 0.0007}, 1.9905350291, 0.4000788748},
        std::tuple{BySide{0.2, 0.2}, BySide{0.1, 0}, 1.8161789712, 0.6367642058}}) {
    const LinearHazards hazards(level, rise);
    CHECK(hazards.mean_years() == near(mean, 1e-9));
    CHECK(hazards.first(0) == near(first, 1e-9));
    CHECK(hazards.first(0) + hazards.first(1) == near(1, 1e-13));
  }
  // The series and the closed form meet.
  const double below = LinearHazards({1, 1}, {0.0199999, 0}).first(0),
               above = LinearHazards({1, 1}, {0.0200001, 0}).first(0);
  CHECK(std::abs(above - below) < 1e-7);
}

TEST_CASE("costs that rise with the war wear out the side that the mode says") {
  for (const char* mode : {"equilibrium", "behavioural"}) {
    INFO(mode);
    // The US's costs double in each year; hazards .2 and .2 at first, so the one that rises does so by .2 a year.
    const Params params = {{"mode", std::string(mode)}, {"cost_growth", Numbers{1, 0}}, {"conflict_open", 0.0}};
    const bool own = std::string(mode) == "behavioural";
    const LinearHazards known({0.2, 0.2}, own ? BySide{0.2, 0} : BySide{0, 0.2});
    Harness run(attrition(), grid(StepUnit::week, 520), params, {}, paths);
    run.set("uscn.crisis_hazard", 0);
    run.seed(23);
    run.start();
    CHECK(run.at("p_us_first") == near(known.first(0), 1e-12));
    run.run(52);
    // In a year it is undecided with probability e^{-(.4 + .1)}; a war that lasts is foreseen with the costs of then.
    check_share(run, 1,
                std::exp(-0.4 * run.index() * grid(StepUnit::week, 1).dt() -
                         0.1 * std::pow(run.index() * grid(StepUnit::week, 1).dt(), 2)));
    run.run(468);
    CHECK(share(run, 1) < 1e-3);
    check_share(run, 2, known.first(0));
  }
  CHECK(message({{"mode", std::string("reputation")}, {"cost_growth", Numbers{1, 0}}}).find("costs that rise move") !=
        std::string::npos);
  CHECK(message({{"mode", std::string("behavioural")}, {"exponent", 2.0}, {"cost_growth", Numbers{1, 0}}})
            .find("need an exponent of 1, not 2") != std::string::npos);
}

TEST_CASE("behavioural hazards are h0 (c/V)^gamma with the cost of now") {
  const Params params = {{"mode", std::string("behavioural")}, {"base_hazard", 3.0}, {"exponent", 2.0}};
  Harness run(attrition(), grid(StepUnit::month, 1), params);
  run.set("uscn.crisis_hazard", 0);
  run.set("uscn.strain[US]", 2);
  run.start();
  const double us = 3 * std::pow(0.2 * std::exp(1.0), 2), cn = 3 * 0.04;
  for (const double off : {1 - 1e-9, 1 + 1e-9}) {
    Harness step(attrition(), grid(StepUnit::month, 1), params);
    step.set("uscn.crisis_hazard", 0);
    step.set("uscn.strain[US]", 2);
    step.start();
    step.fix("ending", -std::expm1(-(us + cn) / 12) * off);
    step.fix("who", us / (us + cn) * (1 - 1e-9));
    step.step();
    CHECK(step.at("attrition_status") == (off < 1 ? 2 : 1));
    step.start();
    step.fix("who", us / (us + cn) * (1 + 1e-9));
    step.step();
    CHECK(step.at("attrition_status") == (off < 1 ? 3 : 1));
  }
}

TEST_CASE("a crisis that forces a side is conflict by the channel, and outcomes exclude each other for good") {
  for (const double channel : {0.0, 1.0}) {
    Harness run(attrition(), grid(StepUnit::quarter, 200), {{"cost", Numbers{0, 0}}}, {}, paths);
    run.set("uscn.crisis_hazard", 0.5);
    run.set("uscn.channel", channel);
    run.seed(19);
    run.start();
    for (int k = 0; k < 200; ++k) {
      run.step();
      REQUIRE(
          ((run.last("attrition_status") <= 1.0) || (run["attrition_status"] == run.last("attrition_status"))).all());
    }
    const double risk = channel > 0.5 ? 0.02 : 0.08;
    check_share(run, 4, risk);
    check_share(run, 2, (1 - risk) / 2);
    CHECK(share(run, 1) + share(run, 2) + share(run, 3) + share(run, 4) == Approx(1).epsilon(1e-14));
  }
}

TEST_CASE("the war begins with its date, follows its script, and conflict elsewhere ends it") {
  const Date may{std::chrono::May / 12 / 2026}, april{std::chrono::April / 9 / 2026};
  const Calendar monthly = grid(StepUnit::month, 12);
  const std::map<std::string, double> outcomes = {
      {"us_concedes", 2}, {"china_concedes", 3}, {"conflict", 4}, {"settlement", 5}};
  for (const auto& [outcome, status] : outcomes) {
    Harness run(attrition(), monthly,
                {{"mode", std::string("scripted")},
                 {"begin", std::vector<Date>{april}},
                 {"scripted_end", std::vector<Date>{may}},
                 {"scripted_outcome", outcome}});
    run.seed(20);
    run.start();
    for (int k = 1; k <= 12; ++k) {
      run.step();
      CHECK(run.at("attrition_status") == (k < 4 ? 0 : k < 5 ? 1 : status));
    }
    CHECK(run.at("p_us_first") == (status == 2 ? 1 : 0));
  }
  Harness run(attrition(), monthly);
  run.start();
  run.fix("ending", 1 - 1e-9);
  run.step();
  CHECK(run.at("attrition_status") == 1);
  run.set("uscn.regime", 3);
  run.step();
  CHECK(run.at("attrition_status") == 4);
}

TEST_CASE("mistakes in the parameters of attrition are refused with the numbers") {
  CHECK(message({{"demand", Numbers{0.5, 0.5}}}).find("demand 1 of the cake together") != std::string::npos);
  CHECK(message({{"stubborn", Numbers{0.0, 0.5}}}).find("out of range") != std::string::npos);
  CHECK(message({{"conflict_open", 1.2}}).find("out of range") != std::string::npos);
  CHECK(message({{"cost", Numbers{1}}}).find("cost has 1 numbers for 2 sides") != std::string::npos);
  CHECK(message({{"mode", std::string("scripted")}}).find("needs the date of its end") != std::string::npos);
}
