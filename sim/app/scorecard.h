// How good the forecast of a scenario was.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/app/observations.h"
#include "sim/engine/ensemble.h"

namespace moniac {

/// An observed number beside its forecast, in the unit of the variable. What no path forecasts is NaN, as is the fair
/// CRPS of a single one.
struct NumberScore {
  static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

  std::string name, unit;
  Date date;
  double observed = 0;
  double median = unknown;
  double low_50 = unknown, high_50 = unknown;  ///< central half of the paths
  double low_90 = unknown, high_90 = unknown;
  double crps = unknown, fair_crps = unknown, interval_score = unknown;
  bool inside_50() const { return low_50 <= observed && observed <= high_50; }
  bool inside_90() const { return low_90 <= observed && observed <= high_90; }
  double transform = unknown;  ///< probability integral transform, what equals the observation shared out at random
  double start = unknown;      ///< mean at the start
  double benchmark = unknown;  ///< the CRPS of the benchmark
};

/// What the numbers of one variable say together: means over its dates, and how many lie in the central 50 and 90 %.
struct VariableScore {
  std::string name, unit;
  std::int64_t dates = 0, inside_50 = 0, inside_90 = 0;
  double error = 0;  ///< median less observed
  double crps = 0, benchmark = 0;
};

/// What came of a question beside its probability.
struct OutcomeScore {
  std::string name, text;
  std::string observed;    ///< "1", "0" or the label of a bucket
  double probability = 0;  ///< of what came
  double brier = 0;        ///< of buckets the ranked probability score
  double log = 0;
};

/// When something came about first beside the forecast of that.
struct WaitingScore {
  std::string name;
  std::optional<Date> observed;  ///< nothing: not within its window
  std::optional<Date> median;    ///< nothing: fewer than half of the paths have it within its window
  double waited = 0;             ///< days from the start to it, or to the end of its window
  double crps = 0;               ///< days
};

struct Scorecard {
  std::string title;
  std::vector<NumberScore> numbers;  ///< by variable, then date
  std::vector<OutcomeScore> outcomes;
  std::vector<WaitingScore> waits;  ///< of the first passages among them whose day is known
};

/// The benchmark: from the mean at the start a random walk, with this standard deviation of a year's change of each
/// variable, in its unit. Where none is given nothing changes.
using RandomWalk = std::map<std::string, double>;

/// Scores a run of `plan`, which records what is observed at its dates and at the start. Ties of the transform are
/// broken by uniforms keyed with the plan's seed, the variable and the step.
Scorecard score(const Plan& plan, const SampledRun& run, const Observations& observed, const RandomWalk& walk = {});

/// Of numbers in the order of a scorecard.
std::vector<VariableScore> over_dates(const std::vector<NumberScore>& numbers);

/// For people: each number, each variable over its dates, each outcome, each waiting time.
std::string scorecard_text(const Scorecard& scorecard);
/// A row per number, outcome and waiting time.
std::string scorecard_csv(const Scorecard& scorecard);

}  // namespace moniac
