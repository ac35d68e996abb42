#include "sim/app/comparison_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/app/closing_table.h"
#include "sim/app/text.h"
#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

constexpr std::size_t most_rows = 40;    // about a screen; the file holds the rest
constexpr int longest_input = 48;        // characters of an input's value
constexpr double z = 1.959963984540054;  // 97.5 % point of the normal

std::string inputs_text(const Comparison& comparison) {
  if (comparison.inputs.empty()) return "no input differs\n";
  TextTable table("lll");
  table.add({"inputs that differ", "A", "B"});
  std::size_t rows = 0;
  for (const InputDifference& input : comparison.inputs) {
    if (++rows <= most_rows) table.add({input.name, shortened_input(input.a), shortened_input(input.b)});
  }
  return table.text() + (rows > most_rows ? fmt::format("… and {} more\n", rows - most_rows) : "");
}

// Cells for both values, the difference with its standard error, and the interval; two digits of the standard error.
std::vector<std::string> cells(double a, double b, double difference, double se, double low, double high) {
  const int decimals = se > 0 ? decimals_for(se, 2) : decimals_for(std::max(std::abs(a), std::abs(b)), 5);
  return {fixed(a, decimals), fixed(b, decimals),
          fmt::format("{} ± {}", fixed(difference, decimals), fixed(se, decimals)),
          fmt::format("{} … {}", fixed(low, decimals), fixed(high, decimals))};
}

std::string outcomes_text(const Comparison& comparison) {
  if (comparison.outcomes.empty()) return {};
  TextTable table("lrrrll");
  table.add({"outcome", "in A", "in B", "B − A ± s.e.", "95 % interval", ""});
  for (const OutcomeDifference& outcome : comparison.outcomes) {
    const ProportionDifference& d = outcome.difference;
    std::vector<std::string> row = {outcome.name};
    for (std::string& cell : cells(outcome.probability_a, outcome.probability_b, d.difference, d.se, d.low, d.high))
      row.push_back(std::move(cell));
    row.push_back(outcome.text_a == outcome.text_b ? outcome.text_a : "the conditions differ");
    table.add(row);
  }
  return "\n" + table.text();
}

std::string factor_text(double factor) {
  if (std::isnan(factor)) return "–";
  constexpr double rounding = 1e12;  // a difference that is the same on every path, but for its last digits
  if (factor > rounding) return "∞";
  return fmt::format("{:.{}f}", factor, factor < 99.95 ? 1 : 0);
}

std::string variables_text(const Comparison& comparison) {
  const Results& differences = comparison.differences;
  if (differences.variables.empty()) return {};
  TextTable table("llrrrlr");
  table.add({"at " + iso(differences.dates.back()), "", "mean A", "mean B", "B − A ± s.e.", "95 % interval",
             "variance reduction"});
  std::size_t rows = 0;
  for (std::size_t v = 0; v < differences.variables.size(); ++v) {
    const RecordedVariable& difference = differences.variables[v];
    const ComparedVariable& both = comparison.variables[v];
    const std::size_t first = (differences.dates.size() - 1) * difference.width();
    for (std::size_t value = 0; value < difference.width(); ++value) {
      if (++rows > most_rows) continue;
      const std::size_t i = first + value;
      const double mean = difference.mean[i], se = difference.se[i];
      std::vector<std::string> row = {value_name(both.name, difference.dimensions, value), difference.unit};
      for (std::string& cell : cells(both.mean_a[i], both.mean_b[i], mean, se, mean - z * se, mean + z * se))
        row.push_back(std::move(cell));
      row.push_back(factor_text(both.variance_reduction[i]));
      table.add(row);
    }
  }
  return "\n" + table.text() + (rows > most_rows ? fmt::format("… and {} more\n", rows - most_rows) : "");
}

}  // namespace

std::string shortened_input(const std::string& text) {
  if (text.empty()) return "–";
  if (character_count(text) <= longest_input) return text;
  std::size_t end = 0;
  for (int i = 0; i + 1 < longest_input; ++i) end += std::max<std::size_t>(character_length(text.substr(end)), 1);
  return text.substr(0, end) + "…";
}

std::string comparison_table(const Comparison& comparison) {
  const Results& differences = comparison.differences;
  return fmt::format("{}\n{}\n\n{}{}{}\npaths that count in both: {} of {}\n", differences.title,
                     extent_text(differences), inputs_text(comparison), outcomes_text(comparison),
                     variables_text(comparison), grouped(differences.paths_used), grouped(differences.paths));
}

}  // namespace moniac
