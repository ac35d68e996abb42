// What sections share in reading quantities; the public part is in scenario.h.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/format.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// read_quantity of scenario.h with a name of the thing for messages: "phi_pi".
std::optional<Quantity> read_quantity(const Node& node, const std::string& what, Problems& problems);

/// A length of time as a number of steps, rounded up. Adds a problem when it is no length of time.
std::optional<int> read_steps(const Quantity& quantity, const Calendar& time, const std::string& what,
                              Problems& problems);

/// A length of time that must be a whole number of steps.
std::optional<int> read_whole_steps(const Quantity& quantity, const Calendar& time, const std::string& what,
                                    Problems& problems);

}  // namespace moniac
