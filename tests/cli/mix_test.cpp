// moniac mix: ensembles as one, with the probability of each, and what is said of those that cannot be.
#include <cmath>

#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

namespace {

// x goes up by `drift` a month from 1, and on some paths by 2 more, with probability 0.3 at the start and each month.
std::string kicks(const std::string& drift, const std::string& rest = "") {
  return "moniac: 1\ntitle: Drift of " + drift +
         "\ntime: {start: 2025-01-01, step: 1 month, horizon: 3 months}\nensemble: {paths: 1000, seed: 7}\n"
         "models:\n  us.drift: {drift: " +
         drift +
         ", inputs: {push: us.kick}}\n  us.fragile: {share: 0}\n"
         "events:\n  - {name: kick, when: {us.x: {above: 0}, probability: 0.3, at_most: 1}, add: {us.kick: 2 %}, "
         "for: 1 month}\nrecord: {variables: [us.x]}\n" +
         (rest.empty() ? "outcomes:\n  high: {any: {us.x: {above: 4 %}}}\n"
                         "  end: {buckets: {us.x: {edges: [3 %], labels: [low, top]}}}\n"
                       : rest);
}

struct Pair {
  Folder folder;
  std::string slow = folder.write("slow.yaml", kicks("0.5 %"));
  std::string fast = folder.write("fast.yaml", kicks("0.75 %"));

  Ended mix(const std::string& scenarios, const std::vector<std::string>& more = {}) const {
    return moniac({"mix", folder.write("mix.yml", "moniac: 1\ntitle: Both\nmix:\n" + scenarios)}, more);
  }

  Results run(const std::string& scenario, const std::string& seed) const {
    const std::string file = folder.file("part.h5");
    REQUIRE(moniac({"run", scenario, "--seed", seed, "-o", file, "--force", "-q"}).code == exit_ok);
    return read_results(file);
  }
};

const std::string sixty_forty =
    "  slow: {scenario: slow.yaml, probability: 60 %}\n"
    "  fast: {scenario: fast.yaml, probability: 0.4}\n";

double mixed(double a, double b) {
  return 0.6 * a + 0.4 * b;
}

}  // namespace

TEST_CASE("a mixture is the stratified estimate of runs that are drawn independently") {
  const Pair pair;
  const std::string file = pair.folder.file("mixed.h5");
  const Ended ended = pair.mix(sixty_forty, {"-o", file});
  INFO(ended.err);
  REQUIRE(ended.code == exit_ok);
  CHECK(holds(ended.out, "slow             60 %  1,000  Drift of 0.5 % (slow.yaml)"));
  const Results all = read_results(file), slow = pair.run(pair.slow, "7"), fast = pair.run(pair.fast, "8");
  CHECK(all.paths == 2000);
  CHECK(all.scenario_text == pair.folder.read("mix.yml"));
  const RecordedVariable &x = all.variables[0], &a = slow.variables[0], &b = fast.variables[0];
  for (std::size_t date = 0; date < x.mean.size(); ++date) {
    CHECK(x.mean[date] == Approx(mixed(a.mean[date], b.mean[date])).epsilon(1e-12));
    // The mixture divides by n, a run by n - 1.
    const double se = std::hypot(0.6 * a.se[date], 0.4 * b.se[date]) * std::sqrt(0.999);
    CHECK(x.se[date] == Approx(se).epsilon(1e-9).margin(1e-12));
    CHECK(x.minimum[date] == std::min(a.minimum[date], b.minimum[date]));
    CHECK(x.maximum[date] == std::max(a.maximum[date], b.maximum[date]));
  }
  REQUIRE(all.outcomes.size() == 3);
  for (std::size_t o = 0; o < 3; ++o) {
    CHECK(all.outcomes[o].probability == Approx(mixed(slow.outcomes[o].probability, fast.outcomes[o].probability)));
    CHECK(all.outcomes[o].hits == slow.outcomes[o].hits + fast.outcomes[o].hits);
  }
  const Weighting& weighting = *all.weighting;
  CHECK(weighting.kish == Approx(1 / (0.36 / 1000 + 0.16 / 1000)));
  CHECK(weighting.weights.front() == Approx(0.6 / 1000));
  CHECK(weighting.weights.back() == Approx(0.4 / 1000));
  REQUIRE(weighting.views.size() == 2);
  CHECK(weighting.views[1].name == "fast");
  CHECK(weighting.views[1].before == 0.5);
  CHECK(weighting.views[1].after == 0.4);
  CHECK(weighting.divergence == Approx(0.6 * std::log(1.2) + 0.4 * std::log(0.8)));
}

TEST_CASE("scenarios may have paths of their own number, and a path that failed weighs nothing") {
  const Pair pair;
  pair.folder.write("few.yaml",
                    "moniac: 1\nextends: fast.yaml\nensemble: {paths: 250, max_failed: 20 %}\n"
                    "models:\n  us.fragile: {share: 0.02}\n");
  const std::string file = pair.folder.file("mixed.h5");
  const Ended ended =
      pair.mix("  slow: {scenario: slow.yaml, probability: 60 %}\n  few: {scenario: few.yaml, probability: 40 %}\n",
               {"-o", file});
  INFO(ended.err);
  REQUIRE(ended.code == exit_ok);
  const Results all = read_results(file);
  CHECK(all.paths == 1250);
  REQUIRE(all.failed > 0);
  for (const Failure& failure : all.failures) {
    CHECK(failure.path >= 1000);
    CHECK(all.weighting->weights[static_cast<std::size_t>(failure.path)] == 0);
  }
  double few = 0;
  for (std::size_t path = 1000; path < 1250; ++path) few += all.weighting->weights[path];
  CHECK(few == Approx(0.4));
}

