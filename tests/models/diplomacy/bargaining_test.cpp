#include "models/diplomacy/bargaining.h"

#include <cmath>

#include "models/diplomacy/cascade.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using namespace moniac::testing;
using Catch::Matchers::Contains;

namespace {

using Numbers = std::vector<double>;

Params with(Params params, const Params& more) {
  for (const auto& [name, value] : more) params[name] = value;
  return params;
}

// Partners of equal weight, each with dependence 0.
Params alike(int count) {
  Names names;
  for (int j = 0; j < count; ++j) names.push_back("p" + std::to_string(j));
  const auto n = static_cast<std::size_t>(count);
  return {{"partners", names},
          {"weights", Numbers(n, 1.0)},
          {"dependence", Numbers(n, 0.0)},
          {"partner_regions", Names(n, "GLS")},
          {"others", std::int64_t{0}}};
}

// A reply by chance that nothing moves: P(settle) = 1/(1 + e^{-base}).
Params unmoved(double base, double refusal) {
  return {{"base_reply", base}, {"dependence_effect", 0.0}, {"deadline_effect", 0.0},
          {"imitation", 0.0},   {"solidarity", 0.0},        {"refusal_chance", refusal}};
}

// Many turns, so that everybody is asked often.
Params thresholds(int count, double mean, double spread) {
  return with(alike(count), {{"reply", std::string("threshold")},
                             {"threshold_mean", mean},
                             {"threshold_spread", spread},
                             {"refusal_mean", 50.0},
                             {"turn_rate", double(count)}});
}

double mean_share(const Params& params, int weeks, const std::string& share = "partners_complied",
                  Eigen::Index paths = 64, double attrition = 0) {
  Harness run(bargaining(), grid(StepUnit::week, weeks), params, {}, paths);
  run.set("uscn.attrition_status", attrition);
  run.seed(11);
  run.start();
  run.run(weeks);
  return run.mean(share);
}

std::string message(const Params& params) {
  return refusal(bargaining(), grid(StepUnit::week, 26), params);
}

}  // namespace

// --- turns --------------------------------------------------------------------------------------------------------

TEST_CASE("a single partner settles and refuses with the probabilities of competing hazards, at any step") {
  const double settle = 1 / (1 + std::exp(0.5)), refuse = (1 - settle) * 0.3, pace = 0.8 * 365.25 / 7;
  const std::pair<StepUnit, int> grids[] = {{StepUnit::day, 84}, {StepUnit::week, 12}, {StepUnit::quarter, 1}};
  for (const auto& [unit, steps] : grids) {
    Harness run(bargaining(), grid(unit, steps), with(alike(1), unmoved(-0.5, 0.3)), {}, 16384);
    run.seed(7);
    run.start();
    run.run(steps);
    const double years = steps * grid(unit, steps).dt();
    const double decided = 1 - std::exp(-pace * (settle + refuse) * years);
    const auto close = [&](const char* share, double expected) {
      CHECK(std::abs(run.mean(share) - expected) < 4 * std::sqrt(expected * (1 - expected) / 16384));
    };
    close("partners_complied", decided * settle / (settle + refuse));
    close("partners_refused", decided * refuse / (settle + refuse));
  }
}

TEST_CASE("without an eye on the others the same partners reply alike at daily, weekly and four-weekly steps") {
  const Params alone = {{"imitation", 0.0}, {"solidarity", 0.0}, {"extension_chance", 1.0}};
  Calendar month = grid(StepUnit::week, 7);
  month.every = 4;
  Harness days(bargaining(), grid(StepUnit::day, 196), alone), weeks(bargaining(), grid(StepUnit::week, 28), alone),
      months(bargaining(), month, alone);
  for (Harness* run : {&days, &weeks, &months}) {
    run->seed(21);
    run->start();
    run->run(run == &days ? 196 : run == &weeks ? 28 : 7);
  }
  for (const char* name : {"partners_complied", "partners_refused", "partners_deals", "partners_threatened[EAS]"}) {
    CHECK((days[name] == weeks[name]).all());
    CHECK((months[name] == weeks[name]).all());
  }
  CHECK(weeks.variance("partners_deals") > 0);
}

