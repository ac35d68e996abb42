// What moves by itself, as people read it.
#pragma once

#include <string>

#include "sim/engine/catalogue.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// The variables that move more than 0.3 of their shocked standard deviation though nothing happens, most first, over
/// five years or the scenario's horizon if that is shorter.
std::string drift_text(const Scenario& scenario, const Catalogue& catalogue);

}  // namespace moniac
