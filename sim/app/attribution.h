// The difference of two scenarios, input by input.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/app/compared_input.h"
#include "sim/engine/ensemble.h"
#include "sim/results/comparison.h"

namespace moniac {

/// Inputs that both scenarios have differently and that change together: one, or a group with a name.
struct ChangedInputs {
  std::string name;
  std::vector<InputDifference> inputs;
};

/// What differs between two scenarios; inputs that begin with a prefix of `groups` ("NAME=PREFIX,PREFIX", as typed) are
/// joined. Throws ProgramError when there is nothing, or more than can be told apart (65), and for a group that is
/// malformed (64) or empty (65).
std::vector<ChangedInputs> changed_inputs(const ComparedInput& a, const ComparedInput& b,
                                          const std::vector<std::string>& groups);

/// A mean over paths.
struct PairedMean {
  double value = 0;
  double se = 0;
};

/// A variable on a date, or the probability of an outcome, in both scenarios.
struct AttributedNumber {
  std::string name, unit;
  std::optional<Date> date;  ///< none of an outcome
  PairedMean in_a = {}, in_b = {}, difference = {};
  std::vector<PairedMean> contributions = {};  ///< of the changed inputs, in their order; they sum to the difference
};

struct Attribution {
  std::string title;
  std::string extent;  ///< "20,000 paths from 2025-12-01 …"
  std::vector<ChangedInputs> changes;
  std::vector<AttributedNumber> numbers;  ///< outcomes, then variables by date
  std::vector<std::string> left_out;      ///< what is not compared, and why
  std::int64_t paths = 0, paths_used = 0;
  Verdict verdict = Verdict::ok;  ///< the worst of all mixtures
};

/// Paths that attribute() simulates: those of every mixture of the two scenarios.
std::int64_t paths_to_attribute(const ComparedInput& a, std::size_t changes);

/// Runs the scenarios with every choice of changes, 2^n mixtures on the same paths, and takes the Shapley value of each
/// change on every path. Variables and dates are those that both record, outcomes those that both ask alike. Throws
/// ProgramError (65) with the mixture that is no scenario, or when it would take too much memory.
Attribution attribute(const ComparedInput& a, const ComparedInput& b, const std::vector<ChangedInputs>& changes,
                      const Catalogue& catalogue, const Execution& execution);

}  // namespace moniac
