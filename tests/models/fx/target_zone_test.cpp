#include "models/fx/target_zone.h"

#include "models/fx/fx_target_zone.h"
#include "tests/models/fx/sample.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;
using nlohmann::json;

namespace {

// Row by row of a table of points.
void check_points(const json& points, const ZoneCurve& curve, double tolerance) {
  const auto column = [&](const char* name) -> int {
    const json& names = points["columns"];
    for (int i = 0; i < static_cast<int>(names.size()); ++i)
      if (names[static_cast<std::size_t>(i)] == name) return i;
    return -1;
  };
  const int at_f = column("f"), at_s = column("s"), at_slope = column("ds_df");
  REQUIRE(points["rows"].size() >= 5);
  for (const json& row : points["rows"]) {
    const double f = row[static_cast<std::size_t>(at_f)];
    CHECK(curve.value(f) == Approx(row[static_cast<std::size_t>(at_s)].get<double>()).epsilon(tolerance).margin(1e-12));
    if (at_slope >= 0)
      CHECK(curve.slope(f) ==
            Approx(row[static_cast<std::size_t>(at_slope)].get<double>()).epsilon(tolerance).margin(1e-10));
  }
}

Params zone(double low, double high, Params more = {}) {
  Params params = {{"band", std::vector<double>{low, high}}, {"initial", std::sqrt(low * high)}, {"credibility", 1.0}};
  for (auto& [name, value] : more) params[name] = value;
  return params;
}

}  // namespace

TEST_CASE("the curve of a credible zone is Krugman's") {
  const json file = reference("fx/target_zone.json");
  for (const json& c : file["cases"]) {
    const json &in = c["inputs"], &expected = c["expected"];
    const double sigma = in["sigma_f"], alpha = in["alpha_years"];
    const ZoneCurve curve = ZoneCurve::symmetric(alpha, sigma, in["band_half_width_log"]);
    CHECK(curve.f_high() == Approx(expected["f_bar"].get<double>()).epsilon(1e-10));
    CHECK(curve.slope(0) == Approx(expected["max_slope_at_zero"].get<double>()).epsilon(1e-10));
    CHECK(regulator_rates(0, sigma, 2 * curve.f_high()).high ==
          Approx(expected["expected_regulator_rate_each_side"].get<double>()).epsilon(1e-10));
    check_points(expected["points"], curve, 1e-10);
  }
}

TEST_CASE("drift of the fundamental makes the zone lopsided, as smooth pasting says") {
  const json file = reference("fx/zone_with_drift.json");
  for (const json& c : file["cases"]) {
    const json &in = c["inputs"], &expected = c["expected"];
    const ZoneCurve curve =
        ZoneCurve::drifting(in["alpha_years"], in["mu_f"], in["sigma_f"], in["s_lower"], in["s_upper"]);
    CHECK(curve.f_low() == Approx(expected["f_lower"].get<double>()).epsilon(1e-9));
    CHECK(curve.f_high() == Approx(expected["f_upper"].get<double>()).epsilon(1e-9));
    CHECK(curve.a() == Approx(expected["A"].get<double>()).epsilon(1e-8));
    CHECK(curve.b() == Approx(expected["B"].get<double>()).epsilon(1e-8));
    const RegulatorRates rates = regulator_rates(in["mu_f"], in["sigma_f"], curve.f_high() - curve.f_low());
    CHECK(rates.high == Approx(expected["regulator_rate_upper"].get<double>()).epsilon(1e-9));
    CHECK(rates.low == Approx(expected["regulator_rate_lower"].get<double>()).epsilon(1e-9));
    check_points(expected["points"], curve, 1e-9);
  }
}

TEST_CASE("leaning against the wind flattens the curve by Kummer's function") {
  const json file = reference("fx/intramarginal_zone.json");
  for (const json& c : file["cases"]) {
    const json &in = c["inputs"], &expected = c["expected"];
    const double s_bar = expected["s_bar"];
    const ZoneCurve curve = ZoneCurve::intramarginal(in["alpha_years"], in["rho"], in["sigma_f"], in["f_bar"]);
    CHECK(curve.a() == Approx(expected["A"].get<double>()).epsilon(1e-10));
    CHECK(curve.value(curve.f_high()) == Approx(s_bar).epsilon(1e-10));
    check_points(expected["points"], curve, 1e-10);
    const ZoneCurve same = ZoneCurve::intramarginal_band(in["alpha_years"], in["rho"], in["sigma_f"], s_bar);
    CHECK(same.f_high() == Approx(in["f_bar"].get<double>()).epsilon(1e-6));  // flat there
  }
}