TEST_CASE("a scenario of which too many paths fail mixes nothing") {
  const Pair pair;
  pair.folder.write("failing.yaml", "moniac: 1\nextends: fast.yaml\nmodels:\n  us.fragile: {share: 0.5}\n");
  const std::string file = pair.folder.file("mixed.h5");
  const Ended ended = pair.mix(
      "  slow: {scenario: slow.yaml, probability: 60 %}\n"
      "  failing: {scenario: failing.yaml, probability: 40 %}\n",
      {"-o", file});
  CHECK(ended.code == exit_bad_data);
  CHECK(holds(ended.err, "failing.yaml: "));
  CHECK(!std::filesystem::exists(file));
}

TEST_CASE("the mixed bits do not depend on threads and blocks, and results stand for their scenarios") {
  const Pair pair;
  const std::string stored = pair.folder.file("slow.h5");
  REQUIRE(moniac({"run", pair.slow, "-o", stored, "-q"}).code == exit_ok);
  const Ended one = pair.mix(sixty_forty, {"-j", "1", "--block", "64"});
  CHECK(one.code == exit_ok);
  CHECK(one.out == pair.mix(sixty_forty, {"-j", "2", "--block", "512"}).out);
  CHECK(one.out == pair.mix(sixty_forty, {"--seed", "7"}).out);
  CHECK(one.out == pair.mix(sixty_forty, {"--set", "ensemble.seed=7"}).out);
  CHECK(one.out != pair.mix(sixty_forty, {"--seed", "8"}).out);
  const std::string mixed_file = pair.folder.file("mixed.h5");
  REQUIRE(pair.mix(sixty_forty, {"-q", "-o", mixed_file}).code == exit_ok);
  const Ended again = pair.mix(
      "  slow: {scenario: slow.h5, probability: 60 %}\n"
      "  fast: {scenario: fast.yaml, probability: 0.4}\n",
      {"-q", "-o", mixed_file, "--force"});
  CHECK(again.code == exit_ok);
  CHECK(holds(moniac({"rerun", mixed_file, "--path", "1"}).err, "holds no run"));
}

TEST_CASE("every mistake in a mixture is reported with its place") {
  const Pair pair;
  const Ended ended = pair.mix(
      "  a: {scenario: slow.yaml, probability: 120 %}\n  b: {scenario: fast.yaml, probabilty: 50 %}\n"
      "  c: {probability: 0}\n  Dee: {scenario: fast.yaml, probability: 5 USD}\n");
  CHECK(ended.code == exit_bad_data);
  for (const char* mistake : {"mix.yml:4:41: error: probability = 120 % is outside 0 … 1", "unknown key 'probabilty'",
                              "mix.yml:6:20: error: a scenario of probability 0 has no part in the mixture",
                              "leave the scenario out", "'Dee' is not a name"}) {
    INFO(ended.err);
    CHECK(holds(ended.err, mistake));
  }
  CHECK(holds(
      pair.mix("  a: {scenario: slow.yaml, probability: 60 %}\n  b: {scenario: fast.yaml, probability: 30 %}\n").err,
      "mix.yml:4:3: error: the probabilities sum to 90 %, not to 100 %"));
  CHECK(holds(pair.mix("  a: {scenario: slow.yaml, probability: 1}\n").err, "a mixture needs two scenarios"));
  const std::string empty = pair.folder.write("empty.yml", "moniac: 1\n");
  CHECK(holds(moniac({"mix", empty}).err, "the file mixes nothing"));
  CHECK(moniac({"mix", pair.folder.file("none.yml")}).code == exit_no_input);
  CHECK(
      pair.mix("  a: {scenario: none.yaml, probability: 60 %}\n  b: {scenario: slow.yaml, probability: 40 %}\n").code ==
      exit_no_input);
}

TEST_CASE("scenarios that ask or record something else are not mixed") {
  const Pair pair;
  pair.folder.write("late.yaml", "moniac: 1\nextends: fast.yaml\ntime: {horizon: 4 months}\n");
  pair.folder.write("other.yaml", "moniac: 1\nextends: fast.yaml\noutcomes: {high: {any: {us.x: {above: 3 %}}}}\n");
  pair.folder.write("more.yaml", "moniac: 1\nextends: fast.yaml\noutcomes: {low: {any: {us.x: {below: 0 %}}}}\n");
  const auto refused = [&](const std::string& name) {
    const Ended ended = pair.mix("  slow: {scenario: slow.yaml, probability: 60 %}\n  other: {scenario: " + name +
                                 ", probability: 40 %}\n");
    CHECK(ended.code == exit_bad_data);
    return ended.err;
  };
  CHECK(holds(refused("late.yaml"), "mix.yml:5:21: error: other cannot be mixed with slow: it runs over other steps"));
  CHECK(holds(refused("other.yaml"),
              "the first has the outcome high (us.x above 4 %, at any step) where it has the "
              "outcome high (us.x above 3 %, at any step)"));
  CHECK(holds(refused("more.yaml"), "it has the outcome low (us.x below 0 %, at any step), which the first has not"));
}

}  // namespace moniac::test
