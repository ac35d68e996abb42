#include "tests/sim/output/example_results.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace moniac {

namespace {

// Standard normal quantiles at 1, 5, 25, 50, 75, 95, 99 %.
constexpr std::array<double, 7> normal_quantiles = {-2.3263478740408408, -1.6448536269514722, -0.6744897501960817, 0,
                                                    0.6744897501960817,  1.6448536269514722,  2.3263478740408408};
constexpr double paths = 20000;

// Summaries of a variable that is normal at every date, with this mean and standard deviation by [date][label].
struct Normal {
  double mean, sd;
};

void fill(RecordedVariable& variable, const std::vector<std::vector<Normal>>& laws) {
  for (const auto& date : laws) {
    for (const Normal& law : date) {
      variable.mean.push_back(law.mean);
      variable.sd.push_back(law.sd);
      variable.se.push_back(law.sd / std::sqrt(paths));
      variable.minimum.push_back(law.mean - 4 * law.sd);
      variable.maximum.push_back(law.mean + 4 * law.sd);
    }
    for (const double z : normal_quantiles) {
      for (const Normal& law : date) {
        variable.quantiles.push_back(law.mean + z * law.sd);
        variable.quantile_se.push_back(law.sd * (1.25 + z * z) / std::sqrt(paths));  // some number
      }
    }
  }
}

// Vasicek from `start` to `mean`: speed 0.5 a year, volatility 1 %/year^0.5 times `scale`.
Normal vasicek(double start, double mean, double scale, double years) {
  const double left = std::exp(-0.5 * years);
  return {mean + (start - mean) * left, scale * std::sqrt(1 - left * left)};
}

RecordedVariable rate(const std::string& name, const std::string& doc, double start, double mean, double scale,
                      const Results& results) {
  RecordedVariable variable;
  variable.name = name;
  variable.unit = "%/year";
  variable.doc = doc;
  variable.model = name + " (" + name.substr(3) + ")";
  std::vector<std::vector<Normal>> laws;
  for (const int k : results.steps) laws.push_back({vasicek(start, mean, scale, k * results.time.dt())});
  fill(variable, laws);
  return variable;
}

RecordedVariable holdings(const Results& results) {
  RecordedVariable variable;
  variable.name = "us.holdings";
  variable.unit = "USD bn";
  variable.doc = "Treasuries held, by holder";
  variable.model = "us.treasury (treasury)";
  variable.dimensions = {{"holder", {"japan", "china", "rest of the world"}}};
  std::vector<std::vector<Normal>> laws;
  for (const int k : results.steps) {
    const double spread = 15 * std::sqrt(k);
    laws.push_back({{1100 + 4.0 * k, spread}, {760 - 6.0 * k, 2 * spread}, {6900 + 20.0 * k, 3 * spread}});
  }
  fill(variable, laws);
  variable.quantile_error.assign(variable.mean.size(), 0.25);
  return variable;
}

// Imports of two by three regions, whose mean says where it is: 100 importer + 10 exporter + step.
RecordedVariable trade(const Results& results) {
  RecordedVariable variable;
  variable.name = "trade.flow";
  variable.unit = "USD bn/step";
  variable.doc = "Imports by importer and exporter";
  variable.model = "trade.trade (trade)";
  variable.flow = true;
  variable.dimensions = {{"importer", {"USA", "EU27"}}, {"exporter", {"USA", "EU27", "CHN"}}};
  std::vector<std::vector<Normal>> laws;
  for (const int k : results.steps) {
    std::vector<Normal>& date = laws.emplace_back();
    for (int importer = 0; importer < 2; ++importer)
      for (int exporter = 0; exporter < 3; ++exporter) date.push_back({100.0 * importer + 10.0 * exporter + k, 2.0});
  }
  fill(variable, laws);
  return variable;
}

RecordedVariable issuance(const Results& results) {
  RecordedVariable variable;
  variable.name = "us.issuance";
  variable.unit = "USD bn/step";
  variable.doc = "Net issuance of coupons";
  variable.model = "us.treasury (treasury)";
  variable.flow = true;
  std::vector<std::vector<Normal>> laws;
  for (const int k : results.steps)
    laws.push_back({{k == 0 ? 0.0 : 180 + 30 * std::sin(k / 2.0), k == 0 ? 0.0 : 25.0}});
  fill(variable, laws);
  return variable;
}

void add_outcomes(Results& results) {
  OutcomeResult above{.name = "ten_year_5",
                      .text = "us.y10 above 5 %/year, within 12 months",
                      .kind = "first",
                      .paths = 19999,
                      .hits = 1500,
                      .probability = 1500.0 / 19999,
                      .se = 0.00186,
                      .low = 0.0714,
                      .high = 0.0787,
                      .undefined = 0,
                      .first_passage = {},
                      .bucket_of = {},
                      .label = {}};
  for (int k = 0; k <= results.time.steps; ++k) above.first_passage.push_back(k >= 1 && k <= 12 ? 125 : 0);
  results.outcomes = {above,
                      {.name = "bank failure",
                       .text = "us.bank_failures above 0",
                       .kind = "any",
                       .paths = 19999,
                       .hits = 0,
                       .probability = 0,
                       .se = 0,
                       .low = 0,
                       .high = 0.00019,
                       .undefined = 0,
                       .first_passage = {},
                       .bucket_of = {},
                       .label = {}}};
  const std::vector<std::pair<std::string, std::int64_t>> buckets = {
      {"below 3 %/year", 4000}, {"3 to 5 %/year", 15000}, {"5 %/year and above", 999}};
  double middle = 0;
  for (const auto& [label, hits] : buckets) {
    const double share = static_cast<double>(hits) / 19999;
    results.outcomes.push_back({.name = "ten_year[" + label + "]",
                                .text = "us.y10 on 2027-12-01, " + label,
                                .kind = "bucket",
                                .paths = 19999,
                                .hits = hits,
                                .probability = share,
                                .se = share / 100,
                                .low = share - 0.01,
                                .high = share + 0.01,
                                .undefined = 0,
                                .first_passage = {},
                                .bucket_of = "ten_year",
                                .label = label,
                                .unit = "%/year",
                                .mean = 2.5 + middle,
                                .mean_se = hits < 1000 ? std::nullopt : std::optional(0.01),
                                .stated = 3 + middle});
    middle += 1;
  }
}

void add_triggers(Results& results) {
  TriggerResult trigger{.name = "fed_steps_in",
                        .text = "us.y10 above 5 %/year for 2 months, with probability 0.5, 6 months apart",
                        .action = "add 60 USD bn/month to us.fed_purchases for 6 months, until us.y10 below 4 %/year",
                        .paths = 19999,
                        .fired = 1200,
                        .share = 1200.0 / 19999,
                        .se = 0.00168,
                        .low = 0.0568,
                        .high = 0.0634,
                        .firings = 1703,
                        .first_firing = {}};
  for (int k = 0; k <= results.time.steps; ++k) trigger.first_firing.push_back(k >= 2 && k <= 13 ? 100 : 0);
  results.triggers = {trigger};
  results.logged_paths = 100;
  results.trigger_log = {{3, 2, 0}, {3, 9, 0}, {71, 13, 0}};
}

void add_parameters(Results& results) {
  results.parameters = {
      {"us.policy_rate.phi_pi", "1.5", "1.5", "", "Response to inflation", "published", "Taylor (1993)", "default"},
      {"us.policy_rate.mode", "meetings", "smooth", "", "How the rate moves", "", "", "outlook.yaml:14"},
      {"us.curve.speed", "0.5", "0.4", "1/year", "Speed of return — to the mean", "calibrated", "H.15, 1990–2025",
       "--set us.curve.speed=0.5"}};
  results.defaults_used = {"us.policy_rate: inflation = 2 %/year"};
}

}  // namespace

