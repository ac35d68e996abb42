// A scenario resolved against the catalogue: instances, wires, order, streams, schedules. Immutable; the only thing
// workers see.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/catalogue.h"
#include "sim/results/results.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// A variable of the run: one column, or one per combination of labels.
struct Variable {
  enum class Kind { output, sum, lever };
  std::string name;  ///< "us.holdings"
  std::string unit;
  std::string doc;
  Kind kind = Kind::output;
  int placed = -1;  ///< producer, an index into Plan::placed; -1 for sums and levers
  Dimensions dimensions;
  int column = -1;  ///< first column of Layout's variables
  bool identity = false;
  bool clamp = false;  ///< 1 on paths where a bound holds, else 0
  double tolerance = 0;
  int width() const { return static_cast<int>(value_count(dimensions)); }
  /// "trade.flow[USA,CHN]".
  std::string name_of(int value) const { return value_name(name, dimensions, static_cast<std::size_t>(value)); }
};

/// Where an input reads. Columns are those of a Block: variables (two time levels) or constants.
struct Wire {
  enum class Kind { variable, constant };
  Kind kind = Kind::constant;
  int column = -1;  ///< of the variable or of the constant
  bool lagged = false;
  std::string text;        ///< for `plan`: "us.policy_rate", "2 %/year (default)"
  bool fell_back = false;  ///< the declared default is in force
};

/// One model instance in its place.
struct Placed {
  std::string key;  ///< "us.policy_rate"
  std::string scope;
  std::string type;
  Place place;
  std::unique_ptr<const Model> model;
  std::unique_ptr<const Declarations> declared;
  std::vector<Wire> inputs;         ///< by input id
  std::vector<int> output_columns;  ///< by output id
  std::vector<int> state_columns;   ///< by state id
  std::vector<int> shock_columns;   ///< by shock id
};

/// A draw of one shock: its stream, and the column it fills.
struct Draw {
  std::string stream;  ///< "us.policy_rate/news"
  std::uint64_t key = 0;
  std::uint32_t draw = 0;
  ShockDecl::Law law = ShockDecl::Law::normal;
  int column = -1;

  bool operator==(const Draw&) const = default;
};

/// The stream of an event shock, and the column that counts its events.
struct EventStream {
  std::string stream;  ///< "us.banks/failure"
  std::uint64_t key = 0;
  int column = -1;
};

/// z_i = sum_{j<=i} L_ij e_j over the shock columns of a group.
struct CorrelatedDraws {
  std::vector<int> independent;  ///< columns of the draws
  std::vector<int> correlated;   ///< columns that models read
  std::vector<double> lower;     ///< L, row-major
};

/// A constant times a column, computed right after the column's producer: units of a consumer.
struct Conversion {
  int from = -1;
  int to = -1;
  double factor = 1;
  int variable = -1;  ///< whose column `from` is
};

/// The sum of the contributions to an additive variable, in lexicographic order of instance keys.
struct Sum {
  std::vector<int> terms;  ///< columns, in the variable's unit
  int column = -1;
};

/// What an action does to the value of a lever, in the lever's unit.
struct LeverChange {
  Event::Action action = Event::Action::set;
  double value = 0;
  /// The value behind the action.
  double operator()(double before) const;
};

/// A change by a dated event.
struct DatedChange {
  LeverChange change;
  int from = 1;   ///< step
  int last = 1;   ///< step
  int event = 0;  ///< place among the events of the scenario
};

/// A change by a trigger, from the activation of its action on.
struct TriggeredChange {
  LeverChange change;
  int trigger = 0;  ///< into Plan::triggers
  int steps = 1;    ///< for which it lasts
};

/// The value of a lever in each step. On a path where triggers act it is rebuilt: base, then the active changes in
/// order of (activation step, place of the event).
struct LeverPath {
  int column = -1;
  std::vector<double> values;              ///< [step], 0 … steps: after its schedule and the dated events
  std::vector<double> base;                ///< [step]: after its schedule
  std::vector<DatedChange> dated;          ///< in order of (from, event)
  std::vector<TriggeredChange> triggered;  ///< in file order
};

/// A variable overwritten by the scenario directly after its producer's step.
struct Imposition {
  std::string name;
  int column = -1;
  int placed = -1;                            ///< producer, an index into Plan::placed
  int output = -1;                            ///< its output id
  std::vector<std::optional<double>> values;  ///< [step]: the value where imposed
};

/// One thing done in a step after the draws, in order.
struct Operation {
  enum class Kind { model, impose, sum, convert };
  Kind kind = Kind::model;
  int index = -1;  ///< into placed, impositions, sums or conversions
};

/// A column made of another after the models of each step. Columns are those of variables, with two time levels.
struct MeasurePlan {
  enum class Kind { difference, ratio, mean, drawdown, relative_drawdown, hold };
  Kind kind = Kind::difference;
  int from = -1;
  int back = 0;    ///< difference and ratio: to the value so many steps before; mean: over so many steps; else 0
  int other = -1;  ///< difference and ratio: to another column, times `factor`
  double factor = 1;
  int step = -1;  ///< difference and ratio: to the value at this step; hold: the step whose value is held
  int to = -1;

  /// Difference and ratio have one of `back`, `other` and `step`. Everything but `to`.
  bool same_as(const MeasurePlan& measure) const;
};

/// A predicate with its column and level in the measure's unit.
struct Test {
  int column = -1;
  Predicate::Test test = Predicate::Test::above;
  double level = 0;
};

