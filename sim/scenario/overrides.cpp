// The --set options.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/resolve.h"
#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

// The keys from the root of the tree to the value that an option sets.
using Address = std::vector<std::string>;

std::vector<std::string> split(std::string_view text, std::size_t parts) {
  std::vector<std::string> words;
  while (words.size() + 1 < parts && text.find('.') != std::string_view::npos) {
    words.emplace_back(text.substr(0, text.find('.')));
    text.remove_prefix(text.find('.') + 1);
  }
  words.emplace_back(text);
  return words;
}

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
    const auto address = find_address(text, place);
    if (const auto [first, fresh] = seen_.emplace(text, place); !fresh) {
      problems_.add(place, fmt::format("{} is set twice", in_quotes(text)), "keep one of the two", first->second);
    }
    if (!address) return;
    const std::size_t before = problems_.list().size();
    const Node value = read_document(source, problems_, equals + 1);
    if (problems_.list().size() == before) put(*address, value, place);
  }

 private:
  std::optional<Address> find_address(const std::string& text, const Place& place) {
    const std::string head = split(text, 2)[0];
    if (text == "title" || text == "description") return Address{text};
    if (head == "time") return section_key(text, names_of(time_keys()), place);
    if (head == "ensemble") return section_key(text, names_of(ensemble_keys()), place);
    if (head == "record") return section_key(text, names_of(record_keys()), place);
    if (head == "levers" || head == "impose") return section_variable(text, place);
    const auto& sections = section_names();
    if (std::find(sections.begin(), sections.end(), head) != sections.end()) {
      problems_.add(place, fmt::format("{} cannot be set by an option", in_quotes(text)),
                    "addresses: time.…, ensemble.…, record.…, levers.<variable>, impose.<variable>, "
                    "<scope>.<instance>.<parameter>");
      return {};
    }
    return parameter(text, place);
  }

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
    return "addresses: time.…, ensemble.…, record.…, levers.<variable>, impose.<variable>, "
           "<scope>.<instance>.<parameter>";
  }

  void put(const Address& address, const Node& value, const Place& place) {
    Node* node = &tree_;
    for (std::size_t i = 0; i < address.size(); ++i) {
      if (node->kind == Node::Kind::null) node->kind = Node::Kind::mapping;
      if (node->kind != Node::Kind::mapping) return;  // the section reader says what is wrong with it
      const bool is_length = address[0] == "time" && value.kind != Node::Kind::null;
      if (i + 1 == address.size() && is_length) drop_other_length(*node, address[i]);
      Node* next = node->find(address[i]);
      if (!next) {
        Node key;
        key.kind = Node::Kind::scalar;
        key.text = address[i];
        key.place = place;
        node->add(key, Node{Node::Kind::null, place, {}, false, {}, {}});
        next = &node->entries.back().value;
      }
      if (i + 1 == address.size()) {
        finish(*node, address[i], value, place);
        return;
      }
      node = next;
    }
  }

  // A null takes the entry out, so that the default is in force.
  static void finish(Node& mapping, const std::string& name, const Node& value, const Place& place) {
    auto& entries = mapping.entries;
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.key.text == name; });
    if (value.kind == Node::Kind::null) {
      entries.erase(entry);
    } else {
      entry->key.place = place;
      entry->value = value;
    }
  }

  Node& tree_;
  Problems& problems_;
  std::map<std::string, Place> seen_;
};

}  // namespace

void apply_overrides(Node& tree, const std::vector<Override>& overrides, Problems& problems) {
  OverrideReader reader{tree, problems};
  for (const Override& given : overrides) reader.apply(given);
}

}  // namespace moniac
