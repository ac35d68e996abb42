#include "models/fx/fx_attack.h"

#include "models/fx/attack_theory.h"
#include "models/fx/reserve_adequacy.h"
#include "tests/models/fx/sample.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;
using nlohmann::json;

TEST_CASE("a peg that credit outgrows falls when the reference says") {
  const json file = reference("fx/first_generation.json");
  int seen = 0;
  for (const json& c : file["cases"]) {
    const json &in = c["inputs"], &expected = c["expected"];
    const auto expect = [&](double value, const char* name) {
      CHECK(value == Approx(expected[name].get<double>()).epsilon(1e-10));
    };
    if (c["model"] == "log_linear") {
      const CreditAttack attack{in["money_M0"], in["reserves_R0"], in["credit_growth_g"], in["eta_years"]};
      expect(attack.collapse_time(), "collapse_time");
      expect(attack.exhaustion_time(), "natural_exhaustion_time");
      expect(attack.reserves_attacked(), "reserves_lost_in_attack");
      expect(attack.shadow_gap(), "shadow_log_rate_gap_at_0");
      ++seen;
    } else if (c["model"] == "linear_FG1984") {
      const LinearCreditAttack attack{in["D0"], in["R0"], in["mu"], in["a0"], in["a1"], in["i_star"]};
      expect(attack.demand(), "beta");
      expect(attack.peg(), "S_bar");
      expect(attack.collapse_time(), "collapse_time");
      expect(attack.reserves_attacked(), "reserves_at_attack");
      expect(attack.shadow_rate(), "shadow_rate_at_0");
      ++seen;
    } else {
      const double b = in["barrier_distance_log"], g = in["drift"], sigma = in["sigma"];
      for (const auto& [name, t] : {std::pair{"cdf_0.25", 0.25}, {"cdf_1", 1.0}, {"cdf_2", 2.0}, {"cdf_5", 5.0}})
        CHECK(first_passage(b, g, sigma, t) == Approx(expected[name].get<double>()).epsilon(1e-9).margin(1e-16));
      if (expected.contains("median"))
        CHECK(first_passage_quantile(b, g, sigma, 0.5) == Approx(expected["median"].get<double>()).epsilon(1e-9));
      if (expected.contains("prob_ever"))
        CHECK(first_passage(b, g, sigma, 1e6) == Approx(expected["prob_ever"].get<double>()).epsilon(1e-9));
      ++seen;
    }
  }
  CHECK(seen == 7);
}

TEST_CASE("in the model the deterministic attack comes in the step of the closed form and takes the same reserves") {
  const Calendar time = fx_grid(StepUnit::week, 400);
  Harness run(fx_attack(), time, {{"mode", word("first_generation")}, {"credit_volatility", 0.0}}, "th");
  run.start();
  const CreditAttack theory{100, 40, 0.10, 0.5};
  double sold = 0;
  int fell = 0;
  while (run.at("peg_status") != 2) {
    run.step();
    ++fell;
    if (run.at("peg_status") != 2) sold += run.at("intervention_flow");
  }
  CHECK(fell == static_cast<int>(std::ceil(theory.collapse_time() / time.dt())));
  CHECK(run.at("intervention_flow") == Approx(theory.reserves_attacked()).epsilon(0.02));
  CHECK(sold + run.at("intervention_flow") == Approx(40).epsilon(1e-12));
  CHECK(std::abs(run.at("usdem.collapse")) < 100 * 0.1 * time.dt());
  run.step();
  CHECK(run.at("usdem.collapse") == Approx(10 * time.dt()));
  CHECK(run.at("intervention_flow") == 0);
}

TEST_CASE("with noisy credit the peg falls with the law of the first passage, at any step") {
  const double distance = -std::log(60.0 / 100) - 0.5 * 0.1;
  for (const auto& [unit, steps] : {std::pair{StepUnit::week, 104}, {StepUnit::quarter, 8}, {StepUnit::year, 2}}) {
    const Calendar time = fx_grid(unit, steps);
    Harness run(fx_attack(), time, {{"mode", word("first_generation")}, {"credit_volatility", 25.0}}, "th", 65536);
    run.seed(21);
    run.start();
    run.run(steps);
    check_share((run["peg_status"] == 2.0).cast<double>().mean(), first_passage(distance, 0.1, 0.25, steps * time.dt()),
                65536);
  }
}

TEST_CASE("dollars owed forward bring the attack forward") {
  const auto falls_after = [](double owed) {
    Harness run(fx_attack(), fx_grid(StepUnit::month, 120),
                {{"mode", word("first_generation")}, {"credit_volatility", 0.0}, {"owed_forward", owed}}, "th");
    run.start();
    int k = 0;
    for (; run.at("peg_status") != 2; ++k) run.step();
    return k;
  };
  CHECK(falls_after(25) < falls_after(0) - 24);
}

