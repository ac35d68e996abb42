#include "sim/scenario/conditions.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/format.h"
#include "sim/scenario/quantity.h"

namespace moniac {

namespace {

constexpr const char* like_this = "{us.y10: {above: 5 %/year}}";

Words words_of_predicate() {
  Words words = predicate_tests();
  for (const Key& key : measure_keys()) words.push_back(key.name);
  return words;
}

void read_predicates(const Node& key, const Node& value, const Calendar* time, std::vector<Condition>& parts,
                     Problems& problems) {
  const auto variable = read_variable(key, "the condition", problems);
  if (!expect(Node::Kind::mapping, value, key.text, "{above: 5 %/year}", problems)) return;
  const Words& tests = predicate_tests();
  const Fields fields{value, fmt::format("the condition on {}", key.text), words_of_predicate(), problems};
  const Measure measure = read_measure(variable.value_or(Name{}), fields, time, problems);
  const bool tested = std::any_of(tests.begin(), tests.end(), [&](const auto& test) { return value.find(test); });
  const bool understood = std::all_of(value.entries.begin(), value.entries.end(), [](const auto& entry) {
    const Words words = words_of_predicate();
    return std::find(words.begin(), words.end(), entry.key.text) != words.end();
  });
  if (!tested && understood) problems.add(value.place, "this condition tests nothing", "write {above: 5 %/year}");
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const Node* level = fields.find(tests[i]);
    const auto quantity = level ? read_quantity(*level, tests[i], problems) : std::nullopt;
    if (!variable || !quantity) continue;
    parts.push_back({.kind = Condition::Kind::predicate,
                     .predicate = {.measure = measure, .test = static_cast<Predicate::Test>(i), .level = *quantity},
                     .parts = {}});
  }
}

// The place of `and`, `or`, `not` among the kinds of a condition.
std::optional<Condition::Kind> joint_of(const Node& key) {
  const Words words = names_of(joint_keys());
  const auto found = std::find(words.begin(), words.end(), key.text);
  if (found == words.end()) return {};
  return static_cast<Condition::Kind>(1 + (found - words.begin()));
}

void read_joint(Condition::Kind kind, const Node& key, const Node& value, const Calendar* time,
                std::vector<Condition>& parts, Problems& problems) {
  Condition joint{.kind = kind, .predicate = {}, .parts = {}};
  const auto add = [&](const Node& node) {
    if (node.kind == Node::Kind::scalar) {
      problems.add(node.place, fmt::format("{} is not a condition", in_quotes(node.text)),
                   fmt::format("write {}; outcomes are joined by an outcome of their own", like_this));
      return;
    }
    auto part = read_conditions(node, key.text, in_quotes(key.text), time, problems);
    if (part) joint.parts.push_back(std::move(*part));
  };
  if (kind == Condition::Kind::none_of) {
    add(value);
  } else if (expect(Node::Kind::sequence, value, key.text, fmt::format("[{0}, {0}]", like_this), problems)) {
    if (value.items.size() < 2) {
      problems.add(value.place, fmt::format("this '{}' joins fewer than two conditions", key.text),
                   fmt::format("write {}: [{}, …]", key.text, like_this));
    }
    for (const Node& item : value.items) add(item);
  }
  if (!joint.parts.empty()) parts.push_back(std::move(joint));
}

}  // namespace

bool is_condition(const Node& key) {
  return joint_of(key) || key.text.find('.') != std::string::npos;
}

void read_condition(const Node& key, const Node& value, const Calendar* time, std::vector<Condition>& parts,
                    Problems& problems) {
  if (const auto kind = joint_of(key)) {
    read_joint(*kind, key, value, time, parts, problems);
  } else {
    read_predicates(key, value, time, parts, problems);
  }
}

std::optional<Condition> joined(std::vector<Condition> parts) {
  if (parts.empty()) return {};
  if (parts.size() == 1) return std::move(parts.front());
  return Condition{.kind = Condition::Kind::all_of, .predicate = {}, .parts = std::move(parts)};
}

std::optional<Condition> read_conditions(const Node& node, const std::string& word, const std::string& owner,
                                         const Calendar* time, Problems& problems) {
  if (!expect(Node::Kind::mapping, node, word, like_this, problems)) return {};
  std::vector<Condition> parts;
  for (const auto& [key, value] : node.entries) read_condition(key, value, time, parts, problems);
  if (node.entries.empty()) {
    problems.add(node.place, fmt::format("this {} tests nothing", owner), fmt::format("write {}", like_this));
  }
  return joined(std::move(parts));
}

}  // namespace moniac
