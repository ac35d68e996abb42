#include "models/treasury/debt_limit.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using moniac::testing::Harness;
using moniac::testing::Params;

namespace {

Calendar grid(StepUnit unit, int steps, int every = 1) {
  return {.start = Date{std::chrono::December / 31 / 2024}, .unit = unit, .every = every, .steps = steps};
}

std::vector<Date> on(std::chrono::year_month_day date) {
  return {Date{date}};
}

using namespace std::chrono;

// Cash and public debt as the Treasury and the Fed would move them while the limit binds.
struct Books {
  double cash = 722, debt = 28859;

  void step(Harness& run, double deficit, double interest) {
    run.set("tga", cash);
    run.set("debt_public", debt);
    run.set("primary_deficit", deficit);
    run.set("interest_due", interest);
    run.step();
    const double need = deficit + interest;
    if (run.at("debt_limit_phase") == 1) {
      debt += run.at("extraordinary_measures_used");
      cash += run.at("extraordinary_measures_used") - need;
    } else {
      const double raised = run.at("tga_approach") * (850 - cash);
      debt += need + raised;
      cash += raised;
    }
  }
};

}  // namespace

TEST_CASE("measures are spent first, then cash, and debt under the limit stays to half a dollar") {
  Harness run(debt_limit(), grid(StepUnit::month, 12),
              {{"binding_from", on(2025y / January / 21)},
               {"resolved_on", on(2025y / July / 4)},
               {"extraordinary_measures", 375.0}});
  run.start();
  Books books;
  std::vector<double> phases;
  for (int k = 0; k < 12; ++k) {
    books.step(run, 80, 80);
    phases.push_back(run.at("debt_limit_phase"));
    CHECK(run.at("limit_identity_residual") < 5e-10);
    if (k < 2) CHECK(run.at("extraordinary_measures_used") == Approx(160));
    if (k == 2) CHECK(run.at("extraordinary_measures_used") == Approx(375 - 320));
    if (k > 2 && k < 6) CHECK(run.at("extraordinary_measures_used") == 0);
  }
  // Bound from January to June, resolved in July, rebuilt over 15 weeks: July to October.
  CHECK(phases == std::vector<double>{1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 0, 0});
}

TEST_CASE("a debt that grows under the limit is a breach") {
  Harness run(debt_limit(), grid(StepUnit::month, 12),
              {{"binding_from", on(2025y / January / 21)}, {"resolved_on", on(2025y / July / 4)}});
  run.start();
  Books books;
  books.step(run, 80, 80);
  books.debt += 1e-9 * 64;  // a few dollars: one is less than the last digit of the debt twice over
  books.step(run, 80, 80);
  CHECK(run.at("limit_identity_residual") > 5e-10);
}

TEST_CASE("the X-date comes when cash is all but used up, and days left count down to it") {
  Harness run(debt_limit(), grid(StepUnit::week, 60),
              {{"binding_from", on(2025y / January / 2)}, {"resolved_on", on(2026y / January / 30)}});
  run.start();
  Books books;
  const double weekly = 40;
  double last_day = 366;
  bool reached = false;
  for (int k = 0; k < 50 && !reached; ++k) {
    books.step(run, weekly, 0);
    // 375 of measures and 692 of cash above 30 last 26.7 weeks.
    reached = run.at("xdate_flag") == 1;
    CHECK(run.at("xdate_days_left") <= last_day);
    last_day = run.at("xdate_days_left");
    if (reached) CHECK(k == 27);
  }
  CHECK(reached);
}

TEST_CASE("the rebuild closes the distance in a straight line over its weeks") {
  for (const int weeks : {13, 17}) {
    Harness run(debt_limit(), grid(StepUnit::week, 30),
                {{"binding_from", on(2025y / January / 2)},
                 {"resolved_on", on(2025y / January / 15)},
                 {"rebuild", double(weeks)}});
    run.start();
    Books books;
    books.cash = 50;
    books.step(run, 0, 0);
    books.step(run, 0, 0);
    for (int k = 0; k < weeks; ++k) {
      books.step(run, 0, 0);
      CHECK(run.at("debt_limit_phase") == 2);
      CHECK(books.cash == Approx(50 + 800.0 * (k + 1) / weeks));
    }
    books.step(run, 0, 0);
    CHECK(run.at("debt_limit_phase") == 0);
  }
}

TEST_CASE("resolution by hazard follows its survival function, and hurries near the X-date") {
  // Far from the X-date 0.5 a year; at it 20.
  for (const bool pressed : {false, true}) {
    Harness run(debt_limit(), grid(StepUnit::week, 60),
                {{"binding_from", on(2025y / January / 1)}, {"extraordinary_measures", pressed ? 0.0 : 375.0}}, "us",
                16384);
    run.seed(17);
    run.set("primary_deficit", pressed ? 40.0 : 1.0);
    run.set("tga", pressed ? 30.0 : 800.0);
    run.start();
    const int weeks = pressed ? 4 : 26;
    run.run(1 + weeks);
    const double bound = (run["debt_limit_phase"] == 1.0).cast<double>().mean();
    const double expected = std::exp(-(pressed ? 20 : 0.5) * weeks * 7 / 365.25);
    CHECK(bound == Approx(expected).margin(4 * std::sqrt(expected * (1 - expected) / 16384)));
  }
}

TEST_CASE("a run may start under the limit or in the rebuild") {
  Harness bound(debt_limit(), grid(StepUnit::month, 12),
                {{"binding_from", on(2024y / June / 1)}, {"resolved_on", on(2025y / July / 4)}});
  bound.start();
  CHECK(bound.at("debt_limit_phase") == 1);
  Harness rebuilding(debt_limit(), grid(StepUnit::month, 12),
                     {{"binding_from", on(2024y / June / 1)}, {"resolved_on", on(2024y / December / 20)}});
  rebuilding.start();
  CHECK(rebuilding.at("debt_limit_phase") == 2);
  Harness off(debt_limit(), grid(StepUnit::month, 12));
  off.start();
  off.step();
  CHECK(off.at("debt_limit_phase") == 0);
  CHECK(off.at("tga_approach") == Approx(1 - std::exp(-1.0 / 3)));
}

TEST_CASE("a limit that is resolved before it binds is refused with both dates") {
  try {
    const Harness run(debt_limit(), grid(StepUnit::month, 12),
                      {{"binding_from", on(2025y / July / 4)}, {"resolved_on", on(2025y / January / 21)}});
    FAIL();
  } catch (const std::invalid_argument& error) {
    CHECK(std::string(error.what()) == "the limit is resolved on 2025-01-21, before it binds on 2025-07-04");
  }
}
