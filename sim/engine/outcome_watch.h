// Yes/no questions about paths, answered while they run.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/engine/block.h"
#include "sim/engine/condition_judge.h"
#include "sim/engine/plan.h"
#include "sim/results/range_summary.h"

namespace moniac {

/// What has happened on the paths of a block, for every outcome of a plan, step by step.
class OutcomeWatch {
 public:
  OutcomeWatch(const Plan& plan, std::size_t lanes);
  void begin();
  /// Reads the block at its current step.
  void observe(const Block& block);
  /// Whether an outcome has happened on a path of the block so far.
  bool answer(std::size_t outcome, std::size_t lane) const { return past_of(outcome).happened[lane] != 0; }
  /// Adds the paths of the block that are not in `failed` (lanes, sorted).
  void count(std::size_t outcome, std::size_t paths, const std::vector<std::size_t>& failed,
             OutcomeCounts& counts) const;

 private:
  /// Of an occurrence, by lane.
  struct Past {
    std::vector<unsigned char> happens;   ///< in the present step
    std::vector<unsigned char> happened;  ///< in it or before
    std::vector<unsigned char> doubtful;  ///< a test of it had no value in some step
    std::vector<int> first;               ///< the step in which it happened first
    std::vector<int> progress;            ///< steps in a row in which the condition held; parts of a sequence so far
    std::vector<int> since;               ///< of a sequence: the step of its last part
  };

  const Past& past_of(std::size_t outcome) const {
    return pasts_[static_cast<std::size_t>(plan_.outcomes[outcome].occurrence)];
  }
  void judge(const OccurrencePlan& occurrence, const Block& block, Past& past);
  void remember(int step, Past& past) const;
  void mark_doubtful(const OccurrencePlan& occurrence, const Block& block, Past& past) const;
  void follow(const OccurrencePlan& sequence, int step, Past& past) const;
  void join(const OccurrencePlan& joint, int step, Past& past) const;
  void take_doubts(const OccurrencePlan& occurrence, Past& past) const;

  const Plan& plan_;
  ConditionJudge judge_;
  std::vector<Past> pasts_;  ///< by occurrence
  std::size_t lanes_ = 0;    ///< of the present block
};

}  // namespace moniac
