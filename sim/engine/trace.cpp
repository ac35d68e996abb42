#include "sim/engine/trace.h"

#include <algorithm>
#include <array>
#include <limits>

#include "sim/engine/unit.h"

namespace moniac {

namespace {

using Kind = TraceColumn::Kind;

constexpr auto lanes = static_cast<std::int64_t>(cell_size);

// A column of a trace, and the column of the block that it is read from; of a trigger's draw its stream.
struct TracedColumn {
  TraceColumn column;
  int block_column = -1;
  std::uint64_t stream = 0;
};

std::string number_of(int index, int count) {
  return count > 1 ? std::to_string(index) : std::string();
}

void add_variables(const Plan& plan, std::vector<TracedColumn>& sources) {
  for (const Variable& variable : plan.variables) {
    for (int i = 0; i < variable.width(); ++i) {
      const std::string label = label_text(variable.dimensions, static_cast<std::size_t>(i));
      sources.push_back({{Kind::variable, variable.name, label, variable.unit}, variable.column + i});
    }
  }
}

void add_states(const Placed& placed, std::vector<TracedColumn>& sources) {
  for (const StateDecl& state : placed.declared->states()) {
    for (int i = 0; i < state.size; ++i) {
      const int column = placed.state_columns[static_cast<std::size_t>(state.first + i)];
      sources.push_back({{Kind::state, placed.key + "/" + state.name, number_of(i, state.size), ""}, column});
    }
  }
}

void add_shocks(const Placed& placed, std::vector<TracedColumn>& sources) {
  for (const ShockDecl& shock : placed.declared->shocks()) {
    for (int i = 0; i < shock.draws; ++i) {
      const int column = placed.shock_columns[static_cast<std::size_t>(shock.first + i)];
      sources.push_back({{Kind::shock, placed.key + "/" + shock.name, number_of(i, shock.draws), ""}, column});
    }
  }
}

void add_draws(const Plan& plan, std::vector<TracedColumn>& sources) {
  for (const CorrelatedDraws& group : plan.correlated) {
    for (const Draw& draw : plan.draws) {
      const auto& members = group.independent;
      if (std::find(members.begin(), members.end(), draw.column) == members.end()) continue;
      sources.push_back({{Kind::draw, draw.stream, "", ""}, draw.column});
    }
  }
  for (const TriggerPlan& trigger : plan.triggers) {
    if (trigger.probability < 1) sources.push_back({{Kind::draw, "trigger/" + trigger.name, "", ""}, -1, trigger.key});
  }
}

std::vector<TracedColumn> sources_of(const Plan& plan) {
  std::vector<TracedColumn> sources;
  add_variables(plan, sources);
  for (const Placed& placed : plan.placed) add_states(placed, sources);
  for (const Placed& placed : plan.placed) add_shocks(placed, sources);
  add_draws(plan, sources);
  return sources;
}

// The draw that a trigger compares with its probability, whether it looks at it or not.
double uniform(const Kernels& kernels, std::uint64_t stream, const Block& block, std::size_t lane) {
  alignas(64) std::array<double, cell_size> values;
  kernels.uniforms(stream, static_cast<std::uint64_t>(block.first()), static_cast<std::uint32_t>(block.index()), 0,
                   values.data(), values.size());
  return values[lane];
}

double value_of(const TracedColumn& source, const Kernels& kernels, const Block& block, std::size_t lane) {
  if (source.block_column < 0) return uniform(kernels, source.stream, block, lane);
  if (source.column.kind == Kind::variable) return block.now(source.block_column)[lane];
  if (source.column.kind == Kind::state) return block.state_now(source.block_column)[lane];
  if (block.index() == 0) return std::numeric_limits<double>::quiet_NaN();
  return block.drawn(source.block_column)[lane];
}

}  // namespace

std::string to_string(TraceColumn::Kind kind) {
  constexpr const char* words[] = {"variable", "state", "shock", "draw"};
  return words[static_cast<std::size_t>(kind)];
}

Trace trace(const Plan& plan, std::int64_t path, const Kernels& kernels) {
  const std::int64_t first = path / lanes * lanes;
  const auto lane = static_cast<std::size_t>(path - first);
  const std::vector<TracedColumn> sources = sources_of(plan);
  Trace result;
  result.path = path;
  for (const TracedColumn& source : sources) result.columns.push_back(source.column);

  UnitWorker worker(plan, kernels, cell_size, false);
  FinishedUnit unit;
  const auto observe = [&](const Block& block) {
    if (block.index() == 0) result.values.clear();  // a second time when a path of the block failed
    std::vector<double>& row = result.values.emplace_back();
    for (const TracedColumn& source : sources) row.push_back(value_of(source, kernels, block, lane));
  };
  worker.run({first, std::min(first + lanes, plan.paths)}, {.every_path = true, .observer = observe}, unit);

  for (const Failure& failure : unit.summary.failures) {
    if (failure.path == path) result.failure = failure;
  }
  if (result.failure) {
    result.values.resize(static_cast<std::size_t>(result.failure->step) + 1);
    return result;
  }
  for (std::size_t o = 0; o < plan.outcomes.size(); ++o) result.outcomes.push_back(worker.answers(o)[lane] != 0);
  for (const TriggerFiring& firing : unit.summary.trigger_log) {
    if (firing.path == path) result.firings.push_back(firing);
  }
  return result;
}

}  // namespace moniac
