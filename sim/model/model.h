// The contract: everything a model author needs to read.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "sim/model/declarations.h"
#include "sim/model/step.h"

namespace moniac {

/// A mechanism: declarations first, equations second. Members are initialised by declaring functions, so one line
/// both records the declaration and yields the value:
///
///   const double speed = param("speed", 0.25, "1/year", positive(), "Speed of return to the mean", published("…"));
///   const Output rate  = output("rate", "%/year", "Short-term interest rate");
///   const Shock  news  = normal_shock("news", "News about the rate");
///
/// A model holds parameters and handles only, no state: one object serves all blocks and threads. Constructors are
/// cheap and free of IO, because describing a model builds it with its defaults.
class Model {
 public:
  virtual ~Model() = default;
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  /// Writes every output and state at the start date.
  virtual void start(Start& s) const = 0;
  /// Writes every output and state of step k. Must not allocate.
  virtual void step(Step& s) const = 0;

 protected:
  explicit Model(Declarations& declarations) : declarations_(declarations) {}

  const std::string& scope() const { return declarations_.scope(); }
  /// The time grid; for set-up constants such as exp(-a dt).
  const Calendar& time() const { return declarations_.time(); }

  // Parameters: fixed within a run.
  double param(std::string name, double fallback, std::string unit, Range range, std::string doc, Source source);
  int integer(std::string name, int fallback, Range range, std::string doc, Source source);
  bool flag(std::string name, bool fallback, std::string doc);
  /// One of a list of words; the answer is its index in `choices`.
  int choice(std::string name, std::string fallback, Names choices, std::string doc);
  std::vector<double> numbers(std::string name, std::vector<double> fallback, std::string unit, Range range,
                              std::string doc, Source source);
  Matrix matrix(std::string name, Matrix fallback, std::string unit, std::string doc, Source source);
  Names names(std::string name, Names fallback, std::string doc);
  /// Dated values, inline or from a CSV file; empty when not given.
  Series series(std::string name, std::string unit, Range range, std::string doc);
  std::vector<Date> dates(std::string name, std::string doc);

  // Variables: by time and path. A name without a dot belongs to the instance's scope; a dotted name is absolute.
  Input input(std::string name, std::string unit, std::string doc);
  Input input(std::string name, double fallback, std::string unit, std::string doc);
  Input lagged_input(std::string name, std::string unit, std::string doc);
  Input lagged_input(std::string name, double fallback, std::string unit, std::string doc);
  /// With one value per combination of labels; the last dimension varies fastest.
  Inputs inputs(std::string name, Dimensions dimensions, double fallback, std::string unit, std::string doc);
  Inputs inputs(std::string name, std::string dimension, Names labels, double fallback, std::string unit,
                std::string doc);
  Inputs lagged_inputs(std::string name, Dimensions dimensions, double fallback, std::string unit, std::string doc);
  Output output(std::string name, std::string unit, std::string doc);
  Outputs outputs(std::string name, Dimensions dimensions, std::string unit, std::string doc);
  Outputs outputs(std::string name, std::string dimension, Names labels, std::string unit, std::string doc);
  /// A share of an additive variable that several models contribute to; the engine sums.
  Output contribution(std::string name, std::string unit, std::string doc);
  /// The same of a vector; every contributor declares all labels.
  Outputs contributions(std::string name, std::string dimension, Names labels, std::string unit, std::string doc);
  /// The residual of an accounting identity; above `tolerance` the run ends as an identity breach.
  Output identity(std::string name, double tolerance, std::string unit, std::string doc);
  /// Whether a bound holds a value of the model where its equations would not: 1 on paths where it does, else 0. A run
  /// says in which share of its path-steps.
  Output clamp(std::string name, std::string doc);
  State state(std::string name, std::string doc);
  States states(std::string name, int size, std::string doc);

  // Shocks: the only source of randomness.
  Shock normal_shock(std::string name, std::string doc);
  Shocks normal_shocks(std::string name, int draws, std::string doc);
  /// Uniform on (0, 1).
  Shock uniform_shock(std::string name, std::string doc);
  Shocks uniform_shocks(std::string name, int draws, std::string doc);
  /// For events that happen any number of times in a step, each with uniforms of its own: see Step::next_event.
  EventShock event_shock(std::string name, std::string doc);

  /// A rule between parameters; reported at the places where `params`, or items of them ("flows[3]"), were given.
  void check(bool holds, std::string message, Names params);

  /// The rule that a list has `size` numbers: "cost has 3 numbers for 2 sides". Whether it holds. What `size` comes
  /// from may be a parameter too, `given_by`.
  bool check_size(const std::vector<double>& list, std::size_t size, const std::string& name,
                  const std::string& of = {}, const Names& given_by = {});

  /// What set-up found out about this instance, for example a spectral radius; `moniac plan` prints it.
  void note(std::string text);

 private:
  Declarations& declarations_;  // alive while the model is built; not used afterwards
};

/// A kind of model, as the catalogue lists it.
struct ModelType {
  std::string name;
  std::string summary;
  std::string folder;  ///< below models/, where its README is
  std::string scope;   ///< an example scope, used when the model is described
  std::function<std::unique_ptr<Model>(Declarations&)> build;
};

template <class M>
ModelType model_type(std::string name, std::string folder, std::string scope, std::string summary) {
  return {std::move(name), std::move(summary), std::move(folder), std::move(scope),
          [](Declarations& d) -> std::unique_ptr<Model> { return std::make_unique<M>(d); }};
}

}  // namespace moniac
