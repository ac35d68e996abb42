#include "sim/app/sweep_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/app/closing_table.h"
#include "sim/app/sensitivity_table.h"
#include "sim/app/text.h"
#include "sim/math/quantile.h"

namespace moniac {

namespace {

constexpr std::size_t most_rows = 40;  // about a screen; the file holds the rest

// A number for each case, with its Monte-Carlo standard error.
struct Row {
  std::string name, unit;
  std::vector<double> values, errors;
};

std::vector<std::string> cells(const Row& row) {
  constexpr std::array<double, 3> percents = {5, 50, 95};
  const std::vector<double> quantiles = exact_quantiles(row.values, percents);
  const auto smaller = [](double a, double b) { return a < b || (std::isnan(b) && !std::isnan(a)); };
  const auto lowest = std::min_element(row.values.begin(), row.values.end(), smaller);
  const auto highest =
      std::max_element(row.values.begin(), row.values.end(), [](double a, double b) { return a < b || std::isnan(a); });
  const std::vector<double> errors = exact_quantiles(row.errors, std::array{50.0});
  const int decimals = *highest > *lowest ? decimals_for(*highest - *lowest, 3) : decimals_for(*highest, 5);
  const auto with_case = [&](auto found) {
    return fmt::format("{} ({})", fixed(*found, decimals), found - row.values.begin());
  };
  return {row.name,
          row.unit,
          with_case(lowest),
          fixed(quantiles[0], decimals),
          fixed(quantiles[1], decimals),
          fixed(quantiles[2], decimals),
          with_case(highest),
          fixed(errors[0], decimals_for(errors[0], 2))};
}

std::string rows_text(const std::string& heading, const std::vector<Row>& rows) {
  if (rows.empty()) return {};
  TextTable table("llrrrrrr");
  table.add({heading, "", "lowest (case)", "5 %", "median", "95 %", "highest (case)", "± s.e."});
  for (std::size_t r = 0; r < std::min(rows.size(), most_rows); ++r) table.add(cells(rows[r]));
  const std::string rest =
      rows.size() > most_rows ? fmt::format("… and {} more in the result file\n", rows.size() - most_rows) : "";
  return "\n" + table.text() + rest;
}

std::vector<Row> outcome_rows(const Results& sweep) {
  const std::size_t outcomes = sweep.outcomes.size() / static_cast<std::size_t>(sweep.cases->count);
  std::vector<Row> rows;
  for (std::size_t o = 0; o < outcomes; ++o) {
    Row& row = rows.emplace_back(Row{sweep.outcomes[o].name, "", {}, {}});
    for (std::size_t i = o; i < sweep.outcomes.size(); i += outcomes) {
      row.values.push_back(sweep.outcomes[i].probability);
      row.errors.push_back(sweep.outcomes[i].se);
    }
  }
  return rows;
}

// Means at the last date.
std::vector<Row> variable_rows(const Results& sweep) {
  std::vector<Row> rows;
  if (sweep.dates.empty()) return rows;
  for (const RecordedVariable& variable : sweep.variables) {
    const std::size_t width = variable.width();
    const std::size_t per_case = sweep.dates.size() * width;
    for (std::size_t value = 0; value < width; ++value) {
      Row& row = rows.emplace_back(Row{variable.name_of(value), variable.unit, {}, {}});
      for (std::size_t i = per_case - width + value; i < variable.mean.size(); i += per_case) {
        row.values.push_back(variable.mean[i]);
        row.errors.push_back(variable.se[i]);
      }
    }
  }
  return rows;
}

}  // namespace

std::string case_count_text(const Cases& cases) {
  std::vector<std::string> names;
  for (const CaseAxis& axis : cases.axes) names.push_back(axis.name);
  return fmt::format("{} ({}) of {}", counted(cases.count, "case"), cases.design, fmt::join(names, ", "));
}

std::string between_cases_text(const Results& sweep) {
  const std::string date = sweep.dates.empty() ? "" : iso(sweep.dates.back());
  return rows_text("probability between cases", outcome_rows(sweep)) +
         rows_text("mean at " + date + " between cases", variable_rows(sweep)) + sensitivity_table(sweep);
}

std::string sweep_table(const Results& sweep) {
  return fmt::format("{}\n{}\neach of {}\n{}\nfailed paths: {} of {}\n", sweep.title, case_count_text(*sweep.cases),
                     extent_text(sweep), between_cases_text(sweep), grouped(sweep.failed),
                     grouped(sweep.failed + sweep.paths_used));
}

}  // namespace moniac
