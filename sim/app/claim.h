// Claims as files: what somebody says, and the pair of scenarios that tests it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/resolve.h"
#include "sim/scenario/scenario.h"
#include "sim/study/claim_verdict.h"

namespace moniac {

/// What a claim is called. One that says two things is tested in parts, each with a letter, file and verdict of its
/// own.
struct ClaimName {
  std::int64_t number = 0;
  std::string part;  ///< "a" to "z"; empty of a claim that is one

  std::string text() const { return std::to_string(number) + part; }
  friend auto operator<=>(const ClaimName&, const ClaimName&) = default;
};

/// A parameter or lever that the answer may hang on, with the ends of its plausible range.
struct Driver {
  std::string name;
  std::vector<Change> ends;
};

/// A claim. What is measured is a variable on a date (the mean) or an event (its probability): the difference that
/// `change` makes to it, or where there is none, its level; with `given`, how much more of a difference it makes given
/// those settings than without. A claim on data has the number observed instead, and no scenario.
struct Claim {
  ClaimName name;
  std::string source, says, mechanism;
  std::string fact;     ///< what is known of a number that the claim states
  std::string assumed;  ///< the parameter that is the claim, where it is true by construction
  std::string measure;  ///< "us.y10 on 2026-12-31", or "event"; of a claim on data what was observed
  std::string file;
  Place place;                    ///< where its part is named, else of the whole
  Scenario scenario;              ///< asks for the measure and nothing else
  std::optional<Scenario> other;  ///< in the place of `scenario` with the change
  std::vector<Change> change, given;
  std::vector<Driver> drivers;
  Expectation::Kind expected = Expectation::Kind::positive;
  std::optional<Quantity> low, high;  ///< of a range
  std::optional<Quantity> observed;
  std::optional<Quantity> slight;  ///< an effect below it counts as none; by default 10 % of the standard deviation

  bool has_change() const { return other || !change.empty(); }
};

/// A claim that no scenario tests, with the reason.
struct UntestedClaim {
  ClaimName name;
  std::string source, says, reason;
  Place place;
};

struct ClaimCollection {
  std::vector<Claim> claims;  ///< by name
  std::vector<UntestedClaim> untested;
};

/// Reads every .yaml file of a folder: a claim, or the list `not_tested`. `paths` are those of a run; without it what
/// the claim sets, or 1,000; at most the scenario's own. What is wrong goes to `problems` at its place. Throws
/// ProgramError (66) when there is no such folder, or nothing in it.
ClaimCollection read_claims(const std::string& folder, std::optional<std::int64_t> paths, Problems& problems);

/// The scenario of a claim with or without its change and `given`, and a driver at one of its ends (or none).
Scenario variant(const Claim& claim, bool with_change, bool with_given, const Change* driver, Problems& problems);

}  // namespace moniac
