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

std::string heading(const Results& results) {
  std::string text = "variable,label,unit,date,step";
  for (const StatisticColumn& column : statistic_columns) text += fmt::format(",{}", column.name);
  for (const double quantile : results.quantiles) text += ",q" + cell(quantile);
  return text + "\n";
}

// The row of one date and label.
std::string summary_row(const Results& results, const RecordedVariable& variable, std::size_t date, std::size_t label,
                        std::size_t labels) {
  std::string text = row(variable.name, variable.dimension.empty() ? "" : variable.labels[label], variable.unit,
                         iso(results.dates[date]), std::int64_t{results.steps[date]});
  text.pop_back();
  for (const StatisticColumn& column : statistic_columns)
    text += "," + cell((variable.*column.values)[date * labels + label]);
  const std::size_t quantiles = results.quantiles.size();
  for (std::size_t q = 0; q < quantiles; ++q)
    text += "," + cell(variable.quantiles[(date * quantiles + q) * labels + label]);
  return text + "\n";
}

}  // namespace

std::string summaries_csv(const Results& results) {
  std::string text = heading(results);
  for (const RecordedVariable& variable : results.variables) {
    const std::size_t labels = variable.dimension.empty() ? 1 : variable.labels.size();
    for (std::size_t label = 0; label < labels; ++label) {
      for (std::size_t date = 0; date < results.dates.size(); ++date)
        text += summary_row(results, variable, date, label, labels);
    }
  }
  return text;
}

std::string outcomes_csv(const Results& results) {
  std::string text = "outcome,kind,condition,probability,se,low,high,hits,paths\n";
  for (const OutcomeResult& o : results.outcomes)
    text += row(o.name, o.kind, o.text, o.probability, o.se, o.low, o.high, o.hits, o.paths);
  return text;
}

}  // namespace moniac
