#include "sim/app/trial_runs.h"

#include <fmt/format.h>

#include "sim/app/text.h"

namespace moniac {

TrialRuns::TrialRuns(const Options& options, std::int64_t paths, Streams& streams)
    : options_(options), paths_(paths), streams_(streams), report_(shown_progress(options), paths, 0, streams) {}

Execution TrialRuns::execution() {
  Execution execution = execution_of(options_);
  execution.progress = [this](std::int64_t done) { report_(before_ + done, 0); };
  return execution;
}

void TrialRuns::note(const std::string& name, Verdict runs) {
  worst_ = std::max(worst_, runs);
  if (runs == Verdict::ok) return;
  streams_.err << fmt::format("moniac: {}: too many paths fail, or an identity does not hold\n", name);
}

std::string TrialRuns::summary() const {
  return fmt::format("{} in {}\n", counted(paths_, "path"), duration_text(report_.seconds()));
}

}  // namespace moniac
