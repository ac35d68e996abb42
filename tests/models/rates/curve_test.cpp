#include "models/rates/curve.h"

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

const Calendar monthly = grid(StepUnit::month, 120);

Value word(const char* text) {
  return std::string(text);
}

// The curve of the reference file: 6 bp per 1 % to the digits of its supply effect, no shift to pillars.
Params reference_curve() {
  return {{"fit", false}, {"supply_loading", 6.0 * 0.0005999999999552252 / 0.0006}};
}

const std::map<double, std::string> output_of = {{0.25, "y3m"}, {2, "y2"}, {5, "y5"}, {10, "y10"}, {30, "y30"}};

double bracket(double speed, double time) {
  return (1 - std::exp(-speed * time)) / speed;
}

}  // namespace

TEST_CASE("yields are those of the three-factor reference at any rate, medium-run rate and supply") {
  const auto supply = reference("rates/supply.json");
  for (const auto& row : supply["yields"]["rows"]) {
    const auto name = output_of.find(row[0]);
    if (name == output_of.end()) continue;
    Params params = reference_curve();
    params["theta0"] = 100 * double(row[2]);
    params["anchor_speed"] = 1e-300;  // the medium-run rate stays where it starts
    Harness run(curve(), monthly, params);
    run.set("policy_rate", 100 * double(row[1]));
    run.set("duration_supply", double(row[3]));
    run.start();
    run.step();
    CHECK(run.at(name->second) == Approx(100 * double(row[4])).epsilon(1e-11));
  }
}

TEST_CASE("the start curve goes through the pillars") {
  for (const bool par : {false, true}) {
    Harness run(curve(), monthly, {{"par", par}});
    Eigen::ArrayXd rates = Eigen::ArrayXd::LinSpaced(64, 0.25, 6);
    run.set("policy_rate", rates);
    run.start();
    const std::vector<double> pillars = {3.59, 3.45, 3.70, 4.14, 4.81};
    std::size_t i = 0;
    for (const auto& [maturity, name] : output_of) CHECK((run[name] - pillars[i++]).abs().maxCoeff() <= 1e-12);
  }
}

TEST_CASE("the shift to the pillars decays at its speed") {
  Harness shifted(curve(), monthly, {{"shift_decay", 0.5}, {"anchor_speed", 1e-300}});
  Harness bare(curve(), monthly, {{"fit", false}, {"anchor_speed", 1e-300}});
  shifted.start();
  bare.start();
  const double gap = shifted.at("y30") - bare.at("y30");
  shifted.run(24);
  bare.run(24);
  CHECK(shifted.at("y30") - bare.at("y30") == Approx(gap * std::exp(-1.0)).epsilon(1e-12));
}

TEST_CASE("1 % of GDP of duration moves the 10-year yield by 6 bp, in proportion to its size") {
  const auto yields_at = [](double supply) {
    Harness run(curve(), monthly);
    run.set("duration_supply", supply);
    run.start();
    run.step();
    return std::vector<double>{run.at("y2"), run.at("y5"), run.at("y10"), run.at("y30")};
  };
  const auto none = yields_at(0), one = yields_at(1), five = yields_at(5);
  CHECK(100 * (one[2] - none[2]) == Approx(6.0).epsilon(1e-12));
  CHECK(100 * (one[0] - none[0]) == Approx(3.4).margin(0.05));
  CHECK(100 * (one[1] - none[1]) == Approx(5.5).margin(0.05));
  CHECK(100 * (one[3] - none[3]) == Approx(3.9).margin(0.05));
  for (std::size_t i = 0; i < 4; ++i) CHECK(five[i] - none[i] == Approx(5 * (one[i] - none[i])).epsilon(1e-12));
}

TEST_CASE("yields by loadings and by independent factors agree within the tolerance of the identity") {
  Harness run(curve(), monthly, {{"supply", word("ou")}}, "us", 512);
  run.set("policy_rate", Eigen::ArrayXd::LinSpaced(512, -1, 20));
  run.seed(23);
  run.start();
  double tolerance = 0;
  for (const OutputDecl& output : run.declared().outputs())
    if (output.kind == OutputDecl::Kind::identity) tolerance = output.tolerance;
  CHECK(tolerance > 0);
  CHECK(tolerance < 1e-11);
  for (int k = 0; k < 120; ++k) {
    run.step();
    CHECK(run["curve_identity_residual"].maxCoeff() <= tolerance);
  }
}

TEST_CASE("the 10-year yield at the start holds 78 bp of term premium, and splits into expectations and premium") {
  Harness run(curve(), monthly, {{"fit", false}});
  run.set("policy_rate", 3.63);
  run.start();
  CHECK(run.at("term_premium_10y") == Approx(78).margin(0.5));
  run.step();
  CHECK(run.at("expected_10y") + run.at("term_premium_10y") / 100 == Approx(run.at("y10")).epsilon(1e-14));
}

