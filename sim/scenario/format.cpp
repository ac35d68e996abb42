#include "sim/scenario/format.h"

namespace moniac {

Words names_of(const Keys& keys) {
  Words names;
  for (const Key& key : keys) names.push_back(key.name);
  return names;
}

const Keys& section_keys() {
  static const Keys keys = {
      {"moniac", "Version of the scenario format"},
      {"title", "What the run is about, in a line"},
      {"description", "What the run is about, at length"},
      {"extends", "A scenario that this one changes, as a path from the folder of this file; null takes an entry out"},
      {"time", "When the run starts, its step and its length"},
      {"ensemble", "How many paths, and the seed of their random numbers"},
      {"models",
       "The models by <scope>.<name>, each with its parameters; the name is the model unless 'model' says so"},
      {"correlations", "Groups of shocks that are drawn together"},
      {"levers", "Values of variables that models read and none produces"},
      {"events", "Changes of levers, dated or triggered by what happens on a path"},
      {"impose", "Values that replace what a model produces"},
      {"outcomes", "Questions about a path whose probability is wanted"},
      {"record", "What is kept of the run"},
      {"sweep", "What varies between the cases of 'moniac sweep', and how they are chosen"},
  };
  return keys;
}

const Keys& time_keys() {
  static const Keys keys = {
      {"start", "The date of the initial state"},
      {"step", "1 month, 2 weeks, 1 quarter, 1 year, 1 day or 1 weekday"},
      {"steps", "Number of steps; or give 'horizon'"},
      {"horizon", "Length of the run, a whole number of steps: 24 months; or give 'steps'"},
  };
  return keys;
}

const Keys& ensemble_keys() {
  static const Keys keys = {
      {"paths", "Number of paths"},
      {"seed", "A whole number; the same seed gives the same run"},
      {"max_failed", "Share of paths that may fail before the run counts as failed; by default 1 %"},
  };
  return keys;
}

const Keys& correlation_keys() {
  static const Keys keys = {
      {"shocks", "Two or more shocks, <scope>.<instance>/<shock>"},
      {"matrix", "Their correlations, row by row, with ones on the diagonal"},
  };
  return keys;
}

const Keys& event_keys() {
  static const Keys keys = {
      {"at", "The date; the event acts in the step that holds it"},
      {"when", "In place of a date: conditions on variables, and how often they may fire, on each path by itself"},
      {"set", "Levers and their new values"},
      {"add", "Levers and what is added to their values"},
      {"multiply", "Levers and the factors of their values"},
      {"for", "How long the event lasts; without it, to the end of the run"},
      {"name", "A name of its own: lower-case letters, digits and underscores; a trigger needs one"},
      {"delay", "From the firing of a trigger to its action, beyond the next step"},
      {"release", "Conditions that end the actions of a trigger"},
  };
  return keys;
}

const Keys& when_keys() {
  static const Keys keys = {
      {"for", "The conditions must hold in consecutive steps over this length"},
      {"cooldown", "The least time between two firings"},
      {"probability", "Of firing in a step in which it may; by default 1"},
      {"at_most", "Firings of a path; by default without limit"},
      {"off", "Conditions that make it ready again after a firing; by default that 'when' does not hold"},
  };
  return keys;
}

const Keys& outcome_keys() {
  static const Keys keys = {
      {"any", "True when the conditions hold together in some step"},
      {"all", "True when the conditions hold in every step"},
      {"first", "True when the conditions hold in some step; the distribution of the first is kept"},
      {"run", "True when the conditions hold in consecutive steps over the length 'for'"},
      {"sequence", "True when outcomes happen one after the other; the distribution of the last is kept"},
      {"and", "True when all of these outcomes happen"},
      {"or", "True when one of these outcomes happens"},
      {"not", "True when this outcome does not happen"},
      {"buckets", "The distribution of a variable over intervals; each of them is an outcome"},
      {"within", "The window after the start in which this is asked; by default the whole run"},
      {"for", "The least length of a run"},
      {"gap", "Of a sequence: the longest time from one outcome to the next, or the least and the longest"},
  };
  return keys;
}

const Keys& gap_keys() {
  static const Keys keys = {
      {"at_least", "The least time from one outcome to the next; by default a step"},
      {"at_most", "The longest time from one outcome to the next"},
  };
  return keys;
}

const Keys& views_keys() {
  static const Keys keys = {
      {"moniac", "Version of the format: 1"},
      {"title", "Whose views, or what they are"},
      {"views", "What is stated of the ensemble, by name"},
  };
  return keys;
}

const Keys& mixture_keys() {
  static const Keys keys = {
      {"moniac", "Version of the format: 1"},
      {"title", "What is mixed"},
      {"mix", "Scenarios with their probabilities, by names of their own"},
  };
  return keys;
}

const Keys& mixture_scenario_keys() {
  static const Keys keys = {
      {"scenario", "A scenario or result file, relative to this one"},
      {"probability", "How much it counts; all of them sum to 1"},
  };
  return keys;
}

const Keys& view_keys() {
  static const Keys keys = {
      {"probability", "Of an outcome or bucket of the scenario, or of an outcome written in its place"},
      {"mean", "Of a variable, or of the numbers that fall into a bucket"},
      {"quantile", "Of a variable, with 'percent'"},
      {"sd", "Standard deviation of a variable; its mean stays what the other views make of it"},
      {"correlation", "Of two variables; their means and standard deviations stay what the other views make of them"},
      {"is", "The number itself"},
      {"at_least", "The least that it may be"},
      {"at_most", "The most that it may be"},
      {"percent", "Of a quantile: 50 for the median"},
  };
  return keys;
}

const Keys& measure_keys() {
  static const Keys keys = {
      {"change", "Test the change over this length of time"},
      {"ratio", "Test the ratio to another variable, to its value at the start or a date, or this long before"},
      {"diff_from", "Test the difference from another variable, or from its value at the start or a date"},
      {"mean", "Test the mean over this length of time up to the step"},
      {"drawdown", "Test how far it is below its maximum so far, in its unit or as a share of the maximum"},
      {"at", "Test the value at this date; it is known from then on"},
  };
  return keys;
}

const Keys& bucket_keys() {
  static const Keys keys = {
      {"edges", "Increasing values; an edge belongs to the bucket above it"},
      {"labels", "Names of the buckets, one more than edges"},
      {"stated", "The number that a source states for each bucket, beside which the mean in it is shown"},
  };
  return keys;
}

const Keys& joint_keys() {
  static const Keys keys = {
      {"and", "All of these conditions hold in the step"},
      {"or", "One of these conditions holds in the step"},
      {"not", "These conditions do not hold together in the step"},
  };
  return keys;
}

const Keys& record_keys() {
  static const Keys keys = {
      {"variables", "The variables that are kept; by default every output"},
      {"dates", "all, end, 'every 12 months', or a list of dates"},
      {"quantiles", "Percents in increasing order"},
      {"quantile_method", "Whether quantiles are exact or from a sketch"},
      {"paths", "Paths that are kept one by one: none, all, or the first so many"},
      {"path_precision", "Of the kept paths; float32 takes less than half the space"},
      {"trigger_log", "Paths whose firings are listed one by one: none, all, or the first so many"},
  };
  return keys;
}

const Keys& schedule_keys() {
  static const Keys keys = {
      {"interpolate", "step: a value holds from its date on; linear: straight lines between dates"},
      {"values", "Values by date, or one value for the whole run"},
      {"until", "The last date of the imposition"},
  };
  return keys;
}

const Keys& csv_keys() {
  static const Keys keys = {
      {"csv", "A CSV file with a column 'date', as a path from the folder of this file"},
      {"column", "The column with the values"},
      {"interpolate", "step: a value holds from its date on; linear: straight lines between dates"},
      {"unit", "The unit of the column"},
      {"until", "The last date of the imposition"},
  };
  return keys;
}

const Keys& instance_keys() {
  static const Keys keys = {
      {"model", "The model, when it is not the instance's name"},
      {"inputs", "What the model's inputs read: a variable, or a constant"},
  };
  return keys;
}

const Keys& sweep_keys() {
  static const Keys keys = {
      {"design", "How the cases are chosen"},
      {"axes", "What varies, by address, and the values or the distribution of each"},
      {"points", "Number of points of a latin_hypercube or sobol design, or of trajectories of a morris design"},
      {"indices", "Of a sobol design: with the cases for sensitivity indices, (axes + 2) x points in all"},
      {"levels", "Levels of each axis of a morris design; by default 4"},
      {"seed", "Seed of the design; by default that of the ensemble"},
      {"correlations", "Rank correlations between axes of a latin_hypercube or sobol design"},
      {"cases", "Of a list: the cases, each with all its values by address"},
      {"csv", "Of a list: a CSV file with a column for each address and a line for each case"},
  };
  return keys;
}

const Keys& axis_keys() {
  static const Keys keys = {
      {"values", "The values one by one"},
      {"uniform", "[low, high]"},
      {"normal", "[mean, standard deviation]"},
      {"lognormal", "[median, standard deviation of the logarithm]"},
      {"triangular", "[low, mode, high]"},
      {"beta", "[a, b], over the range 'within'"},
      {"weights", "Of values: how often each is drawn, in any scale"},
      {"within", "[low, high] to which a normal or lognormal law is cut, or over which a beta law lies"},
  };
  return keys;
}

const Keys& rank_correlation_keys() {
  static const Keys keys = {
      {"axes", "Two or more axes"},
      {"matrix", "Their rank correlations, row by row, with ones on the diagonal"},
  };
  return keys;
}

const Words& step_units() {
  static const Words words = {"day", "weekday", "week", "month", "quarter", "year"};
  return words;
}

const Words& interpolations() {
  static const Words words = {"step", "linear"};
  return words;
}

const Words& event_actions() {
  static const Words words = {"set", "add", "multiply"};
  return words;
}

const Words& outcome_kinds() {
  static const Words words = {"any", "all", "first", "run", "sequence", "and", "or", "not", "buckets"};
  return words;
}

const Words& view_kinds() {
  static const Words words = {"probability", "mean", "quantile", "sd", "correlation"};
  return words;
}

const Words& view_bounds() {
  static const Words words = {"is", "at_least", "at_most"};
  return words;
}

const Words& predicate_tests() {
  static const Words words = {"above", "below", "crosses_up", "crosses_down"};
  return words;
}

const Words& drawdowns() {
  static const Words words = {"absolute", "relative"};
  return words;
}

const Words& quantile_methods() {
  static const Words words = {"auto", "exact", "sketch"};
  return words;
}

const Words& designs() {
  static const Words words = {"grid", "list", "latin_hypercube", "sobol", "morris"};
  return words;
}

Words keys_of_design(int design) {
  static const std::vector<Words> keys = {{"axes"},
                                          {"cases", "csv"},
                                          {"axes", "points", "seed", "correlations"},
                                          {"axes", "points", "seed", "correlations", "indices"},
                                          {"axes", "points", "seed", "levels"}};
  return keys.at(static_cast<std::size_t>(design));
}

const Words& axis_laws() {
  static const Words words = {"values", "uniform", "normal", "lognormal", "triangular", "beta"};
  return words;
}

const Words& path_precisions() {
  static const Words words = {"float64", "float32"};
  return words;
}

}  // namespace moniac