TEST_CASE("turns go round in order of weight, and whoever has decided is passed over") {
  // Everybody refuses in its turn: after n turns the n heaviest have.
  Harness run(bargaining(), grid(StepUnit::week, 6), unmoved(-60, 1));
  run.seed(4);
  run.start();
  run.run(6);
  const Names heaviest = {"european_union", "mexico", "canada", "japan", "vietnam", "korea", "other_1", "india"};
  for (std::size_t i = 1; i < heaviest.size(); ++i) {
    const auto before = run["partner_reply[" + heaviest[i - 1] + "]"],
               after = run["partner_reply[" + heaviest[i] + "]"];
    CHECK((after <= before).all());
  }
  CHECK(run.mean("partner_reply[mexico]") > 1.8);
  // Nobody decides: the undecided come again, and the 70th turn is that of the first.
  Harness idle(bargaining(), grid(StepUnit::week, 1), with(unmoved(-60, 0), {{"turn_rate", 70.0}}));
  idle.seed(4);
  idle.start();
  idle.run(1);
  CHECK(idle.mean("partners_deals") == 0);
  CHECK(idle["place"].maxCoeff() < 70);
}

TEST_CASE("every partner is undecided, settled or refused, decisions last, and shares add up") {
  Harness run(bargaining(), grid(StepUnit::week, 40), {{"refusal_chance", 0.5}}, {}, 256);
  run.seed(8);
  run.start();
  for (int k = 0; k < 40; ++k) {
    run.step();
    CHECK((run["partners_complied"] + run["partners_refused"] <= 1 + 1e-12).all());
    CHECK((run["partners_complied"] >= run.last("partners_complied") - 1e-15).all());
    CHECK((run["partners_refused"] >= run.last("partners_refused") - 1e-15).all());
    Eigen::ArrayXd count = Eigen::ArrayXd::Zero(run.paths());
    for (const auto& output : run.declared().outputs())
      if (output.name == "partner_reply")
        for (const std::string& label : output.dimensions[0].labels) {
          const auto reply = run["partner_reply[" + label + "]"];
          CHECK((reply == 0.0 || reply == 1.0 || reply == 2.0).all());
          count += (reply == 1.0).cast<double>();
        }
    CHECK((count == run["partners_deals"]).all());
    CHECK((run["partners_settled[JPN]"] == (run["partner_reply[japan]"] == 1.0).cast<double>()).all());
    // Mexico 15.5, Canada 12.6
    const Eigen::ArrayXd cam = (15.5 * (run["partner_reply[mexico]"] == 1.0).cast<double>() +
                                12.6 * (run["partner_reply[canada]"] == 1.0).cast<double>()) /
                               28.1;
    CHECK((run["partners_settled[CAM]"] - cam).abs().maxCoeff() < 1e-15);
  }
  CHECK(run.mean("partners_settled[CHN]") == 0);
}

TEST_CASE(
    "after 17 weeks 49 % of the weight has settled, and 62, 43 and 37 % with a generous, a harsh, no first deal") {
  // Figures of another program, which asks at the beginning of each week and moves nobody by script: hence b0 + 0.6 G,
  // and a tolerance for half a week.
  const std::pair<double, double> cases[] = {{0, 0.49}, {1, 0.62}, {-0.5, 0.43}, {-1, 0.37}};
  for (const auto& [example, expected] : cases)
    CHECK(mean_share({{"base_reply", -1 + 0.6 * example}}, 17, "partners_complied", 4096) ==
          Approx(expected).margin(0.025));
}

// --- thresholds ---------------------------------------------------------------------------------------------------

TEST_CASE("many partners with thresholds come to rest at the smallest resting share, those who refuse alike") {
  // Away from the knife edge, where 400 partners are as good as infinitely many.
  const std::pair<double, double> cases[] = {{0.35, 0.3}, {0.45, 0.2}, {0.6, 0.2}};
  for (const auto& [mean, spread] : cases) {
    const double expected = resting_shares({mean, spread})[0].share;
    const double slope = std::exp(-std::pow((expected - mean) / spread, 2) / 2) / spread / std::sqrt(2 * M_PI);
    const double error = std::sqrt(expected * (1 - expected) / 400 / 64) / (1 - slope);
    const double margin = 4 * error + 1.0 / 400;
    CHECK(mean_share(thresholds(400, mean, spread), 40) == Approx(expected).margin(margin));
    const Params refusing = with(thresholds(400, 50, 0.2), {{"refusal_mean", mean}, {"refusal_spread", spread}});
    CHECK(mean_share(refusing, 40, "partners_refused") == Approx(expected).margin(margin));
  }
}

