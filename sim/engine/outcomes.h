// Yes/no questions about paths, answered while they run.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/engine/block.h"
#include "sim/engine/plan.h"
#include "sim/results/range_summary.h"

namespace moniac {

/// The answer of one outcome for the paths of a block, step by step.
class OutcomeWatch {
 public:
  OutcomeWatch(const OutcomePlan& outcome, std::size_t lanes);
  void begin();
  /// Reads the block at its current step.
  void observe(const Block& block);
  /// Whether it has happened on a path of the block so far.
  bool answer(std::size_t lane) const { return answer_[lane] != 0; }
  /// Adds the paths of the block that are not in `failed` (lanes, sorted).
  void count(std::size_t paths, const std::vector<std::size_t>& failed, OutcomeCounts& counts) const;

 private:
  const OutcomePlan& outcome_;
  std::vector<unsigned char> holds_;   ///< by lane: every test holds in this step
  std::vector<unsigned char> answer_;  ///< by lane: the outcome so far
  std::vector<int> memory_;            ///< by lane: step of the first passage, or length of the present run
};

}  // namespace moniac
