#include "sim/scenario/conditions.h"

#include <fmt/format.h>

#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/quantity.h"

namespace moniac {

void read_predicate(const Node& key, const Node& value, std::vector<Predicate>& predicates, Problems& problems) {
  const auto variable = read_variable(key, "the condition", problems);
  if (!expect(Node::Kind::mapping, value, key.text, "{above: 5 %/year}", problems)) return;
  const Words& tests = predicate_tests();
  const Fields fields{value, fmt::format("the condition on {}", key.text), tests, problems};
  if (value.entries.empty()) problems.add(value.place, "this condition tests nothing", "write {above: 5 %/year}");
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const Node* level = fields.find(tests[i]);
    const auto quantity = level ? read_quantity(*level, tests[i], problems) : std::nullopt;
    if (variable && quantity) predicates.push_back({*variable, static_cast<Predicate::Test>(i), *quantity});
  }
}

std::vector<Predicate> read_predicates(const Node& node, const std::string& word, const std::string& owner,
                                       Problems& problems) {
  std::vector<Predicate> predicates;
  if (!expect(Node::Kind::mapping, node, word, "{us.y10: {above: 5 %/year}}", problems)) return predicates;
  for (const auto& [key, value] : node.entries) read_predicate(key, value, predicates, problems);
  if (node.entries.empty()) {
    problems.add(node.place, fmt::format("this {} tests nothing", owner), "write {us.y10: {above: 5 %/year}}");
  }
  return predicates;
}

}  // namespace moniac
