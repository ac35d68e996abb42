#include "models/rates/meetings.h"

#include <utility>

#include "sim/math/even_spread.h"

namespace moniac {

MeetingCalendar::MeetingCalendar(int per_year, Calendar::Ratio dt, std::vector<int> listed)
    : per_year_(per_year), dt_(dt), listed_(std::move(listed)) {}

MeetingCalendar MeetingCalendar::evenly(int per_year, const Calendar& time) {
  return {per_year, time.dt_ratio(), {}};
}

MeetingCalendar MeetingCalendar::on(const std::vector<Date>& dates, const Calendar& time) {
  std::vector<int> listed(static_cast<std::size_t>(time.steps) + 1, 0);
  for (const Date date : dates)
    if (const auto step = time.step_of(date)) ++listed[static_cast<std::size_t>(*step)];
  return {0, time.dt_ratio(), std::move(listed)};
}

int MeetingCalendar::in_step(int k) const {
  if (!listed_.empty()) return listed_[static_cast<std::size_t>(k)];
  return evenly_spread(per_year_, dt_.numerator, dt_.denominator, k);
}

}  // namespace moniac