TEST_CASE("on a random network many partners come to rest where theory says") {
  // Two networks that differ in all but the mean: one where cascades run on, one where they die.
  for (const auto& [mean, spread, z] : {std::tuple{0.25, 0.2, 3.0}, {0.45, 0.2, 5.0}}) {
    const double expected = network_cascade({mean, spread}, z, 0).moved;
    const Params params = with(thresholds(300, mean, spread), {{"acquaintances", z}});
    CHECK(mean_share(params, 40) == Approx(expected).margin(0.01));
    const Params refusing =
        with(thresholds(300, 50, 0.2), {{"refusal_mean", mean}, {"refusal_spread", spread}, {"acquaintances", z}});
    CHECK(mean_share(refusing, 40, "partners_refused") == Approx(expected).margin(0.01));
  }
}

TEST_CASE("who could do both does what it is carried to further") {
  // Thresholds without spread, and a first mover that lifts one share only.
  const Params both = with(
      thresholds(20, 0.05, 1e-9),
      {{"refusal_mean", 0.05}, {"refusal_spread", 1e-9}, {"first_mover", std::string("p0")}, {"example_shift", 0.0}});
  CHECK(mean_share(both, 5) == Approx(1));
  CHECK(mean_share(with(both, {{"first_move", std::string("refusal")}}), 5, "partners_refused") == Approx(1));
}

// --- examples -----------------------------------------------------------------------------------------------------

TEST_CASE("a first mover has moved before anybody is asked, or on its date and not before") {
  for (const char* move : {"generous", "harsh", "refusal"}) {
    const double expected = std::string(move) == "refusal" ? 2 : 1;
    const Params japan = {{"first_mover", std::string("japan")}, {"first_move", std::string(move)}};
    Harness now(bargaining(), grid(StepUnit::week, 4), japan);
    now.start();
    CHECK((now["partner_reply[japan]"] == expected).all());
    CHECK(now.at("partners_settled[JPN]") == (expected == 1 ? 1 : 0));
    CHECK(now.at(expected == 1 ? "partners_complied" : "partners_refused") == Approx(4.5 / 86.7).epsilon(1e-12));
    // Everybody else is asked at once and settles.
    Harness later(bargaining(), grid(StepUnit::week, 4),
                  with(japan, {{"first_move_date", std::vector<Date>{Date{std::chrono::January / 20 / 2026}}},
                               {"turn_rate", 500.0},
                               {"base_reply", 60.0}}));
    later.seed(3);
    later.start();
    for (int week = 1; week <= 4; ++week) {
      later.step();
      CHECK((later["partner_reply[japan]"] == (week < 3 ? 0 : expected)).all());
      CHECK((later["partner_reply[korea]"] == 1.0).all());
    }
  }
}

TEST_CASE("an example shifts the reply or the threshold of all who follow by its worth") {
  const auto last = [](const Params& params, double attrition = 0) {
    Harness run(bargaining(), grid(StepUnit::week, 20), params, {}, 256);
    run.set("uscn.attrition_status", attrition);
    run.seed(5);
    run.start();
    run.run(20);
    return Eigen::ArrayXd(run["partners_complied"]);
  };
  const auto same = [&](const Params& a, const Params& b, double attrition = 0) {
    CHECK((last(a, attrition) == last(b)).all());
  };
  // Powers of two, so that sums are exact.
  const Params base = {{"base_reply", -1.0}, {"example_effect", 0.5}, {"winner_effect", 0.25}};
  const Params shift = {{"reply", std::string("threshold")},
                        {"threshold_mean", 0.5},
                        {"example_shift", 0.125},
                        {"winner_shift", 0.0625},
                        {"turn_rate", 64.0},
                        {"threshold_spread", 0.3}};
  for (const auto& [move, g] : {std::pair{"generous", 1.0}, {"harsh", -0.5}, {"refusal", -1.0}}) {
    const Params japan = {{"first_mover", std::string("japan")}, {"first_move", std::string(move)}};
    same(with(with(base, japan), {{"example_effect", 0.5}}),
         with(with(base, japan), {{"example_effect", 0.0}, {"base_reply", -1 + 0.5 * g}}));
    same(with(shift, japan), with(with(shift, japan), {{"example_shift", 0.0}, {"threshold_mean", 0.5 - 0.125 * g}}));
  }
  // China conceded: the winner takes partners. The US conceded: it loses them.
  same(base, with(base, {{"base_reply", -0.75}}), 3);
  same(base, with(base, {{"base_reply", -1.25}}), 2);
  same(shift, with(shift, {{"threshold_mean", 0.4375}}), 3);
  same(shift, with(shift, {{"threshold_mean", 0.5625}}), 2);
  CHECK(last(base, 3).mean() > last(base).mean());
  CHECK(last(shift, 2).mean() < last(shift).mean());
}