/// A condition in postfix order: a test puts its truth on a stack, not changes the last one, and and or join the last
/// two.
struct ConditionPlan {
  struct Instruction {
    enum class Kind { test, both, either, negation };
    Kind kind = Kind::test;
    Test test;
  };
  std::vector<Instruction> instructions;  ///< none: there is no condition
  std::size_t depth = 0;                  ///< of the stack

  bool empty() const { return instructions.empty(); }
};

/// An event that happens on a path when conditions hold there.
struct TriggerPlan {
  std::string name;
  std::string text;       ///< conditions and options as a sentence
  std::string action;     ///< what it does, as a sentence
  int event = 0;          ///< place among the events of the scenario
  std::uint64_t key = 0;  ///< of its stream, trigger/<name>
  ConditionPlan when;
  ConditionPlan off;      ///< empty: `when` being false re-arms it
  ConditionPlan release;  ///< empty: nothing ends its actions early
  int run_length = 1;     ///< consecutive steps in which `when` holds before it fires
  int cooldown = 0;       ///< least steps between two firings
  double probability = 1;
  std::int64_t at_most = 0;  ///< firings of a path
  int delay = 0;             ///< steps
  int length = 0;            ///< steps of its longest change
};

/// Something that may happen on a path, in one step or in several.
struct OccurrencePlan {
  enum class Kind { condition, sequence, all_of, any_of, none_of };
  Kind kind = Kind::condition;
  // of a condition: it happens in a step of the window when it has held in so many consecutive ones
  ConditionPlan condition;
  int run_length = 1;
  int first_step = 1;  ///< window, closed; of a sequence it is that of every part
  int last_step = 0;
  /// Columns of its tests that may have no value (a ratio to 0), and the steps from which they have one otherwise.
  std::vector<std::pair<int, int>> doubtful;
  // of the others
  std::vector<int> parts;  ///< occurrences before this one
  int least_gap = 1;       ///< of a sequence: steps from one part to the next
  int most_gap = std::numeric_limits<int>::max();
};

/// A yes/no question about a path: whether something happens on it.
struct OutcomePlan {
  std::string name;
  std::string text;
  std::string kind;
  int occurrence = -1;
  bool passage = false;   ///< the distribution of the step in which it happens first is kept
  std::string bucket_of;  ///< of a bucket: the name of the outcome
  std::string label;      ///< of a bucket
  /// The number that falls into a bucket or not, in the step in which it does.
  struct Binned {
    int column = -1;
    int step = 0;
    std::string unit;
    std::optional<double> stated;  ///< what somebody says of the bucket
  };
  std::optional<Binned> binned = {};  ///< of a bucket
};

/// A number that every path leaves: a column in one step.
struct NumberPlan {
  int column = -1;
  int step = 0;
  std::string unit;
};

/// A recorded variable, whole or a block of it: those of its values whose labels are all in `dimensions`.
struct Recorded {
  int variable = -1;        ///< into Plan::variables
  Dimensions dimensions;    ///< with the labels that are recorded
  std::vector<int> values;  ///< of the variable, in the order of `dimensions`; {0} of a scalar
};

/// How many columns of each kind a block needs.
struct Layout {
  int variables = 0;  ///< outputs, sums, levers, conversions and measures: two time levels
  int states = 0;     ///< two time levels
  int shocks = 0;
  int constants = 0;
};

class Plan {
 public:
  /// Resolves a scenario. Throws ScenarioError holding every problem: those `found` while it was read and its own.
  static Plan make(const Scenario& scenario, const Catalogue& catalogue, Problems found = {});

  std::string title;
  std::string description;
  Calendar time;
  std::int64_t paths = 0;
  std::uint64_t seed = 0;
  double max_failed = 0.01;

  Layout layout;
  std::vector<Placed> placed;  ///< in the order of the run
  std::vector<Variable> variables;
  std::vector<double> constants;  ///< by constant column
  std::vector<Draw> draws;
  std::vector<EventStream> events;
  std::vector<CorrelatedDraws> correlated;
  std::vector<LeverPath> levers;
  std::vector<Imposition> impositions;
  std::vector<Sum> sums;
  std::vector<Conversion> conversions;
  std::vector<Operation> operations;
  std::vector<MeasurePlan> measures;        ///< each behind those that it is made of
  std::vector<TriggerPlan> triggers;        ///< in file order
  std::vector<OccurrencePlan> occurrences;  ///< each behind its parts
  std::vector<OutcomePlan> outcomes;        ///< in file order

  std::vector<NumberPlan> numbers;  ///< of the scenario's measures

  std::vector<Recorded> recorded;
  std::vector<int> recorded_steps;  ///< step indices, increasing
  std::vector<double> quantiles;    ///< percent
  bool exact_quantiles = false;
  std::int64_t kept_paths = 0;    ///< the first so many are recorded one by one
  bool single_precision = false;  ///< of the kept paths
  std::int64_t logged_paths = 0;  ///< firings are listed on the first so many

  std::vector<ParameterRecord> parameters;
  std::vector<std::string> defaults_used;
  std::string scenario_name;
  std::string scenario_text;
  std::string resolved_scenario;

  /// The plan as text: order, wires, defaults in force, levers, streams, memory per block (`moniac plan`).
  std::string text() const;

  /// Bytes of one block of `lanes` paths.
  std::size_t block_bytes(std::size_t lanes) const;

  /// How many paths are simulated together where nobody says: 512, or down to 64 where so many would not stay in the
  /// cache.
  std::size_t block_paths() const;
};

}  // namespace moniac
