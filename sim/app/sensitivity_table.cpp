#include "sim/app/sensitivity_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/app/text.h"

namespace moniac {

namespace {

constexpr std::size_t most_rows = 40;  // about a screen; the file holds the rest

// A response that is shown, and its place among all responses of a case.
struct Shown {
  std::string name;
  std::size_t index;
};

std::vector<Shown> shown_responses(const Results& sweep) {
  std::vector<Shown> shown;
  std::size_t next = 0;
  for (const RecordedVariable& variable : sweep.variables) {
    next += (sweep.dates.size() - 1) * variable.width();
    for (std::size_t value = 0; value < variable.width(); ++value) shown.push_back({variable.name_of(value), next++});
  }
  const std::size_t outcomes = sweep.outcomes.size() / static_cast<std::size_t>(sweep.cases->count);
  for (std::size_t o = 0; o < outcomes; ++o) shown.push_back({sweep.outcomes[o].name, next++});
  return shown;
}

// policy_rate.phi_pi -> phi_pi, where no other axis ends so.
std::vector<std::string> short_names(const std::vector<CaseAxis>& axes) {
  std::vector<std::string> names;
  for (const CaseAxis& axis : axes) names.push_back(axis.name.substr(axis.name.rfind('.') + 1));
  if (std::set<std::string>(names.begin(), names.end()).size() == names.size()) return names;
  std::transform(axes.begin(), axes.end(), names.begin(), [](const CaseAxis& axis) { return axis.name; });
  return names;
}

// The values of a measure by [axis][response].
class Measure {
 public:
  Measure(const Cases& cases, const std::string& name) : axes_(cases.axes.size()) {
    const auto found = std::find_if(cases.sensitivity.begin(), cases.sensitivity.end(),
                                    [&](const SensitivityMeasure& measure) { return measure.name == name; });
    if (found != cases.sensitivity.end()) values_ = &found->values;
  }
  bool there() const { return values_ != nullptr; }
  double at(std::size_t axis, std::size_t response) const {
    return (*values_)[axis * (values_->size() / axes_) + response];
  }
  double largest(std::size_t response) const {
    double most = 0;
    for (std::size_t axis = 0; axis < axes_; ++axis) most = std::max(most, at(axis, response));
    return most;
  }

 private:
  std::size_t axes_;
  const std::vector<double>* values_ = nullptr;
};

// A response that does not vary has no value.
std::string number_text(double x, int decimals) {
  return std::isnan(x) ? "–" : fixed(x, decimals);
}

std::string percent(double share) {
  return std::abs(share) < 0.005 ? "0" : number_text(100 * share, 0);  // and no "-0"
}

// cell(axis, response) for each axis, with the largest standard error of the row behind.
template <class Cell, class Error>
std::string table_text(const Results& sweep, const std::string& heading, const Cell& cell, const Error& error) {
  std::vector<std::string> head = short_names(sweep.cases->axes);
  head.insert(head.begin(), "");
  head.emplace_back("± s.e.");
  TextTable table("l" + std::string(head.size() - 1, 'r'));
  table.add(head);
  const std::vector<Shown> shown = shown_responses(sweep);
  for (std::size_t r = 0; r < std::min(shown.size(), most_rows); ++r) {
    std::vector<std::string> row = {shown[r].name};
    for (std::size_t axis = 0; axis < sweep.cases->axes.size(); ++axis) row.push_back(cell(axis, shown[r].index));
    row.push_back(error(shown[r].index));
    table.add(row);
  }
  const std::string rest =
      shown.size() > most_rows ? fmt::format("… and {} more in the result file\n", shown.size() - most_rows) : "";
  return "\n" + heading + "\n" + table.text() + rest;
}

std::string sobol_table(const Results& sweep, const Measure& first) {
  const Measure total(*sweep.cases, "sobol_total"), error(*sweep.cases, "sobol_first_se");
  return table_text(
      sweep, "% of the variance between cases that each explains alone (and together with others)",
      [&](std::size_t axis, std::size_t response) {
        return fmt::format("{} ({})", percent(first.at(axis, response)), percent(total.at(axis, response)));
      },
      [&](std::size_t response) { return percent(error.largest(response)); });
}

std::string morris_table(const Results& sweep, const Measure& size) {
  const Measure error(*sweep.cases, "morris_mu_star_se");
  const auto decimals = [&](std::size_t response) { return decimals_for(size.largest(response), 3); };
  return table_text(
      sweep, "mean size of the effect when each moves by half its range, in the unit of the row",
      [&](std::size_t axis, std::size_t response) { return number_text(size.at(axis, response), decimals(response)); },
      [&](std::size_t response) { return number_text(error.largest(response), decimals(response)); });
}

}  // namespace

std::string sensitivity_table(const Results& sweep) {
  if (sweep.dates.empty()) return {};
  const Measure first(*sweep.cases, "sobol_first"), size(*sweep.cases, "morris_mu_star");
  if (first.there()) return sobol_table(sweep, first);
  return size.there() ? morris_table(sweep, size) : "";
}

std::string sensitivity_sentences(const Cases& cases) {
  std::string text;
  for (const std::string& sentence : cases.sentences) text += wrapped(sentence, 2);
  return text.empty() ? "" : "\nsensitivity\n" + text;
}

}  // namespace moniac
