#include "sim/scenario/fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace moniac {

namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string unknown_key_remedy(const std::string& key, const std::vector<std::string>& known) {
  const std::size_t colon = key.find(':');
  if (colon != std::string::npos && colon + 1 < key.size()) {
    return fmt::format("a blank belongs behind the colon: {}: {}", key.substr(0, colon), key.substr(colon + 1));
  }
  if (std::all_of(key.begin(), key.end(), is_digit)) return "decimals follow a point: 2.5";
  return suggestion(key, known);
}

// Letters of either case, digits and underscores, separated by single commas.
bool is_label_list(std::string_view text) {
  bool word_open = false;
  for (const char c : text) {
    const bool letter = is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '*';
    if (!letter && !(c == ',' && word_open)) return false;
    word_open = letter;
  }
  return word_open;
}

}  // namespace

Fields::Fields(const Node& node, std::string what, const std::vector<std::string>& known, Problems& problems)
    : node_(node), what_(std::move(what)), problems_(problems) {
  if (!valid()) {
    problems_.add(node.place, fmt::format("{} must be a mapping, not {}", what_, to_string(node.kind)),
                  fmt::format("keys: {}", fmt::join(known, ", ")));
    return;
  }
  for (const auto& [key, value] : node.entries) {
    if (std::find(known.begin(), known.end(), key.text) == known.end()) {
      problems_.add(key.place, fmt::format("unknown key {} in {}", in_quotes(key.text), what_),
                    unknown_key_remedy(key.text, known));
    } else if (value.kind == Node::Kind::null) {
      problems_.add(key.place, fmt::format("{} of {} has no value", in_quotes(key.text), what_),
                    "give it one, or remove the key");
    }
  }
}

const Node* Fields::find(std::string_view key) const {
  const Node* value = node_.find(key);
  return value && value->kind != Node::Kind::null ? value : nullptr;
}

const Node* Fields::require(std::string_view key, const std::string& remedy) const {
  if (valid() && !node_.find(key)) {
    problems_.add(node_.place, fmt::format("{} has no {}", what_, in_quotes(key)), remedy);
  }
  return find(key);
}

bool expect(Node::Kind kind, const Node& node, const std::string& what, const std::string& like, Problems& problems) {
  if (node.kind == kind) return true;
  problems.add(node.place, fmt::format("{} must be {}, not {}", what, to_string(kind), to_string(node.kind)),
               fmt::format("write it like {}", like));
  return false;
}

std::optional<std::string> read_text(const Node& node, const std::string& what, Problems& problems) {
  if (node.kind == Node::Kind::scalar) return node.text;
  problems.add(node.place, fmt::format("{} must be a text, not {}", what, to_string(node.kind)),
               node.kind == Node::Kind::mapping ? "a text that contains ': ' needs quotes" : "");
  return {};
}

std::optional<int> read_choice(const Node& node, const std::string& what, const std::vector<std::string>& choices,
                               Problems& problems) {
  const auto text = read_text(node, what, problems);
  if (!text) return {};
  const auto found = std::find(choices.begin(), choices.end(), *text);
  if (found != choices.end()) return static_cast<int>(found - choices.begin());
  const auto near = closest(*text, choices);
  problems.add(node.place, fmt::format("{} = {} is none of: {}", what, in_quotes(*text), fmt::join(choices, ", ")),
               near ? fmt::format("did you mean '{}'?", *near) : "");
  return {};
}

std::optional<std::size_t> read_kind(const Node& node, const std::vector<std::string>& kinds,
                                     const KindMessages& messages, Problems& problems) {
  std::optional<std::size_t> kind;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const Node* value = node.find(kinds[i]);
    if (!value) continue;
    if (kind) {
      problems.add(value->place, messages.two, messages.keep_one, node.find(kinds[*kind])->place);
      return {};
    }
    kind = i;
  }
  if (!kind) problems.add(node.place, messages.none, messages.write_one);
  return kind && node.find(kinds[*kind])->kind != Node::Kind::null ? kind : std::nullopt;
}

std::optional<Date> read_date(const Node& node, const std::string& what, Problems& problems) {
  const auto text = read_text(node, what, problems);
  if (!text) return {};
  if (const auto date = parse_date(*text)) return date;
  problems.add(node.place, fmt::format("{} = {} is not a date", what, in_quotes(*text)),
               "write an existing day as year-month-day: 2025-12-01");
  return {};
}

void check_in_run(Date date, const Place& place, const std::string& what, const Calendar& time, Problems& problems) {
  if (time.step_of(date)) return;
  problems.add(
      place,
      fmt::format("{} {} is outside the run, {} … {}", what, iso(date), iso(time.start), iso(time.date(time.steps))),
      "move the date, or the start or horizon of the run");
}

std::optional<std::vector<std::pair<Date, Place>>> read_dates(const Node& node, const std::string& what,
                                                              Problems& problems) {
  if (!expect(Node::Kind::sequence, node, what, "[2025-03-19, 2025-05-07]", problems)) return {};
  std::vector<std::pair<Date, Place>> dates;
  bool good = true;
  for (const Node& item : node.items) {
    const auto date = read_date(item, what, problems);
    good = good && date;
    if (!date) continue;
    if (!dates.empty() && *date <= dates.back().first) {
      problems.add(item.place,
                   fmt::format("{} must increase: {} does not follow {}", what, iso(*date), iso(dates.back().first)));
      good = false;
    }
    dates.emplace_back(*date, item.place);
  }
  if (!good) return {};
  return dates;
}

bool is_name(std::string_view text) {
  return !text.empty() && is_lower(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

void check_name(const Node& node, const std::string& owner, Problems& problems) {
  const auto text = read_text(node, "the name of " + owner, problems);
  if (!text || is_name(*text)) return;
  problems.add(node.place, fmt::format("{} is not a name for {}", in_quotes(*text), owner),
               "use lower-case letters, digits and underscores");
}

bool is_variable(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || !is_name(text.substr(0, dot))) return false;
  const std::size_t bracket = text.find('[');
  if (bracket == std::string_view::npos) return is_name(text.substr(dot + 1));
  return bracket > dot && is_name(text.substr(dot + 1, bracket - dot - 1)) && text.back() == ']' &&
         is_label_list(text.substr(bracket + 1, text.size() - bracket - 2));
}

std::optional<Name> read_variable(const Node& node, const std::string& what, Problems& problems) {
  const auto text = read_text(node, what, problems);
  if (!text) return {};
  if (is_variable(*text)) return Name{*text, node.place};
  problems.add(node.place, fmt::format("{} in {} is not the name of a variable", in_quotes(*text), what),
               "write it like us.y10 or \"us.holdings[japan]\"");
  return {};
}

}  // namespace moniac
