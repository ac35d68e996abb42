// What a run would take, without running it.
#pragma once

#include <string>

#include "sim/engine/ensemble.h"

namespace moniac {

/// Paths, memory, an upper bound of the file's size, and a time measured on a sample of the paths.
std::string dry_run_text(const Scenario& scenario, const Plan& plan, const Catalogue& catalogue,
                         const Execution& execution);

}  // namespace moniac
