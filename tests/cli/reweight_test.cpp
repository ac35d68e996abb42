// moniac reweight: what views make of an ensemble, and what is said of views that cannot hold.
#include <algorithm>
#include <numeric>

#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

namespace {

// x goes 1, 1.5, 2, 2.5, and on some paths 2 more: a trigger fires at the start or after steps 1 and 2, each time with
// probability 0.3. `rich` adds another that adds 1.
std::string kicks(bool rich) {
  const std::string nudge =
      "  - {name: nudge, when: {us.x: {above: 0}, probability: 0.4, at_most: 1}, add: {us.kick: 1 %}, for: 1 month}\n";
  return "moniac: 1\ntitle: Kicks\ntime: {start: 2025-01-01, step: 1 month, horizon: 3 months}\n"
         "ensemble: {paths: 1000, seed: 1}\nmodels:\n  us.drift: {inputs: {push: us.kick}}\n"
         "  us.fragile: {share: 0}\nevents:\n"
         "  - {name: kick, when: {us.x: {above: 0}, probability: 0.3, at_most: 1}, add: {us.kick: 2 %}, for: 1 "
         "month}\n" +
         (rich ? nudge : "") +
         "outcomes:\n  high: {any: {us.x: {above: 4 %}}}\n"
         "  end: {buckets: {us.x: {edges: [3 %], labels: [low, top]}}}\nrecord: {variables: [us.x]}\n";
}

struct Ensemble {
  Folder folder;
  std::string scenario;

  explicit Ensemble(bool rich = false) : scenario(folder.write("kicks.yaml", kicks(rich))) {}

  Ended reweight(const std::string& views, const std::vector<std::string>& more = {}) const {
    return moniac({"reweight", scenario, folder.write("views.yaml", "moniac: 1\nviews:\n" + views)}, more);
  }
};

const OutcomeResult& outcome(const Results& results, const std::string& name) {
  for (const OutcomeResult& result : results.outcomes) {
    if (result.name == name) return result;
  }
  throw std::runtime_error(name);
}

}  // namespace

TEST_CASE("reweight gives an event its stated probability, and everything else follows") {
  const Ensemble ensemble;
  const std::string file = ensemble.folder.file("weighed.h5");
  const Ended ended = ensemble.reweight("  kicked: {probability: high, is: 60 %}\n", {"-o", file});
  INFO(ended.err);
  REQUIRE(ended.code == exit_ok);
  CHECK(holds(ended.out, "P(us.x above 4 %, at any step)"));
  CHECK(holds(ended.out, "of 1,000 paths"));
  const Results results = read_results(file);
  REQUIRE(results.weighting);
  const Weighting& weighting = *results.weighting;
  REQUIRE(weighting.views.size() == 1);
  const ViewResult& view = weighting.views.front();
  const double inside = static_cast<double>(*view.inside), share = inside / 1000;
  CHECK(std::abs(inside - 657) < 60);  // 1 - 0.7³ of 1,000, four standard errors
  CHECK(view.stated == 0.6);
  CHECK(view.before == Approx(share));
  CHECK(view.after == Approx(0.6).epsilon(1e-12));
  CHECK(weighting.kish == Approx(1 / (0.36 / inside + 0.16 / (1000 - inside))));
  CHECK(std::accumulate(weighting.weights.begin(), weighting.weights.end(), 0.0) == Approx(1));
  CHECK(holds(weighting.views_text, "kicked"));
  // x ends at 4.5 inside and at 2.5 outside.
  CHECK(results.variables.front().mean.back() == Approx(3.7));
  CHECK(results.variables.front().se.back() == Approx(0).margin(1e-9));
  CHECK(outcome(results, "high").probability == Approx(0.6));
  CHECK(outcome(results, "high").hits == *view.inside);
  CHECK(outcome(results, "end[top]").probability == Approx(0.6));
  CHECK(*outcome(results, "end[top]").mean == Approx(4.5));
  CHECK(results.quantile_method == "weighted");
}

TEST_CASE("means, quantiles, standard deviations, bounds and outcomes of views hold together") {
  const Ensemble ensemble(true);
  const std::string file = ensemble.folder.file("weighed.h5");
  const Ended ended = ensemble.reweight(
      "  early: {probability: {any: {us.x: {above: 3.5 %}}, within: 2 months}, at_least: 10 %, at_most: 50 %}\n"
      "  level: {mean: us.x, at_most: 430 bp}\n"
      "  spread: {sd: {us.x: {at: 2025-03-01}}, is: 1.2 %}\n"
      "  median: {quantile: us.x, percent: 60, at_most: 5 %}\n"
      "  top: {mean: \"end[top]\", at_least: 4.8 %}\n"
      "  jump: {correlation: [us.x, {us.x: {at: 2025-03-01}}], is: 0.7}\n",
      {"-o", file});
  INFO(ended.err);
  REQUIRE(ended.code == exit_ok);
  const Results results = read_results(file);
  for (const ViewResult& view : results.weighting->views) {
    INFO(view.name << " " << view.after << " " << view.stated);
    const double beyond = view.after - view.stated;
    if (view.relation == "is") CHECK(std::abs(beyond) < 1e-9);
    if (view.relation == "at_least") CHECK(beyond > -1e-9);
    if (view.relation == "at_most") CHECK(beyond < 1e-9);
  }
}

