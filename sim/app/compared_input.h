// The two sides of a comparison, from scenario files or result files.
#pragma once

#include <optional>
#include <string>

#include "sim/app/options.h"
#include "sim/app/stored_run.h"
#include "sim/engine/plan.h"

namespace moniac {

/// A side of a comparison.
struct ComparedInput {
  std::string path;
  Scenario scenario;
  Plan plan;
  std::optional<StoredRun> stored;  ///< of a result
};

/// Loads a scenario, or the scenario that a result holds, with the overrides of the command line. Throws ScenarioError,
/// FormatError or ProgramError.
ComparedInput load_compared(const std::string& path, const Options& options, const Catalogue& catalogue);

/// Throws ProgramError (65) with the remedy unless both have one grid, one seed and one number of paths, without which
/// there are no pairs of paths, and a variable or outcome in common.
void require_comparable(const ComparedInput& a, const ComparedInput& b);

/// "Dovish rule (B) less Baseline (A)"; file names where the titles do not tell them apart.
std::string difference_title(const ComparedInput& a, const ComparedInput& b);

/// Whether options change what is run.
bool has_overrides(const Options& options);

/// Throws FormatError with the first statistic of the result that differs in any bit from `rerun`, which is the run of
/// its scenario, and with the versions that made both.
void require_reproduced(const ComparedInput& input, const Results& rerun);

}  // namespace moniac
