// The time grid of tests of local debt, whose figures are those of the end of 2023.
#pragma once

#include <chrono>

#include "sim/model/calendar.h"

namespace moniac::testing {

/// Steps from the first day of 2024 on.
inline Calendar from_2024(StepUnit unit, int steps) {
  return {.start = Date{std::chrono::year(2024) / 1 / 1}, .unit = unit, .every = 1, .steps = steps};
}

}  // namespace moniac::testing
