// Dates and lengths in the model's time: years since the start, where a day is its share of the step that holds it.
#pragma once

#include <algorithm>
#include <cmath>

#include "sim/model/calendar.h"

namespace moniac {

/// Years from the start to a date. Outside the run in years of 365.25 days.
inline double years_to(const Calendar& time, Date date) {
  const auto step = time.step_of(date);
  if (!step) return static_cast<double>((date - time.start).count()) / 365.25;
  const Date from = time.date(*step - 1), to = time.date(*step);
  return (*step - 1 + static_cast<double>((date - from).count()) / static_cast<double>((to - from).count())) *
         time.dt();
}

/// The part of a step that lies between two times, in years.
inline double time_within(const Calendar& time, int step, double from, double to) {
  return std::max(0.0, std::min(step * time.dt(), to) - std::max((step - 1) * time.dt(), from));
}

/// The first step whose end is at `when` or later.
inline int first_step_at(const Calendar& time, double when) {
  return static_cast<int>(std::ceil(when / time.dt() - 1e-9));
}

}  // namespace moniac
