#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/scenario/fields.h"
#include "sim/scenario/number.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/resolve.h"
#include "sim/scenario/sections.h"

namespace moniac {

namespace {

bool is_section(const std::string& word) {
  const auto& names = section_names();
  return word == "models" || std::find(names.begin(), names.end(), word) != names.end();
}

// A variable's name, or a quantity that is constant.
void read_input(const Node& key, const Node& value, Instance& instance, Problems& problems) {
  if (!is_name(key.text) && !is_variable(key.text)) {
    problems.add(key.place, fmt::format("{} is not the name of an input", in_quotes(key.text)),
                 "write inputs: {inflation: us.inflation}");
    return;
  }
  const std::string what = fmt::format("input {}", key.text);
  if (!expect(Node::Kind::scalar, value, what, "us.inflation or 2.4 %/year", problems)) return;
  const bool letter = !value.text.empty() && value.text[0] >= 'a' && value.text[0] <= 'z';
  const bool good =
      letter ? read_variable(value, what, problems).has_value() : read_quantity(value, what, problems).has_value();
  if (good) instance.inputs.emplace_back(Name{key.text, key.place}, value);
}

void read_inputs(const Node& node, Instance& instance, Problems& problems) {
  if (!expect(Node::Kind::mapping, node, "inputs", "inputs: {inflation: us.inflation}", problems)) return;
  for (const auto& [key, value] : node.entries) read_input(key, value, instance, problems);
}

void read_body(const Node& body, Instance& instance, Problems& problems) {
  instance.params.kind = Node::Kind::mapping;
  instance.params.place = body.place;
  for (const auto& [key, value] : body.entries) {
    if (key.text == "model") {
      const auto type = read_text(value, "model", problems);
      if (type) instance.model = *type;
      instance.model_place = value.place;
    } else if (key.text == "inputs") {
      read_inputs(value, instance, problems);
    } else {
      instance.params.add(key, value);
    }
  }
}

// The key "<scope>.<name>" of an instance.
bool read_key(const Node& key, Instance& instance, Problems& problems) {
  const std::size_t dot = key.text.find('.');
  if (dot == std::string::npos || !is_name(key.text.substr(0, dot)) || !is_name(key.text.substr(dot + 1))) {
    problems.add(key.place, fmt::format("{} is not <scope>.<name>", in_quotes(key.text)),
                 "write it like us.policy_rate: lower-case letters, digits and underscores");
    return false;
  }
  instance.scope = key.text.substr(0, dot);
  instance.name = key.text.substr(dot + 1);
  instance.model = instance.name;
  instance.place = key.place;
  instance.model_place = key.place;
  if (!is_section(instance.scope)) return true;
  problems.add(key.place, fmt::format("the scope {} is the name of a section", in_quotes(instance.scope)),
               "choose another scope, such as an economy: us, cn, jp");
  return false;
}

}  // namespace

std::vector<Instance> read_models(const Node& node, Problems& problems) {
  std::vector<Instance> models;
  if (!expect(Node::Kind::mapping, node, "models", "models: {us.policy_rate: {}}", problems)) return models;
  for (const auto& [key, body] : node.entries) {
    Instance instance;
    if (!read_key(key, instance, problems)) continue;
    if (body.kind == Node::Kind::null) {
      problems.add(key.place, fmt::format("{} has no value; nothing of that name is inherited", in_quotes(key.text)),
                   "write {} for a model with default parameters");
      continue;
    }
    if (!expect(Node::Kind::mapping, body, key.text, "{parameter: value}", problems)) continue;
    read_body(body, instance, problems);
    models.push_back(std::move(instance));
  }
  return models;
}

namespace {

// "<scope>.<instance>/<shock>"
bool is_shock(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && is_variable(text.substr(0, slash)) &&
         text.find('[') == std::string_view::npos && is_name(text.substr(slash + 1));
}

using SeenShocks = std::map<std::string, Place>;

void read_shocks(const Node& node, Correlation& correlation, SeenShocks& seen, Problems& problems) {
  for (const Node& item : node.items) {
    const auto text = read_text(item, "a shock", problems);
    if (!text) continue;
    if (!is_shock(*text)) {
      problems.add(item.place, fmt::format("{} is not the name of a shock", in_quotes(*text)),
                   "write <scope>.<instance>/<shock>: us.policy_rate/news");
    } else if (const auto [first, fresh] = seen.emplace(*text, item.place); !fresh) {
      problems.add(item.place, fmt::format("shock {} is correlated twice", in_quotes(*text)),
                   "a shock may stand in one group, once", first->second);
    }
    correlation.shocks.push_back({*text, item.place});
  }
  if (node.items.size() < 2) problems.add(node.place, "a correlation needs at least two shocks");
}

}  // namespace

std::vector<Correlation> read_correlations(const Node& node, Problems& problems) {
  std::vector<Correlation> all;
  if (!expect(Node::Kind::sequence, node, "correlations", "[{shocks: […], matrix: […]}]", problems)) return all;
  SeenShocks seen;
  for (const Node& item : node.items) {
    const Fields fields{item, "a correlation", names_of(correlation_keys()), problems};
    Correlation correlation;
    correlation.place = item.place;
    const Node* shocks = fields.require("shocks", "write shocks: [us.policy_rate/news, us.curve/level]");
    const Node* matrix = fields.require("matrix", "write matrix: [[1, 0.3], [0.3, 1]]");
    if (shocks && expect(Node::Kind::sequence, *shocks, "shocks", "[us.policy_rate/news, us.curve/level]", problems)) {
      read_shocks(*shocks, correlation, seen, problems);
      const auto rows =
          matrix ? read_correlation_matrix(*matrix, shocks->items.size(), "shocks", problems) : std::nullopt;
      if (rows && rows->size() == correlation.shocks.size()) correlation.matrix = *rows;
    }
    all.push_back(std::move(correlation));
  }
  return all;
}

}  // namespace moniac
