// What came about, to be held against a forecast.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/engine/plan.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// A number that a variable had on a date.
struct ObservedNumber {
  Name variable;  ///< "us.y10", "us.holdings[japan]"
  Date date;
  double value = 0;  ///< in the variable's unit
};

/// What came of an outcome of the scenario.
struct ObservedOutcome {
  std::string name;
  bool happened = false;         ///< of a yes/no question
  std::string bucket;            ///< of buckets: the label of the one that it fell into
  std::optional<Date> day = {};  ///< of a first passage: when it came about
};

struct Observations {
  std::vector<ObservedNumber> numbers;
  std::vector<ObservedOutcome> outcomes;
};

/// Reads a CSV file with the columns name, date and value, and perhaps unit. An outcome of the scenario has the value
/// 0, 1 or the label of a bucket, and no date, but for a first passage that came about: its day; anything else is a
/// variable of `plan`, which is that of the scenario, with the number that it had on a date of the run. What is wrong
/// goes to `problems` at its place.
Observations read_observations(const std::shared_ptr<const SourceText>& csv, const Scenario& scenario, const Plan& plan,
                               Problems& problems);

/// The same from a mapping: {us.y10: {2023-06-30: 3.81 %/year}, inversion_60bp: 1}.
Observations read_observations(const Node& mapping, const Scenario& scenario, const Plan& plan, Problems& problems);

/// The same from a file. Throws ScenarioError with everything that is wrong, or ProgramError (66).
Observations read_observations(const std::string& path, const Scenario& scenario, const Plan& plan);

/// The scenario, recording just what is observed, at those dates and at the start.
Scenario recording(Scenario scenario, const Observations& observed);

}  // namespace moniac
