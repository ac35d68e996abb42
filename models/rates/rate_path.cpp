#include "models/rates/rate_path.h"

namespace moniac {

namespace {

// The step that holds a date; 0 before the start, one past the end after the horizon.
int place_of(Date date, const Calendar& time) {
  if (date < time.start) return 0;
  return time.step_of(date).value_or(time.steps + 1);
}

}  // namespace

RatePath::RatePath(const Series& path, Part part, const std::vector<Date>& switch_date, const Calendar& time) {
  if (part == Part::none || path.empty()) return;
  last_ = time.steps;
  if (part == Part::first)
    last_ = switch_date.empty() ? place_of(path.points.back().date, time) : place_of(switch_date.front(), time) - 1;
  if (part == Part::second)
    first_ = place_of(switch_date.empty() ? path.points.front().date : switch_date.front(), time);
  for (int k = 0; k <= time.steps; ++k) values_.push_back(path.at(time.date(k)));
}

}  // namespace moniac