TEST_CASE("the weighed bits do not depend on threads and blocks, and a result gives what its scenario gives") {
  const Ensemble ensemble;
  const std::string views = "  kicked: {probability: high, is: 60 %}\n", stored = ensemble.folder.file("run.h5");
  REQUIRE(moniac({"run", ensemble.scenario, "-o", stored, "-q"}).code == exit_ok);
  const Ended one = ensemble.reweight(views, {"-j", "1", "--block", "64"});
  CHECK(one.out == ensemble.reweight(views, {"-j", "2", "--block", "512"}).out);
  CHECK(one.out == moniac({"reweight", stored, ensemble.folder.file("views.yaml")}).out);
}

TEST_CASE("a path that failed weighs nothing") {
  const Ensemble ensemble;
  const std::string file = ensemble.folder.file("weighed.h5");
  const Ended ended =
      ensemble.reweight("  kicked: {probability: high, is: 60 %}\n",
                        {"-o", file, "--set", "us.fragile.share=0.01", "--set", "ensemble.max_failed=10 %"});
  INFO(ended.err);
  REQUIRE(ended.code == exit_ok);
  const Results results = read_results(file);
  const std::vector<double>& weights = results.weighting->weights;
  CHECK(results.failed > 0);
  CHECK(weights.size() == 1000);
  CHECK(std::count(weights.begin(), weights.end(), 0.0) == results.failed);
  for (const Failure& failure : results.failures) CHECK(weights[static_cast<std::size_t>(failure.path)] == 0);
}

TEST_CASE("every mistake in views is reported with its place") {
  const Ensemble ensemble;
  const Ended ended = ensemble.reweight(
      "  a: {probability: hihg, is: 60 %}\n  b: {probability: high, is: 120 %}\n  c: {mean: us.x}\n"
      "  d: {mean: us.x, sd: us.x, is: 1 %}\n  e: {quantile: us.x, is: 1 %}\n  f: {mean: us.x, is: 1 %, at_most: 2 %}\n"
      "  g: {correlation: us.x, is: 2}\n  h: {is: 1}\n  i: {mean: \"end[middle]\", is: 1 %}\n");
  CHECK(ended.code == exit_bad_data);
  for (const char* mistake :
       {"views.yaml:3:20: error: the scenario has no outcome 'hihg'", "did you mean 'high'?",
        "views.yaml:4:30: error: is = 120 % is outside 0 … 1", "views.yaml:5:6: error: view c states no number",
        "views.yaml:6:23: error: view d is of two kinds", "views.yaml:7:6: error: view e does not say which quantile",
        "error: view f is both exact and a bound", "error: is = 2 is outside -1 … 1",
        "views.yaml:10:6: error: view h does not say what of", "error: the scenario has no bucket 'end[middle]'"}) {
    INFO(ended.err);
    CHECK(holds(ended.err, mistake));
  }
  CHECK(holds(ensemble.reweight("  a: {mean: us.y, is: 1 %}\n").err, "us.y"));
  CHECK(holds(ensemble.reweight("  a: {mean: us.x, is: 1 USD}\n").err, "cannot be converted to %"));
  CHECK(moniac({"reweight", ensemble.scenario, ensemble.folder.file("none.yaml")}).code == exit_no_input);
}

TEST_CASE("views that no weights satisfy are named") {
  const Ensemble ensemble;
  const Ended outside = ensemble.reweight("  far: {mean: us.x, is: 7 %}\n");
  CHECK(outside.code == exit_bad_data);
  CHECK(holds(outside.err, "views.yaml:3:25: error: view far is outside the support: the mean of us.x is 2.5 … 4.5 %"));
  const Ended never = ensemble.reweight("  never: {probability: {any: {us.x: {above: 9 %}}}, is: 10 %}\n");
  CHECK(holds(never.err,
              "view never is outside the support: 0 of 1000 paths are in the event of P(us.x above 9 %, at any step)"));
  const Ended determined =
      ensemble.reweight("  spread: {sd: us.x, is: 0.9 %}\n");  // of two numbers it follows from the mean
  CHECK(holds(determined.err, "these views together: spread, the mean that spread needs held"));
  const Ended contradiction = ensemble.reweight(
      "  kicked: {probability: high, is: 60 %}\n  quiet: {quantile: us.x, percent: 20, at_least: 2.4 %}\n"
      "  low: {mean: us.x, at_most: 3 %}\n");
  CHECK(contradiction.code == exit_bad_data);
  CHECK(holds(contradiction.err,
              "views.yaml:3:35: error: no weights of the paths satisfy these views together: kicked, low"));
  CHECK(holds(contradiction.err, "views.yaml:5:30"));
}

TEST_CASE("weights that rest on few paths are pointed out") {
  const Ensemble ensemble;
  const Ended ended = ensemble.reweight("  kicked: {probability: high, is: 60 %}\n", {"--paths", "100"});
  CHECK(ended.code == exit_ok);
  CHECK(holds(ended.err, "of 100 paths only"));
  CHECK(holds(ended.err, "inside its event"));
}

}  // namespace moniac::test
