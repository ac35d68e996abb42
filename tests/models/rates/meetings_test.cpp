#include "models/rates/meetings.h"

#include "tests/support/catch.h"

using namespace moniac;

namespace {
Calendar grid(StepUnit unit, int every, int steps) {
  return {.start = Date{std::chrono::January / 1 / 2025}, .unit = unit, .every = every, .steps = steps};
}
}  // namespace

TEST_CASE("evenly spread meetings add up to their number a year on every grid") {
  struct Grid {
    StepUnit unit;
    int every;
    int steps;
    int years;
  };
  for (const Grid& g : {Grid{StepUnit::month, 1, 120, 10},
                        {StepUnit::quarter, 1, 40, 10},
                        {StepUnit::year, 1, 10, 10},
                        {StepUnit::weekday, 1, 2610, 10},
                        {StepUnit::day, 1, 1461, 4},
                        {StepUnit::week, 7, 1461, 196}}) {
    const Calendar time = grid(g.unit, g.every, g.steps);
    const MeetingCalendar meetings = MeetingCalendar::evenly(8, time);
    int total = 0;
    for (int k = 1; k <= time.steps; ++k) total += meetings.in_step(k);
    CHECK(total == 8 * g.years);
  }
}

TEST_CASE("eight meetings a year fall in two of three months, and twice in a quarter") {
  const MeetingCalendar monthly = MeetingCalendar::evenly(8, grid(StepUnit::month, 1, 6));
  const int expected[] = {0, 1, 1, 0, 1, 1};
  for (int k = 1; k <= 6; ++k) CHECK(monthly.in_step(k) == expected[k - 1]);
  CHECK(MeetingCalendar::evenly(8, grid(StepUnit::quarter, 1, 4)).in_step(3) == 2);
}

TEST_CASE("listed meetings count in the step whose interval holds them, and dates outside the run are passed over") {
  const Calendar time = grid(StepUnit::month, 1, 3);
  const auto day = [](int month, unsigned d) { return Date{std::chrono::year{2025} / month / std::chrono::day{d}}; };
  const MeetingCalendar meetings = MeetingCalendar::on({day(1, 1), day(2, 1), day(2, 2), day(4, 1), day(4, 2)}, time);
  CHECK(meetings.in_step(1) == 2);
  CHECK(meetings.in_step(2) == 1);
  CHECK(meetings.in_step(3) == 1);
}
