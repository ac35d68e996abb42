// A YAML document as a plain tree with places. document.cpp is the only user of yaml-cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/problem.h"

namespace moniac {

/// A value of the document. Scalars stay text; what they mean is decided where they are used.
struct Node {
  struct Entry;
  enum class Kind { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  Place place;
  std::string text;            ///< of a scalar
  bool quoted = false;         ///< a quoted scalar is never a number; so is text over several lines
  std::vector<Node> items;     ///< of a sequence
  std::vector<Entry> entries;  ///< of a mapping: key (a scalar) and value, in file order

  const Node* find(std::string_view key) const;  ///< value of a mapping's key, or null
  Node* find(std::string_view key);
  std::vector<std::string> keys() const;
  void add(Node key, Node value);  ///< appends to a mapping
};

struct Node::Entry {
  Node key;
  Node value;
};

/// "a list", for messages.
std::string to_string(Node::Kind kind);

/// Number of values in the tree: scalars, nulls, lists and mappings, without keys.
std::size_t count_values(const Node& node);

/// Values of a document, and of a scenario with everything that it extends and the CSV files that it names.
inline constexpr std::size_t max_document_values = 50'000;

/// Reads one strict YAML document: UTF-8 without NUL, no longer than its source may be, at most 50,000 values and depth
/// 64; no aliases, tags or second document; keys unique. Everything wrong goes to `problems`, and the node is then
/// null. The first `from` bytes are not part of the document: the address in front of a --set value.
Node read_document(const std::shared_ptr<const SourceText>& source, Problems& problems, std::size_t from = 0);

/// `node` as block YAML text, so that reading it again gives an equal tree.
std::string write_document(const Node& node);

/// `node` on one line, as a person would write it: "{2025-01-01: 0.5, 2025-06-01: 0.8}".
std::string flow_text(const Node& node);

}  // namespace moniac
