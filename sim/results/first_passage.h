// When something happens first on a path, over the ensemble. A path on which it does not happen is censored: it counts
// as later than any date.
#pragma once

#include <optional>

#include "sim/results/results.h"

namespace moniac {

/// The first step by which `percent` of all paths that count have passed; empty when fewer ever do.
std::optional<int> passage_quantile(const OutcomeResult& outcome, double percent);

/// Share of the paths that count on which it does not happen in its window; its standard error is that of the
/// probability. NaN without paths.
double censored_share(const OutcomeResult& outcome);

}  // namespace moniac
