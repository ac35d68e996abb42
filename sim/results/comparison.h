// Two runs on the same paths, and what differs between them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/results/proportion.h"
#include "sim/results/results.h"

namespace moniac {

/// What is known of a recorded variable beside the difference of its values: [date][label], over the paths that count
/// in both runs.
struct ComparedVariable {
  std::string name;
  std::vector<double> mean_a, mean_b;
  /// (var A + var B) / var(B - A): so many times more paths would two runs need that share no random numbers, for the
  /// same standard error. Infinite where the difference is the same on every path, NaN where nothing varies.
  std::vector<double> variance_reduction;
};

/// An outcome that both runs have, asked on the paths that count in both.
struct OutcomeDifference {
  std::string name;
  std::string text_a, text_b;  ///< the condition in each run, as a sentence
  PairedCounts counts;
  double probability_a = 0, probability_b = 0;
  ProportionDifference difference;
  std::string bucket_of, label;  ///< of a bucket, as in OutcomeResult
};

/// A value of the scenarios that is not the same in both, as text; empty where a scenario does not have it.
struct InputDifference {
  std::string name;  ///< "us.policy_rate.phi_pi", "levers.us.fed_purchases"
  std::string a, b;

  bool operator==(const InputDifference&) const = default;
};

struct Comparison {
  Results a, b;  ///< each run by itself
  /// Variables are B - A, path by path, in A's unit and named "us.y10.difference"; no outcomes. A path that failed in
  /// either run failed here.
  Results differences;
  std::vector<ComparedVariable> variables;  ///< those of `differences`
  std::vector<OutcomeDifference> outcomes;
  std::vector<std::string> left_out;  ///< what cannot be compared, and why: "us.m2: only in A"
  std::vector<InputDifference> inputs;
};

}  // namespace moniac
