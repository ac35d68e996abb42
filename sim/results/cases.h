// The results of the cases of a sweep, put together.
#pragma once

#include <vector>

#include "sim/results/results.h"

namespace moniac {

/// What a case leaves behind.
struct CaseResult {
  std::int64_t index = 0;
  Results results;
  /// Responses over the first and over the second half of the paths; empty unless asked for.
  std::vector<double> first_half, second_half;
};

/// The numbers of a case that sensitivity is asked of: means of the recorded variables, [variable][date][label], then
/// probabilities of the outcomes.
std::vector<double> responses(const Results& results);

/// Adds the answer of the next case to those of a sweep, which begins as a question whose `cases` has no count yet.
/// Throws std::logic_error when the case has other variables, labels or outcomes than the first.
void append_case(Results& sweep, Results next);

}  // namespace moniac
