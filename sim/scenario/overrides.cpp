// Addresses of values in a scenario, and the --set options that use them.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/resolve.h"
#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

std::vector<std::string> split(std::string_view text, std::size_t parts) {
  std::vector<std::string> words;
  while (words.size() + 1 < parts && text.find('.') != std::string_view::npos) {
    words.emplace_back(text.substr(0, text.find('.')));
    text.remove_prefix(text.find('.') + 1);
  }
  words.emplace_back(text);
  return words;
}

// Finds what an address means in a tree, or says why it means nothing.
class AddressReader {
 public:
  AddressReader(const Node& tree, Problems& problems) : tree_(tree), problems_(problems) {}

  std::optional<Address> read(const std::string& text, const Place& place) {
    const std::string head = split(text, 2)[0];
    if (text == "title" || text == "description") return Address{text};
    if (head == "time") return section_key(text, names_of(time_keys()), place);
    if (head == "ensemble") return section_key(text, names_of(ensemble_keys()), place);
    if (head == "record") return section_key(text, names_of(record_keys()), place);
    if (head == "levers" || head == "impose") return section_variable(text, place);
    if (head == "events") return event(text, place);
    const auto& sections = section_names();
    if (std::find(sections.begin(), sections.end(), head) != sections.end()) {
      problems_.add(place, fmt::format("{} cannot be set here", in_quotes(text)), known_addresses);
      return {};
    }
    return parameter(text, place);
  }

 private:
  static constexpr const char* known_addresses =
      "addresses: time.…, ensemble.…, record.…, levers.<variable>, impose.<variable>, events.<name>.…, "
      "<scope>.<instance>.<parameter>";

  std::optional<Address> section_key(const std::string& text, const std::vector<std::string>& known,
                                     const Place& place) {
    const std::vector<std::string> words = split(text, 2);
    const std::string key = words.size() == 2 ? words[1] : "";
    if (std::find(known.begin(), known.end(), key) != known.end()) return Address{words[0], key};
    problems_.add(place, fmt::format("unknown address {}", in_quotes(text)), suggestion(key, known));
    return {};
  }

  std::optional<Address> section_variable(const std::string& text, const Place& place) {
    const std::vector<std::string> words = split(text, 2);
    if (words.size() == 2 && is_variable(words[1])) return Address{words[0], words[1]};
    problems_.add(place, fmt::format("{} names no variable", in_quotes(text)),
                  fmt::format("write {}.us.fed_purchases=60 USD bn/month", words[0]));
    return {};
  }

  // events.<name>.<key>, or events.<name>.<action>.<lever>
  std::optional<Address> event(const std::string& text, const Place& place) {
    const std::vector<std::string> words = split(text, 4);
    const std::vector<std::string> names = event_names();
    if (words.size() < 3 || std::find(names.begin(), names.end(), words[1]) == names.end()) {
      problems_.add(place, fmt::format("{} addresses no event with a name", in_quotes(text)),
                    names.empty() ? "give the event a name: {name: hike, at: 2025-06-01, …}"
                                  : suggestion(words.size() > 1 ? words[1] : "", names));
      return {};
    }
    const Words& actions = event_actions();
    const bool is_action = std::find(actions.begin(), actions.end(), words[2]) != actions.end();
    const Words keys = names_of(event_keys());
    const bool is_key = std::find(keys.begin(), keys.end(), words[2]) != keys.end() && words[2] != "name";
    if (is_action && words.size() == 4 && is_variable(words[3])) return Address{words.begin(), words.end()};
    if (!is_action && is_key && words.size() == 3) return Address{words.begin(), words.end()};
    problems_.add(place, fmt::format("unknown address {}", in_quotes(text)),
                  "write events.<name>.at, events.<name>.for or events.<name>.set.<lever>");
    return {};
  }

  std::vector<std::string> event_names() const {
    std::vector<std::string> names;
    const Node* events = tree_.find("events");
    if (!events) return names;
    for (const Node& item : events->items) {
      if (const Node* name = item.find("name")) names.push_back(name->text);
    }
    return names;
  }

