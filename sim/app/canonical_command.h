// The command line that makes a result again.
#pragma once

#include <cstdint>
#include <string>

#include "sim/app/options.h"

namespace moniac {

/// "moniac run outlook.yaml --paths 20000 --seed 7 --set us.policy_rate.phi_pi=2": what fixes the result and nothing
/// else, in one order, the scenario as seen from its own folder.
std::string canonical_command(const Options& options, std::int64_t paths, std::uint64_t seed);

/// `text` as one word of a POSIX shell.
std::string shell_word(const std::string& text);

}  // namespace moniac
