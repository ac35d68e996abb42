// What a run or a sweep would take, without running it.
#pragma once

#include <string>

#include "sim/engine/ensemble.h"
#include "sim/study/sweep_study.h"

namespace moniac {

/// Paths, memory, an upper bound of the file's size, and a time measured on a sample of the paths.
std::string dry_run_text(const Scenario& scenario, const Plan& plan, const Catalogue& catalogue,
                         const Execution& execution);

/// The same of a sweep, with the number of cases.
std::string sweep_dry_run_text(const SweepStudy& study, const Execution& execution);

}  // namespace moniac
