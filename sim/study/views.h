// An ensemble weighed so that views hold.
#pragma once

#include <vector>

#include "sim/engine/ensemble.h"
#include "sim/results/results.h"
#include "sim/scenario/views.h"
#include "sim/study/weighted.h"

namespace moniac {

/// The scenario with what the views ask of each path: outcomes that are written in them, and the numbers of their
/// measures. Views on the mean of a bucket get its measure. Names of outcomes that there are not go to `problems`.
Scenario asking(Scenario scenario, Views& views, Problems& problems);

/// The scenario, run so that its paths can be weighed afterwards: every recorded value and the numbers of buckets,
/// behind those of views, stay in memory, and no path goes into a file.
Scenario weighable(Scenario scenario);

/// Reports numbers of views whose unit is not that of what they state.
void check_units(const Plan& plan, const Views& views, Problems& problems);

/// Weights of the paths that count, in their order, and what the views did.
struct Weighed {
  Weighting weighting;
  std::vector<std::size_t> paths;  ///< those that count
  WeightedPaths statistics;        ///< over them
};

/// Entropy pooling of the paths of a plan of `asking`, made weighable. Probabilities, means and quantiles first; then
/// standard deviations, with means held at what they are by then; then correlations, with both held (sequential entropy
/// pooling, Meucci 2008). Units are right. Throws ScenarioError that names the views which no weights satisfy: by
/// themselves, or together.
Weighed weigh(const Plan& plan, const PathAnswers& answers, const Views& views);

/// What a weighed run says: means, quantiles and probabilities by weights with their standard errors, counts of paths
/// and extremes as they are. First passages and triggers, which are counts, are left out.
Results weighted_results(const Plan& plan, const SampledRun& run, Weighed weighed);

}  // namespace moniac
