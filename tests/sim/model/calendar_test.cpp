#include "sim/model/calendar.h"

#include "sim/model/variables.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {
Date day(const char* text) {
  return *parse_date(text);
}
}  // namespace

TEST_CASE("months are added to the start and clipped to the month's end, never cumulatively") {
  const Calendar time{.start = day("2024-01-31"), .unit = StepUnit::month, .every = 1, .steps = 3};
  CHECK(iso(time.date(1)) == "2024-02-29");
  CHECK(iso(time.date(2)) == "2024-03-31");
  CHECK(iso(time.date(3)) == "2024-04-30");
}

TEST_CASE("weekdays skip Saturdays and Sundays") {
  const Calendar time{.start = day("2025-12-04"), .unit = StepUnit::weekday, .every = 1, .steps = 8};  // a Thursday
  CHECK(iso(time.date(1)) == "2025-12-05");
  CHECK(iso(time.date(2)) == "2025-12-08");
  CHECK(iso(time.date(7)) == "2025-12-15");
  const Calendar weekend{.start = day("2025-12-06"), .unit = StepUnit::weekday, .every = 1, .steps = 8};
  CHECK(iso(weekend.date(1)) == "2025-12-08");
}

TEST_CASE("a step in years is an exact ratio") {
  const auto ratio = [](StepUnit unit, int every) {
    const Calendar::Ratio r = Calendar{.start = {}, .unit = unit, .every = every, .steps = 1}.dt_ratio();
    return std::pair(r.numerator, r.denominator);
  };
  CHECK(ratio(StepUnit::month, 1) == std::pair(1L, 12L));
  CHECK(ratio(StepUnit::month, 3) == std::pair(1L, 4L));
  CHECK(ratio(StepUnit::week, 1) == std::pair(28L, 1461L));  // 7 / 365.25
  CHECK(ratio(StepUnit::day, 1) == std::pair(4L, 1461L));    // 1 / 365.25
  CHECK(ratio(StepUnit::weekday, 1) == std::pair(1L, 261L));
  CHECK(ratio(StepUnit::year, 2) == std::pair(2L, 1L));
}

TEST_CASE("a date acts in the step whose interval holds it") {
  const Calendar time{.start = day("2023-06-01"), .unit = StepUnit::month, .every = 1, .steps = 24};
  CHECK(time.step_of(day("2023-06-01")) == 1);
  CHECK(time.step_of(day("2023-07-01")) == 1);
  CHECK(time.step_of(day("2023-07-02")) == 2);
  CHECK(time.step_of(day("2025-06-01")) == 24);
  CHECK_FALSE(time.step_of(day("2025-06-02")));
  CHECK_FALSE(time.step_of(day("2023-05-31")));
}

TEST_CASE("the only date of a list is in its step, before the start in step 0, otherwise never") {
  const Calendar time{.start = Date{std::chrono::January / 31 / 2026}, .unit = StepUnit::month, .every = 1, .steps = 3};
  CHECK(time.step_of_only({}) == Calendar::never);
  CHECK(time.step_of_only({Date{std::chrono::January / 30 / 2026}}) == 0);
  CHECK(time.step_of_only({Date{std::chrono::March / 1 / 2026}}) == 2);
  CHECK(time.step_of_only({Date{std::chrono::May / 1 / 2026}}) == Calendar::never);
}

TEST_CASE("only ISO dates of days that exist are dates") {
  CHECK(parse_date("2024-02-29"));
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-1-01", "2024/01/01", "24-01-01", "2024-01-01T00:00", ""}) {
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("a stepped series holds from its date on, a linear one runs between dates") {
  const Series::Point first{day("2025-01-01"), 1.0}, second{day("2025-01-11"), 2.0};
  const Series stepped{.points = {first, second}, .linear = false};
  CHECK(stepped.at(day("2025-01-10")) == 1);
  CHECK(stepped.at(day("2025-01-11")) == 2);
  CHECK(stepped.at(day("2024-12-01")) == 1);
  const Series linear{.points = {first, second}, .linear = true};
  CHECK(linear.at(day("2025-01-06")) == Approx(1.5));
  CHECK(linear.at(day("2026-01-01")) == 2);
}

TEST_CASE("a range says what it allows") {
  CHECK(positive().text() == "> 0");
  CHECK(between(0, 0.5).text() == "0 … 0.5");
  CHECK(any_number().text() == "any number");
  CHECK(positive().contains(1e-300));
  CHECK_FALSE(positive().contains(0));
}
