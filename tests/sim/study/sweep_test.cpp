// Sweeps from the scenario's text to their sensitivities, on functions whose indices are known.
#include <array>
#include <cmath>
#include <numbers>

#include "sim/engine/cases.h"
#include "sim/math/scalar.h"
#include "sim/study/sweep_sensitivity.h"
#include "sim/study/sweep_study.h"
#include "tests/sim/engine/test_models.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;

namespace {

// sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1, plus `noise` times one of 64 shocks that x1 picks: cases that pick different
// ones have independent noise, as if they did not share their random numbers.
class Ishigami final : public Model {
  static constexpr int shocks = 64;
  const double x1 = param("x1", 0.0, "", any_number(), "x1", illustrative());
  const double x2 = param("x2", 0.0, "", any_number(), "x2", illustrative());
  const double x3 = param("x3", 0.0, "", any_number(), "x3", illustrative());
  const double noise = param("noise", 0.0, "", at_least(0), "Scale of the noise", illustrative());
  const std::vector<Shock> news = make_news();
  const Output y = output("y", "%", "The function");

  std::vector<Shock> make_news() {
    std::vector<Shock> all;
    for (int i = 0; i < shocks; ++i) all.push_back(normal_shock("news_" + std::to_string(i), "Noise"));
    return all;
  }

 public:
  explicit Ishigami(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[y] = 0.0; }
  void step(Step& s) const override {
    const double sine = moniac::sin(x2);
    const double value = moniac::sin(x1) * (1 + 0.1 * x3 * x3 * x3 * x3) + 7 * sine * sine;
    const double turns = (x1 / std::numbers::pi + 1) * 1009;  // a fine comb: neighbours in x1 pick other shocks
    const auto pick = static_cast<std::size_t>((turns - std::floor(turns)) * shocks) % shocks;
    s[y] = value + noise * s[news[pick]];
  }
};

// Sobol's g function: the product of (|4 x_i - 2| + a_i) / (1 + a_i), a = 0, 1, 4.5, 9, 99, 99, 99, 99.
class SobolG final : public Model {
  const std::array<double, 8> x = {make(0), make(1), make(2), make(3), make(4), make(5), make(6), make(7)};
  const Output y = output("y", "%", "The function");

  double make(int i) { return param("x" + std::to_string(i), 0.5, "", between(0, 1), "x", illustrative()); }

