#include "sim/results/first_passage.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace moniac;

TEST_CASE("quantiles of the passage time are over all paths, and not reached where fewer pass") {
  OutcomeResult outcome;
  outcome.paths = 100;
  outcome.first_passage = {0, 5, 0, 20, 25, 0};  // 5 % by step 1, 25 % by step 3, 50 % by step 4
  outcome.hits = 50;
  CHECK(passage_quantile(outcome, 1) == 1);
  CHECK(passage_quantile(outcome, 5) == 1);
  CHECK(passage_quantile(outcome, 5.01) == 3);
  CHECK(passage_quantile(outcome, 50) == 4);
  CHECK_FALSE(passage_quantile(outcome, 50.01));
  CHECK(censored_share(outcome) == 0.5);
  outcome.first_passage.assign(6, 0);
  outcome.hits = 0;
  CHECK_FALSE(passage_quantile(outcome, 1));
  outcome.paths = 0;
  CHECK_FALSE(passage_quantile(outcome, 1));
  CHECK(std::isnan(censored_share(outcome)));
}
