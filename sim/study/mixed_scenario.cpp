#include "sim/study/mixed_scenario.h"

#include <algorithm>
#include <string_view>

#include "sim/scenario/resolve.h"

namespace moniac {

namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool starts_with(std::string_view text, std::string_view begin) {
  return text.substr(0, begin.size()) == begin;
}

// Lists of things with and without names. The others are values at an address.
bool in_list(std::string_view input) {
  return input == "events" || input == "correlations" || starts_with(input, "events.");
}

// "models.us.banks", "levers.us.tga", or a parameter "us.banks.equity" or input "us.banks.inputs.us.y10" of a model.
Address address_of(const std::string& input) {
  for (const std::string section : {"models", "levers", "impose"}) {
    if (starts_with(input, section + ".")) return {section, input.substr(section.size() + 1)};
  }
  const std::size_t instance = input.find('.', input.find('.') + 1);
  const std::string key = input.substr(0, instance), rest = input.substr(instance + 1);
  const std::string inputs = "inputs.";
  if (starts_with(rest, inputs)) return {"models", key, "inputs", rest.substr(inputs.size())};
  return {"models", key, rest};
}

Node value_at(const Node& tree, const Address& address) {
  const Node* node = &tree;
  for (const std::string& key : address) {
    node = node->find(key);
    if (node == nullptr) return {};
  }
  return *node;
}

std::vector<Node> items_of(const Node& tree, const std::string& section) {
  const Node* node = tree.find(section);
  return node == nullptr ? std::vector<Node>{} : node->items;
}

// What an item of a list is called as an input: those without a name share that of the section.
std::string input_of(const std::string& section, const Node& item) {
  const Node* name = item.find("name");
  return name == nullptr ? section : section + "." + name->text;
}

std::vector<Node> items_named(const std::vector<Node>& items, const std::string& section, const std::string& input) {
  std::vector<Node> named;
  std::copy_if(items.begin(), items.end(), std::back_inserter(named),
               [&](const Node& item) { return input_of(section, item) == input; });
  return named;
}

std::vector<std::string> texts(const std::vector<Node>& items) {
  std::vector<std::string> all;
  for (const Node& item : items) all.push_back(flow_text(item));
  return all;
}

// A list with the inputs `from_b` as in b: each where a has it, those that only b has at the end.
std::vector<Node> mixed_items(const std::vector<Node>& a, const std::vector<Node>& b, const std::string& section,
                              const std::vector<std::string>& from_b) {
  std::vector<Node> items;
  std::vector<std::string> taken;
  const auto take = [&](const std::string& input) {
    if (has(taken, input)) return;
    taken.push_back(input);
    for (const Node& item : items_named(b, section, input)) items.push_back(item);
  };
  for (const Node& item : a) {
    const std::string input = input_of(section, item);
    if (has(from_b, input)) {
      take(input);
    } else {
      items.push_back(item);
    }
  }
  for (const Node& item : b) {
    const std::string input = input_of(section, item);
    if (has(from_b, input)) take(input);
  }
  return items;
}

// The order of items matters where they act on one lever, so the whole list of b is taken once nothing differs but it.
Change list_change(const Node& a, const Node& b, const std::string& section, const std::vector<std::string>& from_b) {
  const std::vector<Node> in_a = items_of(a, section), in_b = items_of(b, section);
  Node list{.kind = Node::Kind::sequence, .place = {}, .text = {}, .quoted = false, .items = {}, .entries = {}};
  list.items = mixed_items(in_a, in_b, section, from_b);
  std::vector<std::string> mixture = texts(list.items), target = texts(in_b);
  std::sort(mixture.begin(), mixture.end());
  std::sort(target.begin(), target.end());
  if (mixture == target) list.items = in_b;
  if (list.items.empty()) return {{section}, {}};
  list.place = list.items.front().place;
  return {{section}, list};
}

}  // namespace

bool same_input(const Scenario& a, const Scenario& b, const std::string& input) {
  if (in_list(input)) {
    const std::string section = input.substr(0, input.find('.'));
    return texts(items_named(items_of(a.resolved, section), section, input)) ==
           texts(items_named(items_of(b.resolved, section), section, input));
  }
  const Address address = address_of(input);
  return flow_text(value_at(a.resolved, address)) == flow_text(value_at(b.resolved, address));
}

Scenario mixed(const Scenario& a, const Scenario& b, const std::vector<std::string>& from_b, Problems& problems) {
  std::vector<Change> changes;
  for (const std::string& input : from_b) {
    if (in_list(input)) continue;
    const Address address = address_of(input);
    changes.push_back({address, value_at(b.resolved, address)});
  }
  for (const std::string section : {"events", "correlations"}) {
    const bool touched = std::any_of(from_b.begin(), from_b.end(), [&](const std::string& input) {
      return in_list(input) && starts_with(input, section);
    });
    if (touched) changes.push_back(list_change(a.resolved, b.resolved, section, from_b));
  }
  return changed(a, changes, problems);
}

}  // namespace moniac