TEST_CASE("speculators attack below the threshold of the global game") {
  const json file = reference("fx/global_game.json");
  int seen = 0;
  for (const json& c : file["cases"]) {
    const json &in = c["inputs"], &expected = c["expected"];
    ++seen;
    if (c.contains("model")) {
      CHECK(state_dependent_threshold(in["peg_e_star"], in["cost_t"], in["float_f0"], in["float_f1"],
                                      in["critical_mass_slope"]) ==
            Approx(expected["theta_star"].get<double>()).epsilon(1e-10));
      continue;
    }
    const bool has_public = in.contains("sigma_public");
    const GlobalGame game{in["sigma_private"], has_public ? in["sigma_public"].get<double>() : 0.0};
    const double y = has_public ? in["public_signal_y"].get<double>() : 0, cost = in["cost_ratio_c"];
    CHECK(game.unique());
    CHECK(game.threshold(cost, y) == Approx(expected["theta_star"].get<double>()).epsilon(1e-10));
    CHECK(game.signal_threshold(cost, y) == Approx(expected["x_star"].get<double>()).epsilon(1e-10));
    if (has_public) continue;
    for (const json& row : expected["attack_mass_at_theta"]["rows"])
      CHECK(game.attack(row[0], game.signal_threshold(cost, y)) == Approx(row[1].get<double>()).epsilon(1e-9));
  }
  CHECK(seen == 6);
}

TEST_CASE("weak reserves fall at the first opportunity, strong ones repel it and get most of the money back") {
  const auto open = [](Harness& run, double reserves) {
    run.set("fx_net_usable", reserves);
    run.set("us.policy_rate", 5);
    run.set("em.policy_rate", 5);
    run.fix("opportunity", 0.5);
    run.fix("devaluation", 0.5);
    run.start();
    run.step();
  };
  const Calendar time = fx_grid(StepUnit::month, 24);
  Harness weak(fx_attack(), time, {{"opportunities", 1e6}}, "th"),
      strong(fx_attack(), time, {{"opportunities", 1e6}}, "th");
  // c = (0 · h + 0.002)/0.15, θ* = 1 - c = 0.987; the attack at θ = 1.2 is Φ((x* - 1.2)/0.1)
  open(weak, 50);
  CHECK(weak.at("peg_threshold") == Approx(1 - 0.002 / 0.15));
  CHECK(weak.at("peg_status") == 2);
  CHECK(weak.at("intervention_flow") == Approx(50));
  CHECK(weak.at("usdem.collapse") == Approx(15 * 1.1));
  open(strong, 120);
  CHECK(strong.at("peg_status") == 1);
  const double out = strong.at("intervention_flow");
  const double c = 0.002 / 0.15, x = 1 - c + 0.1 * 2.2173;  // Φ⁻¹(1 - 1/75) = 2.2164..
  CHECK(out == Approx(100 * 0.5 * std::erfc((1.2 - x) / 0.1 / std::sqrt(2.0))).epsilon(0.02));
  strong.step();
  CHECK(strong.at("intervention_flow") == Approx(-0.8 * out));
  CHECK(strong.at("peg_status") == 0);
}

TEST_CASE("an interest defence that costs more than the peg is worth ends it with reserves left") {
  Harness run(fx_attack(), fx_grid(StepUnit::weekday, 10), {{"opportunities", 0.0}}, "gb");
  run.set("fx_net_usable", 18);
  run.start();
  run.set("interest_defence", 4.4);
  run.step();
  CHECK(run.at("peg_status") == 0);
  CHECK(run.at("defence_loss") == Approx(25 * 0.044 * 0.044 / 261));
  run.set("interest_defence", 5);
  run.step();
  CHECK(run.at("peg_status") == 2);
  CHECK(run.at("intervention_flow") == 0);
}

TEST_CASE("tightened controls leak, standing ones do not") {
  Harness run(fx_attack(), fx_grid(StepUnit::quarter, 20), {{"standing_controls", 0.3}}, "th");
  run.start();
  run.set("fx_net_usable", 50);
  run.set("capital_controls", 0.8);
  run.run(9);  // binding 0.3 + 0.5 e^{-1} after two years
  CHECK(run.at("peg_strength") == Approx(50 / (100 * (1 - 0.3 - 0.5 * std::exp(-1.0)))));
}

TEST_CASE("the adequacy metric is the IMF's") {
  const json file = reference("fx/reserve_adequacy.json");
  CHECK(file["cases"].size() == 3);
  for (const json& c : file["cases"]) {
    const json &in = c["inputs"], &expected = c["expected"];
    const double needed = adequate_reserves(adequacy_weights(in["regime"] == "fixed", in["cfm"]),
                                            {in["exports"], in["m2"], in["std"], in["opl"]});
    const double reserves = in["reserves"];
    CHECK(needed == Approx(expected["ara_usd_bn"].get<double>()).epsilon(1e-12));
    CHECK(reserves / needed == Approx(expected["ratio"].get<double>()).epsilon(1e-12));
    CHECK((reserves / needed >= 1) == expected["adequate"].get<bool>());
    CHECK(import_cover(reserves, in["imports"]) ==
          Approx(expected["import_cover_months"].get<double>()).epsilon(1e-12));
  }
}

TEST_CASE("attacks refuse a shadow rate above the peg and a signal with many answers") {
  const Calendar time = fx_grid(StepUnit::month, 12);
  CHECK_THROWS_WITH(Harness(fx_attack(), time, {{"mode", word("first_generation")}, {"owed_forward", 39.0}}),
                    Catch::Contains("the attack has already come"));
  CHECK_THROWS_WITH(Harness(fx_attack(), time, {{"public_noise", 0.1}}), Catch::Contains("more than one threshold"));
  CHECK_THROWS_WITH(Harness(fx_attack(), time, {{"reserves", -1.0}}), Catch::Contains("reserves"));
}
