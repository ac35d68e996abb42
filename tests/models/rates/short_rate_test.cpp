#include "models/rates/short_rate.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/support/harness.h"
#include "tests/support/reference.h"

using namespace moniac;
using moniac::testing::Harness;
using moniac::testing::Params;
using moniac::testing::reference;

namespace {

Calendar grid(StepUnit unit, int steps) {
  return {.start = Date{std::chrono::January / 1 / 2025}, .unit = unit, .every = 1, .steps = steps};
}

Value word(const char* text) {
  return std::string(text);
}

const std::map<double, std::string> output_of = {{2, "y2"}, {5, "y5"}, {10, "y10"}};

double bracket(double speed, double time) {
  return (1 - std::exp(-speed * time)) / speed;
}

// The price of a two-year bond by simulation under Q against its yield at the start.
void check_martingale(Params params) {
  constexpr int paths = 40000, steps = 104;
  params["measure"] = word("Q");
  params["yields"] = true;
  Harness run(short_rate(), grid(StepUnit::week, steps), params, "us", paths);
  run.seed(47);
  run.start();
  // The two-year yield belongs to 2 years, the run ends after 104 weeks of 28/1461: accrue the rest at the last rate.
  const double dt = 28.0 / 1461, rest = 2 - steps * dt;
  const double price = std::exp(-2 * run.at("y2") / 100);
  Eigen::ArrayXd integral = 0.5 * dt * run["short_rate"];
  for (int k = 1; k <= steps; ++k) {
    run.step();
    integral += (k < steps ? dt : dt / 2 + rest) * run["short_rate"];
  }
  const Eigen::ArrayXd discount = (-integral / 100).unaryExpr([](double x) { return std::exp(x); });
  const double error = std::sqrt((discount - discount.mean()).square().mean() / paths);
  CHECK(std::abs(discount.mean() - price) <= 4 * error);
  CHECK(error < 2e-4);
}

}  // namespace

TEST_CASE("Vasicek yields at the start and moments after a year are the reference's") {
  const auto vasicek = reference("rates/vasicek.json")["cases"][0];
  Harness run(short_rate(), grid(StepUnit::year, 1), {{"yields", true}}, "us", 40000);
  run.seed(53);
  run.start();
  for (const auto& row : vasicek["bonds"]["rows"])
    if (const auto name = output_of.find(row[0]); name != output_of.end())
      CHECK(run.at(name->second) == Approx(100 * double(row[4])).epsilon(1e-12));
  run.step();
  for (const auto& row : vasicek["rates"]["rows"]) {
    if (row[0] != 1.0) continue;
    const double variance = 1e4 * double(row[2]);
    CHECK(std::abs(run.mean("short_rate") - 100 * double(row[1])) <= 4 * std::sqrt(variance / 40000));
    CHECK(std::abs(run.variance("short_rate") / variance - 1) <= 4 * std::sqrt(2.0 / 40000));
  }
}

TEST_CASE("twelve monthly steps have the law of one yearly step") {
  const double mean = 4 - 2 * std::exp(-0.5), variance = 2.25 * bracket(1.0, 1);
  Harness run(short_rate(), grid(StepUnit::month, 12),
              {{"r0", 2.0}, {"speed", 0.5}, {"mean", 4.0}, {"volatility", 150.0}}, "us", 40000);
  run.seed(59);
  run.start();
  run.run(12);
  CHECK(std::abs(run.mean("short_rate") - mean) <= 4 * std::sqrt(variance / 40000));
  CHECK(std::abs(run.variance("short_rate") / variance - 1) <= 4 * std::sqrt(2.0 / 40000));
}

TEST_CASE("the bare short rate has one output and one draw") {
  Harness run(short_rate(), grid(StepUnit::month, 12));
  CHECK(run.declared().outputs().size() == 1);
  CHECK(run.declared().shocks().size() == 1);
  CHECK(run.declared().states().empty());
}

TEST_CASE("Hull-White rates and yields are the reference's at a given factor") {
  const auto hull_white = reference("rates/hull_white.json");
  Harness run(short_rate(), grid(StepUnit::year, 1),
              {{"process", word("hull_white")},
               {"speed", 0.08},
               {"volatility", 105.0},
               {"measure", word("Q")},
               {"yields", true}});
  run.start();
  for (const auto& row : hull_white["market"]["rows"])
    if (const auto name = output_of.find(row[0]); name != output_of.end())
      CHECK(run.at(name->second) == Approx(100 * double(row[2])).epsilon(1e-12));
  for (const auto& row : hull_white["bonds"]["rows"]) {
    if (row[0] != 1.0) continue;
    run.fix("news", 100 * double(row[2]) / (1.05 * std::sqrt(bracket(0.16, 1))));
    run.step();
    CHECK(run.at("short_rate") == Approx(100 * double(row[4])).epsilon(1e-12));
    CHECK(run.at("y10") == Approx(100 * double(row[6])).epsilon(1e-12));
  }
}

