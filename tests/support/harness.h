// Runs one model alone: inputs, shocks and impositions are set by the test, columns are read by name.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/math/columns.h"
#include "sim/model/model.h"

namespace moniac::testing {

/// The parameters a test gives, by name. Values are in the declared unit.
using Params = std::map<std::string, Value>;

/// Steps from the end of 2025 on, where most models start.
inline Calendar grid(StepUnit unit, int steps) {
  return {.start = Date{std::chrono::December / 31 / 2025}, .unit = unit, .every = 1, .steps = steps};
}

/// One instance of a model on one block of paths. Outputs and states are NaN before each step, so that a column nobody
/// wrote shows. Inputs hold their declared default until set; a shock is zero until it is set or the harness is seeded.
class Harness {
 public:
  /// `scope` is the type's example scope when empty. `paths` is rounded up to a multiple of 64. Throws
  /// std::invalid_argument for a parameter that the model does not declare, of another kind or out of range, and for a
  /// rule between parameters that does not hold.
  Harness(const ModelType& type, const Calendar& time, const Params& params = {}, const std::string& scope = {},
          Eigen::Index paths = 64, const Kernels& kernels = best_kernels());
  ~Harness();
  Harness(const Harness&) = delete;
  Harness& operator=(const Harness&) = delete;

  /// An input with labels: whole, or one value of it ("holdings[japan]").
  void set(const std::string& input, double value);
  void set(const std::string& input, const Eigen::ArrayXd& values);
  /// Fixes one draw of a shock on all paths.
  void fix(const std::string& shock, double value, int draw = 0);
  /// Draws every shock that is not fixed from streams of this seed, as the engine does.
  void seed(std::uint64_t seed);
  /// Overwrites an output with `value` from the next start or step on, as the engine does.
  void impose(const std::string& output, double value);
  void release(const std::string& output);

  void start();
  void step();
  void run(int steps);
  /// Goes on where another run of the same model and grid stands: its time, outputs and states, nothing else of it.
  void resume(const Harness& other);

  /// The column of an output, of one label of it ("holdings[japan]"), or of a state.
  ConstColumn operator[](const std::string& name) const;
  ConstColumn last(const std::string& name) const;
  double at(const std::string& name, Eigen::Index path = 0) const { return (*this)[name](path); }
  double mean(const std::string& name) const { return (*this)[name].mean(); }
  double variance(const std::string& name) const;

  bool has_output(const std::string& name) const;
  const Declarations& declared() const { return declared_; }
  Eigen::Index paths() const { return lanes_; }
  int index() const { return index_; }
  /// Allocations inside the model's last start or step on this thread; see allocations.h.
  long allocations() const { return allocations_; }

 private:
  class Given;
  struct Columns;

  void draw();
  void poison();
  void overwrite();
  Window window() const;

  std::unique_ptr<Given> given_;
  Declarations declared_;
  std::unique_ptr<Model> model_;
  const Kernels& kernels_;
  Eigen::Index lanes_;
  Scratch scratch_;
  std::unique_ptr<Columns> columns_;
  std::map<int, double> fixed_;  // by shock id
  std::uint64_t seed_ = 0;
  bool seeded_ = false;
  int index_ = 0;
  long allocations_ = 0;
};

/// Why the model refuses these parameters; empty when it takes them.
std::string refusal(const ModelType& type, const Calendar& time, const Params& params);

}  // namespace moniac::testing
