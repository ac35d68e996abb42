#include "sim/app/input_differences.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace moniac {

namespace {

// The keys of both mappings, those of `a` first; either may be null.
std::vector<std::string> keys_of(const Node* a, const Node* b) {
  std::vector<std::string> keys = a ? a->keys() : std::vector<std::string>{};
  for (const std::string& key : b ? b->keys() : std::vector<std::string>{}) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

const Node* find(const Node* mapping, std::string_view key) {
  return mapping ? mapping->find(key) : nullptr;
}

std::string text_of(const Node* node) {
  return node ? flow_text(*node) : "";
}

class InputComparison {
 public:
  InputComparison(const Scenario& a, const Scenario& b, const Results& run_a, const Results& run_b)
      : a_(a), b_(b), run_a_(run_a), run_b_(run_b) {}

  std::vector<InputDifference> make() {
    compare_models();
    compare_parameters();
    for (const std::string& section : keys_of(&a_.resolved, &b_.resolved)) {
      if (section == "moniac" || section == "title" || section == "description" || section == "models") continue;
      compare_section(section, a_.resolved.find(section), b_.resolved.find(section));
    }
    return std::move(differences_);
  }

 private:
  void add(const std::string& name, const std::string& a, const std::string& b) {
    if (a != b) differences_.push_back({name, a, b});
  }

  static const Instance* find_instance(const Scenario& scenario, const std::string& key) {
    const auto found = std::find_if(scenario.models.begin(), scenario.models.end(),
                                    [&](const Instance& instance) { return instance.key() == key; });
    return found == scenario.models.end() ? nullptr : &*found;
  }

  void compare_models() {
    for (const Instance& in_a : a_.models) {
      const Instance* in_b = find_instance(b_, in_a.key());
      add("models." + in_a.key(), in_a.model, in_b ? in_b->model : "");
      if (in_b) compare_inputs(in_a.key());
    }
    for (const Instance& in_b : b_.models) {
      if (!find_instance(a_, in_b.key())) add("models." + in_b.key(), "", in_b.model);
    }
  }

  void compare_inputs(const std::string& key) {
    const Node* a = find(find(a_.resolved.find("models"), key), "inputs");
    const Node* b = find(find(b_.resolved.find("models"), key), "inputs");
    for (const std::string& input : keys_of(a, b)) {
      add(key + ".inputs." + input, text_of(find(a, input)), text_of(find(b, input)));
    }
  }

  static std::string value_of(const Results& run, const std::string& parameter) {
    for (const ParameterRecord& record : run.parameters) {
      if (record.name == parameter) return record.unit.empty() ? record.value : record.value + " " + record.unit;
    }
    return "";
  }

  // Of models that both have; of others, that they are missing says it.
  void compare_parameters() {
    std::set<std::string> seen;
    for (const Results* run : {&run_a_, &run_b_}) {
      for (const ParameterRecord& record : run->parameters) {
        const std::string instance = record.name.substr(0, record.name.rfind('.'));
        if (!find_instance(a_, instance) || !find_instance(b_, instance) || !seen.insert(record.name).second) continue;
        add(record.name, value_of(run_a_, record.name), value_of(run_b_, record.name));
      }
    }
  }

  void compare_section(const std::string& section, const Node* a, const Node* b) {
    const auto is_list = [](const Node* node) { return node && node->kind == Node::Kind::sequence; };
    if (is_list(a) || is_list(b)) {
      compare_lists(section, a ? a->items : std::vector<Node>{}, b ? b->items : std::vector<Node>{});
      return;
    }
    for (const std::string& key : keys_of(a, b)) {
      add(section + "." + key, text_of(find(a, key)), text_of(find(b, key)));
    }
  }

  static std::string name_of(const Node& item) { return text_of(find(&item, "name")); }

  // Items that are not in both; those with a name are paired by it.
  void compare_lists(const std::string& section, const std::vector<Node>& a, std::vector<Node> b) {
    for (const Node& in_a : a) {
      const std::string text = flow_text(in_a), name = name_of(in_a);
      auto found = std::find_if(b.begin(), b.end(), [&](const Node& in_b) { return flow_text(in_b) == text; });
      if (found == b.end() && !name.empty()) {
        found = std::find_if(b.begin(), b.end(), [&](const Node& in_b) { return name_of(in_b) == name; });
      }
      add(item_name(section, name), text, found == b.end() ? "" : flow_text(*found));
      if (found != b.end()) b.erase(found);
    }
    for (const Node& in_b : b) add(item_name(section, name_of(in_b)), "", flow_text(in_b));
  }

  static std::string item_name(const std::string& section, const std::string& name) {
    return name.empty() ? section : section + "." + name;
  }

  const Scenario& a_;
  const Scenario& b_;
  const Results& run_a_;
  const Results& run_b_;
  std::vector<InputDifference> differences_;
};

}  // namespace

std::vector<InputDifference> input_differences(const Scenario& a, const Scenario& b, const Results& run_a,
                                               const Results& run_b) {
  return InputComparison(a, b, run_a, run_b).make();
}

}  // namespace moniac
