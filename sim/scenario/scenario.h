// What the user asked for, as plain data with places. Names are not yet resolved against models: engine/plan does that.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/model/calendar.h"
#include "sim/model/variables.h"
#include "sim/scenario/document.h"
#include "sim/scenario/sweep.h"

namespace moniac {

/// A number with the unit it was written in; converted where the declared unit is known.
struct Quantity {
  double number = 0;
  std::string unit;  ///< as written; empty when none was given
  Place place;
};

/// A name of a variable, possibly with a label: "us.y10", "us.holdings[japan]".
struct Name {
  std::string text;
  Place place;
};

/// A value that holds from dates on (step) or between dates (linear).
struct Schedule {
  struct Point {
    Date date;
    Quantity value;
  };
  Name variable;
  std::vector<Point> points;
  bool linear = false;
  std::optional<Date> until;  ///< of an imposition
  Place place;
};

struct Instance {
  std::string scope;  ///< "us"
  std::string name;   ///< "policy_rate"
  std::string model;  ///< type; the name unless `model:` says otherwise
  Place place;        ///< of the key
  Place model_place;
  Node params;                                ///< mapping without `model` and `inputs`
  std::vector<std::pair<Name, Node>> inputs;  ///< input -> variable name or quantity

  std::string key() const { return scope + "." + name; }
};

struct Correlation {
  std::vector<Name> shocks;  ///< "<scope>.<instance>/<shock>"
  Matrix matrix;
  Place place;
};

/// A number of each path and step: a variable, or what is made of it.
struct Measure {
  enum class Transform { none, change, ratio, diff_from, mean, drawdown, relative_drawdown };
  struct Start {};  ///< its own value at the start
  /// What a transform is taken over or against: a length of time before the step; another variable; its own value at
  /// the start, or at a date.
  using Base = std::variant<std::monostate, Quantity, Name, Start, Date>;
  Name variable;
  Transform transform = Transform::none;
  Base base;               ///< of change and mean a length; of ratio any; of diff_from all but a length
  std::optional<Date> at;  ///< from this date on its value there; unknown before
};

/// A statement about one measure in one step.
struct Predicate {
  enum class Test { above, below, crosses_up, crosses_down };
  Measure measure;
  Test test = Test::above;
  Quantity level;
};

/// A predicate, or others joined: true or not in each step.
struct Condition {
  enum class Kind { predicate, all_of, any_of, none_of };
  Kind kind = Kind::predicate;
  Predicate predicate;           ///< of the kind predicate
  std::vector<Condition> parts;  ///< of the others; none_of has one
};

/// When an event without a date happens: on each path by itself, judged at the end of every step.
struct Trigger {
  Condition when;
  std::optional<Quantity> hold;                            ///< `for:` in `when`: over consecutive steps of this length
  std::optional<Quantity> cooldown;                        ///< least time between two firings
  double probability = 1;                                  ///< that it fires in a step in which it may
  std::int64_t at_most = std::numeric_limits<int>::max();  ///< firings of a path
  std::optional<Condition> off;                            ///< re-arms it; without it the condition being false does
  std::optional<Quantity> delay;                           ///< from the firing to the action
  std::optional<Condition> release;                        ///< ends its actions
};

/// A change of levers, dated or triggered.
struct Event {
  enum class Action { set, add, multiply };
  struct Change {
    Action action;
    Name lever;
    Quantity value;
  };
  std::string name;                  ///< empty when not named
  Date at;                           ///< of a dated event
  std::optional<Trigger> trigger;    ///< in the place of a date
  std::optional<Quantity> duration;  ///< `for:`, a length of time; without it the event lasts to the end
  std::vector<Change> changes;       ///< in file order
  Place place;
};

/// Intervals between edges, each with the lower edge and without the upper one, that hold every number.
struct BucketSpec {
  Measure measure;  ///< taken at its date, or at the end
  std::vector<Quantity> edges;
  std::vector<std::string> labels;  ///< one more than edges
  std::vector<Quantity> stated;     ///< what somebody says of each bucket, or nothing
};

/// A question about a path: whether something happens, or with buckets, into which of them a number falls.
struct OutcomeSpec {
  /// all_of, any_of, none_of are and, or, not, of other outcomes. `named` stands for another outcome among the parts
  /// of one.
  enum class Kind { any, all, first, run, sequence, all_of, any_of, none_of, buckets, named };
  std::string name;  ///< empty when it is written as a part of another
  Kind kind = Kind::any;
  std::optional<Condition> condition;  ///< of any, all, first and run
  std::vector<OutcomeSpec> parts;      ///< of sequence, all_of, any_of, none_of
  std::optional<BucketSpec> buckets;
  std::optional<Quantity> within;               ///< window (start, start + within]; the whole horizon when absent
  std::optional<Quantity> duration;             ///< `for:` of a run: the least length of consecutive steps
  std::optional<Quantity> least_gap, most_gap;  ///< of a sequence: between one part and the next
  Place place;
};

struct RecordSpec {
  enum class Dates { all, end, every, list };
  enum class Quantiles { automatic, exact, sketch };
  enum class Precision { float64, float32 };
  static constexpr std::int64_t every_path = std::numeric_limits<std::int64_t>::max();
  std::vector<Name> variables;  ///< empty: every output that is not a state of bookkeeping
  Dates dates = Dates::all;
  std::optional<Quantity> every;
  std::vector<std::pair<Date, Place>> list;
  std::vector<double> quantiles = {1, 5, 25, 50, 75, 95, 99};  ///< percent
  Quantiles method = Quantiles::automatic;
  std::int64_t paths = 0;                    ///< kept one by one: the first so many, or every_path
  Precision precision = Precision::float64;  ///< of the kept paths; float32 is compressed as well
  std::int64_t trigger_log = 0;              ///< every firing is listed on the first so many paths, or every_path
  Place place;
};

struct Scenario {
  std::string title;
  std::string description;
  Calendar time;
  std::int64_t paths = 0;
  std::uint64_t seed = 0;
  double max_failed = 0.01;  ///< share of paths that may fail
  std::vector<Instance> models;
  std::vector<Correlation> correlations;
  std::vector<Schedule> levers;
  std::vector<Event> events;
  std::vector<Schedule> impose;
  std::vector<OutcomeSpec> outcomes;
  RecordSpec record;
  std::optional<SweepSpec> sweep;
  std::vector<Measure> measures;  ///< of which every path leaves its number; no section of the file asks for them

