#include "sim/math/quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "tests/support/catch.h"

using namespace moniac;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
const std::vector<double> percents{0, 0.1, 1, 5, 25, 50, 75, 95, 99, 99.9, 100};

// Type 7 by full sorting.
std::vector<double> by_sorting(std::vector<double> values, const std::vector<double>& at) {
  std::erase_if(values, [](double x) { return std::isnan(x); });
  std::sort(values.begin(), values.end());
  std::vector<double> quantiles;
  for (const double percent : at) {
    const double h = static_cast<double>(values.size() - 1) * (percent / 100);
    const auto k = static_cast<std::size_t>(h);
    const double next = values[std::min(k + 1, values.size() - 1)];
    quantiles.push_back(values[k] + (h - std::floor(h)) * (next - values[k]));
  }
  return quantiles;
}

std::vector<double> draws(std::size_t n, double (*transform)(double)) {
  std::mt19937_64 generator(20250107);
  std::vector<double> values(n);
  for (double& x : values) x = transform(std::ldexp(static_cast<double>(generator() >> 11) + 0.5, -53));
  return values;
}

}  // namespace

TEST_CASE("type 7 quantiles of 1, 2, 3, 4 are those of R") {
  // R: quantile(1:4, c(0, .1, .5, .9, 1))
  const std::vector<double> values{3, 1, 4, 2}, at{0, 10, 50, 90, 100};
  const std::vector<double> quantiles = exact_quantiles(values, at);
  const std::vector<double> expected{1, 1.3, 2.5, 3.7, 4};
  for (std::size_t i = 0; i < at.size(); ++i) CHECK(quantiles[i] == Approx(expected[i]).epsilon(1e-15));
}

TEST_CASE("quantiles are those of the sorted values, whatever their law") {
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{63}, std::size_t{2047}, std::size_t{2048},
                              std::size_t{20001}, std::size_t{100000}}) {
    std::vector<std::vector<double>> laws;
    laws.push_back(draws(n, [](double u) { return u; }));
    laws.push_back(draws(n, [](double u) { return std::log(u); }));
    laws.push_back(draws(n, [](double u) { return std::tan(3.14159265358979323846 * (u - 0.5)); }));  // Cauchy
    laws.push_back(draws(n, [](double u) { return std::exp(1400 * (u - 0.5)); }));                    // 600 decades
    laws.push_back(draws(n, [](double u) { return (u < 0.5 ? -1 : 1) * std::exp(1400 * (u - 0.5)); }));
    laws.push_back(draws(n, [](double) { return 0.07; }));
    laws.push_back(draws(n, [](double u) { return u < 0.3 ? 0.0 : 1.0; }));
    laws.push_back(draws(n, [](double u) { return std::floor(20 * u); }));
    laws.push_back(draws(n, [](double u) { return 1 + 1e-15 * std::floor(20 * u); }));  // neighbours in the last place
    laws.push_back(draws(n, [](double u) { return u < 0.001 ? 1e300 : u; }));
    laws.push_back(draws(n, [](double u) { return 1.7e308 * (2 * u - 1); }));  // the range overflows
    laws.push_back(draws(n, [](double u) { return std::floor(9 * u) * 0x1p-1074; }));
    for (std::size_t law = 0; law < laws.size(); ++law) {
      INFO("law " << law << ", n = " << n);
      CHECK(exact_quantiles(laws[law], percents) == by_sorting(laws[law], percents));
      std::sort(laws[law].begin(), laws[law].end());
      CHECK(exact_quantiles(laws[law], percents) == by_sorting(laws[law], percents));
    }
  }
}

TEST_CASE("missing values are left out") {
  std::vector<double> values = draws(30000, [](double u) { return u; });
  for (std::size_t i = 0; i < values.size(); i += 7) values[i] = missing;
  CHECK(exact_quantiles(values, percents) == by_sorting(values, percents));
  for (double& x : values) {
    if (x == x) x = 3;
  }
  CHECK(exact_quantiles(values, std::vector{50.0})[0] == 3);
}

TEST_CASE("without a value every quantile is NaN") {
  for (const std::vector<double>& values : {std::vector<double>{}, std::vector<double>(5000, missing)}) {
    for (const double quantile : exact_quantiles(values, percents)) CHECK(std::isnan(quantile));
  }
}

TEST_CASE("quantiles come in the order they are asked for, as many as there are") {
  const std::vector<double> values = draws(10000, [](double u) { return u; });
  std::vector<double> many;
  for (int i = 0; i <= 1000; ++i) many.push_back(100 - i / 10.0);
  CHECK(exact_quantiles(values, many) == by_sorting(values, many));
}
