// One tree from a scenario, the files it extends, and the --set options.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/scenario/scenario.h"

namespace moniac {

/// The sections of a scenario, in the order of the documentation.
const std::vector<std::string>& section_names();

/// The scenario with everything it extends: mappings merge, a null takes an inherited entry out, and whatever is a
/// value of its own (a list, a schedule, an outcome) replaces the inherited one. Places keep
/// pointing into the file where a value stands. `extends` is gone afterwards; it stays where a base could not be read,
/// so that what is missing may have been inherited. Empty when the text is no scenario at all.
std::optional<Node> read_with_bases(const std::shared_ptr<const SourceText>& source, Problems& problems);

/// Applies --set options. Addresses are <section>.<key>, levers.<variable>, impose.<variable>,
/// <scope>.<instance>.<parameter> and <scope>.<instance>.inputs.<input>; their order does not matter.
void apply_overrides(Node& tree, const std::vector<Override>& overrides, Problems& problems);

/// Of `steps` and `horizon`, takes the one that is not `key` out of a time section: the later word rules.
void drop_other_length(Node& time, std::string_view key);

}  // namespace moniac