  std::shared_ptr<const SourceText> source;  ///< the file given on the command line, verbatim
  Node resolved;                             ///< the tree after extends and --set, CSV series inlined
};

/// An override from the command line: "us.policy_rate.phi_pi=1.8", "ensemble.paths=1000".
struct Override {
  std::string text;
};

/// Reads a scenario file with everything it extends, applies the overrides, and checks all that can be checked without
/// knowing the models. Throws ScenarioError holding every problem (a file that the scenario names and that cannot be
/// read is one), std::system_error when `path` itself cannot be read.
Scenario read_scenario(const std::string& path, const std::vector<Override>& overrides = {});

/// The same, but what can be read in spite of mistakes is returned and they are added to `problems`, so that they can
/// be reported together with those that Plan::make finds. Throws ScenarioError when the text is too large, or no YAML
/// mapping at all.
Scenario read_scenario(const std::string& path, const std::vector<Override>& overrides, Problems& problems);

/// The same for a text in memory; `source.name` stands in messages and relative paths start at its folder.
Scenario read_scenario(const std::shared_ptr<const SourceText>& source, const std::vector<Override>& overrides = {});
Scenario read_scenario(const std::shared_ptr<const SourceText>& source, const std::vector<Override>& overrides,
                       Problems& problems);

/// A scalar as a quantity: "25 bp", "1.2 tn USD", "5 %/year", "6 months", "3". Adds a problem when it is none.
std::optional<Quantity> read_quantity(const Node& node, Problems& problems);

/// `quantity` in `unit` at a step of dt years. Adds a problem with the remedy when the units do not match or a unit is
/// needed and missing. `what` names the thing in messages: "parameter phi_pi".
std::optional<double> convert(const Quantity& quantity, const std::string& unit, double dt, const std::string& what,
                              Problems& problems);

/// "5 %/year".
std::string to_text(const Quantity& quantity);

/// The name of one bucket of an outcome, which is an outcome itself: "ten_year[below 3 %/year]".
std::string bucket_name(const std::string& outcome, const std::string& label);

/// A length of time as a number of steps, rounded up; "6 months", "2 years", "10 days". Adds a problem otherwise.
std::optional<int> read_steps(const Quantity& quantity, const Calendar& time, Problems& problems);

}  // namespace moniac
