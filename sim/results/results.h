// What a run leaves behind: plain data that knows its names, units and sources, and no file format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/model/calendar.h"
#include "sim/model/dimensions.h"

namespace moniac {

/// Summaries of one recorded variable. Arrays are row-major: [date][value], quantiles [date][quantile][value], where
/// the values are in the order of the dimensions.
struct RecordedVariable {
  std::string name;  ///< "us.policy_rate"
  std::string unit;
  std::string doc;
  std::string model;      ///< instance that produces it: "us.policy_rate (policy_rate)"; "lever" for a lever
  bool flow = false;      ///< an amount per step
  Dimensions dimensions;  ///< none of a scalar
  std::vector<double> mean, sd, se, minimum, maximum;
  std::vector<double> quantiles;
  /// Half the distance between the quantiles one standard error of the rank to either side, p ± sqrt(p (1 - p) / n).
  /// As `quantiles`; empty in files before 1.2.
  std::vector<double> quantile_se;
  std::vector<double> quantile_error;  ///< [date][value]: bound on the error of the core quantiles; empty when exact

  std::size_t width() const { return value_count(dimensions); }
  /// "us.holdings[japan]".
  std::string name_of(std::size_t value) const { return value_name(name, dimensions, value); }

  bool operator==(const RecordedVariable&) const = default;
};

/// A yes/no question answered over the ensemble.
struct OutcomeResult {
  std::string name;
  std::string text;        ///< the condition as a sentence: "us.y10 above 5 %/year, within 12 months"
  std::string kind;        ///< any, all, first, run, sequence, and, or, not; bucket
  std::int64_t paths = 0;  ///< that count: not failed
  std::int64_t hits = 0;
  double probability = 0, se = 0, low = 0, high = 0;  ///< Wilson 95 % interval
  /// Paths on which something it tests had no value in some step: a ratio to 0.
  std::int64_t undefined = 0;
  /// Of `first` and `sequence`: paths on which it happens first, or is complete, at step 0 … steps. The others are
  /// censored.
  std::vector<std::int64_t> first_passage;
  std::string bucket_of;                          ///< of a bucket: the outcome; its buckets stand side by side
  std::string label;                              ///< of a bucket: "3 to 4 %/year"
  std::string unit = {};                          ///< of a bucket: of the numbers in it
  std::optional<double> mean = {}, mean_se = {};  ///< of a bucket: of the numbers in it, if there are any, or two
  std::optional<double> stated = {};              ///< of a bucket: what somebody says of it

  bool operator==(const OutcomeResult&) const = default;
};

/// What a trigger did over the ensemble.
struct TriggerResult {
  std::string name;
  std::string text;        ///< conditions and options as a sentence: "us.y10 above 5 %/year for 2 months, once"
  std::string action;      ///< what it does: "add 60 USD bn/month to us.fed_purchases for 6 months"
  std::int64_t paths = 0;  ///< that count: not failed
  std::int64_t fired = 0;  ///< of them, on which it fired at least once
  double share = 0, se = 0, low = 0, high = 0;  ///< of those paths; Wilson 95 % interval
  std::int64_t firings = 0;                     ///< over all paths
  std::vector<std::int64_t> first_firing;       ///< paths whose first firing is at the end of step 0 … steps

  bool operator==(const TriggerResult&) const = default;
};

/// A trigger fired on a path at the end of a step.
struct TriggerFiring {
  std::int64_t path = 0;
  std::int32_t step = 0;
  std::int32_t trigger = 0;  ///< as place among the triggers of the run

  bool operator==(const TriggerFiring&) const = default;
};

/// A parameter in force in the run.
struct ParameterRecord {
  std::string name;      ///< "us.policy_rate.phi_pi"
  std::string value;     ///< as text, in `unit`
  std::string fallback;  ///< the default, as text
  std::string unit;
  std::string doc;
  std::string status;  ///< published, calibrated, illustrative; "" for words and flags
  std::string source;
  std::string set_by;  ///< "outlook.yaml:14", or "default"

  bool operator==(const ParameterRecord&) const = default;
};

struct Failure {
  std::int64_t path;
  int step;
  std::string model;  ///< instance whose variable was not finite
  std::string cause;
  std::int64_t of_case = 0;  ///< of a sweep

  bool operator==(const Failure&) const = default;
};

struct IdentityResult {
  std::string name;  ///< "us.curve.identity_residual"
  std::string unit;
  double maximum = 0;  ///< largest absolute residual over paths and steps
  double tolerance = 0;
  std::int64_t path = 0;  ///< where the maximum is
  int step = 0;
  bool closed_by_impose = false;
  std::int64_t of_case = 0;  ///< of a sweep

