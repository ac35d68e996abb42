#include "sim/model/calendar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <numeric>

namespace moniac {

namespace chr = std::chrono;

std::string iso(Date date) {
  const chr::year_month_day day{date};
  std::array<char, 16> text;
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto number = [&](std::size_t first, std::size_t count) -> std::optional<int> {
    int value = 0;
    const char* end = text.data() + first + count;
    for (const char* c = text.data() + first; c != end; ++c) {
      if (*c < '0' || *c > '9') return {};
    }
    std::from_chars(text.data() + first, end, value);
    return value;
  };
  const auto year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (!year || !month || !day) return {};
  const chr::year_month_day date{chr::year{*year}, chr::month{static_cast<unsigned>(*month)},
                                 chr::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return {};
  return Date{date};
}

namespace {

// Months from the start, clipped to the month's end: 31 January + 1 month = 28 February.
Date plus_months(Date start, int months) {
  const chr::year_month_day day{start};
  const chr::year_month_day moved = day + chr::months{months};
  return moved.ok() ? Date{moved} : Date{chr::year_month_day_last{moved.year(), chr::month_day_last{moved.month()}}};
}

// Monday to Friday; a start on a weekend counts from the Friday before.
Date plus_weekdays(Date start, int days) {
  const unsigned iso_day = chr::weekday{start}.iso_encoding();  // 1 Monday … 7 Sunday
  const int from = std::min(static_cast<int>(iso_day), 5) - 1;
  const Date monday = start - chr::days{static_cast<int>(iso_day) - 1};
  const int moved = from + days;
  return days == 0 ? start : monday + chr::days{(moved / 5) * 7 + moved % 5};
}

constexpr std::array unit_names = {"day", "weekday", "week", "month", "quarter", "year"};

}  // namespace

Calendar::Ratio Calendar::dt_ratio() const {
  constexpr std::array<Ratio, 6> per_unit = {{{4, 1461}, {1, 261}, {28, 1461}, {1, 12}, {1, 4}, {1, 1}}};
  const Ratio one = per_unit[static_cast<std::size_t>(unit)];
  const long common = std::gcd(one.numerator * every, one.denominator);
  return {one.numerator * every / common, one.denominator / common};
}

double Calendar::dt() const {
  const Ratio ratio = dt_ratio();
  return static_cast<double>(ratio.numerator) / static_cast<double>(ratio.denominator);
}

Date Calendar::date(int k) const {
  const int units = k * every;
  switch (unit) {
    case StepUnit::day:
      return start + chr::days{units};
    case StepUnit::weekday:
      return plus_weekdays(start, units);
    case StepUnit::week:
      return start + chr::weeks{units};
    case StepUnit::month:
      return plus_months(start, units);
    case StepUnit::quarter:
      return plus_months(start, 3 * units);
    case StepUnit::year:
      return plus_months(start, 12 * units);
  }
  return start;
}

std::optional<int> Calendar::step_of(Date when) const {
  if (when < start || when > date(steps)) return {};
  int low = 1, high = steps;  // the first step whose end is not before `when`
  while (low < high) {
    const int middle = low + (high - low) / 2;
    if (date(middle) >= when) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

int Calendar::step_of_only(const std::vector<Date>& dates) const {
  if (dates.empty()) return never;
  return step_of(dates.front()).value_or(dates.front() < start ? 0 : never);
}

std::string Calendar::step_text() const {
  const std::string name = unit_names[static_cast<std::size_t>(unit)];
  return std::to_string(every) + " " + name + (every == 1 ? "" : "s");
}

}  // namespace moniac
