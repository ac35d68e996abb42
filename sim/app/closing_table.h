// What a run found, as a table on stdout.
#pragma once

#include <string>

#include "sim/results/results.h"

namespace moniac {

/// Outcomes with probability, standard error and interval; recorded variables at the last recorded date with median
/// and 90 % band (or the nearest quantiles that were recorded, as the heading says), each with its standard error, or
/// by values_table where there is one path; the largest identity residual; failed paths.
std::string closing_table(const Results& results);

/// The identity that is worst by its tolerance, leaving out those that an imposition closes; null when there is none.
const IdentityResult* worst_identity(const Results& results);

/// "20,000 paths from 2025-12-01 to 2027-12-01, 24 steps of 1 month".
std::string extent_text(const Results& results);

}  // namespace moniac