  std::optional<Address> parameter(const std::string& text, const Place& place) {
    const std::vector<std::string> words = split(text, 3);
    const Node* models = tree_.find("models");
    const std::vector<std::string> instances = models ? models->keys() : std::vector<std::string>{};
    if (words.size() < 3) {
      problems_.add(place, fmt::format("unknown address {}", in_quotes(text)), address_hint(words, instances));
      return {};
    }
    const std::string instance = words[0] + "." + words[1];
    if (std::find(instances.begin(), instances.end(), instance) == instances.end()) {
      problems_.add(place, fmt::format("the scenario has no model {}", in_quotes(instance)),
                    suggestion(instance, instances));
      return {};
    }
    const std::string inputs = "inputs.";
    if (words[2].rfind(inputs, 0) == 0) return Address{"models", instance, "inputs", words[2].substr(inputs.size())};
    if (is_name(words[2])) return Address{"models", instance, words[2]};
    problems_.add(place, fmt::format("{} is not the name of a parameter", in_quotes(words[2])),
                  "write <scope>.<instance>.<parameter>=value");
    return {};
  }

  static std::string address_hint(const std::vector<std::string>& words, const std::vector<std::string>& instances) {
    const std::string whole = fmt::format("{}", fmt::join(words, "."));
    if (std::find(instances.begin(), instances.end(), whole) != instances.end()) {
      return fmt::format("add the parameter: {}.<parameter>=value", whole);
    }
    if (const auto near = closest(words[0], section_names())) return fmt::format("did you mean '{}'?", *near);
    return known_addresses;
  }

  const Node& tree_;
  Problems& problems_;
};

class OverrideReader {
 public:
  OverrideReader(Node& tree, Problems& problems) : tree_(tree), problems_(problems) {}

  void apply(const Override& given) {
    const auto source =
        std::make_shared<const SourceText>(SourceText{"--set " + printable_text(given.text), given.text});
    const std::size_t equals = given.text.find('=');
    if (equals == std::string::npos) {
      problems_.add({source, 1, 1, static_cast<int>(given.text.size())}, "no '=' in this option",
                    "write address=value: us.policy_rate.phi_pi=1.8");
      return;
    }
    const std::string text = given.text.substr(0, equals);
    const Place place{source, 1, 1, static_cast<int>(equals)};
    const auto address = find_address(tree_, text, place, problems_);
    if (const auto [first, fresh] = seen_.emplace(text, place); !fresh) {
      problems_.add(place, fmt::format("{} is set twice", in_quotes(text)), "keep one of the two", first->second);
    }
    if (!address) return;
    const std::size_t before = problems_.list().size();
    const Node value = read_document(source, problems_, equals + 1);
    if (problems_.list().size() == before) put(tree_, *address, value, place);
  }

 private:
  Node& tree_;
  Problems& problems_;
  std::map<std::string, Place> seen_;
};

// The entry `key` of a mapping, made where it is missing; or the item of a list that has this name.
Node* find_or_add(Node& node, const std::string& key, const Place& place) {
  if (node.kind == Node::Kind::sequence) {
    for (Node& item : node.items) {
      const Node* name = item.find("name");
      if (name && name->text == key) return &item;
    }
    return nullptr;
  }
  if (node.kind == Node::Kind::null) node.kind = Node::Kind::mapping;
  if (node.kind != Node::Kind::mapping) return nullptr;
  if (Node* found = node.find(key)) return found;
  Node name;
  name.kind = Node::Kind::scalar;
  name.text = key;
  name.place = place;
  node.add(name, Node{Node::Kind::null, place, {}, false, {}, {}});
  return &node.entries.back().value;
}

// A null takes the entry out, so that the default is in force.
void finish(Node& mapping, const std::string& name, const Node& value, const Place& place) {
  auto& entries = mapping.entries;
  const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.key.text == name; });
  if (value.kind == Node::Kind::null) {
    entries.erase(entry);
  } else {
    entry->key.place = place;
    entry->value = value;
  }
}

}  // namespace

std::optional<Address> find_address(const Node& tree, const std::string& text, const Place& place, Problems& problems) {
  return AddressReader{tree, problems}.read(text, place);
}

void put(Node& tree, const Address& address, const Node& value, const Place& place) {
  Node* node = &tree;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const bool last = i + 1 == address.size();
    if (last && address[0] == "time" && value.kind != Node::Kind::null) drop_other_length(*node, address[i]);
    Node* next = find_or_add(*node, address[i], place);
    if (!next) return;  // the section reader says what is wrong with it
    if (last) finish(*node, address[i], value, place);
    node = next;
  }
}

void apply_overrides(Node& tree, const std::vector<Override>& overrides, Problems& problems) {
  OverrideReader reader{tree, problems};
  for (const Override& given : overrides) reader.apply(given);
}

}  // namespace moniac
