// What a sweep found, as a table on stdout.
#pragma once

#include <string>

#include "sim/results/results.h"

namespace moniac {

/// "320 cases (sobol, 64 points with indices, seed 1) of us.policy_rate.phi_pi, us.policy_rate.smoothing".
std::string case_count_text(const Cases& cases);

/// How probabilities and means at the last recorded date differ between the cases, with the cases of the lowest and the
/// highest; which axes they hang on.
std::string between_cases_text(const Results& sweep);

/// The same with title, cases and failed paths around it.
std::string sweep_table(const Results& sweep);

}  // namespace moniac
