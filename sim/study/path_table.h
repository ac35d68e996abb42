// What single paths say of what views are about. Internal to the study layer.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/ensemble.h"
#include "sim/study/view_rows.h"

namespace moniac {

/// Answers and numbers of the paths that count, in their order. What it returns lives as long as the table.
class PathTable {
 public:
  PathTable(const Plan& plan, const PathAnswers& answers);

  /// The paths that count.
  const std::vector<std::size_t>& paths() const { return paths_; }
  /// Whether an outcome of the plan happened.
  const PathNumbers* event(const std::string& outcome);
  /// It as a sentence.
  const std::string& text(const std::string& outcome) const;
  /// A number of the plan; the same for those that are the same column in the same step.
  const PathNumbers* number(std::size_t index);
  /// 1 where x is at most a level.
  const PathNumbers* at_most(const PathNumbers& x, double level);

 private:
  std::size_t index_of(const std::string& outcome) const;
  const PathNumbers* keep(PathNumbers values) { return &kept_.emplace_back(std::move(values)); }

  const Plan& plan_;
  const PathAnswers& answers_;
  std::vector<std::size_t> paths_;
  std::deque<PathNumbers> kept_;  ///< whose addresses stay
  std::vector<std::pair<const NumberPlan*, const PathNumbers*>> numbers_;
};

/// Views as rows, those of a view with two bounds one after the other. Numbers that not every path has are reported.
std::vector<StatedRow> stated_rows(const Plan& plan, const Views& views, PathTable& table, Problems& problems);

}  // namespace moniac
