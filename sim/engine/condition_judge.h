// Conditions on the paths of a block.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/engine/plan.h"

namespace moniac {

class Block;

/// Judges conditions at the present step of a block. above and below are strict; nothing is crossed at step 0. A test
/// of a measure that has no value is neither true nor false: truth is that of Kleene (1952, § 64), in which what joins
/// such tests is decided where either answer of theirs would decide it alike.
class ConditionJudge {
 public:
  /// For every condition of the plan, on so many lanes.
  ConditionJudge(const Plan& plan, std::size_t lanes);
  /// Bytes of its stack on each lane.
  static std::size_t bytes_per_lane(const Plan& plan);

  /// By lane: 1 where the condition holds, 0 where it does not or nobody knows. Valid until the next call.
  const unsigned char* holding(const ConditionPlan& condition, const Block& block);

 private:
  std::vector<std::vector<unsigned char>> stack_;  ///< [depth][lane]
};

}  // namespace moniac
