// Triggers on the paths of a block: when they fire, and what levers are while their actions last.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/engine/condition_judge.h"
#include "sim/engine/plan.h"
#include "sim/math/kernels.h"
#include "sim/results/range_summary.h"

namespace moniac {

class Block;

/// The state of every trigger of a plan on the paths of a block.
class TriggerWatch {
 public:
  TriggerWatch(const Plan& plan, const Kernels& kernels, std::size_t lanes);
  /// Memory that it takes, as long as few actions of a path are under way at a time.
  static std::size_t bytes_per_lane(const Plan& plan);

  /// Takes paths first … first + paths - 1, none of which has seen anything yet.
  void begin(std::int64_t first, std::size_t paths);
  /// Judges the block at the end of its present step k: releases, then firings. They act from step k + 1 on.
  void observe(const Block& block);
  /// Puts the value that a lever has in `step` into the lanes of the paths on which a trigger fired and its action is
  /// not over.
  void rebuild(const LeverPath& lever, int step, double* column) const;
  /// Whether rebuild has anything to do.
  bool acting() const { return acting_ > 0; }
  /// Adds the paths that are not in `failed` (lanes, sorted), and their firings to the log where it is kept.
  void count(const std::vector<std::size_t>& failed, RangeSummary& summary) const;

 private:
  /// A trigger's past, by lane.
  struct Past {
    std::vector<unsigned char> rearmed;  ///< since the last firing
    std::vector<int> run;                ///< consecutive steps in which the condition held
    std::vector<int> last;               ///< step of the last firing
    std::vector<int> first;              ///< step of the first one, -1 without
    std::vector<std::int64_t> firings;
  };
  /// An action that begins in step `from`.
  struct Action {
    int from;
    int trigger;
  };

  void drop_ended(int step);
  void release(int trigger, const Block& block);
  bool find_candidates(int trigger, const Block& block);
  void fire(int trigger, const Block& block);
  void fire(int trigger, std::size_t lane, int step);
  double rebuilt(const LeverPath& lever, int step, const std::vector<Action>& actions) const;

  const Plan& plan_;
  const Kernels& kernels_;
  std::vector<Past> pasts_;                   ///< by trigger
  std::vector<std::vector<Action>> actions_;  ///< by lane: pending and active, in order of (from, trigger)
  std::size_t acting_ = 0;                    ///< actions over all lanes
  std::vector<TriggerFiring> log_;            ///< in order of (step, trigger, path)
  ConditionJudge judge_;
  std::vector<unsigned char> candidate_;
  Eigen::ArrayXd uniforms_;
  std::int64_t first_ = 0;
  std::size_t paths_ = 0;
};

}  // namespace moniac
