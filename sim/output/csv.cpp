#include "sim/output/csv.h"

#include <fmt/core.h>

#include <limits>

#include "sim/output/csv_row.h"
#include "sim/output/results_layout.h"
#include "sim/results/first_passage.h"

namespace moniac {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Columns in front of the others: the number of the case, and what varies.
std::string case_heading(const Results& results) {
  if (!results.cases) return {};
  std::string text = "case,";
  for (const CaseAxis& axis : results.cases->axes) text += csv_cell(axis.name) + ",";
  return text;
}

std::string case_cells(const Results& results, std::size_t index) {
  if (!results.cases) return {};
  std::string text = std::to_string(index) + ",";
  for (const CaseAxis& axis : results.cases->axes) {
    text += (axis.words.empty() ? csv_cell(axis.numbers[index]) : csv_cell(axis.words[index])) + ",";
  }
  return text;
}

std::string heading(const Results& results) {
  std::string text = case_heading(results) + "variable,label,unit,date,step";
  for (const StatisticColumn& column : statistic_columns) text += fmt::format(",{}", column.name);
  for (const double quantile : results.quantiles) text += ",q" + csv_cell(quantile);
  return text + "\n";
}

// The row of one case, date and value.
std::string summary_row(const Results& results, const RecordedVariable& variable, std::size_t index, std::size_t date,
                        std::size_t value) {
  std::string text =
      case_cells(results, index) + csv_row(variable.name, label_text(variable.dimensions, value), variable.unit,
                                           iso(results.dates[date]), std::int64_t{results.steps[date]});
  text.pop_back();
  const std::size_t width = variable.width();
  const std::size_t of_case = index * results.dates.size() + date;
  for (const StatisticColumn& column : statistic_columns)
    text += "," + csv_cell((variable.*column.values)[of_case * width + value]);
  const std::size_t quantiles = results.quantiles.size();
  for (std::size_t q = 0; q < quantiles; ++q)
    text += "," + csv_cell(variable.quantiles[(of_case * quantiles + q) * width + value]);
  return text + "\n";
}

// The date by which so many percent of the paths have passed; empty where fewer do, or none is asked for.
std::string passage_cell(const Results& results, const OutcomeResult& outcome, double percent) {
  const std::optional<int> step = passage_quantile(outcome, percent);
  return step ? iso(results.time.date(*step)) : "";
}

}  // namespace

std::string summaries_csv(const Results& results) {
  std::string text = heading(results);
  for (const RecordedVariable& variable : results.variables) {
    for (std::size_t index = 0; index < case_count(results); ++index) {
      for (std::size_t value = 0; value < variable.width(); ++value) {
        for (std::size_t date = 0; date < results.dates.size(); ++date)
          text += summary_row(results, variable, index, date, value);
      }
    }
  }
  return text;
}

std::string outcomes_csv(const Results& results) {
  std::string text =
      case_heading(results) +
      "outcome,kind,condition,probability,se,low,high,hits,paths,undefined,censored,mean,mean_se,stated,unit";
  for (const double quantile : results.quantiles) text += ",passage_q" + csv_cell(quantile);
  text += "\n";
  const std::size_t per_case = results.outcomes.size() / case_count(results);
  for (std::size_t i = 0; i < results.outcomes.size(); ++i) {
    const OutcomeResult& o = results.outcomes[i];
    text += case_cells(results, i / per_case) +
            csv_row(o.name, o.kind, o.text, o.probability, o.se, o.low, o.high, o.hits, o.paths, o.undefined,
                    o.first_passage.empty() ? nan : censored_share(o), o.mean.value_or(nan), o.mean_se.value_or(nan),
                    o.stated.value_or(nan), o.unit);
    text.pop_back();
    for (const double quantile : results.quantiles) text += "," + passage_cell(results, o, quantile);
    text += "\n";
  }
  return text;
}

}  // namespace moniac
