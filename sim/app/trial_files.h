// What the files of claims and of hindcasts have in common: each names scenarios and sets values in them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/app/options.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/resolve.h"

namespace moniac {

/// Paths of a run, where neither the file nor the command line says otherwise.
inline constexpr std::int64_t default_paths = 1000;

/// --paths. Throws ProgramError (64).
std::optional<std::int64_t> given_paths(const Options& options);

/// The .yaml files of a folder by name. Throws ProgramError (66) when there is no such folder or no such file;
/// `what` they should hold is for the message: "claims".
std::vector<std::string> yaml_files(const std::string& folder, const std::string& what);

/// A text that must be there, without the line feed of a folded block.
std::optional<std::string> read_required_text(const Fields& fields, const std::string& key, const std::string& remedy,
                                              Problems& problems);

/// The scenario whose file `key` names, beside the file that names it.
std::optional<Scenario> read_scenario_of(const Fields& fields, const std::string& key, Problems& problems);

/// A mapping from addresses of a scenario, `addressed`, to values; none where there is no such key.
std::vector<Change> read_settings(const Fields& fields, const std::string& key, const Node& addressed,
                                  Problems& problems);

/// A scalar as it would stand in a file.
Node word(const std::string& text, const Place& place);

/// The scenario's number of paths, or `most` where it has more.
Change paths_at_most(std::int64_t most, const Scenario& scenario, const Place& place);

}  // namespace moniac
