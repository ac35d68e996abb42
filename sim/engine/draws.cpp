// Draws: one stream per declared shock, and the groups that are correlated.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/engine/plan_builder.h"
#include "sim/math/cholesky.h"
#include "sim/math/hash.h"

namespace moniac {

void PlanBuilder::plan_draws() {
  std::map<std::uint64_t, std::string> keys;
  for (Placed& placed : plan_.placed) {
    for (const ShockDecl& shock : placed.declared->shocks()) {
      const std::string stream = placed.key + "/" + shock.name;
      const std::uint64_t key = stream_key(scenario_.seed, stream);
      const auto [other, fresh] = keys.emplace(key, stream);
      if (!fresh) {
        problems_.add(placed.place, fmt::format("the streams {} and {} have the same key", stream, other->second),
                      "rename one of the two instances or choose another seed");
      }
      if (shock.law == ShockDecl::Law::events) {
        plan_.events.push_back({stream, key, plan_.layout.shocks});
        placed.shock_columns.push_back(plan_.layout.shocks++);
        continue;
      }
      for (int draw = 0; draw < shock.draws; ++draw) {
        placed.shock_columns.push_back(plan_.layout.shocks);
        plan_.draws.push_back({.stream = stream,
                               .key = key,
                               .draw = static_cast<std::uint32_t>(draw),
                               .law = shock.law,
                               .column = plan_.layout.shocks++});
      }
    }
  }
  for (const Correlation& correlation : scenario_.correlations) correlate(correlation);
}

// z_i = sum_{j<=i} L_ij e_j in listed order, so that appending a shock changes no earlier one.
void PlanBuilder::correlate(const Correlation& correlation) {
  CorrelatedDraws group;
  std::vector<int*> handles;
  for (const Name& name : correlation.shocks) {
    std::vector<std::string> streams;
    const Draw* found = nullptr;
    for (const Draw& draw : plan_.draws) {
      if (draw.law != ShockDecl::Law::normal) continue;
      streams.push_back(draw.stream);
      if (draw.stream == name.text && draw.draw == 0) found = &draw;
    }
    if (found == nullptr) {
      problems_.add(name.place, fmt::format("no normal shock '{}'", name.text), suggestion(name.text, streams));
      return;
    }
    for (Placed& placed : plan_.placed) {
      for (int& column : placed.shock_columns) {
        if (column == found->column) handles.push_back(&column);
      }
    }
    if (handles.size() == group.independent.size()) {
      problems_.add(name.place, fmt::format("'{}' is already in another group of correlations", name.text),
                    "a shock may be in one group only: join the groups into one matrix");
      return;
    }
    group.independent.push_back(found->column);
  }
  const auto factor = cholesky(exact_matrix(correlation.matrix));
  if (const auto* failure = std::get_if<NotPositive>(&factor)) {
    problems_.add(correlation.place,
                  fmt::format("the correlation matrix is not positive semidefinite: its smallest eigenvalue is {:.4g}",
                              failure->smallest_eigenvalue),
                  "make the correlations less extreme, or replace the matrix by the nearest valid one");
    return;
  }
  group.lower = row_major(std::get<ExactMatrix>(factor));
  for (int* handle : handles) {
    *handle = plan_.layout.shocks;
    group.correlated.push_back(plan_.layout.shocks++);
  }
  plan_.correlated.push_back(std::move(group));
}

}  // namespace moniac
