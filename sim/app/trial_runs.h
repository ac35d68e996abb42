// Trials, one run after another under one report of how far they are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "sim/app/execution.h"
#include "sim/app/progress.h"

namespace moniac {

class TrialRuns {
 public:
  /// Of `paths` paths in all.
  TrialRuns(const Options& options, std::int64_t paths, Streams& streams);

  /// What `run`, given how to run it, finds of a trial of `paths` paths, with the verdict in `runs`. Where that is not
  /// good says so of the trial, `name`.
  template <class Run>
  auto operator()(const std::string& name, std::int64_t paths, const Run& run) {
    auto found = run(execution());
    before_ += paths;
    note(name, found.runs);
    return found;
  }

  /// The worst of the verdicts.
  Verdict worst() const { return worst_; }
  /// "20,267 paths in 13 s", when all are done.
  std::string summary() const;

 private:
  Execution execution();
  void note(const std::string& name, Verdict runs);

  const Options& options_;
  const std::int64_t paths_;
  Streams& streams_;
  ProgressReport report_;
  std::int64_t before_ = 0;
  Verdict worst_ = Verdict::ok;
};

}  // namespace moniac
