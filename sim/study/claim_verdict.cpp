#include "sim/study/claim_verdict.h"

#include <cmath>

namespace moniac {

namespace {

ClaimVerdict in_range(const Expectation& expected, double low, double high) {
  if (expected.low <= low && high <= expected.high) return ClaimVerdict::supported;
  return high < expected.low || low > expected.high ? ClaimVerdict::contradicted : ClaimVerdict::undecided;
}

}  // namespace

ClaimVerdict verdict(const Expectation& expected, const Evidence& evidence) {
  const double size = std::abs(evidence.estimate), error = 2 * evidence.se;
  if (expected.kind == Expectation::Kind::range) {
    return in_range(expected, evidence.estimate - error, evidence.estimate + error);
  }
  const bool there = size > error && size > evidence.slight;
  const bool nothing = size + error <= evidence.slight;
  if (expected.kind == Expectation::Kind::none) {
    if (there) return ClaimVerdict::contradicted;
    return nothing ? ClaimVerdict::supported : ClaimVerdict::undecided;
  }
  if (!there) return nothing ? ClaimVerdict::negligible : ClaimVerdict::undecided;
  const bool positive = evidence.estimate > 0;
  return positive == (expected.kind == Expectation::Kind::positive) ? ClaimVerdict::supported
                                                                    : ClaimVerdict::contradicted;
}

}  // namespace moniac
