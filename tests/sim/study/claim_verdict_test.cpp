#include "sim/study/claim_verdict.h"

#include "tests/support/catch.h"

using namespace moniac;

namespace {

using Kind = Expectation::Kind;

ClaimVerdict of(Kind kind, double estimate, double se, double slight) {
  return verdict({.kind = kind}, {.estimate = estimate, .se = se, .slight = slight});
}

}  // namespace

TEST_CASE("a sign is decided by an effect of more than two standard errors that is not slight") {
  CHECK(of(Kind::positive, 1, 0.4, 0.5) == ClaimVerdict::supported);
  CHECK(of(Kind::negative, 1, 0.4, 0.5) == ClaimVerdict::contradicted);
  CHECK(of(Kind::negative, -1, 0.4, 0.5) == ClaimVerdict::supported);
  CHECK(of(Kind::positive, 1, 0.5, 0.5) == ClaimVerdict::undecided);    // two standard errors are not more than two
  CHECK(of(Kind::positive, 0.5, 0.1, 0.5) == ClaimVerdict::undecided);  // slight perhaps, perhaps not
  CHECK(of(Kind::positive, 0.3, 0.1, 0.5) == ClaimVerdict::negligible);
  CHECK(of(Kind::positive, 0, 0, 0) == ClaimVerdict::negligible);
}

TEST_CASE("no effect is supported by one that is negligible and contradicted by one that is there") {
  CHECK(of(Kind::none, 0.3, 0.1, 0.5) == ClaimVerdict::supported);
  CHECK(of(Kind::none, -1, 0.1, 0.5) == ClaimVerdict::contradicted);
  CHECK(of(Kind::none, 0.4, 0.1, 0.5) == ClaimVerdict::undecided);
}

TEST_CASE("a range is decided by two standard errors to either side") {
  const Expectation range{.kind = Kind::range, .low = 5, .high = 7};
  const auto at = [&](double estimate) { return verdict(range, {.estimate = estimate, .se = 0.25, .slight = 100}); };
  CHECK(at(6) == ClaimVerdict::supported);
  CHECK(at(5.5) == ClaimVerdict::supported);
  CHECK(at(5.25) == ClaimVerdict::undecided);
  CHECK(at(4.25) == ClaimVerdict::contradicted);
  CHECK(at(8) == ClaimVerdict::contradicted);
}
