// How a scenario becomes a plan. Internal to the engine: each group of functions below is one source file.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/plan.h"
#include "sim/scenario/param_reader.h"
#include "sim/scenario/scenario.h"

namespace moniac {

class PlanBuilder {
 public:
  PlanBuilder(const Scenario& scenario, const Catalogue& catalogue, Problems found);
  /// Throws ScenarioError holding every problem.
  Plan build();

 private:
  /// A variable named in the scenario, whole or some of its values.
  struct Addressed {
    Variable* variable = nullptr;
    Dimensions dimensions;    ///< with the labels that are named
    std::vector<int> values;  ///< in the order of `dimensions`
    bool whole = true;        ///< no label was given
  };
  /// An input of some instance.
  struct Reader {
    int placed;
    const InputDecl* input;
  };

  // instances.cpp: each model built with its parameters
  void build_instances();
  void build_instance(const Instance& instance, const ModelType& type);
  void report_complaints(const Instance& instance, const Declarations& declared, const ParamReader& reader);
  void record_parameters(const Instance& instance, const Declarations& declared, const ParamReader& reader);

  // variables.cpp: who produces what
  void declare_variables();
  int declare_output(int placed, const OutputDecl& output);
  int declare_contribution(int placed, const OutputDecl& output);
  void declare_levers();
  void declare_lever(const Name& name);
  std::optional<Reader> first_reader(const std::string& variable) const;
  bool report_withheld(const std::string& variable, const Place& reader);
  Variable& add_variable(Variable variable);

  // wiring.cpp: what each input reads
  void wire_inputs();
  void check_given_inputs(int placed);
  Wire wire(int placed, const InputDecl& input, std::size_t value);
  Wire wire_given(int placed, const InputDecl& input, std::size_t value, const Node& given);
  Wire wire_variable(int placed, const InputDecl& input, std::size_t value, const Addressed& from, const Place& place);
  std::optional<int> value_read(int placed, const InputDecl& input, std::size_t value, const Addressed& from,
                                const Place& place);
  Wire wire_constant(double value, std::string text, bool fell_back);
  void report_unwired(int placed, const InputDecl& input);
  int converted_column(const Variable& variable, int column, const std::string& unit, double factor);

  // order.cpp: who runs when
  void order_models();
  std::vector<std::vector<int>> dependencies() const;
  void report_loop(const std::vector<std::vector<int>>& needs, const std::vector<bool>& done);
  void arrange_operations();

  // triggers.cpp: when they fire
  void plan_triggers();
  void plan_trigger(const Event& event, int place);
  void check_trigger_stream(const TriggerPlan& trigger, const Place& place);

  // schedules.cpp: levers, events, impositions
  void plan_levers();
  std::vector<double> lever_base(const Variable& lever, int value);
  void add_changes(const Event& event, int place, const Variable& lever, int value, LeverPath& path);
  void plan_impositions();
  void plan_imposition(const Schedule& schedule);
  bool refuse_overlap(const Schedule& schedule, int column, const std::vector<std::optional<double>>& values);

  // draws.cpp: streams and correlations
  void plan_draws();
  void correlate(const Correlation& correlation);

  // measures.cpp: what is tested
  struct Measured {
    int column = -1;  ///< -1 after a mistake, which is reported
    std::string unit;
    bool doubtful = false;  ///< it may have no value
    int from = 0;           ///< the first step in which it has one otherwise
  };
  Measured measure(const Measure& measure);
  std::pair<Measured, int> number(Measure measure);
  void plan_numbers();
  Measured transformed(const Measure& measure, const Measured& variable);
  Measured variable_column(const Name& name);
  int measure_column(MeasurePlan plan);
  int step_of(Date date) const;

  // conditions.cpp: what must hold
  ConditionPlan plan_condition(const Condition& condition, OccurrencePlan* asker = nullptr);
  void add_condition(const Condition& condition, ConditionPlan& plan, std::size_t below, OccurrencePlan* asker);

  // outcomes.cpp: what may happen
  void plan_outcomes();
  int plan_occurrence(const OutcomeSpec& spec);
  OccurrencePlan condition_occurrence(const OutcomeSpec& spec);
  OccurrencePlan joint_occurrence(const OutcomeSpec& spec);
  void plan_buckets(const OutcomeSpec& spec);
  void list_outcomes(const OutcomeSpec& spec);

  // records.cpp: what is kept
  void plan_records();
  void plan_recorded_steps();

  // lookups
  Variable* find_variable(const std::string& name);
  /// A length of time that was given, in steps; `otherwise` without one, or when it is wrong, which is reported.
  int steps_of(const std::optional<Quantity>& length, int otherwise);
  /// Finds a variable, or reports that there is none, or that its labels are others.
  Addressed address(const Name& name);
  bool narrow(Dimensions& dimensions, const Name& name, const std::vector<std::string>& labels);
  std::vector<std::string> variable_names() const;
  std::string absolute(int placed, const std::string& name) const;
  const Instance& instance_of(int placed) const {
    return scenario_.models[instance_index_[static_cast<std::size_t>(placed)]];
  }
  const Placed& placed_at(int placed) const { return plan_.placed[static_cast<std::size_t>(placed)]; }
  double dt() const { return scenario_.time.dt(); }

  const Scenario& scenario_;
  const Catalogue& catalogue_;
  Problems problems_;
  Plan plan_;
  std::vector<std::size_t> instance_index_;  ///< by placed: index into scenario_.models
  std::vector<std::vector<int>> reads_;      ///< by placed: indices of variables read in the same step
  std::map<std::string, std::vector<std::pair<int, int>>> contributions_;  ///< sum -> (placed, column)
  std::map<std::pair<int, std::string>, int> converted_;                   ///< (column, unit) -> converted column
  std::map<std::uint64_t, int> constants_;                                 ///< bits of the value -> constant column
  std::map<std::string, OutcomePlan::Binned> binned_;                      ///< by name of the bucket
  std::map<std::string, int> occurrences_;                                 ///< by name of the outcome or bucket
};

/// A name in its parts: "trade.flow" and {"USA", "*"} of "trade.flow[USA,*]", where * stands for every label.
struct AddressedName {
  std::string variable;
  std::vector<std::string> labels;  ///< none: every value is meant
};
AddressedName split_name(const std::string& name);

/// Whether a name means this value of the variable.
bool names_value(const AddressedName& name, const Variable& variable, int value);

}  // namespace moniac
