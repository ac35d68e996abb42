// A few hundred paths, structure of arrays, two time levels.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/engine/measure_watch.h"
#include "sim/engine/plan.h"
#include "sim/engine/shared_draws.h"
#include "sim/engine/trigger_watch.h"
#include "sim/math/columns.h"
#include "sim/math/kernels.h"
#include "sim/model/step.h"

namespace moniac {

/// Columns of memory that a block takes: two time levels of variables and states, shocks, constants, impositions.
std::size_t block_columns(const Plan& plan);

/// Simulates a range of paths. A worker owns one and uses it for range after range.
class Block {
 public:
  /// `lanes`: most paths at a time, a multiple of 64. `poison` fills what models must write with NaN before each step.
  /// `shared`: draws that serve the plan, or null.
  Block(const Plan& plan, const Kernels& kernels, std::size_t lanes, bool poison, const SharedDraws* shared = nullptr);
  ~Block();
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  /// Makes this thread's column functions work on this block, and takes paths first … first + paths - 1.
  void begin(std::int64_t first, std::size_t paths);
  /// The state at the start date, judged by the triggers.
  void start();
  /// The next step: schedules and actions of triggers, draws, models in order with their impositions, triggers.
  void step();

  const TriggerWatch& triggers() const { return triggers_; }
  int index() const { return index_; }
  std::int64_t first() const { return first_; }
  std::size_t paths() const { return paths_; }
  std::size_t lanes() const { return lanes_; }
  /// Values of a variable column now, and at the end of the step before.
  const double* now(int column) const { return variable(column, level_); }
  const double* last(int column) const { return variable(column, 1 - level_); }
  /// A state column now.
  const double* state_now(int column) const { return state(column, level_); }
  /// What the producer of a variable that is not finite on `lane` says of it; may be nothing.
  std::string why_failed(int placed, std::size_t lane) const;
  /// A shock column of the present step, from step 1 on.
  const double* drawn(int column) const { return shock(column); }

 private:
  struct PlacedWindow;

  double* variable(int column, int level) const {
    return variables_ + (static_cast<std::size_t>(level * plan_.layout.variables + column)) * stride_;
  }
  double* state(int column, int level) const {
    return states_ + (static_cast<std::size_t>(level * plan_.layout.states + column)) * stride_;
  }
  double* shock(int column) const { return shocks_ + static_cast<std::size_t>(column) * stride_; }
  double* constant(int column) const { return constants_ + static_cast<std::size_t>(column) * stride_; }

  EventSource event_source(int column) const;
  void fill(double* column, double value) const;
  void fill_poison();
  void fill_levers();
  void fill_draws();
  void prepare_impositions();
  void run_operations();
  void run_model(int placed);
  void impose(const Imposition& imposition) const;
  void add_up(const Sum& sum) const;
  void convert(const Conversion& conversion) const;
  void take_measures();

  const Plan& plan_;
  const Kernels& kernels_;
  const SharedDraws* const shared_;
  const bool poison_;
  [[maybe_unused]] const std::size_t capacity_;  ///< for assertions
  const std::size_t stride_;  ///< doubles between columns: one cache line more than the lanes, so that the columns of
                              ///< an expression do not all fall into the same set of the cache
  Eigen::ArrayXd memory_;
  double* variables_ = nullptr;
  double* states_ = nullptr;
  double* shocks_ = nullptr;
  double* constants_ = nullptr;
  double* imposed_ = nullptr;
  std::vector<std::pair<std::vector<const double*>, std::vector<double*>>> groups_;  ///< of correlated draws
  std::vector<std::unique_ptr<PlacedWindow>> windows_;
  Scratch scratch_;
  MeasureWatch measures_;
  TriggerWatch triggers_;

  std::int64_t first_ = 0;
  std::size_t paths_ = 0;
  std::size_t lanes_ = 0;
  int index_ = 0;
  int level_ = 0;
};

}  // namespace moniac
