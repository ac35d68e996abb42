// What a model declares, and the answers it gets.
#pragma once

#include <string>
#include <vector>

#include "sim/model/calendar.h"
#include "sim/model/variables.h"

namespace moniac {

/// Supplies the values that a scenario gives to one instance.
class ParamSource {
 public:
  virtual ~ParamSource() = default;
  /// The given value, validated and in the declared unit; empty when nothing (or nothing valid) was given.
  virtual std::optional<Value> find(const ParamDecl& declared) = 0;
};

/// Records every declaration of a model under construction and answers parameters with their values: the default
/// when a model is described, the scenario's value when it is built.
class Declarations {
 public:
  /// A rule between parameters that does not hold; reported at the places where they were given.
  struct Complaint {
    std::string message;
    Names params;
  };

  /// `scope` and `time` are known to the model, so that defaults and set-up constants may depend on them.
  Declarations(std::string scope, Calendar time, ParamSource* given = nullptr);

  Value param(ParamDecl declared);
  int input(InputDecl declared);  ///< id of its first handle
  int output(OutputDecl declared);
  int state(StateDecl declared);
  int shock(ShockDecl declared);
  void complain(std::string message, Names params);
  void note(std::string text);

  const std::string& scope() const { return scope_; }
  const Calendar& time() const { return time_; }
  const std::vector<ParamDecl>& params() const { return params_; }
  const std::vector<Value>& values() const { return values_; }  ///< in the order of params()
  const std::vector<InputDecl>& inputs() const { return inputs_; }
  const std::vector<OutputDecl>& outputs() const { return outputs_; }
  const std::vector<StateDecl>& states() const { return states_; }
  const std::vector<ShockDecl>& shocks() const { return shocks_; }
  const std::vector<Complaint>& complaints() const { return complaints_; }
  const Names& notes() const { return notes_; }

 private:
  std::string scope_;
  Calendar time_;
  ParamSource* given_;
  std::vector<ParamDecl> params_;
  std::vector<Value> values_;
  std::vector<InputDecl> inputs_;
  std::vector<OutputDecl> outputs_;
  std::vector<StateDecl> states_;
  std::vector<ShockDecl> shocks_;
  std::vector<Complaint> complaints_;
  Names notes_;
};

}  // namespace moniac
