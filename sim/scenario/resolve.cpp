#include "sim/scenario/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <unordered_map>

#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/source.h"

namespace moniac {

namespace {

constexpr std::size_t longest_chain = 16;

bool is_mapping(const Node& node) {
  return node.kind == Node::Kind::mapping;
}

void erase(Node& mapping, std::string_view key) {
  auto& entries = mapping.entries;
  entries.erase(std::remove_if(entries.begin(), entries.end(), [&](const auto& e) { return e.key.text == key; }),
                entries.end());
}

// How many levels of mappings below a section are structure; what lies deeper is a value and is replaced as a whole.
int levels_of(std::string_view section) {
  if (section == "models") return 3;  // instances, their parameters, and inputs
  if (section == "events" || section == "correlations") return 0;
  return 1;
}

void merge(Node& base, const Node& over, std::string_view section = {}, int levels = 0);

// What becomes of an inherited entry of a section, or of the whole scenario where none is named.
Node merged(Node inherited, const Node& key, const Node& value, std::string_view section, int levels) {
  if (section.empty()) {
    section = key.text;
    levels = levels_of(section);
  }
  const bool is_value = section == "models" && levels == 1 && key.text != "inputs";
  if (levels == 0 || is_value || !is_mapping(inherited) || !is_mapping(value)) return value;
  merge(inherited, value, section, levels - 1);
  return inherited;
}

// Entries of `over` change those of `base`, a null takes one out, new ones follow.
void merge(Node& base, const Node& over, std::string_view section, int levels) {
  std::unordered_map<std::string_view, const Node::Entry*> given;
  const bool both_lengths = over.find("steps") && over.find("horizon");
  for (const Node::Entry& entry : over.entries) {
    given.emplace(entry.key.text, &entry);
    const bool has_value = entry.value.kind != Node::Kind::null;
    if (section == "time" && has_value && !both_lengths) drop_other_length(base, entry.key.text);
  }
  std::vector<Node::Entry> entries;
  for (Node::Entry& inherited : base.entries) {
    const auto found = given.find(inherited.key.text);
    if (found == given.end()) {
      entries.push_back(std::move(inherited));
      continue;
    }
    const auto& [key, value] = *found->second;
    if (value.kind != Node::Kind::null) {
      entries.push_back({key, merged(std::move(inherited.value), key, value, section, levels)});
    }
    given.erase(found);
  }
  for (const Node::Entry& entry : over.entries) {
    if (given.count(entry.key.text) == 1) entries.push_back(entry);
  }
  base.entries = std::move(entries);
  base.place = over.place;
}

// Follows `extends` from file to file.
class Chain {
 public:
  explicit Chain(Problems& problems) : problems_(problems) {}

  std::optional<Node> read(const std::shared_ptr<const SourceText>& source) {
    bytes_ += source->text.size();
    const std::size_t before = problems_.list().size();
    Node tree = read_document(source, problems_);
    if (problems_.list().size() > before) return {};
    if (tree.kind == Node::Kind::null) {
      problems_.add({source, 0, 0, 0}, "the scenario is empty", "the first line is 'moniac: 1'");
      return {};
    }
    if (!expect(Node::Kind::mapping, tree, "a scenario", "'moniac: 1', 'time: …', 'models: …'", problems_)) return {};
    names_.push_back(source->name);
    files_.push_back(identity(source->name));
    const Node* extends = tree.find("extends");
    std::optional<Node> base;
    if (extends && extends->kind != Node::Kind::null) base = read_base(*extends, *source);
    if (extends && extends->kind != Node::Kind::null && !base) return tree;
    erase(tree, "extends");
    if (!base) return tree;
    merge(*base, tree);
    return base;
  }

 private:
  static std::string identity(const std::string& path) {
    std::error_code error;
    const auto canonical = std::filesystem::weakly_canonical(path, error);
    return error ? path : canonical.string();
  }

  std::optional<Node> read_base(const Node& extends, const SourceText& from) {
    const auto path = read_text(extends, "extends", problems_);
    if (!path) return {};
    const std::string name = path_beside(from, *path);
    const bool cycle = std::find(files_.begin(), files_.end(), identity(name)) != files_.end();
    if (cycle || names_.size() >= longest_chain) {
      problems_.add(extends.place,
                    cycle ? fmt::format("the scenario extends itself: {} -> {}", fmt::join(names_, " -> "), name)
                          : fmt::format("a chain of more than {} scenarios: {} -> {}", longest_chain,
                                        fmt::join(names_, " -> "), name),
                    cycle ? "let one of them stand alone" : "join some of them");
      return {};
    }
    const auto source = read_named_source(name, extends.place, problems_);
    if (source && bytes_ + source->text.size() > max_document_bytes) {
      problems_.add(extends.place, "the scenario has more than 1 MiB with everything that it extends",
                    "put long series into a CSV file: {csv: file, column: name}");
      return {};
    }
    return source ? read(source) : std::nullopt;
  }

  Problems& problems_;
  std::size_t bytes_ = 0;
  std::vector<std::string> names_;
  std::vector<std::string> files_;
};

}  // namespace

const std::vector<std::string>& section_names() {
  static const std::vector<std::string> names = names_of(section_keys());
  return names;
}

void drop_other_length(Node& time, std::string_view key) {
  if (key == "steps") erase(time, "horizon");
  if (key == "horizon") erase(time, "steps");
}

std::optional<Node> read_with_bases(const std::shared_ptr<const SourceText>& source, Problems& problems) {
  return Chain{problems}.read(source);
}

}  // namespace moniac