 public:
  explicit SobolG(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[y] = 0.0; }
  void step(Step& s) const override {
    constexpr std::array<double, 8> a = {0, 1, 4.5, 9, 99, 99, 99, 99};
    double product = 1;
    for (std::size_t i = 0; i < x.size(); ++i) product *= (std::abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
    s[y] = product;
  }
};

Catalogue study_catalogue() {
  Catalogue all = test_catalogue();
  all.add(model_type<Ishigami>("ishigami", "tests", "us", "The Ishigami function"));
  all.add(model_type<SobolG>("sobol_g", "tests", "us", "The g function"));
  return all;
}

Scenario scenario_of(const std::string& text) {
  return read_scenario(std::make_shared<const SourceText>(SourceText{"sweep.yaml", text}));
}

std::string with_head(const std::string& body, int paths) {
  return "moniac: 1\ntime: {start: 2025-01-31, step: 1 month, steps: 1}\nensemble: {paths: " + std::to_string(paths) +
         ", seed: 5}\nrecord: {dates: end, quantiles: [50]}\n" + body;
}

// All cases, put together.
Results swept(const SweepStudy& study, const Execution& execution = {}) {
  Results sweep = study.question();
  std::vector<CaseHalves> halves;
  CaseList cases{.indices = {},
                 .paths = study.base().paths,
                 .halves = asks_for_sensitivity(study.table()),
                 .plan = [&](std::int64_t index) { return study.plan(index); }};
  for (std::int64_t c = 0; c < study.table().count(); ++c) cases.indices.push_back(c);
  run_cases(cases, execution, [&](CaseResult result) {
    halves.push_back({std::move(result.first_half), std::move(result.second_half)});
    append_case(sweep, std::move(result.results));
  });
  add_sensitivity(sweep, halves, study.table(), 2);
  return sweep;
}

Results swept(const std::string& text, const Execution& execution = {}) {
  const Scenario scenario = scenario_of(text);
  return swept(SweepStudy(scenario, study_catalogue()), execution);
}

const std::vector<double>& measure(const Results& sweep, const std::string& name) {
  for (const SensitivityMeasure& one : sweep.cases->sensitivity) {
    if (one.name == name) return one.values;
  }
  throw std::logic_error("no measure " + name);
}

const std::string ishigami_axes =
    "  axes:\n"
    "    us.ishigami.x1: {uniform: [-3.141592653589793, 3.141592653589793]}\n"
    "    us.ishigami.x2: {uniform: [-3.141592653589793, 3.141592653589793]}\n"
    "    us.ishigami.x3: {uniform: [-3.141592653589793, 3.141592653589793]}\n";

// Each estimate within 4 of its standard errors of the published number, and the errors small enough to mean something.
void check_indices(const Results& sweep, const std::string& name, const std::vector<double>& published,
                   double largest_error) {
  const auto& values = measure(sweep, name);
  const auto& errors = measure(sweep, name + "_se");
  REQUIRE(values.size() == published.size());
  for (std::size_t i = 0; i < published.size(); ++i) {
    INFO(name << " " << i << ": " << values[i] << " ± " << errors[i] << ", published " << published[i]);
    CHECK(std::abs(values[i] - published[i]) <= 4 * errors[i] + 1e-5);
    CHECK(errors[i] < largest_error);
  }
}

}  // namespace

TEST_CASE("a sweep finds the published Sobol indices of the Ishigami function") {
  const Results sweep =
      swept(with_head("models: {us.ishigami: {}}\nsweep:\n  design: sobol\n  points: 1024\n" + ishigami_axes, 1));
  CHECK(sweep.cases->count == 5 * 1024);
  check_indices(sweep, "sobol_first", {0.31391, 0.44241, 0}, 0.05);
  check_indices(sweep, "sobol_total", {0.55759, 0.44241, 0.24368}, 0.05);
}

TEST_CASE("a sweep finds the published Sobol indices of the g function") {
  std::string axes = "  axes:\n";
  for (int i = 0; i < 8; ++i) axes += "    us.sobol_g.x" + std::to_string(i) + ": {uniform: [0, 1]}\n";
  const Results sweep =
      swept(with_head("models: {us.sobol_g: {}}\nsweep:\n  design: sobol\n  points: 1024\n" + axes, 1));
  check_indices(sweep, "sobol_first", {0.71619, 0.17905, 0.02368, 0.00716, 7e-5, 7e-5, 7e-5, 7e-5}, 0.06);
  check_indices(sweep, "sobol_total", {0.78714, 0.24220, 0.03432, 0.01046, 1e-4, 1e-4, 1e-4, 1e-4}, 0.06);
}

TEST_CASE("Monte-Carlo noise of known variance is told apart from the axes") {
  // Var f = 49/8 + 0.1 pi^4/5 + 0.01 pi^8/18 + 1/2 = 13.8446; the mean of 128 paths has noise of variance 32^2/128 = 8.
  const Results sweep = swept(
      with_head("models: {us.ishigami: {noise: 32}}\nsweep:\n  design: sobol\n  points: 1024\n" + ishigami_axes, 128));
  const double expected = 8 / (8 + 13.8446);
  // 64 means of shocks: their mean square is off by sqrt(2/64) of itself, at one standard error.
  const double error = expected * (1 - expected) * std::sqrt(2.0 / 64);
  const double share = measure(sweep, "noise_share").front();
  INFO("noise share " << share << ", expected " << expected << " ± " << error);
  CHECK(std::abs(share - expected) < 4 * (error + measure(sweep, "noise_share_se").front()));
  check_indices(sweep, "sobol_first", {0.31391, 0.44241, 0}, 0.12);
  check_indices(sweep, "sobol_total", {0.55759, 0.44241, 0.24368}, 0.12);
}

TEST_CASE("noise that all cases share is no noise between them") {
  const Results sweep =
      swept(with_head("models: {us.autoregression: {}}\nsweep:\n  design: sobol\n  points: 64\n  axes:\n"
                      "    us.autoregression.initial: {uniform: [0 %, 1 %]}\n"
                      "    us.autoregression.persistence: {values: [0.5]}\n",
                      256));
  CHECK(std::abs(measure(sweep, "noise_share").front()) < 1e-9);
  check_indices(sweep, "sobol_total", {1, 0}, 0.2);
}

TEST_CASE("each case of a sweep has the bits of a run of its own") {
  const std::string models = "models: {us.autoregression: {}}\noutcomes: {high: {any: {us.x: {above: 1 %}}}}\n";
  const std::string sweep_text =
      "sweep: {design: grid, axes: {us.autoregression.persistence: {values: [0.2, 0.9]}, "
      "us.autoregression.initial: {values: [0 %, 2 %, 4 %]}}}\n";
  for (const int paths : {100, 3000}) {
    const Results sweep = swept(with_head(models + sweep_text, paths));
    REQUIRE(sweep.cases->count == 6);
    CHECK(sweep.cases->axes[0].numbers == std::vector<double>{0.2, 0.2, 0.2, 0.9, 0.9, 0.9});
    CHECK(sweep.cases->axes[1].numbers == std::vector<double>{0, 2, 4, 0, 2, 4});
    CHECK(sweep.cases->axes[1].unit == "%");
    const std::string alone =
        "models: {us.autoregression: {persistence: 0.9, initial: 2 %}}\noutcomes: {high: {any: "
        "{us.x: {above: 1 %}}}}\n";
    const Scenario scenario = scenario_of(with_head(alone, paths));
    const Results single = run(Plan::make(scenario, study_catalogue())).results;
    CHECK(sweep.variables[0].mean[4] == single.variables[0].mean[0]);
    CHECK(sweep.variables[0].sd[4] == single.variables[0].sd[0]);
    CHECK(sweep.variables[0].quantiles[4] == single.variables[0].quantiles[0]);
    CHECK(sweep.outcomes[4] == single.outcomes[0]);
  }
}

TEST_CASE("each bucket is a response of a sweep") {
  const std::string models =
      "models: {us.copier: {}, us.autoregression: {}}\nlevers: {us.source: 0 %}\n"
      "outcomes: {end: {buckets: {us.copy: {edges: [1 %, 3 %]}}}}\n";
  const Results list =
      swept(with_head(models + "sweep: {design: list, cases: [{levers.us.source: 0 %}, {levers.us.source: "
                               "1 %}, {levers.us.source: 4 %}]}\n",
                      64));
  REQUIRE(list.outcomes.size() == 9);  // [case][bucket]
  for (std::size_t i = 0; i < 9; ++i) CHECK(list.outcomes[i].hits == (i % 4 == 0 ? 64 : 0));
  CHECK(list.outcomes[5].name == "end[3 % and above]");

  // A quarter, a half and a quarter of the cases; whoever moves the start of the other process moves no bucket.
  const Results sobol = swept(with_head(models + "sweep:\n  design: sobol\n  points: 256\n  axes:\n"
                                                 "    levers.us.source: {uniform: [0 %, 4 %]}\n"
                                                 "    us.autoregression.initial: {uniform: [0 %, 1 %]}\n",
                                        64));
  const std::vector<double>& total = measure(sobol, "sobol_total");
  const std::size_t responses = total.size() / 2;
  REQUIRE(responses == sobol.variables.size() + 3);
  for (std::size_t bucket = responses - 3; bucket < responses; ++bucket) {
    CHECK(total[bucket] == Approx(1).margin(0.15));
    CHECK(total[responses + bucket] == 0);
  }
  CHECK_THAT(sobol.cases->sentences.back(), Catch::Contains("the probability of end[3 % and above]"));
}

TEST_CASE("a sweep is the same for any number of threads and any block size") {
  const std::string text = with_head(
      "models: {us.autoregression: {}}\nsweep:\n  design: morris\n  points: 8\n  axes:\n"
      "    us.autoregression.initial: {uniform: [0 %, 1 %]}\n"
      "    us.autoregression.persistence: {triangular: [0, 0.5, 0.9]}\n",
      5000);
  const Results reference = swept(text, {.threads = 1});
  CHECK(reference.cases->count == 8 * 3);
  CHECK(reference == swept(text, {.threads = 3, .block = 64}));
  CHECK(reference == swept(text, {.threads = 2, .block = 2048}));
}

TEST_CASE("levers, impositions and events vary as parameters do, words and dates too") {
  const Results sweep =
      swept(with_head("models: {us.copier: {inputs: {source: us.lever}}}\n"
                      "levers: {us.lever: 1 %}\n"
                      "events: [{name: rise, at: 2025-01-31, add: {us.lever: 10 %}}]\n"
                      "sweep:\n  design: list\n  cases:\n"
                      "    - {levers.us.lever: 2 %, events.rise.add.us.lever: 20 %, events.rise.at: 2025-01-31}\n"
                      "    - {levers.us.lever: 3 %, events.rise.add.us.lever: 5 %, events.rise.at: 2025-02-28}\n",
                      64));
  CHECK(variable(sweep, "us.copy").mean == std::vector<double>{22, 8});
  CHECK(sweep.cases->axes[2].words == std::vector<std::string>{"2025-01-31", "2025-02-28"});
}

TEST_CASE("rank correlations between axes are those that were asked for, and the nearest of what cannot be") {
  const std::string axes =
      "  axes:\n    us.ishigami.x1: {uniform: [0, 1]}\n    us.ishigami.x2: {normal: [0, 1]}\n"
      "    us.ishigami.x3: {lognormal: [1, 0.5]}\n";
  const auto table_of = [&](const std::string& matrix) {
    const Scenario scenario = scenario_of(with_head(
        "models: {us.ishigami: {}}\nsweep:\n  design: latin_hypercube\n  points: 500\n" + axes +
            "  correlations: [{axes: [us.ishigami.x1, us.ishigami.x2, us.ishigami.x3], matrix: " + matrix + "}]\n",
        1));
    Problems problems;
    return CaseTable(scenario, problems);
  };
  const CaseTable table = table_of("[[1, 0.8, 0], [0.8, 1, 0], [0, 0, 1]]");
  CHECK(table.notes().empty());
  const std::vector<CaseAxis> columns = table.axes();
  double together = 0;
  for (std::size_t c = 0; c < 500; ++c) together += (columns[0].numbers[c] > 0.5) == (columns[1].numbers[c] > 0);
  // For normals of correlation rho the share is 1/2 + asin(rho)/pi; Spearman 0.8 is rho = 2 sin(0.8 pi/6) = 0.8135.
  CHECK(together / 500 == Approx(0.5 + std::asin(0.8135) / std::numbers::pi).margin(4 * std::sqrt(0.8 * 0.2 / 500)));
  CHECK(table_of("[[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]").notes().size() == 1);
}

TEST_CASE("a value out of its range is told with its case before anything runs") {
  const Scenario scenario =
      scenario_of(with_head("models: {us.autoregression: {}}\nsweep: {design: grid, axes: "
                            "{us.autoregression.persistence: {values: [0.5, 7]}}}\n",
                            64));
  CHECK_THROWS_WITH(SweepStudy(scenario, study_catalogue()),
                    Catch::Contains("persistence = 7 is outside -1 … 1 (case 1: us.autoregression.persistence = 7)"));
}
