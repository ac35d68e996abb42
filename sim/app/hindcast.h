// Hindcasts: scenarios of past episodes, held against what came about and against a benchmark.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/app/observations.h"
#include "sim/app/scorecard.h"
#include "sim/engine/catalogue.h"
#include "sim/engine/ensemble.h"

namespace moniac {

struct Hindcast {
  std::string name;  ///< that of its file: "yen_2022"
  std::string episode;
  std::string source;         ///< of what was observed
  std::string note;           ///< on what the scenario misses, and why
  std::string scenario_file;  ///< as the hindcast names it
  Place place;
  Scenario scenario;  ///< records what is observed
  Observations observed;
  RandomWalk walk;
};

/// Reads every .yaml file of a folder, a hindcast each, by name. `paths` are those of a run; without it what the
/// hindcast sets, or 1,000; at most the scenario's own. What is wrong goes to `problems` at its place. Throws
/// ProgramError (66) when there is no such folder, or nothing in it.
std::vector<Hindcast> read_hindcasts(const std::string& folder, std::optional<std::int64_t> paths,
                                     const Catalogue& catalogue, Problems& problems);

struct HindcastResult {
  const Hindcast* hindcast = nullptr;
  Scorecard scorecard;
  std::int64_t paths_used = 0;
  Verdict runs = Verdict::ok;
};

HindcastResult run(const Hindcast& hindcast, const Catalogue& catalogue, const Execution& execution);

/// A row for each variable, and one for the stated facts of each episode; sums below.
std::string hindcast_table(const std::vector<HindcastResult>& results);
/// A page of the documentation: the table, then each episode with its picture, its facts and what it misses.
std::string hindcast_markdown(const std::vector<HindcastResult>& results);
/// A row for each number and fact.
std::string hindcast_csv(const std::vector<HindcastResult>& results);

}  // namespace moniac
