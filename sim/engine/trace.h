// One path with everything that happened on it, to be looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/plan.h"
#include "sim/math/kernels.h"
#include "sim/results/results.h"

namespace moniac {

/// What a column of a trace holds: a variable, a state of a model, a shock as its model reads it, or an independent
/// draw where that is something else (the members of a correlated group, and the draws of triggers). Of an event shock:
/// how many events it has had so far, whose numbers key their draws.
struct TraceColumn {
  enum class Kind { variable, state, shock, draw };
  Kind kind = Kind::variable;
  std::string name;   ///< "us.policy_rate"; of an instance "us.policy_rate/news"
  std::string label;  ///< of a vector; the number of a state or draw that has several
  std::string unit;   ///< of a variable
};

/// The word for it: "variable".
std::string to_string(TraceColumn::Kind kind);

struct Trace {
  std::int64_t path = 0;
  std::vector<TraceColumn> columns;
  /// [step][column], from the start to the end or the step of the failure. NaN for the draws of models at the start,
  /// where they have none.
  std::vector<std::vector<double>> values;
  std::optional<Failure> failure;
  std::vector<bool> outcomes;          ///< by outcome of the plan; empty when the path failed
  std::vector<TriggerFiring> firings;  ///< where the plan logs them; none when the path failed
};

/// Simulates a path of the plan again. Its numbers are those of the run, bit for bit.
Trace trace(const Plan& plan, std::int64_t path, const Kernels& kernels);

}  // namespace moniac
