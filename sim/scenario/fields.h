// Reading one mapping whose keys are known.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/calendar.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// The keys of one mapping. Construction reports a node that is no mapping, unknown keys with the closest known one,
/// and keys without a value.
class Fields {
 public:
  /// `what` names the mapping in messages: "time", "outcome bank_failure".
  Fields(const Node& node, std::string what, const std::vector<std::string>& known, Problems& problems);

  /// Value of a key; null when the key or its value is missing.
  const Node* find(std::string_view key) const;
  /// The same, and a problem when the key is missing.
  const Node* require(std::string_view key, const std::string& remedy) const;
  bool valid() const { return node_.kind == Node::Kind::mapping; }

 private:
  const Node& node_;
  std::string what_;
  Problems& problems_;
};

/// A single value as text; any scalar is one. Adds a problem otherwise, like the functions below.
std::optional<std::string> read_text(const Node& node, const std::string& what, Problems& problems);

/// One of a list of words, as its index.
std::optional<int> read_choice(const Node& node, const std::string& what, const std::vector<std::string>& choices,
                               Problems& problems);

/// What is said of a mapping that has two kinds, and of one that has none, each with its remedy.
struct KindMessages {
  std::string two;
  std::string keep_one;
  std::string none;
  std::string write_one;
};
/// The one of `kinds` that is a key of the mapping, as its index. Empty, with a problem, when there are two or none, or
/// when it has no value, which is for Fields to report.
std::optional<std::size_t> read_kind(const Node& node, const std::vector<std::string>& kinds,
                                     const KindMessages& messages, Problems& problems);

/// A date, 2025-12-01.
std::optional<Date> read_date(const Node& node, const std::string& what, Problems& problems);

/// Adds a problem where the date is in no step of the run.
void check_in_run(Date date, const Place& place, const std::string& what, const Calendar& time, Problems& problems);

/// Dates in increasing order.
std::optional<std::vector<std::pair<Date, Place>>> read_dates(const Node& node, const std::string& what,
                                                              Problems& problems);

/// Adds a problem unless `node` is of that kind; `like` shows what is expected.
bool expect(Node::Kind kind, const Node& node, const std::string& what, const std::string& like, Problems& problems);

/// Whether the text is a name: [a-z][a-z0-9_]*.
bool is_name(std::string_view text);

/// Adds a problem unless the node is a name; `owner` says whose: "an outcome".
void check_name(const Node& node, const std::string& owner, Problems& problems);

/// Whether the text is a variable, "us.y10" or "us.holdings[japan]" or "trade.flow[USA,CHN]".
bool is_variable(std::string_view text);

/// The node's text as a variable.
std::optional<Name> read_variable(const Node& node, const std::string& what, Problems& problems);

}  // namespace moniac
