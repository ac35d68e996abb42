#include "sim/math/hawkes.h"

#include <cmath>
#include <random>

#include "sim/math/eigenvalues.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

// Sums of a quantity over paths.
struct Sample {
  double n = 0, sum = 0, squares = 0;
  void add(double x) {
    ++n;
    sum += x;
    squares += x * x;
  }
  double mean() const { return sum / n; }
  double variance() const { return squares / n - mean() * mean(); }
  double standard_error() const { return std::sqrt(variance() / n); }
};

struct Draws {
  std::mt19937_64 bits;
  std::uint64_t candidates = 0;
  double uniform() { return (static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52; }
  HawkesUniforms operator()() {
    ++candidates;
    const double wait = uniform();
    return {wait, uniform()};
  }
};

}  // namespace

TEST_CASE("a Hawkes process has the published moments of intensity and events, in steps of any length") {
  const auto file = reference("banks/hawkes.json");
  const auto& given = file.at("parameters");
  const std::vector<double> baseline = {given.at("baseline").get<double>()};
  const double decay = given.at("decay");
  const double excitation = given.at("excitation");
  constexpr int paths = 40000;
  const int steps = GENERATE(1, 7);
  for (const Row& row : rows(file.at("moments"))) {
    INFO("time " << row.at("time") << " in " << steps << " steps");
    const HawkesProcess process({decay}, {{excitation}}, row.at("time") / steps);
    Draws draws{std::mt19937_64(20230310)};
    Sample intensity, deviation, events, silent;
    for (int p = 0; p < paths; ++p) {
      double excess = given.at("initial").get<double>() - baseline[0];
      int count = 0;
      for (int k = 0; k < steps; ++k)
        process.step(&excess, baseline.data(), std::ref(draws), [&](std::size_t) { return ++count > 0; });
      intensity.add(baseline[0] + excess);
      const double error = baseline[0] + excess - row.at("mean_intensity");
      deviation.add(error * error);
      events.add(count);
      silent.add(count == 0);
    }
    CHECK(std::abs(intensity.mean() - row.at("mean_intensity")) < 4 * intensity.standard_error());
    CHECK(std::abs(events.mean() - row.at("mean_events")) < 4 * events.standard_error());
    CHECK(std::abs(silent.mean() - row.at("no_event")) < 4 * silent.standard_error());
    CHECK(std::abs(deviation.mean() - row.at("variance_intensity")) < 4 * deviation.standard_error());
  }
}

TEST_CASE("several types of events have the published branching matrix and mean intensities") {
  const auto file = reference("banks/hawkes.json");
  const auto& types = file.at("types");
  const std::vector<double> baseline = types.at("baseline");
  const double tolerance = file.at("tolerance");
  const HawkesProcess process(types.at("decay"), types.at("excitation"), 0.25);
  const ExactMatrix branching = process.branching();
  for (Eigen::Index c = 0; c < 3; ++c)
    for (Eigen::Index d = 0; d < 3; ++d)
      CHECK(branching(c, d).value ==
            near(types.at("branching").at(static_cast<std::size_t>(c)).at(static_cast<std::size_t>(d)), tolerance));
  CHECK(spectral_radius(branching) == near(types.at("spectral_radius"), tolerance));

  // Time averages over quarters after ten years, standard errors from independent paths.
  const std::vector<double> expected = types.at("stationary_mean");
  Draws draws{std::mt19937_64(20230312)};
  std::vector<Sample> rate(3);
  for (int p = 0; p < 3000; ++p) {
    double excess[3] = {0, 0, 0};
    int counts[3] = {0, 0, 0};
    for (int k = 0; k < 80; ++k)
      process.step(excess, baseline.data(), std::ref(draws), [&](std::size_t type) {
        counts[type] += k >= 40;
        return true;
      });
    for (std::size_t c = 0; c < 3; ++c) rate[c].add(counts[c] / 10.0);
  }
  for (std::size_t c = 0; c < 3; ++c) {
    INFO("type " << c);
    CHECK(std::abs(rate[c].mean() - expected[c]) < 4 * rate[c].standard_error());
  }
}

TEST_CASE("an intensity below its baseline returns to it, and the events follow") {
  // λ(t) = 2 - 1.5 e^{-3t} without excitation: a Poisson process, ∫₀¹ λ = 2 - 0.5 (1 - e^{-3})
  const HawkesProcess process({3}, {{0}}, 1);
  const std::vector<double> baseline = {2};
  Draws draws{std::mt19937_64(5)};
  Sample events;
  for (int p = 0; p < 40000; ++p) {
    double excess = -1.5;
    int count = 0;
    process.step(&excess, baseline.data(), std::ref(draws), [&](std::size_t) { return ++count > 0; });
    CHECK(excess == near(-1.5 * std::exp(-3.0), 1e-14));
    events.add(count);
  }
  const double mean = 2 - 0.5 * (1 - std::exp(-3.0));
  CHECK(std::abs(events.mean() - mean) < 4 * events.standard_error());
  CHECK(events.variance() == Approx(mean).epsilon(0.03));
}

TEST_CASE("without intensity nothing happens, and one candidate is drawn") {
  const HawkesProcess process({12, 6}, {{1, 1}, {1, 1}}, 0.1);
  const std::vector<double> baseline = {0, 0};
  double excess[2] = {0, 0};
  Draws draws{std::mt19937_64(1)};
  int events = 0;
  process.step(excess, baseline.data(), std::ref(draws), [&](std::size_t) { return ++events > 0; });
  CHECK(events == 0);
  CHECK(draws.candidates == 1);
}

TEST_CASE("what an event does to the baseline holds from that event on") {
  const HawkesProcess process({1}, {{0}}, 100);
  std::vector<double> baseline = {5};
  double excess = 0;
  int count = 0;
  Draws draws{std::mt19937_64(2)};
  process.step(&excess, baseline.data(), std::ref(draws), [&](std::size_t) {
    if (++count == 3) baseline[0] = 0;
    return true;
  });
  CHECK(count == 3);
}

TEST_CASE("an event that cannot be excites nothing") {
  const HawkesProcess process({12, 12}, {{0, 6}, {0, 6}}, 1);
  const std::vector<double> baseline = {1, 50};
  double excess[2] = {0, 0};
  int possible = 0, refused = 0;
  Draws draws{std::mt19937_64(3)};
  process.step(excess, baseline.data(), std::ref(draws), [&](std::size_t type) {
    (type == 0 ? possible : refused) += 1;
    return type == 0;
  });
  CHECK(refused > 0);
  CHECK(excess[0] == 0);
  CHECK(excess[1] == 0);
}