TEST_CASE("without premium, volatility and shift a yield is the average of the expected path of the short rate") {
  Harness run(curve(), monthly,
              {{"fit", false},
               {"medium_run_mean_q", 2.8},
               {"theta0", 3.31},
               {"rate_volatility", 0.0},
               {"medium_run_volatility", 0.0},
               {"supply_volatility", 0.0}});
  run.set("policy_rate", 5.0);
  run.start();
  // dr = .45 (theta - r), dtheta = .10 (2.8 - theta): the average over 10 years by the midpoint rule.
  double average = 0;
  constexpr int points = 100000;
  for (int j = 0; j < points; ++j) {
    const double t = 10 * (j + 0.5) / points;
    const double slow = 0.51 * 0.45 / 0.35;
    average += 2.8 + (2.2 - slow) * std::exp(-0.45 * t) + slow * std::exp(-0.1 * t);
  }
  CHECK(run.at("y10") == Approx(average / points).epsilon(1e-9));
  CHECK(run.at("y10") == Approx(run.at("expected_10y")).epsilon(1e-12));
}

TEST_CASE("par yields of a flat curve are its semi-annual rate at every maturity") {
  Harness run(curve(), monthly,
              {{"fit", false},
               {"par", true},
               {"medium_run_mean_q", 5.0},
               {"theta0", 5.0},
               {"rate_volatility", 0.0},
               {"medium_run_volatility", 0.0},
               {"supply_volatility", 0.0}});
  run.set("policy_rate", 5.0);
  run.start();
  for (const auto& [maturity, name] : output_of) CHECK(run.at(name) == Approx(200 * std::expm1(0.025)).epsilon(1e-12));
}

TEST_CASE("the anchored medium-run rate returns to its anchor with the exact moments at any step") {
  const double target = 0.65 * (2.8 + 1.0) + 0.35 * 5.0;
  const double mean = target + (3.31 - target) * std::exp(-0.5 * 2);
  const double variance = 0.81 * bracket(1.0, 2);
  for (const StepUnit unit : {StepUnit::year, StepUnit::month}) {
    const int steps = unit == StepUnit::year ? 2 : 24;
    Harness run(curve(), grid(unit, steps), {}, "us", 40000);
    run.set("policy_rate", 5.0);
    run.set("perceived_target", 3.0);
    run.seed(29);
    run.start();
    run.run(steps);
    CHECK(std::abs(run.mean("medium_run_rate") - mean) <= 4 * std::sqrt(variance / 40000));
    CHECK(std::abs(run.variance("medium_run_rate") / variance - 1) <= 4 * std::sqrt(2.0 / 40000));
  }
}

TEST_CASE("own supply is an Ornstein-Uhlenbeck process around zero") {
  Harness run(curve(), monthly, {{"supply", word("ou")}}, "us", 40000);
  run.seed(31);
  run.start();
  run.run(36);
  const double variance = 0.5625 * bracket(0.16, 3);
  CHECK(std::abs(run.mean("duration_supply")) <= 4 * std::sqrt(variance / 40000));
  CHECK(std::abs(run.variance("duration_supply") / variance - 1) <= 4 * std::sqrt(2.0 / 40000));
}

TEST_CASE("the short rate of the model itself has the joint Gaussian moments, whatever the step") {
  // r = m + (r0 - m - g) e^{-at} + g e^{-bt} with g = a/(a-b) (theta0 - m); variance from the independent factors.
  const double a = 0.45, b = 0.1, m = 2.8, ratio = a / (a - b), t = 2;
  const double g = ratio * (3.31 - m);
  const double mean = m + (3.63 - m - g) * std::exp(-a * t) + g * std::exp(-b * t);
  const double s1 = 0.95, s2 = ratio * 0.9, rho = 0.25;
  const double variance = (s1 * s1 + s2 * s2 - 2 * rho * s1 * s2) * bracket(2 * a, t) +
                          2 * (rho * s1 * s2 - s2 * s2) * bracket(a + b, t) + s2 * s2 * bracket(2 * b, t);
  for (const StepUnit unit : {StepUnit::year, StepUnit::month}) {
    const int steps = unit == StepUnit::year ? 2 : 24;
    Harness run(curve(), grid(unit, steps), {{"short_rate", word("model")}, {"theta", word("ou")}}, "us", 40000);
    run.seed(37);
    run.start();
    run.run(steps);
    CHECK(std::abs(run.mean("curve_short_rate") - mean) <= 4 * std::sqrt(variance / 40000));
    CHECK(std::abs(run.variance("curve_short_rate") / variance - 1) <= 4 * std::sqrt(2.0 / 40000));
  }
}