TEST_CASE("G2++ rates and yields are the reference's at given factors") {
  const auto two_factors = reference("rates/two_factors.json");
  Harness run(
      short_rate(), grid(StepUnit::year, 1),
      {{"process", word("g2pp")}, {"speed", 0.45}, {"volatility", 125.0}, {"measure", word("Q")}, {"yields", true}});
  run.start();
  const double v11 = 1.25 * 1.25 * bracket(0.9, 1), v22 = 0.98 * 0.98 * bracket(0.12, 1);
  const double v12 = -0.72 * 1.25 * 0.98 * bracket(0.51, 1);
  for (const auto& row : two_factors["bonds"]["rows"]) {
    if (row[0] != 1.0) continue;
    const double x = 100 * double(row[2]), y = 100 * double(row[3]);
    const double z = x / std::sqrt(v11);
    run.fix("news", z);
    run.fix("news_2", (y - v12 / std::sqrt(v11) * z) / std::sqrt(v22 - v12 * v12 / v11));
    run.step();
    CHECK(run.at("short_rate") == Approx(100 * double(row[5])).epsilon(1e-12));
    CHECK(run.at("y10") == Approx(100 * double(row[7])).epsilon(1e-12));
  }
}

TEST_CASE("a start curve through pillars is repriced") {
  Harness run(short_rate(), grid(StepUnit::month, 12),
              {{"process", word("hull_white")},
               {"pillar_maturities", std::vector<double>{0.25, 2, 5, 10, 30}},
               {"pillar_rates", std::vector<double>{3.6, 3.45, 3.7, 4.14, 4.81}},
               {"yields", true}});
  run.start();
  CHECK(run.at("y2") == Approx(3.45).epsilon(1e-13));
  CHECK(run.at("y5") == Approx(3.70).epsilon(1e-13));
  CHECK(run.at("y10") == Approx(4.14).epsilon(1e-13));
}

TEST_CASE("the square-root step has the exact mean and variance and stays at or above zero") {
  const auto cir = reference("rates/cir.json");
  Harness run(short_rate(), grid(StepUnit::quarter, 1),
              {{"process", word("cir")}, {"speed", 0.3}, {"mean", 4.0}, {"mean_q", 4.0}, {"yields", true}}, "us",
              40000);
  run.seed(61);
  run.start();
  for (const auto& row : cir["bonds"]["rows"])
    if (const auto name = output_of.find(row[0]); name != output_of.end())
      CHECK(run.at(name->second) == Approx(100 * double(row[4])).epsilon(1e-12));
  run.step();
  for (const auto& row : cir["steps"]["rows"]) {
    if (row[0] != 0.25) continue;
    const double variance = 1e4 * double(row[2]), df = row[4], lambda = row[5];
    const double excess = 12 * (df + 4 * lambda) / ((df + 2 * lambda) * (df + 2 * lambda));
    CHECK(std::abs(run.mean("short_rate") - 100 * double(row[1])) <= 4 * std::sqrt(variance / 40000));
    CHECK(std::abs(run.variance("short_rate") / variance - 1) <= 4 * std::sqrt((2 + excess) / 40000));
  }
}

TEST_CASE("near zero the square-root step keeps the exact mean and variance with an atom at zero") {
  const double k = 0.3, m = 0.01, sigma = 0.25, r0 = 0.0005, dt = 0.25;
  Harness run(short_rate(), grid(StepUnit::quarter, 1),
              {{"process", word("cir")}, {"speed", k}, {"mean", 100 * m}, {"cir_volatility", sigma}, {"r0", 100 * r0}},
              "us", 100032);
  run.seed(67);
  run.start();
  run.step();
  const double e = std::exp(-k * dt);
  const double mean = 100 * (m + (r0 - m) * e);
  const double variance =
      1e4 * (r0 * sigma * sigma / k * e * (1 - e) + m * sigma * sigma / (2 * k) * (1 - e) * (1 - e));
  CHECK(variance / (mean * mean) > 1.5);
  CHECK(run["short_rate"].minCoeff() == 0);
  CHECK(std::abs(run.mean("short_rate") - mean) <= 4 * std::sqrt(variance / 100032));
  const Eigen::ArrayXd squares = (run["short_rate"] - mean).square();
  const double error = std::sqrt((squares - squares.mean()).square().mean() / 100032);
  CHECK(std::abs(squares.mean() - variance) <= 4 * error);
}

TEST_CASE("under the pricing measure a two-year bond is worth its expected discount, for every process") {
  check_martingale({});
  check_martingale({{"process", word("hull_white")}});
  check_martingale({{"process", word("g2pp")}});
  check_martingale({{"process", word("cir")}});
}

TEST_CASE("rules between parameters of the short rate are checked") {
  const Calendar time = grid(StepUnit::month, 1);
  CHECK_THROWS(Harness(short_rate(), time, {{"curve_beta", std::vector<double>{4}}}));
  CHECK_THROWS(
      Harness(short_rate(), time,
              {{"pillar_maturities", std::vector<double>{2, 1}}, {"pillar_rates", std::vector<double>{4, 4}}}));
  CHECK_THROWS(Harness(short_rate(), time, {{"process", word("cir")}, {"mean", -1.0}}));
}
