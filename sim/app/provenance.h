// How a result says what made it.
#pragma once

#include <cstdint>
#include <string>

#include "sim/app/options.h"
#include "sim/output/part.h"
#include "sim/results/results.h"

namespace moniac {

/// "moniac run outlook.yaml --paths 20000 --seed 7 --set us.policy_rate.phi_pi=2": what fixes the result and nothing
/// else, in one order, the scenario as seen from its own folder.
std::string canonical_command(const Options& options, std::int64_t paths, std::uint64_t seed);

/// " --paths 20000 --seed 7 --set us.policy_rate.phi_pi=2": the options that fix a result, in one order.
std::string canonical_settings(const Options& options, std::int64_t paths, std::uint64_t seed);

/// The command line as it was typed, without --restart: it goes on with an interrupted run.
std::string resume_command(const Options& options);

/// Hashes of the program and the resolved scenario without its title and description. Parts of runs with one result
/// hash can be joined. The summary hash leaves out what says how many paths there are, which of them are recorded one
/// by one, and what is made of the sums.
PartHashes part_hashes(const Scenario& scenario);

/// `text` as one word of a POSIX shell.
std::string shell_word(const std::string& text);

/// Writes command and version into the results, and names files as seen from the scenario's folder, so that the bytes
/// do not depend on where the program was started.
void add_provenance(const Options& options, Results& results);

}  // namespace moniac
