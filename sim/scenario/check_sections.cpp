#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/number.h"
#include "sim/scenario/sections.h"

namespace moniac {

void check_sections(const Node& tree, const Place& top, const std::string& what, const Words& known,
                    Problems& problems) {
  const Node* version = tree.find("moniac");
  if (!version || version->kind == Node::Kind::null) {
    problems.add(top, fmt::format("the {} has no 'moniac'", what),
                 fmt::format("write 'moniac: 1' first: the version of the {} format", what));
  } else if (const auto number = read_integer(*version, "moniac", 0, 1'000'000, problems);
             number && *number != format_version) {
    problems.add(version->place, fmt::format("{} format {} is unknown to this version", what, *number),
                 "write moniac: 1");
  }
  for (const auto& entry : tree.entries) {
    if (std::find(known.begin(), known.end(), entry.key.text) != known.end()) continue;
    problems.add(entry.key.place, fmt::format("unknown section {}", in_quotes(entry.key.text)),
                 suggestion(entry.key.text, known));
  }
}

std::optional<Node> read_file(const std::shared_ptr<const SourceText>& source, const std::string& what,
                              const Words& known, Problems& problems) {
  const std::size_t before = problems.list().size();
  Node tree = read_document(source, problems);
  if (problems.list().size() > before) return {};
  if (!expect(Node::Kind::mapping, tree, "the file", "moniac: 1", problems)) return {};
  check_sections(tree, {source, 0, 0, 0}, what, known, problems);
  return tree;
}

}  // namespace moniac