Results example_results(double mean, const std::string& title) {
  Results results;
  results.title = title;
  results.description = "Closed forms in the place of an ensemble.\nSecond line, with a dash – and an €.";
  results.scenario_name = "outlook.yaml";
  results.scenario_text = "moniac: 1\ntitle: Policy rate   # a comment, kept\ntime: {start: 2025-12-01}\n";
  results.resolved_scenario = "moniac: 1\ntitle: \"Policy rate\"\n";
  results.command = "moniac run outlook.yaml --set us.curve.speed=0.5";
  results.version = "moniac 0.1.0 (0123456789ab)";
  results.seed = 18446744073709551557ULL;  // above 2^63
  results.paths = 20000;
  results.time = {.start = Date{std::chrono::December / 1 / 2025}, .unit = StepUnit::month, .every = 1, .steps = 24};
  for (int k = 0; k <= results.time.steps; ++k) {
    results.steps.push_back(k);
    results.dates.push_back(results.time.date(k));
  }
  results.quantiles = {1, 5, 25, 50, 75, 95, 99};
  results.quantile_method = "sketch";
  results.variables = {rate("us.policy_rate", "Policy rate", 3.875, mean, 1.2, results),
                       rate("us.y10", "Ten-year yield", 4.1, mean + 1.2, 0.8, results), holdings(results),
                       issuance(results), trade(results)};
  add_outcomes(results);
  add_triggers(results);
  add_parameters(results);
  results.paths_used = 19999;
  results.failed = 1;
  results.failures = {{4711, 7, "us.y10", "not finite"}};
  results.clamps = {{"us.policy_rate.at_lower_bound", "The bound holds the rate", 12, 3600}};
  results.identities = {{"us.curve.identity_residual", "%/year", 3.5e-15, 1e-12, 17, 3, false},
                        {"us.treasury.identity_residual", "USD bn", 0.0, 1e-6, 0, 0, true}};
  return results;
}

void ExamplePaths::visit(const Take& take) const {
  for (std::size_t r = 0; r < results_.variables.size(); ++r) {
    const std::size_t width = results_.variables[r].width();
    std::vector<double> values;
    for (std::int64_t p = 0; p < paths; ++p) {
      for (std::size_t d = 0; d < results_.dates.size(); ++d) {
        for (std::size_t l = 0; l < width; ++l) {
          values.push_back(1000 * static_cast<double>(r) + 100 * static_cast<double>(p) + static_cast<double>(d) +
                           0.01 * static_cast<double>(l));
        }
      }
    }
    take(r, 0, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)});
  }
}

}  // namespace moniac
