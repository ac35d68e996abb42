// Settings that have no effect.
#pragma once

#include <string>

#include "sim/app/options.h"
#include "sim/engine/ensemble.h"

namespace moniac {

/// Leaves out every --set option, and every parameter, input, lever, imposition and event that the scenario sets, one
/// at a time, and tells those without which every output of the first 512 paths has the same bits. `scenario` and
/// `plan` are those of the run.
std::string effects_text(const Scenario& scenario, const Plan& plan, const Options& options, const Catalogue& catalogue,
                         const Execution& execution);

}  // namespace moniac
