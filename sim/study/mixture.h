// An ensemble mixed from those of several scenarios, with the probability of each.
#pragma once

#include <string>
#include <vector>

#include "sim/engine/ensemble.h"
#include "sim/results/results.h"

namespace moniac {

/// A scenario of a mixture, run.
struct MixedRun {
  std::string name;
  std::string text;  ///< what it is: "The truce of May 2025"
  double probability = 0;
  const Plan* plan = nullptr;
  SampledRun run;
};

/// What keeps the ensembles of two plans from being mixed, as a sentence: another time grid, or the first thing that
/// one records or asks and the other does not. Empty where nothing does.
std::string mixing_obstacle(const Plan& a, const Plan& b);

/// The mixture of runs that nothing keeps apart, drawn independently of each other: their paths one after the other, of
/// which each counts p/n, p the probability of its scenario and n the paths of that which count. A mean is then the
/// stratified estimator Σ p m with the standard error sqrt(Σ p² s²/n) (Cochran 1977, ch. 5). Scenarios stand as views
/// in the weighting. Every scenario has a path that counts.
Results mixed_results(const std::vector<MixedRun>& parts);

}  // namespace moniac
