// Entropy pooling against closed forms and an independent solver.
#include "sim/study/entropy_pooling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/scenario/format.h"
#include "sim/study/draws.h"
#include "sim/study/normal_quantile.h"
#include "sim/study/weighted.h"
#include "tests/support/catch.h"
#include "tests/support/reference.h"

using namespace moniac;

namespace {

nlohmann::json reference() {
  return testing::reference("study/entropy_pooling.json");
}

std::vector<double> normals(std::size_t n, std::uint64_t key) {
  std::vector<double> values = uniform_draws(key, 0, 0, n);
  for (double& value : values) value = normal_quantile(value);
  return values;
}

template <class Test>
std::vector<double> where(const std::vector<double>& values, Test test) {
  std::vector<double> result;
  for (const double value : values) result.push_back(test(value) ? 1 : 0);
  return result;
}

double mean(const std::vector<double>& values, const std::vector<double>& weights) {
  return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0);
}

void check_weights(const Pooled& pooled, const std::vector<double>& expected, double tolerance) {
  REQUIRE(pooled.weights.size() == expected.size());
  for (std::size_t j = 0; j < expected.size(); ++j) CHECK(std::abs(pooled.weights[j] - expected[j]) < tolerance);
}

std::vector<ViewRow> rows_of(const nlohmann::json& views) {
  std::vector<ViewRow> rows;
  for (const auto& view : views) {
    const auto word = std::find(view_bounds().begin(), view_bounds().end(), view["relation"].get<std::string>());
    const auto relation = static_cast<Relation>(word - view_bounds().begin());
    rows.push_back({view["values"].get<std::vector<double>>(), relation, view["level"].get<double>()});
  }
  return rows;
}

}  // namespace

TEST_CASE("without views all paths weigh the same") {
  const Pooled pooled = pool({}, 5);
  CHECK(pooled.weights == std::vector<double>(5, 0.2));
  CHECK(pooled.kish == Approx(5));
  CHECK(pooled.divergence == 0);
}

TEST_CASE("a probability view scales the weights inside and outside of its event") {
  const std::size_t n = 10000;
  std::vector<double> inside(n);
  std::fill_n(inside.begin(), 3500, 1.0);
  const std::vector<ViewRow> rows = {{inside, Relation::is, 0.6}};
  const Pooled pooled = pool(rows, n);
  REQUIRE(pooled.weights.size() == n);
  for (std::size_t j = 0; j < n; ++j) {
    REQUIRE(pooled.weights[j] == Approx(inside[j] == 1 ? 0.6 / 3500 : 0.4 / 6500).epsilon(1e-12));
  }
  CHECK(pooled.kish == Approx(7844.827586206897).epsilon(1e-12));
  // d divergence / d v = logit v - logit P
  CHECK(pooled.multipliers[0] == Approx(std::log(0.6 / 0.4) - std::log(0.35 / 0.65)).epsilon(1e-11));
  CHECK(pooled.divergence == Approx(0.6 * std::log(0.6 / 0.35) + 0.4 * std::log(0.4 / 0.65)).epsilon(1e-12));
}

TEST_CASE("the weights are those of an independent solver") {
  const nlohmann::json file = reference();
  for (const auto& problem : file["cases"]) {
    INFO(problem["name"].get<std::string>());
    const auto expected = problem["weights"].get<std::vector<double>>();
    const std::vector<ViewRow> rows = rows_of(problem["rows"]);
    const Pooled pooled = pool(rows, expected.size());
    check_weights(pooled, expected, 1e-10);
    CHECK(std::abs(pooled.divergence - problem["divergence"].get<double>()) < 1e-10);
    CHECK(pooled.kish == Approx(problem["kish"].get<double>()).epsilon(1e-10));
    CHECK(pooled.entropy == Approx(problem["entropy"].get<double>()).epsilon(1e-10));
    const auto multipliers = problem["multipliers"].get<std::vector<double>>();
    for (std::size_t i = 0; i < rows.size(); ++i) CHECK(std::abs(pooled.multipliers[i] - multipliers[i]) < 1e-8);
  }
}

TEST_CASE("a view on the mean of a normal ensemble moves it as a whole") {
  // Tilting N(0, 1) to mean m gives N(m, 1), at a divergence of m² / 2.
  const std::vector<double> x = normals(200000, 7);
  const std::vector<ViewRow> rows = {{x, Relation::is, 0.5}};
  const Pooled pooled = pool(rows, x.size());
  CHECK(mean(x, pooled.weights) == Approx(0.5).epsilon(1e-12));
  double square = 0;
  for (std::size_t j = 0; j < x.size(); ++j) square += pooled.weights[j] * x[j] * x[j];
  CHECK(square - 0.25 == Approx(1).margin(0.02));  // 4 standard errors
  CHECK(pooled.divergence == Approx(0.125).margin(0.005));
}

