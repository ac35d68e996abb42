// What a mixture is made of, for people.
#pragma once

#include <string>
#include <vector>

#include "sim/study/mixture.h"

namespace moniac {

/// Each scenario with its probability and paths, how many paths the weights are worth, and each outcome beside its
/// probability in each scenario. `results` are those of the mixture of `parts`.
std::string mixture_table(const Results& results, const std::vector<MixedRun>& parts);

}  // namespace moniac
