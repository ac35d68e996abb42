// Dates and the time grid of a run.
#pragma once

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moniac {

using Date = std::chrono::sys_days;

/// "2025-12-01".
std::string iso(Date date);

/// Reads "2025-12-01"; nothing else is a date. Empty when the text is not one or the day does not exist.
std::optional<Date> parse_date(std::string_view text);

enum class StepUnit { day, weekday, week, month, quarter, year };

/// The time grid. Step k covers (date(k-1), date(k)]; index 0 is the state at `start`.
struct Calendar {
  Date start = Date{std::chrono::January / 1 / 2025};
  StepUnit unit = StepUnit::month;
  int every = 1;   ///< a step is `every` units long
  int steps = 12;  ///< number of steps; dates are date(0) … date(steps)

  /// Length of a step in years as an exact ratio: month 1/12, quarter 1/4, year 1, week 28/1461, day 4/1461,
  /// weekday 1/261, times `every`.
  struct Ratio {
    long numerator;
    long denominator;
  };
  Ratio dt_ratio() const;

  /// Length of a step in years; a constant of the run.
  double dt() const;

  /// Date of index k. Months are added to the start and clipped to the month's end, never cumulatively.
  Date date(int k) const;

  /// The step whose interval (date(k-1), date(k)] holds `when`; the start date belongs to step 1.
  /// Empty outside [start, date(steps)].
  std::optional<int> step_of(Date when) const;

  /// A step that never comes.
  static constexpr int never = std::numeric_limits<int>::max();
  /// The step that holds the only date of a list: 0 before the start, `never` after the end or without a date.
  int step_of_only(const std::vector<Date>& dates) const;

  /// "1 month".
  std::string step_text() const;

  bool operator==(const Calendar&) const = default;
};

}  // namespace moniac