TEST_CASE("a medium-run rate from the rule is the weighted mean of beliefs and the short rate") {
  for (const char* source : {"policy", "model"}) {
    Harness run(curve(), monthly, {{"short_rate", word(source)}, {"theta", word("from_rule")}});
    run.seed(41);
    run.start();
    run.run(5);
    CHECK(run.at("medium_run_rate") == Approx(0.65 * 2.8 + 0.35 * run.at("curve_short_rate")).epsilon(1e-14));
  }
}

TEST_CASE("under the pricing measure a discounted bond is a martingale") {
  constexpr int paths = 40000, steps = 52;
  Params params = reference_curve();
  params["short_rate"] = word("model");
  params["supply"] = word("ou");
  params["measure"] = word("Q");
  Harness run(curve(), grid(StepUnit::week, steps), params, "us", paths);
  run.seed(43);
  run.start();
  const double dt = 28.0 / 1461, year = steps * dt;
  Eigen::ArrayXd integral = 0.5 * run["curve_short_rate"];
  for (int k = 1; k <= steps; ++k) {
    run.step();
    integral += (k < steps ? 1.0 : 0.5) * run["curve_short_rate"];
  }
  const auto bonds = reference("rates/supply.json");
  const auto& p = bonds["parameters"];
  const double a = p["rate_speed"], b = p["endpoint_speed"], kappa = p["supply_speed"], mean = p["endpoint_mean"];
  const double g2 = a / (a - b), g3 = double(p["supply_effect"]) / (a - kappa);
  const double s1 = p["rate_volatility"], s2 = g2 * double(p["endpoint_volatility"]),
               s3 = g3 * double(p["supply_volatility"]), rho = p["correlation"];
  const double c11 = s1 * s1 + s2 * s2 + s3 * s3 - 2 * rho * s1 * s2, c12 = rho * s1 * s2 - s2 * s2;
  for (const double maturity : {2.0, 10.0}) {
    // P(0, T) from the closed form, with the convexity integral by the midpoint rule.
    const double T = year + maturity;
    double convexity = 0;
    constexpr int points = 20000;
    for (int j = 0; j < points; ++j) {
      const double u = T * (j + 0.5) / points;
      const double ba = bracket(a, u), bb = bracket(b, u), bk = bracket(kappa, u);
      convexity += (c11 * ba * ba + 2 * c12 * ba * bb - 2 * s3 * s3 * ba * bk + s2 * s2 * bb * bb + s3 * s3 * bk * bk) *
                   T / points;
    }
    const double x2 = g2 * (0.0331 - mean), x1 = 0.0363 - mean - x2;
    const double price = std::exp(-mean * T - x1 * bracket(a, T) - x2 * bracket(b, T) + convexity / 2);
    const std::string name = maturity == 2.0 ? "y2" : "y10";
    const Eigen::ArrayXd discounted =
        (-integral * dt / 100 - run[name] * maturity / 100).unaryExpr([](double x) { return std::exp(x); });
    const double average = discounted.mean();
    const double error = std::sqrt((discounted - average).square().mean() / paths);
    CHECK(std::abs(average - price) <= 4 * error);
    CHECK(error < 1e-3 * price);
  }
}

TEST_CASE("rules between parameters of the curve are checked") {
  CHECK_THROWS(Harness(curve(), monthly, {{"measure", word("Q")}}));
  CHECK_THROWS(Harness(curve(), monthly, {{"pillars", std::vector<double>{4, 4}}}));
}

TEST_CASE("the simple curve starts at its pillars and moves with the policy rate by the closed-form loading") {
  Harness run(curve_simple(), monthly, {}, "cn");
  run.start();
  CHECK(run.at("y2") == Approx(1.40).margin(1e-12));
  CHECK(run.at("y5") == Approx(1.60).margin(1e-12));
  CHECK(run.at("y10") == Approx(1.85).margin(1e-12));
  CHECK(run.at("lpr5y") == Approx(3.5).margin(1e-12));
  const double premium = run.at("term_premium_10y");
  run.set("policy_rate", 0.9);
  run.step();
  // The medium-run rate moves by .35 of the cut at speed .5.
  const double rate_loading = bracket(0.45, 10) / 10;
  const double medium_loading = 0.45 / 0.35 * (bracket(0.1, 10) - bracket(0.45, 10)) / 10;
  const double medium = 0.35 * -0.5 * (1 - std::exp(-0.5 / 12));
  CHECK(run.at("y10") == Approx(1.85 - 0.5 * rate_loading + medium * medium_loading).epsilon(1e-13));
  CHECK(run.at("term_premium_10y") == premium);
  CHECK(run.at("lpr5y") == Approx(3.0).margin(1e-12));
  Harness japan(curve_simple(), monthly, {}, "jp");
  japan.start();
  CHECK(japan.at("y10") == Approx(2.07).margin(1e-12));
  CHECK_FALSE(japan.has_output("lpr5y"));
}