TEST_CASE("a bound that holds anyway changes nothing, one that does not binds at its level") {
  const std::vector<double> x = normals(5000, 3);
  const std::vector<double> high = where(x, [](double value) { return value > 1; });
  const double share = mean(high, std::vector<double>(x.size(), 1.0 / 5000));
  const std::vector<ViewRow> slack = {{high, Relation::at_most, 0.5}, {high, Relation::at_least, 0.01}};
  CHECK(pool(slack, x.size()).multipliers == std::vector<double>{0, 0});
  CHECK(pool(slack, x.size()).kish == Approx(5000));
  const std::vector<ViewRow> both = {{high, Relation::at_most, 0.5}, {high, Relation::at_least, 0.3}};
  const Pooled pooled = pool(both, x.size());
  CHECK(pooled.multipliers[0] == 0);
  CHECK(pooled.multipliers[1] > 0);
  CHECK(mean(high, pooled.weights) == Approx(0.3).epsilon(1e-11));
  REQUIRE(share < 0.3);
  const std::vector<ViewRow> equal = {{high, Relation::is, 0.3}};
  check_weights(pooled, pool(equal, x.size()).weights, 1e-14);
}

TEST_CASE("a certain event leaves the other paths out") {
  const std::vector<double> x = normals(1000, 5);
  const std::vector<ViewRow> rows = {{where(x, [](double value) { return value > 0; }), Relation::is, 1}};
  const Pooled pooled = pool(rows, x.size());
  REQUIRE(!pooled.weights.empty());
  for (std::size_t j = 0; j < x.size(); ++j) CHECK((x[j] > 0) == (pooled.weights[j] > 1e-10));
}

TEST_CASE("views outside the support, and views that contradict each other, are told apart") {
  const std::vector<double> x = normals(1000, 9);
  const auto low = where(x, [](double value) { return value < -1; });
  const auto high = where(x, [](double value) { return value > 1; });
  CHECK(!in_support({x, Relation::is, 10}));
  CHECK(!in_support({x, Relation::at_least, 10}));
  CHECK(in_support({x, Relation::at_most, 10}));
  CHECK(!in_support({std::vector<double>(1000), Relation::is, 0.1}));
  const std::vector<ViewRow> rows = {{x, Relation::at_least, -3},
                                     {low, Relation::is, 0.7},
                                     {where(x, [](double value) { return value > 0; }), Relation::at_most, 0.9},
                                     {high, Relation::at_least, 0.6}};
  CHECK(pool(rows, x.size()).weights.empty());
  CHECK(contradiction(rows, x.size()) == std::vector<std::size_t>{1, 3});
}

TEST_CASE("weights do not depend on the order of the views") {
  const std::vector<double> x = normals(3000, 11), y = normals(3000, 12);
  const std::vector<ViewRow> rows = {{x, Relation::is, 0.3},
                                     {y, Relation::at_most, -0.2},
                                     {where(y, [](double value) { return value > 0; }), Relation::at_least, 0.45}};
  const std::vector<ViewRow> turned = {rows[2], rows[0], rows[1]};
  check_weights(pool(rows, x.size()), pool(turned, x.size()).weights, 1e-13);
}

TEST_CASE("standard errors are those of the residuals from the views") {
  const auto book = reference()["standard_error"];
  const auto gdp = book["gdp"].get<std::vector<double>>();
  const std::vector<ViewRow> rows = rows_of(book["rows"]);
  std::vector<std::vector<double>> fitted;
  for (const ViewRow& row : rows) fitted.push_back(row.values);
  const WeightedPaths paths(pool(rows, gdp.size()).weights, fitted);
  std::vector<double> size;
  for (const double value : gdp) size.push_back(std::abs(value));
  CHECK(paths.mean(size).mean == Approx(book["estimate"].get<double>()).margin(1e-10));
  CHECK(paths.mean(size).se == Approx(book["se_calibrated"].get<double>()).margin(1e-10));
  CHECK(paths.mean(gdp).se == Approx(0).margin(1e-9));  // its mean is one of the views
}

TEST_CASE("with equal weights the statistics are those of a run") {
  const std::vector<double> x = {3, 1, 4, 1, 5, 9, 2, 6};
  const WeightedPaths paths(std::vector<double>(8, 0.125), {});
  const double mean = 31.0 / 8;
  CHECK(paths.mean(x).mean == Approx(mean));
  CHECK(paths.sd(x, mean) == Approx(std::sqrt(52.875 / 7)));
  CHECK(paths.mean(x).se == Approx(std::sqrt(52.875) / 8));
  const std::vector<double> percents = {0, 10, 50, 75, 100};
  const std::vector<double> quantiles = paths.quantiles(x, percents);
  const double expected[] = {1, 1, 3.5, 5.25, 9};  // type 7
  for (std::size_t q = 0; q < 5; ++q) CHECK(quantiles[q] == Approx(expected[q]));
}

TEST_CASE("a path that weighs twice counts like two") {
  const WeightedPaths weighed({0.25, 0.5, 0.25}, {});
  const std::vector<double> x = {1, 2, 4};
  CHECK(weighed.mean(x).mean == 2.25);
  CHECK(weighed.kish() == Approx(1 / 0.375));
  const std::vector<unsigned char> inside = {0, 1, 1};
  CHECK(weighed.mean_inside(x, inside).mean == Approx(2 / 0.75));
  CHECK(weighed.probability(inside).probability == 0.75);
  CHECK(weighed.quantiles(x, std::vector<double>{50}).front() == 2);
}
