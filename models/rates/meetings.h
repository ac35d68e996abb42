// When a central bank decides.
#pragma once

#include <vector>

#include "sim/model/calendar.h"

namespace moniac {

/// Number of meetings in each step of a run.
class MeetingCalendar {
 public:
  /// n meetings a year, evenly spread: step k = 1, 2, … of p/q years holds floor(k n p/q) - floor((k-1) n p/q) of
  /// them, in integers, so that no rounding ever moves one.
  static MeetingCalendar evenly(int per_year, const Calendar& time);

  /// The meetings on these dates; dates outside the run are passed over.
  static MeetingCalendar on(const std::vector<Date>& dates, const Calendar& time);

  int in_step(int k) const;

 private:
  MeetingCalendar(int per_year, Calendar::Ratio dt, std::vector<int> listed);
  int per_year_;
  Calendar::Ratio dt_;
  std::vector<int> listed_;  // by step; empty when meetings are spread evenly
};

}  // namespace moniac
