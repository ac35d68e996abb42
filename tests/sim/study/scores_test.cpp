// Scores against closed forms and by hand.
#include "sim/study/scores.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/study/draws.h"
#include "sim/study/normal_quantile.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

// The quantiles of N(0, 1) in the middle of each of n equal shares.
std::vector<double> normal_values(std::size_t n) {
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i)
    values[i] = normal_quantile((static_cast<double>(i) + 0.5) / static_cast<double>(n));
  return values;
}

// z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi): Gneiting & Raftery (2007), eq. 5, at z = 0, 1 and -2.
struct Closed {
  double observed, crps;
};
const Closed normal[] = {{0, 0.23369497725510907}, {1, 0.6024413576276163}, {-2, 1.4527918216859033}};

}  // namespace

TEST_CASE("the CRPS of a normal ensemble is that of the normal law") {
  const std::vector<double> values = normal_values(20000);
  for (const auto& [observed, expected] : normal) {
    CHECK(crps(values, observed) == Approx(expected).margin(2e-5));
    CHECK(fair_crps(values, observed) == Approx(expected).margin(5e-5));
  }
}

TEST_CASE("the CRPS of the normal law has the closed form, scales with it, and is the distance without it") {
  for (const auto& [observed, expected] : normal) {
    CHECK(normal_crps(observed, 1) == Approx(expected).epsilon(1e-14));
    CHECK(normal_crps(3 * observed, 3) == Approx(3 * expected).epsilon(1e-14));
  }
  CHECK(normal_crps(-2.5, 0) == 2.5);
}

TEST_CASE("the CRPS by hand, and of a single number") {
  const std::vector<double> values = {1, 2, 4, 8};
  CHECK(crps(values, 3) == Approx(0.8125));
  CHECK(fair_crps(values, 3) == Approx(1.0 / 3));
  CHECK(crps(std::vector<double>{2}, 5) == 3);
}

TEST_CASE("the fair CRPS of few values is unbiased, the plain one is not") {
  const std::size_t samples = 20000, n = 5;
  const std::vector<double> uniforms = uniform_draws(7, 0, 0, samples * n);
  double fair = 0, fair_squared = 0, plain = 0;
  for (std::size_t s = 0; s < samples; ++s) {
    std::vector<double> values(n);
    for (std::size_t i = 0; i < n; ++i) values[i] = normal_quantile(uniforms[s * n + i]);
    std::sort(values.begin(), values.end());
    const double score = fair_crps(values, 1);
    fair += score;
    fair_squared += score * score;
    plain += crps(values, 1);
  }
  const double mean = fair / samples, se = std::sqrt((fair_squared / samples - mean * mean) / samples);
  CHECK(std::abs(mean - normal[1].crps) < 4 * se);
  CHECK(plain / samples - normal[1].crps > 20 * se);
}

TEST_CASE("the probability transform shares out what equals the observation") {
  const std::vector<double> values = {1, 2, 2, 3};
  CHECK(probability_transform(values, 2, 0.5) == 0.5);
  CHECK(probability_transform(values, 2.5, 0.9) == 0.75);
  CHECK(probability_transform(values, 0, 0.9) == 0);
  CHECK(probability_transform(values, 4, 0.1) == 1);
}

TEST_CASE("the weighted interval score by hand, and towards the CRPS as intervals get dense") {
  const CentralInterval half{.low = 1, .high = 4, .outside = 0.5}, wide{.low = 0, .high = 6, .outside = 0.1};
  CHECK(weighted_interval_score(2, std::vector{half, wide}, 5) == Approx(1.42));
  std::vector<CentralInterval> dense;
  for (int k = 1; k < 1000; ++k) {
    const double outside = k / 1000.0, end = normal_quantile(1 - outside / 2);
    dense.push_back({.low = -end, .high = end, .outside = outside});
  }
  for (const auto& [observed, expected] : normal) {
    CHECK(weighted_interval_score(0, dense, observed) == Approx(expected).margin(2e-3));
  }
}

TEST_CASE("scores of questions by hand") {
  CHECK(brier_score(0.25, true) == 0.5625);
  CHECK(brier_score(0.25, false) == 0.0625);
  CHECK(log_score(0.5, 100) == Approx(std::log(2.0)));
  CHECK(log_score(0, 100) == Approx(std::log(200.0)));
  const std::vector<double> shares = {0.2, 0.5, 0.3};
  CHECK(ranked_probability_score(shares, 2) == Approx(0.53));
  CHECK(ranked_probability_score(shares, 0) == Approx(0.73));
}

TEST_CASE("the CRPS of a waiting time by hand, and that of the ensemble of waits cut off at the end") {
  const std::vector<std::int64_t> first = {0, 1, 2, 0, 1, 0};  // of 5 paths, one never
  CHECK(waiting_time_crps(first, 5, 5, 3) == Approx(0.04 + 0.36 + 0.16 + 0.04));
  CHECK(waiting_time_crps(first, 5, 3, 3) == Approx(0.04 + 0.36));
  const std::vector<double> waits = {1, 2, 2, 4, 5};
  for (const std::size_t observed : {0UL, 2UL, 3UL, 5UL, 9UL})
    CHECK(waiting_time_crps(first, 5, 5, observed) ==
          Approx(crps(waits, static_cast<double>(std::min(observed, std::size_t{5})))));
}
