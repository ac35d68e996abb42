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

namespace {

// Events of a clock over `years` in `steps` steps, with thresholds from a list or drawn.
struct ClockRun {
  std::vector<double> times;
  double intensity;
};

template <class Threshold>
ClockRun run_clock(double baseline, double excitation, double decay, double start, double years, int steps,
                   Threshold threshold) {
  const HawkesClock clock(decay, excitation);
  ClockRun run;
  HawkesClock::State state{start - baseline, threshold()};
  const double dt = years / steps;
  for (int k = 0; k < steps; ++k)
    clock.advance(state, baseline, dt, [&](double elapsed) {
      run.times.push_back(k * dt + elapsed);
      return HawkesClock::Next{threshold(), baseline};
    });
  run.intensity = baseline + state.excess;
  return run;
}

}  // namespace

TEST_CASE("given thresholds put events at the published times, in steps of any length") {
  const auto file = reference("diplomacy/incidents.json");
  const auto& path = file.at("path");
  for (const int steps : {1, 2, 24, 104, 731}) {
    INFO(steps << " steps");
    std::size_t next = 0;
    const auto threshold = [&] {
      return next < path.at("thresholds").size() ? path.at("thresholds")[next++].get<double>() : 1e9;
    };
    const ClockRun run = run_clock(file.at("baseline"), file.at("excitation"), file.at("decay"), file.at("start"),
                                   path.at("years"), steps, threshold);
    REQUIRE(run.times.size() == path.at("events").size());
    double last = 0, intensity = 0;
    for (std::size_t i = 0; i < run.times.size(); ++i) {
      CHECK(std::abs(run.times[i] - path.at("events")[i].at("at").get<double>()) < path.at("tolerance").get<double>());
      last = path.at("events")[i].at("at");
      intensity = path.at("events")[i].at("intensity");
    }
    const double mu = file.at("baseline");
    const double decayed = std::exp(-file.at("decay").get<double>() * (path.at("years").get<double>() - last));
    CHECK(run.intensity == Approx(mu + (intensity - mu) * decayed).epsilon(1e-9));
  }
}

TEST_CASE("events by their clock have the published means, waits and variance") {
  const auto file = reference("diplomacy/incidents.json");
  const double mu = file.at("baseline"), alpha = file.at("excitation"), beta = file.at("decay");
  Draws draws{std::mt19937_64(20231115)};
  const auto threshold = [&] { return -std::log(draws.uniform()); };
  constexpr int paths = 40000;
  for (const auto& row : file.at("from_start")) {
    const double years = row.at("years");
    Sample events, intensity, silent;
    for (int p = 0; p < paths; ++p) {
      const ClockRun run = run_clock(mu, alpha, beta, file.at("start"), years, 2, threshold);
      events.add(double(run.times.size()));
      intensity.add(run.intensity);
      silent.add(run.times.empty() ? 1 : 0);
    }
    INFO("after " << years << " years");
    CHECK(std::abs(events.mean() - row.at("events").get<double>()) < 4 * events.standard_error());
    CHECK(std::abs(intensity.mean() - row.at("intensity").get<double>()) < 4 * intensity.standard_error());
    const double none = row.at("none");
    CHECK(std::abs(silent.mean() - none) < 4 * std::sqrt(none * (1 - none) / paths) + 1e-12);
  }
  for (const auto& row : file.at("waiting")) {
    Sample wait, beyond;
    for (int p = 0; p < paths; ++p) {
      const ClockRun run = run_clock(row.at("baseline"), 0, row.at("decay"), row.at("intensity"), 20, 1, threshold);
      REQUIRE_FALSE(run.times.empty());
      wait.add(run.times.front());
      beyond.add(run.times.front() > 0.1 ? 1 : 0);
    }
    CHECK(std::abs(wait.mean() - row.at("mean").get<double>()) < 4 * wait.standard_error());
    CHECK(std::abs(beyond.mean() - row.at("beyond_0.1_years").get<double>()) < 4 * beyond.standard_error());
  }
  // Counts over a year once the start is forgotten.
  const auto& year = file.at("stationary")[3];
  Sample counts, squares;
  for (int p = 0; p < paths; ++p) {
    const ClockRun run = run_clock(mu, alpha, beta, mu, 9, 9, threshold);
    double last_year = 0;
    for (const double t : run.times) last_year += t > 8;
    counts.add(last_year);
    squares.add(std::pow(last_year - year.at("mean").get<double>(), 2));
  }
  CHECK(std::abs(counts.mean() - year.at("mean").get<double>()) < 4 * counts.standard_error());
  CHECK(std::abs(squares.mean() - year.at("variance").get<double>()) < 4 * squares.standard_error());
}

TEST_CASE("without excitation the clock is a Poisson process: its waits are thresholds over the rate") {
  std::mt19937_64 bits(7);
  std::exponential_distribution<double> exponential;
  std::vector<double> thresholds;
  double last = 0;
  const auto threshold = [&] {
    thresholds.push_back(exponential(bits));
    return thresholds.back();
  };
  const ClockRun run = run_clock(1.8, 0, 6, 1.8, 30, 360, threshold);
  REQUIRE(run.times.size() > 20);
  for (std::size_t i = 0; i < run.times.size(); ++i) {
    CHECK(run.times[i] - last == Approx(thresholds[i] / 1.8).epsilon(1e-10));
    last = run.times[i];
  }
}
