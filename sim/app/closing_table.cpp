#include "sim/app/closing_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/app/outcome_table.h"
#include "sim/app/shown_quantiles.h"
#include "sim/app/text.h"
#include "sim/app/values_table.h"

namespace moniac {

namespace {

constexpr std::size_t most_rows = 40;  // about a screen; the file holds the rest

// Step by which half of the paths on which it fired had their first firing.
int median_first_firing(const TriggerResult& trigger) {
  std::int64_t so_far = 0;
  for (std::size_t k = 0; k < trigger.first_firing.size(); ++k) {
    so_far += trigger.first_firing[k];
    if (2 * so_far >= trigger.fired) return static_cast<int>(k);
  }
  return 0;
}

std::vector<std::string> row_of(const TriggerResult& trigger, const Calendar& time) {
  const int decimals = decimals_for(trigger.high - trigger.low, 2);
  const auto paths = static_cast<double>(trigger.paths);
  return {trigger.name, fmt::format("{:.{}f} ± {:.{}f}", trigger.share, decimals, trigger.se, decimals),
          fmt::format("{:.3g}", static_cast<double>(trigger.firings) / paths),
          trigger.fired > 0 ? iso(time.date(median_first_firing(trigger))) : "never", trigger.text};
}

std::string triggers_text(const Results& results) {
  if (results.triggers.empty()) return {};
  TextTable table("lllll");
  table.add({"trigger", "share of paths ± s.e.", "firings per path", "first, median", ""});
  for (const TriggerResult& trigger : results.triggers) table.add(row_of(trigger, results.time));
  return "\n" + table.text();
}

// A number with its standard error, NaN where there is none.
struct Estimate {
  double value;
  double se;
};

// The numbers of one series at the last date: its quantiles, or mean and standard deviation.
std::vector<Estimate> numbers_of(const Results& results, const RecordedVariable& variable, std::size_t value,
                                 const std::vector<std::size_t>& shown) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  const std::size_t width = variable.width();
  const std::size_t last = results.dates.size() - 1;
  const std::size_t at = last * width + value;
  if (shown.empty()) return {{variable.mean[at], variable.se[at]}, {variable.sd[at], unknown}};
  std::vector<Estimate> numbers;
  for (const std::size_t q : shown) {
    const std::size_t of_quantile = (last * results.quantiles.size() + q) * width + value;
    numbers.push_back({variable.quantiles[of_quantile], variable.quantile_se[of_quantile]});
  }
  return numbers;
}

// Three significant digits of the distance between the outer numbers, and at least one of the largest standard error;
// of a number without spread, five of itself.
int decimals_of(const std::vector<Estimate>& numbers) {
  const double spread = numbers.back().value - numbers.front().value;
  double se = 0;
  for (const Estimate& number : numbers) se = std::isnan(number.se) ? se : std::max(se, number.se);
  return std::max(spread != 0 ? decimals_for(spread, 3) : decimals_for(numbers.front().value, 5), decimals_for(se, 1));
}

std::vector<std::string> row_of(const RecordedVariable& variable, std::size_t value,
                                const std::vector<Estimate>& numbers) {
  std::vector<std::string> row = {variable.name_of(value), variable.unit};
  const int decimals = decimals_of(numbers);
  for (const Estimate& number : numbers) {
    const std::string error = std::isnan(number.se) ? "" : " ± " + fixed(number.se, decimals);
    row.push_back(fixed(number.value, decimals) + error);
  }
  return row;
}

std::string variables_text(const Results& results) {
  if (results.paths == 1) return values_table(results);
  if (results.variables.empty() || results.dates.empty()) return {};
  const std::vector<std::size_t> shown = shown_quantiles(results);
  std::vector<std::string> heading = {"at " + iso(results.dates.back()) + " (± s.e.)", ""};
  if (shown.empty()) heading.insert(heading.end(), {"mean", "sd"});
  for (const std::size_t q : shown) heading.push_back(quantile_heading(results.quantiles[q]));
  TextTable table("ll" + std::string(heading.size() - 2, 'r'));
  table.add(heading);
  std::size_t rows = 0;
  for (const RecordedVariable& variable : results.variables) {
    for (std::size_t value = 0; value < variable.width(); ++value) {
      if (++rows <= most_rows) table.add(row_of(variable, value, numbers_of(results, variable, value, shown)));
    }
  }
  const std::string rest = rows > most_rows ? fmt::format("… and {} more in the result file\n", rows - most_rows) : "";
  return "\n" + table.text() + rest;
}

double by_tolerance(const IdentityResult& identity) {
  return identity.tolerance > 0 ? identity.maximum / identity.tolerance : identity.maximum;
}

std::string identities_text(const Results& results) {
  const auto closed = std::count_if(results.identities.begin(), results.identities.end(),
                                    [](const IdentityResult& identity) { return identity.closed_by_impose; });
  const std::string imposed = closed > 0 ? fmt::format("; {} closed by impose", closed) : "";
  const IdentityResult* worst = worst_identity(results);
  if (!worst) return closed > 0 ? fmt::format("identities: {} closed by impose\n", closed) : "";
  return fmt::format("largest identity residual: {:.2g} of {:.2g} tolerated ({}){}\n", worst->maximum, worst->tolerance,
                     worst->name, imposed);
}

std::string clamps_text(const Results& results) {
  std::string text;
  for (const ClampResult& clamp : results.clamps) {
    if (clamp.held == 0) continue;
    const double share = 100 * static_cast<double>(clamp.held) / static_cast<double>(clamp.path_steps);
    text += fmt::format("{} in {:.2g} % of path-steps\n", clamp.name, share);
  }
  return text;
}

}  // namespace

const IdentityResult* worst_identity(const Results& results) {
  const IdentityResult* worst = nullptr;
  for (const IdentityResult& identity : results.identities) {
    if (identity.closed_by_impose) continue;
    if (!worst || by_tolerance(identity) > by_tolerance(*worst)) worst = &identity;
  }
  return worst;
}

std::string extent_text(const Results& results) {
  const Calendar& time = results.time;
  return fmt::format("{} from {} to {}, {} of {}", counted(results.paths, "path"), iso(time.start),
                     iso(time.date(time.steps)), counted(time.steps, "step"), time.step_text());
}

std::string closing_table(const Results& results) {
  return fmt::format("{}\n{}\n{}{}{}{}{}\n{}{}failed paths: {} of {}\n", results.title, extent_text(results),
                     outcomes_table(results), buckets_table(results), passages_table(results), triggers_text(results),
                     variables_text(results), identities_text(results), clamps_text(results), grouped(results.failed),
                     grouped(results.paths));
}

}  // namespace moniac
