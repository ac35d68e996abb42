#include <fmt/format.h>

#include <cmath>

#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/mixture.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/sections.h"
#include "sim/scenario/source.h"

namespace moniac {

namespace {

std::optional<double> read_probability(const Node& node, Problems& problems) {
  const auto probability = read_share(node, "probability", "a probability lies between 0 and 1: 60 %", problems);
  if (probability != 0) return probability;
  problems.add(node.place, "a scenario of probability 0 has no part in the mixture", "leave the scenario out");
  return {};
}

std::optional<MixtureScenario> read_one(const Node& name, const Node& node, const SourceText& source,
                                        Problems& problems) {
  check_name(name, "a scenario", problems);
  const Fields fields{node, "scenario " + name.text, names_of(mixture_scenario_keys()), problems};
  const Node* file = fields.valid() ? fields.require("scenario", "write scenario: deal.yaml") : nullptr;
  const Node* stated = fields.valid() ? fields.require("probability", "write probability: 60 %") : nullptr;
  const auto path = file ? read_text(*file, "scenario", problems) : std::nullopt;
  const auto probability = stated ? read_probability(*stated, problems) : std::nullopt;
  if (!path || !probability) return {};
  return MixtureScenario{name.text, file->place, path_beside(source, *path), *probability};
}

void read_all(const Node& node, Mixture& mixture, Problems& problems) {
  if (!expect(Node::Kind::mapping, node, "mix", "{deal: {scenario: deal.yaml, probability: 60 %}}", problems)) return;
  double sum = 0;
  for (const auto& [key, value] : node.entries) {
    if (auto one = read_one(key, value, *mixture.source, problems)) {
      sum += one->probability;
      mixture.scenarios.push_back(std::move(*one));
    }
  }
  if (mixture.scenarios.size() < node.entries.size()) return;
  if (node.entries.size() < 2) problems.add(node.place, "a mixture needs two scenarios", "add one");
  if (std::abs(sum - 1) > 1e-9) {
    problems.add(node.place, fmt::format("the probabilities sum to {:.6g} %, not to 100 %", 100 * sum),
                 "give the rest to a scenario of its own");
  }
}

}  // namespace

Mixture read_mixture(const std::string& path) {
  Mixture mixture;
  mixture.source = read_source(path);
  Problems problems;
  if (const auto tree = read_file(mixture.source, "mixture", names_of(mixture_keys()), problems)) {
    if (const Node* title = tree->find("title")) mixture.title = read_text(*title, "title", problems).value_or("");
    const Node* section = tree->find("mix");
    if (section && section->kind != Node::Kind::null) {
      read_all(*section, mixture, problems);
    } else {
      problems.add({mixture.source, 0, 0, 0}, "the file mixes nothing",
                   "write mix: {deal: {scenario: deal.yaml, probability: 60 %}, …}");
    }
  }
  problems.raise();
  return mixture;
}

}  // namespace moniac
