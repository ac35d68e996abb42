#include "sim/output/csv.h"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>

#include "sim/output/results_layout.h"

namespace moniac {

namespace {

// In quotes where it holds a separator, a quote or a line break; a quote within is doubled.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + "\"";
}

std::string cell(double number) {
  if (std::isnan(number)) return "";
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

std::string cell(std::int64_t number) {
  return std::to_string(number);
}

template <class... Cells>
std::string row(const Cells&... cells) {
  std::string text;
  ((text += cell(cells) + ","), ...);
  text.back() = '\n';
  return text;
}

// Columns in front of the others: the number of the case, and what varies.
std::string case_heading(const Results& results) {
  if (!results.cases) return {};
  std::string text = "case,";
  for (const CaseAxis& axis : results.cases->axes) text += cell(axis.name) + ",";
  return text;
}

std::string case_cells(const Results& results, std::size_t index) {
  if (!results.cases) return {};
  std::string text = std::to_string(index) + ",";
  for (const CaseAxis& axis : results.cases->axes) {
    text += (axis.words.empty() ? cell(axis.numbers[index]) : cell(axis.words[index])) + ",";
  }
  return text;
}

std::string heading(const Results& results) {
  std::string text = case_heading(results) + "variable,label,unit,date,step";
  for (const StatisticColumn& column : statistic_columns) text += fmt::format(",{}", column.name);
  for (const double quantile : results.quantiles) text += ",q" + cell(quantile);
  return text + "\n";
}

// The row of one case, date and label.
std::string summary_row(const Results& results, const RecordedVariable& variable, std::size_t index, std::size_t date,
                        std::size_t label, std::size_t labels) {
  std::string text =
      case_cells(results, index) + row(variable.name, variable.dimension.empty() ? "" : variable.labels[label],
                                       variable.unit, iso(results.dates[date]), std::int64_t{results.steps[date]});
  text.pop_back();
  const std::size_t of_case = index * results.dates.size() + date;
  for (const StatisticColumn& column : statistic_columns)
    text += "," + cell((variable.*column.values)[of_case * labels + label]);
  const std::size_t quantiles = results.quantiles.size();
  for (std::size_t q = 0; q < quantiles; ++q)
    text += "," + cell(variable.quantiles[(of_case * quantiles + q) * labels + label]);
  return text + "\n";
}

}  // namespace

std::string summaries_csv(const Results& results) {
  std::string text = heading(results);
  for (const RecordedVariable& variable : results.variables) {
    const std::size_t labels = variable.dimension.empty() ? 1 : variable.labels.size();
    for (std::size_t index = 0; index < case_count(results); ++index) {
      for (std::size_t label = 0; label < labels; ++label) {
        for (std::size_t date = 0; date < results.dates.size(); ++date)
          text += summary_row(results, variable, index, date, label, labels);
      }
    }
  }
  return text;
}

std::string outcomes_csv(const Results& results) {
  std::string text = case_heading(results) + "outcome,kind,condition,probability,se,low,high,hits,paths\n";
  const std::size_t per_case = results.outcomes.size() / case_count(results);
  for (std::size_t i = 0; i < results.outcomes.size(); ++i) {
    const OutcomeResult& o = results.outcomes[i];
    text += case_cells(results, i / per_case) +
            row(o.name, o.kind, o.text, o.probability, o.se, o.low, o.high, o.hits, o.paths);
  }
  return text;
}

}  // namespace moniac
