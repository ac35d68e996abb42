#include "models/rates/gaussian_affine.h"

#include <cmath>

#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

std::vector<nlohmann::json> vasicek_cases() {
  return reference("rates/vasicek.json").at("cases");
}

GaussianAffine vasicek_q(const nlohmann::json& given) {
  return vasicek(given.at("speed"), given.at("mean_q"), given.at("volatility"));
}

// Three factors with correlated shocks, one of them slow.
GaussianAffine three_factors() {
  return {0.04,
          {0.9, 0.2, 1e-4},
          exact_matrix({{1.0e-4, -0.4e-4, 0.1e-4}, {-0.4e-4, 0.8e-4, 0.2e-4}, {0.1e-4, 0.2e-4, 0.5e-4}})};
}

}  // namespace

TEST_CASE("Vasicek bonds have the reference prices, for ordinary and for almost no reversion") {
  const double tolerance = reference("rates/vasicek.json").at("tolerance");
  for (const auto& file : vasicek_cases()) {
    const auto& given = file.at("parameters");
    const double rate = given.at("rate");
    const double mean = given.at("mean_q");
    const GaussianAffine model = vasicek_q(given);
    const std::vector<double> x = {rate - mean};
    for (const Row& row : rows(file.at("bonds"))) {
      const double maturity = row.at("maturity");
      const RateBond bond = vasicek_bond(given.at("speed"), mean, given.at("volatility"), maturity);
      CHECK(bond.log_a == near(row.at("log_a"), tolerance));
      CHECK(bond.b == near(row.at("b"), tolerance));
      CHECK(std::exp(bond.log_a - bond.b * rate) == near(row.at("price"), tolerance));
      CHECK(std::exp(-value(model.bond(maturity), x)) == near(row.at("price"), tolerance));
      CHECK(value(model.yield(maturity), x) == near(row.at("yield"), tolerance));
      CHECK(value(model.forward(maturity), x) == near(row.at("forward"), tolerance));
    }
    CHECK(model.yield_at_infinity() == near(given.at("yield_at_infinity").get<double>(), tolerance));
  }
}

TEST_CASE("Vasicek rates and yields have the reference moments under P") {
  const double tolerance = reference("rates/vasicek.json").at("tolerance");
  for (const auto& file : vasicek_cases()) {
    const auto& given = file.at("parameters");
    const double mean_q = given.at("mean_q");
    const GaussianAffine model = vasicek_q(given);
    // Under P the factor r - mean_q has the drift speed (mean_p - mean_q).
    const double drift = given.at("speed").get<double>() * (given.at("mean_p").get<double>() - mean_q);
    const double x = given.at("rate").get<double>() - mean_q;
    for (const Row& row : rows(file.at("rates"))) {
      const FactorStep step = model.step(row.at("horizon"));
      CHECK(mean_q + step.decay[0] * x + step.drift_weight[0] * drift == near(row.at("mean"), tolerance));
      CHECK(step.covariance(0, 0).value == near(row.at("variance"), tolerance));
    }
    for (const Row& row : rows(file.at("yields"))) {
      const FactorStep step = model.step(row.at("horizon"));
      const BondLoadings yield = model.yield(row.at("maturity"));
      const double loading = yield.factors[0];
      CHECK(value(yield, {step.decay[0] * x + step.drift_weight[0] * drift}) == near(row.at("mean"), tolerance));
      CHECK(loading * loading * step.covariance(0, 0).value == near(row.at("variance"), tolerance));
    }
  }
}

TEST_CASE("two correlated factors have the reference transition") {
  const auto file = reference("rates/two_factors.json");
  const double tolerance = file.at("tolerance");
  const auto& given = file.at("parameters");
  const GaussianAffine model = two_factors(given.at("speed_1"), given.at("speed_2"), given.at("volatility_1"),
                                           given.at("volatility_2"), given.at("correlation"));
  for (const Row& row : rows(file.at("steps"))) {
    const FactorStep step = model.step(row.at("dt"));
    CHECK(step.decay[0] == near(row.at("decay_1"), tolerance));
    CHECK(step.decay[1] == near(row.at("decay_2"), tolerance));
    CHECK(step.covariance(0, 0).value == near(row.at("variance_1"), tolerance));
    CHECK(step.covariance(1, 1).value == near(row.at("variance_2"), tolerance));
    CHECK(step.covariance(0, 1).value == near(row.at("covariance"), tolerance));
    CHECK(step.covariance(1, 0).value == near(row.at("covariance"), tolerance));
  }
}

TEST_CASE("a bond of no maturity is worth 1 and yields the short rate") {
  const GaussianAffine model = three_factors();
  const std::vector<double> x = {0.01, -0.02, 0.005};
  const double rate = 0.04 + 0.01 - 0.02 + 0.005;
  CHECK(value(model.bond(0), x) == 0);
  CHECK(value(model.yield(0), x) == near(rate, 1e-15));
  CHECK(value(model.forward(0), x) == near(rate, 1e-15));
  CHECK(value(model.yield(1e-7), x) == near(rate, 1e-6));
}

TEST_CASE("without reversion a Vasicek bond is exp(-r τ + σ² τ³/6)") {
  const double rate = 0.03;
  const double volatility = 0.01;
  for (const double maturity : {0.25, 2.0, 10.0, 30.0}) {
    const double expected = -rate * maturity + volatility * volatility * maturity * maturity * maturity / 6;
    CHECK(-value(vasicek(1e-14, 0.05, volatility).bond(maturity), {rate - 0.05}) == near(expected, 1e-12));
  }
}