  bool operator==(const IdentityResult&) const = default;
};

/// How often a bound of a model held.
struct ClampResult {
  std::string name;  ///< "us.policy_rate.at_lower_bound"
  std::string doc;
  std::int64_t held = 0;        ///< path-steps
  std::int64_t path_steps = 0;  ///< of paths that count

  bool operator==(const ClampResult&) const = default;
};

/// A value that varies between the cases of a sweep: numbers in `unit`, or words (dates are words too). One for each
/// case.
struct CaseAxis {
  std::string name;  ///< its address: "us.policy_rate.phi_pi"
  std::string unit;
  std::vector<double> numbers;
  std::vector<std::string> words;

  bool operator==(const CaseAxis&) const = default;
};

/// How much a response of the cases depends on their axes. Responses are the means of the recorded variables,
/// [variable][date][label], then the probabilities of the outcomes.
struct SensitivityMeasure {
  std::string name;            ///< "sobol_first"
  std::string words;           ///< "first-order Sobol index"
  bool by_axis = true;         ///< values are [axis][response], or else [response]
  bool in_unit = false;        ///< values are in the unit of the response, or else shares
  std::vector<double> values;  ///< NaN where a response does not vary

  bool operator==(const SensitivityMeasure&) const = default;
};

/// The cases of a sweep.
struct Cases {
  std::string design;  ///< "sobol, 256 points with indices, seed 7"
  std::int64_t count = 0;
  std::vector<CaseAxis> axes;
  std::vector<std::int64_t> paths_used, failed;  ///< by case
  std::vector<SensitivityMeasure> sensitivity;
  std::vector<std::string> sentences;  ///< what the sensitivity says, in words

  bool operator==(const Cases&) const = default;
};

/// What somebody states of the ensemble, and what it does to it.
struct ViewResult {
  std::string name;
  std::string text;      ///< what it is about: "P(us.y10 above 5 %/year, at any step)"
  std::string relation;  ///< is, at_least, at_most
  std::string unit;
  double stated = 0;
  double before = 0;                   ///< what the paths say with equal weights
  double after = 0;                    ///< and with those of all views
  double multiplier = 0;               ///< d divergence / d stated; 0 of one that does not bind
  std::optional<std::int64_t> inside;  ///< of an event: paths in it

  bool operator==(const ViewResult&) const = default;
};

/// How the paths are weighed so that views hold.
struct Weighting {
  std::string views_name, views_text;  ///< the file, verbatim
  std::vector<ViewResult> views;
  double divergence = 0;        ///< relative entropy of the weights to equal ones, nats
  double kish = 0;              ///< effective sample size 1 / Σ w²
  double entropy = 0;           ///< effective number of scenarios exp(-Σ w ln w)
  std::vector<double> weights;  ///< by path, with the sum 1; 0 of a failed path

  bool operator==(const Weighting&) const = default;
};

struct Results {
  // the question
  std::string title;
  std::string description;
  std::string scenario_name;      ///< file name
  std::string scenario_text;      ///< verbatim
  std::string resolved_scenario;  ///< enough to run again
  std::string command;            ///< canonical command line
  std::string version;            ///< program version and commit
  std::uint64_t seed = 0;
  std::int64_t paths = 0;
  Calendar time;
  std::vector<ParameterRecord> parameters;
  std::vector<std::string>
      defaults_used;  ///< inputs that fell back to their declared default: "us.policy_rate: inflation = 2 %/year"

  // the answer
  std::vector<Date> dates;        ///< recorded dates
  std::vector<int> steps;         ///< their step indices
  std::vector<double> quantiles;  ///< percent
  std::string quantile_method;    ///< "exact" or "sketch"
  std::int64_t kept_paths = 0;    ///< recorded one by one: the first so many
  bool single_precision = false;  ///< of the kept paths: float32
  std::vector<RecordedVariable> variables;
  std::vector<OutcomeResult> outcomes;
  std::vector<TriggerResult> triggers;     ///< in order of the file
  std::int64_t logged_paths = 0;           ///< every firing is listed on the first so many
  std::vector<TriggerFiring> trigger_log;  ///< in order of path, step and trigger
  /// Of a sweep: arrays of variables then begin with a case axis; outcomes are [case][outcome], triggers
  /// [case][trigger].
  std::optional<Cases> cases;
  /// Of paths that are weighed: means, quantiles and probabilities are those of the weights, counts are of paths.
  std::optional<Weighting> weighting;

  // how it went
  std::int64_t paths_used = 0;
  std::vector<Failure> failures;  ///< in order of case and path
  std::int64_t failed = 0;
  std::vector<IdentityResult> identities;
  std::vector<ClampResult> clamps;

  bool operator==(const Results&) const = default;
};

/// Of a sweep its cases, of a run 1.
inline std::size_t case_count(const Results& results) {
  return results.cases ? static_cast<std::size_t>(results.cases->count) : 1;
}

}  // namespace moniac
