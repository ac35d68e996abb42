#include "sim/output/csv.h"

#include <limits>

#include "tests/sim/output/example_results.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

// Two dates, two labels that need quotes, two quantiles; values by hand.
Results small_results() {
  Results results;
  results.time = {.start = Date{std::chrono::December / 31 / 2025}, .unit = StepUnit::month, .every = 1, .steps = 2};
  results.steps = {0, 2};
  results.dates = {results.time.date(0), results.time.date(2)};
  results.quantiles = {2.5, 50};
  RecordedVariable variable;
  variable.name = "us.holdings";
  variable.unit = "USD bn";
  variable.dimensions = {{"holder", {"Japan, banks", "the \"rest\"\nof it"}}};
  variable.mean = {1, 2, 3, 0.1};
  variable.sd = {0, 0, 1e-300, std::numeric_limits<double>::quiet_NaN()};
  variable.se = {0, 0, 0, 0};
  variable.minimum = {-1, -2, -3, -std::numeric_limits<double>::infinity()};
  variable.maximum = {1, 2, 3, 1e22};
  variable.quantiles = {11, 12, 13, 14, 21, 22, 23, 24};  // [date][quantile][label]
  results.variables = {variable};
  return results;
}

}  // namespace

TEST_CASE("A row is a label and a date, a column a statistic or a quantile") {
  CHECK(summaries_csv(small_results()) ==
        "variable,label,unit,date,step,mean,sd,se,min,max,q2.5,q50\n"
        "us.holdings,\"Japan, banks\",USD bn,2025-12-31,0,1,0,0,-1,1,11,13\n"
        "us.holdings,\"Japan, banks\",USD bn,2026-02-28,2,3,1e-300,0,-3,3,21,23\n"
        "us.holdings,\"the \"\"rest\"\"\nof it\",USD bn,2025-12-31,0,2,0,0,-2,2,12,14\n"
        "us.holdings,\"the \"\"rest\"\"\nof it\",USD bn,2026-02-28,2,0.1,,0,-inf,1e+22,22,24\n");
}

TEST_CASE("Outcomes are a table of their own") {
  Results results = example_results();
  results.outcomes.resize(3);
  results.outcomes[2].probability = 0.2;
  results.outcomes[2].se = results.outcomes[2].low = results.outcomes[2].high = 0;
  CHECK(outcomes_csv(results) ==
        "outcome,kind,condition,probability,se,low,high,hits,paths,undefined,censored,mean,mean_se,stated,unit,passage_"
        "q1,passage_q5,"
        "passage_q25,passage_q50,passage_q75,passage_q95,passage_q99\n"
        // 125 of 19,999 paths pass in each month from January 2026: 1 % have after two of them, 5 % after eight, and
        // 7.5 % ever.
        "ten_year_5,first,\"us.y10 above 5 %/year, within 12 months\",0.07500375018750938,0.00186,0.0714,0.0787,1500,"
        "19999,0,0.9249962498124906,,,,,2026-02-01,2026-08-01,,,,,\n"
        "bank failure,any,us.bank_failures above 0,0,0,0,0.00019,0,19999,0,,,,,,,,,,,,\n"
        "ten_year[below 3 %/year],bucket,\"us.y10 on 2027-12-01, below 3 %/year\",0.2,0,0,0,4000,19999,"
        "0,,2.5,0.01,3,%/year,,,,,,,\n");
}

TEST_CASE("Without variables and outcomes there are headings only") {
  CHECK(summaries_csv(Results{}) == "variable,label,unit,date,step,mean,sd,se,min,max\n");
  CHECK(outcomes_csv(Results{}) ==
        "outcome,kind,condition,probability,se,low,high,hits,paths,undefined,censored,mean,mean_se,stated,unit\n");
}
