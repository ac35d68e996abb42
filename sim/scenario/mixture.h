// Mixtures: scenarios with the probabilities that somebody gives them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/scenario/problem.h"

namespace moniac {

/// A scenario of a mixture.
struct MixtureScenario {
  std::string name;
  Place place;
  std::string path;        ///< of a scenario or result, from where the program stands
  double probability = 0;  ///< above 0
};

struct Mixture {
  std::string title;
  std::vector<MixtureScenario> scenarios;  ///< two or more, their probabilities sum to 1
  std::shared_ptr<const SourceText> source;
};

/// Reads `moniac: 1`, `title:` and `mix: {deal: {scenario: deal.yaml, probability: 60 %}, …}`; paths are relative to
/// the file. Throws ScenarioError with every mistake, and std::system_error when the file cannot be read.
Mixture read_mixture(const std::string& path);

}  // namespace moniac
