// Conditions on variables, as outcomes and triggers have them.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.h"

namespace moniac {

/// `us.y10: {above: 5 %/year}`, a key and its value: its predicates are added to `predicates`.
void read_predicate(const Node& key, const Node& value, std::vector<Predicate>& predicates, Problems& problems);

/// A mapping from variables to their tests. `word` is its key and `owner` whose it is, for messages: "any", "outcome".
std::vector<Predicate> read_predicates(const Node& node, const std::string& word, const std::string& owner,
                                       Problems& problems);

}  // namespace moniac
