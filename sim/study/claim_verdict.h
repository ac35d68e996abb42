// What a pair of scenarios says of a claim.
#pragma once

namespace moniac {

/// What a claim says of a number: its sign, that it is nothing to speak of, or where it lies.
struct Expectation {
  enum class Kind { positive, negative, none, range };
  Kind kind = Kind::positive;
  double low = 0, high = 0;  ///< of a range
};

/// What the runs say.
struct Evidence {
  double estimate = 0;
  double se = 0;
  double slight = 0;  ///< a smaller effect counts as none: 10 % of the standard deviation over paths
};

enum class ClaimVerdict { supported, contradicted, undecided, negligible };

/// An effect is there when it is more than two standard errors from 0 and more than slight; it is negligible when two
/// standard errors to either side of it are no more than slight. A sign is supported or contradicted by an effect that
/// is there; "none" is supported by one that is negligible and contradicted by one that is there; a range is supported
/// when two standard errors to either side lie in it and contradicted when they lie beyond it. All else is undecided.
ClaimVerdict verdict(const Expectation& expected, const Evidence& evidence);

}  // namespace moniac
