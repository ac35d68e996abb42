#include "sim/study/case_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "sim/scenario/format.h"
#include "sim/study/design.h"
#include "sim/study/distribution.h"
#include "sim/study/rank_correlation.h"

namespace moniac {

namespace {

using Design = SweepSpec::Design;
using Law = SweepAxis::Law;

Distribution distribution_of(const SweepAxis& axis) {
  const auto& x = axis.numbers;
  const bool cut = !axis.within.empty();
  switch (axis.law) {
    case Law::values: {
      DiscreteDistribution law;
      for (std::size_t i = 0; i < axis.values.size(); ++i) law.values.push_back(static_cast<double>(i));
      law.weights = axis.weights.empty() ? std::vector<double>(axis.values.size(), 1) : axis.weights;
      return law;
    }
    case Law::uniform:
      return UniformDistribution{x[0], x[1]};
    case Law::normal:
      return cut ? NormalDistribution{x[0], x[1], axis.within[0], axis.within[1]} : NormalDistribution{x[0], x[1]};
    case Law::lognormal:
      return cut ? LognormalDistribution{x[0], x[1], axis.within[0], axis.within[1]}
                 : LognormalDistribution{x[0], x[1]};
    case Law::triangular:
      return TriangularDistribution{x[0], x[1], x[2]};
    case Law::beta:
      return BetaDistribution{x[0], x[1], axis.within[0], axis.within[1]};
  }
  return {};
}

Node scalar(std::string text, const Place& place) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = std::move(text);
  node.place = place;
  return node;
}

// Numbers of listed values when all are plain quantities of one unit.
struct ListedNumbers {
  std::vector<double> numbers;
  std::string unit;
};
std::optional<ListedNumbers> numbers_of(const std::vector<Node>& listed) {
  ListedNumbers found;
  for (const Node& node : listed) {
    Problems ignored;
    const auto quantity = read_quantity(node, ignored);
    const bool same_unit = quantity && (found.numbers.empty() || quantity->unit == found.unit);
    if (!same_unit) return {};
    found.numbers.push_back(quantity->number);
    found.unit = quantity->unit;
  }
  return found;
}

}  // namespace

CaseTable::CaseTable(const Scenario& scenario, Problems& problems)
    : spec_(*scenario.sweep), seed_(spec_.seed.value_or(scenario.seed)) {
  for (const SweepAxis& axis : spec_.axes) {
    Column& column = columns_.emplace_back();
    const auto address = find_address(scenario.resolved, axis.address, axis.place, problems);
    if (!address) continue;
    const std::string& head = address->front();
    if (address->size() == 1 || head == "time" || head == "ensemble" || head == "record") {
      problems.add(axis.place, fmt::format("{} is the same for all cases", in_quotes(axis.address)),
                   "vary parameters, inputs, levers, impositions or events");
    }
    column.address = *address;
  }
  if (!problems.empty()) return;
  if (spec_.design == Design::grid) {
    lay_grid(problems);
  } else if (spec_.design == Design::list) {
    lay_list();
  } else {
    draw_points(problems);
  }
}

void CaseTable::lay_grid(Problems& problems) {
  double cases = 1;
  for (const SweepAxis& axis : spec_.axes) cases *= static_cast<double>(axis.values.size());
  if (cases > static_cast<double>(most_cases)) {
    problems.add(spec_.place, fmt::format("a grid of {:.0f} cases is more than {}", cases, most_cases),
                 "thin the axes out, or choose latin_hypercube or sobol");
    return;
  }
  std::vector<std::size_t> lengths;
  for (const SweepAxis& axis : spec_.axes) lengths.push_back(axis.values.size());
  const auto tuples = grid(lengths);
  count_ = static_cast<std::int64_t>(tuples.size());
  for (std::size_t a = 0; a < columns_.size(); ++a) {
    columns_[a].listed = spec_.axes[a].values;
    for (const auto& tuple : tuples) columns_[a].numbers.push_back(static_cast<double>(tuple[a]));
  }
}

void CaseTable::lay_list() {
  count_ = static_cast<std::int64_t>(spec_.cases.size());
  for (std::size_t a = 0; a < columns_.size(); ++a) {
    for (const auto& values : spec_.cases) columns_[a].listed.push_back(values[a]);
    columns_[a].numbers.resize(spec_.cases.size());
    std::iota(columns_[a].numbers.begin(), columns_[a].numbers.end(), 0.0);
  }
}

void CaseTable::draw_points(Problems& problems) {
  const std::size_t axes = columns_.size();
  const auto points = static_cast<std::size_t>(spec_.points);
  std::size_t cases = points;
  if (spec_.indices) cases *= axes + 2;
  if (spec_.design == Design::morris) cases *= axes + 1;
  if (cases > static_cast<std::size_t>(most_cases)) {
    problems.add(spec_.place, fmt::format("{} cases are more than {}", cases, most_cases), "ask for fewer points");
    return;
  }
  if (spec_.design == Design::latin_hypercube) points_ = latin_hypercube(points, axes, seed_);
  if (spec_.design == Design::morris)
    points_ = morris_design(points, axes, static_cast<std::size_t>(spec_.levels), seed_);
  if (spec_.design == Design::sobol) {
    points_ = spec_.indices ? saltelli_design(points, axes, seed_) : sobol_points(points, axes, seed_);
  }
  count_ = static_cast<std::int64_t>(points_.size());
  if (!spec_.correlations.empty()) correlate(seed_);
  for (std::size_t a = 0; a < columns_.size(); ++a) fill_column(a, problems);
}