TEST_CASE("a wide zone is a free float, and a narrow one has the width of its cube root") {
  const double alpha = 1, sigma = 0.1, lambda = std::sqrt(2 / (alpha * sigma * sigma));
  CHECK(ZoneCurve::symmetric(alpha, sigma, 3).f_high() == Approx(3 + 1 / lambda).epsilon(1e-12));
  CHECK(ZoneCurve::symmetric(alpha, sigma, 3).slope(0) == Approx(1));
  const double narrow = 1e-7;
  const ZoneCurve curve = ZoneCurve::symmetric(alpha, sigma, narrow);
  CHECK(curve.f_high() == Approx(std::cbrt(3 * narrow / (lambda * lambda))).epsilon(1e-4));
  CHECK(curve.slope(0) == Approx(std::pow(3 * lambda * narrow, 2.0 / 3) / 2).epsilon(1e-3));
}

TEST_CASE("a band in which the market half believes keeps its edges") {
  const double half = std::log(150.0 / 130) / 2, q = 0.9, lambda = std::sqrt(2 / 0.01);
  const ZoneCurve curve = ZoneCurve::symmetric(1, 0.1, half, q);
  CHECK(curve.value(curve.f_high()) == Approx(half).epsilon(1e-12));
  CHECK(curve.slope(curve.f_high()) == Approx(1 - q).epsilon(1e-12));
  CHECK(curve.slope(0) == Approx(1 - q / std::cosh(lambda * curve.f_high())).epsilon(1e-12));
}