// --- the window ---------------------------------------------------------------------------------------------------

TEST_CASE("the threat is carried out against those who refuse, and against the undecided when time is up") {
  const auto threatened = [](double chance, int days) {
    Harness run(bargaining(), grid(StepUnit::day, days), with(unmoved(-60, 0), {{"extension_chance", chance}}), {},
                1024);
    run.seed(6);
    run.start();
    run.run(days);
    return run.mean("partners_threatened[EU27]");
  };
  CHECK(threatened(0, 89) == 0);
  CHECK(threatened(0, 90) == 1);
  CHECK(threatened(1, 119) == 0);
  CHECK(threatened(1, 120) == 1);
  CHECK(threatened(0.9, 90) == Approx(0.1).margin(4 * 0.3 / 32));

  const Params refusal = {{"first_mover", std::string("japan")}, {"first_move", std::string("refusal")}};
  Harness run(bargaining(), grid(StepUnit::day, 1), refusal);
  run.start();
  CHECK(run.at("partners_threatened[JPN]") == 1);
  CHECK(run.at("partners_threatened[EU27]") == 0);
}

TEST_CASE("a window that closed before the start is closed, and the pressure of time has reached its cap") {
  const Params early = {{"opened", std::vector<Date>{Date{std::chrono::April / 9 / 2025}}}, {"extension_chance", 1.0}};
  Harness run(bargaining(), grid(StepUnit::week, 1), with(early, {{"turn_rate", 0.0}}));
  run.seed(1);
  run.start();
  run.step();
  CHECK(run.mean("partners_threatened[EU27]") == 1);
  CHECK(mean_share(early, 4) == mean_share({{"deadline_effect", 0.0}, {"base_reply", 0.5}}, 4));
}

TEST_CASE("talks begin on the day they open") {
  const Params late = {{"opened", std::vector<Date>{Date{std::chrono::January / 14 / 2026}}},
                       {"base_reply", 60.0},
                       {"turn_rate", 500.0}};
  Harness run(bargaining(), grid(StepUnit::week, 3), late);
  run.seed(2);
  run.start();
  run.run(2);
  CHECK(run.mean("partners_deals") == 0);
  run.step();
  CHECK(run.mean("partners_deals") == 70);
}

TEST_CASE("what bargaining cannot be is refused") {
  CHECK_THAT(message({{"weights", Numbers{1, 2}}}), Contains("weights has 2 entries for 16 partners"));
  CHECK_THAT(message({{"dependence", Numbers{1, 1}}}), Contains("dependence has 2 entries for 16 partners"));
  CHECK_THAT(message(with(alike(2), {{"partner_regions", Names{"GLS", "CHN"}}})),
             Contains("partners live in JPN, EU27, EAS, CAM, ROA or GLS, not in CHN"));
  CHECK_THAT(message(with(alike(2), {{"partners", Names{"japan", "japan"}}})),
             Contains("partner japan is named twice"));
  CHECK_THAT(message({{"extension_chance", 1.1}}), Contains("out of range"));
  CHECK_THAT(message({{"toughness", -0.1}}), Contains("out of range"));
  CHECK_THAT(message({{"threshold_spread", -0.1}}), Contains("out of range"));
  CHECK_THAT(message(with(alike(5), {{"acquaintances", 4.5}})), Contains("cannot know more than the 4 others"));
  CHECK_THAT(message({{"first_move_date", std::vector<Date>{Date{std::chrono::January / 14 / 2026}}}}),
             Contains("the date of a first move without a first mover"));
}
