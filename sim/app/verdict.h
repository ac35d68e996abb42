// What a run whose verdict is not good says, and how it ends.
#pragma once

#include <string>

#include "sim/engine/ensemble.h"

namespace moniac {

int exit_code_of(Verdict verdict);

/// How many paths failed, or which identity does not hold, by how much and where; empty when all is well. `results` are
/// those of a run of the plan, or of all cases of a sweep of which it is the base.
std::string verdict_text(const Plan& plan, const Results& results);

/// The same as a message of the program, with the command that shows the paths and the file that holds the results.
std::string verdict_message(const Plan& plan, const Results& results, const std::string& file);

}  // namespace moniac
