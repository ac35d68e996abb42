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

/// The keys from the root of a scenario's tree to a value; an event is found by its name.
using Address = std::vector<std::string>;

/// What `text` addresses: <section>.<key>, levers.<variable>, impose.<variable>, events.<name>.<key>,
/// events.<name>.<action>.<lever>, <scope>.<instance>.<parameter> or <scope>.<instance>.inputs.<input>.
std::optional<Address> find_address(const Node& tree, const std::string& text, const Place& place, Problems& problems);

/// Puts a value there; a null takes the entry out, so that the default is in force.
void put(Node& tree, const Address& address, const Node& value, const Place& place);

/// A value of the scenario as it is to become.
struct Change {
  Address address;
  Node value;
};

/// The scenario with those changes, checked as its file was; what is wrong goes to `problems`.
Scenario changed(const Scenario& scenario, const std::vector<Change>& changes, Problems& problems);

/// Applies --set options; their order does not matter.
void apply_overrides(Node& tree, const std::vector<Override>& overrides, Problems& problems);

/// Of `steps` and `horizon`, takes the one that is not `key` out of a time section: the later word rules.
void drop_other_length(Node& time, std::string_view key);

}  // namespace moniac