TEST_CASE("in the zone the fundamental is uniform, and the edges are defended as often as theory says") {
  constexpr int paths = 8192;
  const json stationary = reference("fx/target_zone.json")["cases"][0]["expected"]["stationary"];
  const double regulator =
      reference("fx/target_zone.json")["cases"][0]["expected"]["expected_regulator_rate_each_side"];
  for (const StepUnit unit : {StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    const Calendar time = fx_grid(unit, 800);
    Harness run(fx_target_zone(), time, zone(130, 150), "usdjpy", paths);
    run.seed(3);
    run.start();
    const int years = 10, steps = static_cast<int>(std::lround(years / time.dt()));
    run.run(steps);  // forget the start: the slowest mode decays by e^{-0.63} a year
    Sample s, wide, weak, strong;
    for (int k = 0; k < steps; ++k) {
      run.step();
      weak.add(run["weak_side_defence"]);
      strong.add(run["strong_side_defence"]);
    }
    s.add(logs_of(run["rate"]) - 0.5 * std::log(130.0 * 150.0));
    wide.add(((logs_of(run["rate"]) - 0.5 * std::log(130.0 * 150.0)).abs() > 0.8 * 0.0715504).cast<double>());
    wide.check_mean(stationary["prob_abs_s_gt_80pct_band"]);
    s.check_variance(std::pow(stationary["sd_s"].get<double>(), 2));
    CHECK(s.excess_kurtosis() + 3 == Approx(stationary["kurtosis_s"].get<double>()).epsilon(0.05));
    // Mean regulator a year; a path's sum over 10 years has a deviation of at most σ sqrt(10).
    const double error = 100 * 0.1 * std::sqrt(years) / std::sqrt(paths) / years;
    CHECK(weak.mean() / time.dt() == Approx(100 * regulator).margin(4 * error));
    CHECK(strong.mean() / time.dt() == Approx(100 * regulator).margin(4 * error));
  }
}

TEST_CASE("the yen between 130 and 150 would cost 84 billion dollars a year on each side at first") {
  const ZoneCurve curve = ZoneCurve::symmetric(1, 0.1, std::log(150.0 / 130) / 2);
  CHECK(660000 / 140.0 * regulator_rates(0, 0.1, 2 * curve.f_high()).high == Approx(84).epsilon(0.01));
  Harness run(fx_target_zone(), fx_grid(StepUnit::month, 120), zone(130, 150), "usdjpy", 1024);
  run.seed(4);
  run.start();
  for (int k = 0; k < 120; ++k) {
    run.step();
    const Eigen::ArrayXd sold =
        run.last("jp.monetary_base") / run.last("rate") * (run["weak_side_defence"] - run["strong_side_defence"]) / 100;
    REQUIRE((run["jp.intervention_flow"] - sold).abs().maxCoeff() < 1e-9);
    REQUIRE(run["rate"].minCoeff() >= 130 * (1 - 1e-12));
    REQUIRE(run["rate"].maxCoeff() <= 150 * (1 + 1e-12));
    REQUIRE(run["base_identity_residual"].maxCoeff() < 1e-12);
  }
}

TEST_CASE("volatility falls to nothing at the edge of a credible zone") {
  Harness run(fx_target_zone(), fx_grid(StepUnit::month, 60), zone(130, 150), "usdjpy", 4096);
  run.seed(5);
  run.start();
  run.run(60);
  const Eigen::ArrayXd rate = run["rate"], volatility = run["volatility"];
  double near = 0, middle = 0;
  int at_edge = 0, inside = 0;
  for (Eigen::Index i = 0; i < rate.size(); ++i) {
    if (rate(i) > 149.5) near += volatility(i), ++at_edge;
    if (rate(i) > 138 && rate(i) < 142) middle += volatility(i), ++inside;
  }
  REQUIRE((at_edge > 50 && inside > 50));
  CHECK(near / at_edge < 0.25 * middle / inside);
}

TEST_CASE("a zone whose reserves are spent is given up, and floats on its fundamental") {
  Harness run(fx_target_zone(), fx_grid(StepUnit::month, 120), zone(130, 150), "usdjpy", 1024);
  run.seed(6);
  run.set("jp.fx_deliverable", 5);
  run.start();
  run.run(120);
  const Eigen::ArrayXd given_up = (run["regime"] == 3.0).cast<double>();
  CHECK(given_up.mean() > 0.7);
  CHECK(run["rate"].maxCoeff() > 160);
  for (Eigen::Index i = 0; i < run.paths(); ++i)
    if (given_up(i) == 1.0)
      REQUIRE(run["rate"](i) == Approx(std::sqrt(130.0 * 150.0) * std::exp(run["fundamental"](i))).epsilon(1e-12));
}

TEST_CASE("a strong edge has no limit but what its dollars cost") {
  const Params strong = zone(130, 150, {{"initial", 130.5}, {"drift", -10.0}});
  Params costly = strong;
  costly["exit_hazard"] = 20.0;
  Harness held(fx_target_zone(), fx_grid(StepUnit::month, 60), strong, "usdjpy", 1024);
  Harness left(fx_target_zone(), fx_grid(StepUnit::month, 60), costly, "usdjpy", 1024);
  for (Harness* run : {&held, &left}) {
    run->seed(8);
    run->set("jp.fx_deliverable", 10);
    run->start();
    run->run(60);
  }
  CHECK((held["regime"] == 1.0).cast<double>().mean() > 0.9);
  CHECK(held.mean("bought") > 1000);
  CHECK((left["regime"] == 3.0).cast<double>().mean() > 0.9);
}

TEST_CASE("a zone refuses a band upside down, a start outside and a law that nobody has solved") {
  const Calendar time = fx_grid(StepUnit::month, 12);
  CHECK_THROWS_WITH(Harness(fx_target_zone(), time, {{"band", std::vector<double>{150, 130}}}),
                    Catch::Contains("the smaller rate first"));
  CHECK_THROWS_WITH(Harness(fx_target_zone(), time, {{"initial", 156.0}}),
                    Catch::Contains("156, is not inside the band"));
  CHECK_THROWS_WITH(Harness(fx_target_zone(), time, {{"leaning", 1.0}}), Catch::Contains("set credibility to 1"));
  CHECK_THROWS_WITH(Harness(fx_target_zone(), time, {{"credibility", 1.5}}), Catch::Contains("credibility"));
}
