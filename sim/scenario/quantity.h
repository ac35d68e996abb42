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

/// A length of time, which is checked by read_steps where the time grid is known (`time` not null).
std::optional<Quantity> read_length(const Node& node, const std::string& what, const Calendar* time,
                                    Problems& problems);

/// A number from 0 to 1: 0.01, or 1 %.
std::optional<double> read_share(const Node& node, const std::string& what, const std::string& remedy,
                                 Problems& problems);

/// A length of time that must be a whole number of steps.
std::optional<int> read_whole_steps(const Quantity& quantity, const Calendar& time, const std::string& what,
                                    Problems& problems);

}  // namespace moniac