TEST_CASE("without volatility a yield is the average of the path of the short rate") {
  const GaussianAffine model{0.05, {0.5, 0.08}, ExactMatrix::Zero(2, 2)};
  // Simpson's rule on r(s) = 0.05 - 0.03 e^{-0.5 s} + 0.01 e^{-0.08 s}.
  const auto rate = [](double s) { return 0.05 - 0.03 * std::exp(-0.5 * s) + 0.01 * std::exp(-0.08 * s); };
  const double h = 10.0 / 2000;
  double sum = 0;
  for (int i = 0; i < 1000; ++i) sum += rate(2 * i * h) + 4 * rate((2 * i + 1) * h) + rate((2 * i + 2) * h);
  CHECK(value(model.yield(10), {-0.03, 0.01}) == near(sum * h / 3 / 10, 1e-12));
}

TEST_CASE("the forward rate is the slope of the log price") {
  const GaussianAffine model = three_factors();
  const std::vector<double> x = {0.01, -0.02, 0.005};
  for (const double maturity : {0.5, 5.0, 25.0}) {
    const double h = 1e-3;
    const double slope = (8 * (value(model.bond(maturity + h), x) - value(model.bond(maturity - h), x)) -
                          (value(model.bond(maturity + 2 * h), x) - value(model.bond(maturity - 2 * h), x))) /
                         (12 * h);
    CHECK(value(model.forward(maturity), x) == near(slope, 1e-10));
  }
}

TEST_CASE("long yields approach the level less the convexity of a perpetual horizon") {
  const GaussianAffine model{0.04, {0.5, 0.1}, exact_matrix({{1e-4, 2e-5}, {2e-5, 3e-5}})};
  // 0.04 - (1e-4/0.25 + 2·2e-5/0.05 + 3e-5/0.01)/2.
  CHECK(model.yield_at_infinity() == near(0.04 - (4e-4 + 8e-4 + 3e-3) / 2, 1e-14));
  CHECK(value(model.yield(1e7), {0.01, 0.01}) == near(model.yield_at_infinity(), 1e-5));
}

TEST_CASE("twelve steps of a month have the moments of a year, jointly with the integral") {
  const GaussianAffine model = three_factors();
  const FactorStep month = model.step(1.0 / 12);
  const FactorStep year = model.step(1);
  std::vector<double> decay(3, 1.0);
  std::vector<double> drift(3, 0.0);
  ExactMatrix covariance = ExactMatrix::Zero(3, 3);
  // The integral so far, as a fourth variable: I' = I + Σ drift_weight_i x_i + noise.
  std::vector<double> with_integral(3, 0.0);
  double integral = 0;
  for (int k = 0; k < 12; ++k) {
    for (std::size_t i = 0; i < 3; ++i) {
      const auto row = static_cast<Eigen::Index>(i);
      double moved = with_integral[i];
      for (std::size_t j = 0; j < 3; ++j)
        moved += month.drift_weight[j] * covariance(row, static_cast<Eigen::Index>(j)).value;
      // Cov(x', I') and, before x moves on, its share of Var I'.
      integral += month.drift_weight[i] * (moved + with_integral[i]);
      with_integral[i] = month.decay[i] * moved + month.integral_covariance[i];
    }
    integral += month.integral_variance;
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        Exact& entry = covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
        entry = month.decay[i] * month.decay[j] * entry.value +
                month.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)).value;
      }
      drift[i] = month.decay[i] * drift[i] + month.drift_weight[i];
      decay[i] *= month.decay[i];
    }
  }
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(decay[i] == near(year.decay[i], 1e-14));
    CHECK(drift[i] == near(year.drift_weight[i], 1e-14));
    CHECK(with_integral[i] == near(year.integral_covariance[i], 1e-13));
    for (std::size_t j = 0; j < 3; ++j) {
      const auto row = static_cast<Eigen::Index>(i);
      const auto column = static_cast<Eigen::Index>(j);
      CHECK(covariance(row, column).value == near(year.covariance(row, column).value, 1e-13));
    }
  }
  CHECK(integral == near(year.integral_variance, 1e-13));
}

TEST_CASE("today's price of a bond is the expected discounted price of tomorrow, exactly") {
  const GaussianAffine model = three_factors();
  const std::vector<double> x = {0.01, -0.02, 0.005};
  const double t = 2;
  const double rest = 7;
  const FactorStep step = model.step(t);
  const BondLoadings later = model.bond(rest);
  // -ln(discounted price) = level t + I + later(x'), normal with these moments.
  double mean = 0.04 * t + later.constant;
  double variance = step.integral_variance;
  for (std::size_t i = 0; i < 3; ++i) {
    mean += step.drift_weight[i] * x[i] + later.factors[i] * step.decay[i] * x[i];
    variance += 2 * later.factors[i] * step.integral_covariance[i];
    for (std::size_t j = 0; j < 3; ++j)
      variance += later.factors[i] * later.factors[j] *
                  step.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)).value;
  }
  CHECK(mean - variance / 2 == near(value(model.bond(t + rest), x), 1e-13));
}