// Rank correlations of all axes, with zeros between those of which nothing was said.
void CaseTable::correlate(std::uint64_t seed) {
  const std::size_t axes = columns_.size();
  Matrix target(axes, std::vector<double>(axes, 0));
  for (std::size_t a = 0; a < axes; ++a) target[a][a] = 1;
  for (const RankCorrelation& group : spec_.correlations) {
    for (std::size_t i = 0; i < group.axes.size(); ++i) {
      for (std::size_t j = 0; j < group.axes.size(); ++j) target[group.axes[i]][group.axes[j]] = group.matrix[i][j];
    }
  }
  const NearestCorrelation nearest = nearest_correlation(exact_matrix(target));
  if (nearest.largest_change > 0) {
    notes_.push_back(fmt::format(
        "the rank correlations are no correlation matrix (an eigenvalue is {:.3g}); the nearest one is used, which "
        "changes them by at most {:.3g}",
        nearest.smallest_eigenvalue, nearest.largest_change));
  }
  points_ = with_rank_correlation(std::move(points_), nearest.matrix, seed);
}

void CaseTable::fill_column(std::size_t axis, Problems& problems) {
  const Distribution law = distribution_of(spec_.axes[axis]);
  if (const auto wrong = problem(law)) {
    problems.add(spec_.axes[axis].place, fmt::format("the distribution of {}: {}", spec_.axes[axis].address, *wrong));
    return;
  }
  columns_[axis].listed = spec_.axes[axis].values;
  for (const auto& point : points_) columns_[axis].numbers.push_back(quantile(law, point[axis]));
}

Node CaseTable::value(std::size_t axis, std::int64_t index) const {
  const Column& column = columns_[axis];
  const double number = column.numbers[static_cast<std::size_t>(index)];
  if (!column.listed.empty()) return column.listed[static_cast<std::size_t>(number)];
  const std::string& unit = spec_.axes[axis].unit;
  return scalar(unit.empty() ? fmt::format("{}", number) : fmt::format("{} {}", number, unit), spec_.axes[axis].place);
}

std::vector<Change> CaseTable::changes(std::int64_t index) const {
  std::vector<Change> all;
  for (std::size_t a = 0; a < columns_.size(); ++a) all.push_back({columns_[a].address, value(a, index)});
  return all;
}

std::string CaseTable::text(std::int64_t index) const {
  std::vector<std::string> parts;
  for (std::size_t a = 0; a < columns_.size(); ++a) {
    parts.push_back(fmt::format("{} = {}", spec_.axes[a].address, value(a, index).text));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<CaseAxis> CaseTable::axes() const {
  std::vector<CaseAxis> all;
  for (std::size_t a = 0; a < columns_.size(); ++a) {
    CaseAxis& axis = all.emplace_back();
    axis.name = spec_.axes[a].address;
    axis.unit = spec_.axes[a].unit;
    const Column& column = columns_[a];
    if (column.listed.empty()) {
      axis.numbers = column.numbers;
      continue;
    }
    const auto numbers = numbers_of(column.listed);
    if (numbers) axis.unit = numbers->unit;
    for (const double which : column.numbers) {
      const auto i = static_cast<std::size_t>(which);
      if (numbers) axis.numbers.push_back(numbers->numbers[i]);
      if (!numbers) axis.words.push_back(column.listed[i].text);
    }
  }
  return all;
}

std::string CaseTable::design_text() const {
  std::string name = designs()[static_cast<std::size_t>(spec_.design)];
  switch (spec_.design) {
    case Design::grid:
    case Design::list:
      return name;
    case Design::morris:
      return fmt::format("{}, {} trajectories on {} levels, seed {}", name, spec_.points, spec_.levels, seed_);
    default:
      return fmt::format("{}, {} points{}, seed {}", name, spec_.points, spec_.indices ? " with indices" : "", seed_);
  }
}

std::vector<std::int64_t> CaseTable::corners() const {
  std::set<std::int64_t> found;
  for (const CaseAxis& axis : axes()) {
    if (!axis.numbers.empty()) {
      const auto [low, high] = std::minmax_element(axis.numbers.begin(), axis.numbers.end());
      found.insert({low - axis.numbers.begin(), high - axis.numbers.begin()});
    }
    std::set<std::string> seen;
    for (std::size_t c = 0; c < axis.words.size(); ++c) {
      if (seen.insert(axis.words[c]).second) found.insert(static_cast<std::int64_t>(c));
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace moniac
