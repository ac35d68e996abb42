// Conditions on variables, as outcomes and triggers have them, and buckets of a variable.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/fields.h"
#include "sim/scenario/scenario.h"

namespace moniac {

// Lengths and dates are checked against the time grid where it is known (`time` not null).

/// The measure of a variable, from the fields beside its tests: `{change: 6 months, above: 100 bp}`.
Measure read_measure(Name variable, const Fields& fields, const Calendar* time, Problems& problems);

/// Whether the key is one of a condition: a variable, or one of and, or, not.
bool is_condition(const Node& key);

/// What a key of a condition says with its value, `us.y10: {above: 5 %/year}` or `not: {…}`, is added to `parts`.
void read_condition(const Node& key, const Node& value, const Calendar* time, std::vector<Condition>& parts,
                    Problems& problems);

/// Conditions of one mapping, which must hold together. Empty without any.
std::optional<Condition> joined(std::vector<Condition> parts);

/// `{us.y10: {above: 5 %/year}, or: [{us.y2: {below: 3 %/year}}, {not: {us.x: {above: 1}}}]}`. `word` is its key and
/// `owner` whose it is, for messages: "any", "outcome".
std::optional<Condition> read_conditions(const Node& node, const std::string& word, const std::string& owner,
                                         const Calendar* time, Problems& problems);

/// `{us.y10: {change: 12 months, at: 2026-12-31, edges: [0 bp, 100 bp], labels: [down, up, far_up]}}`.
std::optional<BucketSpec> read_buckets(const Node& body, const Calendar* time, Problems& problems);

}  // namespace moniac
