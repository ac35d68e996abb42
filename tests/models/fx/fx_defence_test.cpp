#include "models/fx/fx_defence.h"

#include "tests/models/fx/sample.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;
using nlohmann::json;

namespace {

// A step of 1/52 year does not exist; fading is scaled to what a step of ours is.
double fading_time(double tau, double of, double ours) {
  return tau * ours / of;
}

}  // namespace

TEST_CASE("sales have the lasting and the fading effect of the reference") {
  const json file = reference("fx/intervention_effect.json");
  for (const json& c : file["cases"]) {
    const json& p = c["params"];
    const Calendar time = fx_grid(StepUnit::week, 10);
    Harness run(fx_defence(), time,
                {{"effect_per_bn", p["eta"].get<double>()},
                 {"lasting_share", p["phi"].get<double>()},
                 {"fading_time", fading_time(p["tau"], c["dt"], time.dt())},
                 {"announcement", p["xi"].get<double>()},
                 {"credibility", p["cred"].get<double>()},
                 {"credibility_gain", 0.0},
                 {"credibility_loss", 0.0},
                 {"coordination", p["coord"].get<double>()}},
                "jp");
    run.set("usdjpy.rate", 140);
    run.start();
    double core = 0;
    for (std::size_t k = 0; k < c["Q"].size(); ++k) {
      run.set("intervention_order", c["Q"][k].get<double>());
      run.step();
      core += run.at("usdjpy.intervention_lasting") / 100;
      const json& row = c["expected"]["rows"][k];
      CHECK(core == Approx(row[0].get<double>()).epsilon(1e-12));
      CHECK(run.at("usdjpy.intervention_transient") / 100 == Approx(row[1].get<double>()).epsilon(1e-12));
      CHECK(core + run.at("usdjpy.intervention_transient") / 100 == Approx(row[2].get<double>()).epsilon(1e-12));
    }
  }
}

TEST_CASE("the rule sells from an index of one on, at most what day, operation, budget and reserves allow") {
  const Calendar time = fx_grid(StepUnit::month, 24);
  Harness run(fx_defence(), time, {{"trigger", 150.0}, {"speed_weight", 0.0}}, "jp");
  run.set("fx_reserves_total", 1200);
  run.set("usdjpy.rate", 150 * std::exp(0.039));
  run.start();
  run.step();
  CHECK(run.at("intervention_flow") == 0);
  run.set("usdjpy.rate", 150 * std::exp(0.0401));
  run.step();
  CHECK(run.at("intervention_flow") == Approx(20 + 8 * 4.01));
  run.set("usdjpy.rate", 150 * std::exp(0.2));
  run.step();
  CHECK(run.at("intervention_flow") == 60);  // the largest operation
  run.run(2);
  CHECK(run.at("intervention_budget") == Approx(200 - (20 + 8 * 4.01) - 120));
  double year = 20 + 8 * 4.01 + 60 * 2 + run.at("intervention_flow");
  CHECK(year == Approx(200));  // the last operation is what the budget leaves
  run.step();
  CHECK(run.at("intervention_flow") == 0);
  run.set("fx_reserves_total", 40);
  run.run(10);
  CHECK(run.at("intervention_flow") <= 24);  // 60 % of reserves
}

TEST_CASE("speed alone calls for intervention when a month moves by more than its volatility") {
  Harness run(fx_defence(), fx_grid(StepUnit::month, 6), {{"trigger", 200.0}}, "jp");
  run.set("usdjpy.rate", 140);
  run.start();
  run.run(2);
  const double sigma = 0.105 / std::sqrt(12.0);
  run.set("usdjpy.rate", 140 * std::exp(3.6 * sigma));
  run.step();
  CHECK(run.at("intervention_index") == Approx(0.5 * 2.1));
  CHECK(run.at("intervention_flow") == Approx(20));
}

TEST_CASE("both edges of a band are defended, the strong one without limit from reserves") {
  Harness run(fx_defence(), fx_grid(StepUnit::month, 12),
              {{"band", std::vector<double>{130, 150}}, {"level_weight", 1.0}, {"edge_margin", 1.0}}, "jp");
  run.set("usdjpy.rate", 140);
  run.start();
  run.step();
  CHECK(run.at("intervention_flow") == 0);
  run.set("usdjpy.rate", 150.1);
  run.step();
  CHECK(run.at("intervention_flow") == Approx(20 + 8 * (std::log(150.1 / 150) + 0.01) / 0.01));
  run.set("fx_reserves_total", 1);
  run.set("usdjpy.rate", 129.9);
  run.step();
  CHECK(run.at("intervention_flow") < -20);
}

