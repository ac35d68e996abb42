// Reads a scenario: one tree from all its files, then section by section.
#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/number.h"
#include "sim/scenario/resolve.h"
#include "sim/scenario/schedule.h"
#include "sim/scenario/sections.h"
#include "sim/scenario/source.h"

namespace moniac {

namespace {

const Node* find_section(const Node& tree, std::string_view name) {
  const Node* node = tree.find(name);
  return node && node->kind != Node::Kind::null ? node : nullptr;
}

const Node* require_section(const Node& tree, const std::string& name, const Place& top, const std::string& remedy,
                            Problems& problems) {
  const Node* node = find_section(tree, name);
  const bool may_be_inherited = tree.find("extends") != nullptr;
  if (!node && !may_be_inherited) problems.add(top, fmt::format("the scenario has no '{}'", name), remedy);
  return node;
}

// Every section in turn, so that all problems are found at once.
void read_sections(const Node& tree, Scenario& scenario, Problems& problems) {
  const Place top{scenario.source, 0, 0, 0};
  check_sections(tree, top, "scenario", section_names(), problems);
  if (const Node* node = find_section(tree, "title")) {
    scenario.title = read_text(*node, "title", problems).value_or("");
  }
  if (const Node* node = find_section(tree, "description")) {
    scenario.description = read_text(*node, "description", problems).value_or("");
  }
  std::optional<Calendar> grid;
  if (const Node* node = require_section(
          tree, "time", top, "write time: {start: 2025-01-01, step: 1 month, horizon: 24 months}", problems)) {
    grid = read_time(*node, problems);
  }
  if (grid) scenario.time = *grid;
  const Calendar* time = grid ? &*grid : nullptr;
  if (const Node* node = require_section(tree, "ensemble", top, "write ensemble: {paths: 20000, seed: 1}", problems)) {
    read_ensemble(*node, scenario, problems);
  }
  if (const Node* node = require_section(tree, "models", top, "write models: {us.policy_rate: {}}", problems)) {
    scenario.models = read_models(*node, problems);
  }
  if (const Node* node = find_section(tree, "correlations")) scenario.correlations = read_correlations(*node, problems);
  if (const Node* node = find_section(tree, "levers")) scenario.levers = read_levers(*node, time, problems);
  if (const Node* node = find_section(tree, "events")) scenario.events = read_events(*node, time, problems);
  if (const Node* node = find_section(tree, "impose")) scenario.impose = read_impose(*node, time, problems);
  if (const Node* node = find_section(tree, "outcomes")) scenario.outcomes = read_outcomes(*node, time, problems);
  if (const Node* node = find_section(tree, "record")) scenario.record = read_record(*node, time, problems);
  if (const Node* node = find_section(tree, "sweep")) scenario.sweep = read_sweep(*node, problems);
}

void check_size(const Node& tree, const Place& top, Problems& problems) {
  const std::size_t values = count_values(tree);
  if (values <= max_document_values) return;
  problems.add(top, fmt::format("{} values with everything included, more than {}", values, max_document_values),
               "cut the CSV files to the dates that the run needs");
  problems.raise();
}

}  // namespace

Scenario read_scenario(const std::shared_ptr<const SourceText>& source, const std::vector<Override>& overrides,
                       Problems& problems) {
  Scenario scenario;
  scenario.source = source;
  std::optional<Node> tree = read_with_bases(source, problems);
  if (!tree) problems.raise();
  apply_overrides(*tree, overrides, problems);
  inline_csv_series(*tree, *source, problems);
  check_size(*tree, {source, 0, 0, 0}, problems);
  read_sections(*tree, scenario, problems);
  scenario.resolved = std::move(*tree);
  return scenario;
}

Scenario changed(const Scenario& scenario, const std::vector<Change>& changes, Problems& problems) {
  Scenario other;
  other.source = scenario.source;
  other.resolved = scenario.resolved;
  for (const Change& change : changes) put(other.resolved, change.address, change.value, change.value.place);
  read_sections(other.resolved, other, problems);
  return other;
}

Scenario read_scenario(const std::shared_ptr<const SourceText>& source, const std::vector<Override>& overrides) {
  Problems problems;
  Scenario scenario = read_scenario(source, overrides, problems);
  problems.raise();
  return scenario;
}

Scenario read_scenario(const std::string& path, const std::vector<Override>& overrides) {
  return read_scenario(read_source(path), overrides);
}

Scenario read_scenario(const std::string& path, const std::vector<Override>& overrides, Problems& problems) {
  return read_scenario(read_source(path), overrides, problems);
}

}  // namespace moniac