TEST_CASE("operations keep two trading days apart at daily steps") {
  Harness run(fx_defence(), fx_grid(StepUnit::weekday, 10), {{"trigger", 140.0}, {"level_weight", 1.0}}, "jp");
  run.set("usdjpy.rate", 150);
  run.start();
  std::vector<double> sold;
  for (int k = 0; k < 6; ++k) {
    run.step();
    sold.push_back(run.at("intervention_flow"));
  }
  CHECK(sold == std::vector<double>{40, 0, 40, 0, 40, 0});
}

TEST_CASE("a level sells once, disarms those below, and is armed again five per cent lower") {
  Harness run(fx_defence(), fx_grid(StepUnit::week, 20), {{"mode", word("list")}}, "jp");
  run.set("usdjpy.rate", 140);
  run.start();
  const auto sale_at = [&](double rate) {
    run.set("usdjpy.rate", rate);
    run.step();
    return run.at("intervention_flow");
  };
  CHECK(sale_at(145.0) == 0);
  CHECK(sale_at(146.0) == 19.7);
  CHECK(sale_at(147.0) == 0);
  CHECK(sale_at(160.5) == 62);  // jumps over 151.9, which is disarmed with it
  CHECK(sale_at(155.0) == 0);
  CHECK(sale_at(143.0) == 0);  // arms 151.9 and above again, not 145.9
  CHECK(sale_at(152.0) == 37.5);
  CHECK(sale_at(146.0) == 0);
}

TEST_CASE("success makes believe, and failure doubt, a month later") {
  Harness run(fx_defence(), fx_grid(StepUnit::month, 6), {{"trigger", 300.0}}, "jp");
  run.set("usdjpy.rate", 150);
  run.start();
  run.step();
  run.set("intervention_order", 10);
  run.step();
  run.set("intervention_order", 0);
  run.set("usdjpy.rate", 145);
  run.step();
  CHECK(run.at("credibility") == Approx(0.5 + 0.3 * 0.5));
  run.set("intervention_order", 10);
  run.step();
  run.set("intervention_order", 0);
  run.set("usdjpy.rate", 152);
  run.step();
  CHECK(run.at("credibility") == Approx(0.65 * 0.6));
}

TEST_CASE("sterilised sales without effect move nothing, and the loop gain is that of theory") {
  Harness none(fx_defence(), fx_grid(StepUnit::month, 6),
               {{"effect", word("none")}, {"trigger", 140.0}, {"level_weight", 1.0}}, "jp");
  none.set("usdjpy.rate", 150);
  none.start();
  none.step();
  CHECK(none.at("intervention_flow") > 20);
  CHECK(none.at("usdjpy.intervention_lasting") == 0);
  CHECK(none.at("usdjpy.intervention_transient") == 0);
  Harness run(fx_defence(), fx_grid(StepUnit::month, 6), {{"yield_effect", 0.13}}, "jp");
  run.start();
  CHECK(run.at("loop_gain") == Approx(6 * 1.3e-5 / (0.4 * 8.8e-4 * 1.25)));  // 0.18 for 13 bp per 100 billion
}

TEST_CASE("a defence refuses a band upside down, a budget without rule and an index that can never act") {
  const Calendar time = fx_grid(StepUnit::month, 12);
  CHECK_THROWS_WITH(Harness(fx_defence(), time, {{"band", std::vector<double>{150, 130}}}),
                    Catch::Contains("upside down"));
  CHECK_THROWS_WITH(Harness(fx_defence(), time, {{"mode", word("list")}, {"budget", 100.0}}),
                    Catch::Contains("a budget belongs to the rule"));
  CHECK_THROWS_WITH(Harness(fx_defence(), time, {{"level_weight", 0.0}, {"speed_weight", 0.0}}),
                    Catch::Contains("never intervenes"));
  CHECK_THROWS_WITH(Harness(fx_defence(), time, {{"usable_share", 1.2}}), Catch::Contains("usable_share"));
}
