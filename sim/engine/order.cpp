// Order: inputs of the same step are edges; ties keep the scenario's order.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/plan_builder.h"

namespace moniac {

// By placed: those that must run before it.
std::vector<std::vector<int>> PlanBuilder::dependencies() const {
  std::vector<std::vector<int>> needs(plan_.placed.size());
  for (std::size_t p = 0; p < needs.size(); ++p) {
    for (int v : reads_[p]) {
      const Variable& variable = plan_.variables[static_cast<std::size_t>(v)];
      if (variable.kind == Variable::Kind::output) needs[p].push_back(variable.placed);
      if (variable.kind != Variable::Kind::sum) continue;
      for (const auto& [contributor, column] : contributions_.at(variable.name)) needs[p].push_back(contributor);
    }
  }
  return needs;
}

void PlanBuilder::order_models() {
  const auto needs = dependencies();
  const std::size_t count = needs.size();
  std::vector<bool> done(count);
  std::vector<int> order;
  const auto ready = [&](std::size_t p) {
    return !done[p] && std::all_of(needs[p].begin(), needs[p].end(),
                                   [&](int before) { return done[static_cast<std::size_t>(before)]; });
  };
  while (order.size() < count) {
    std::size_t next = 0;
    while (next < count && !ready(next)) ++next;
    if (next == count) return report_loop(needs, done);
    done[next] = true;
    order.push_back(static_cast<int>(next));
  }

  std::vector<int> position(count);
  std::vector<Placed> placed;
  std::vector<std::size_t> instance_index;
  for (int p : order) {
    position[static_cast<std::size_t>(p)] = static_cast<int>(placed.size());
    placed.push_back(std::move(plan_.placed[static_cast<std::size_t>(p)]));
    instance_index.push_back(instance_index_[static_cast<std::size_t>(p)]);
  }
  plan_.placed = std::move(placed);
  instance_index_ = std::move(instance_index);
  for (Variable& variable : plan_.variables) {
    if (variable.placed >= 0) variable.placed = position[static_cast<std::size_t>(variable.placed)];
  }
  for (auto& [name, terms] : contributions_) {
    for (auto& [contributor, column] : terms) contributor = position[static_cast<std::size_t>(contributor)];
  }
}

void PlanBuilder::report_loop(const std::vector<std::vector<int>>& needs, const std::vector<bool>& done) {
  // Walking to any unfinished model that is waited for must come back to one already seen.
  std::vector<int> walk;
  int at = static_cast<int>(std::find(done.begin(), done.end(), false) - done.begin());
  while (std::find(walk.begin(), walk.end(), at) == walk.end()) {
    walk.push_back(at);
    const auto& before = needs[static_cast<std::size_t>(at)];
    at = *std::find_if(before.begin(), before.end(), [&](int p) { return !done[static_cast<std::size_t>(p)]; });
  }
  walk.erase(walk.begin(), std::find(walk.begin(), walk.end(), at));
  std::string loop, inputs;
  for (std::size_t i = 0; i < walk.size(); ++i) {
    const int reader = walk[i], producer = walk[(i + 1) % walk.size()];
    for (int v : reads_[static_cast<std::size_t>(reader)]) {
      const Variable& variable = plan_.variables[static_cast<std::size_t>(v)];
      if (variable.placed != producer) continue;
      loop += fmt::format("{} reads {} of ", placed_at(reader).key, variable.name);
      inputs += fmt::format("{}{} in {}", inputs.empty() ? "" : ", ", variable.name, placed_at(reader).key);
      break;
    }
  }
  problems_.add(
      placed_at(walk.front()).place,
      fmt::format("these models wait for each other in the same step: {}{}", loop, placed_at(walk.front()).key),
      fmt::format("one of these must be read with a lag (lagged_input in the model) or be given another "
                  "source under `inputs:`: {}",
                  inputs));
}

void PlanBuilder::arrange_operations() {
  const auto add = [&](Operation::Kind kind, std::size_t index) {
    plan_.operations.push_back({kind, static_cast<int>(index)});
  };
  const auto convert_all = [&](const auto& of) {
    for (std::size_t c = 0; c < plan_.conversions.size(); ++c) {
      const auto variable = static_cast<std::size_t>(plan_.conversions[c].variable);
      if (of(plan_.variables[variable])) add(Operation::Kind::convert, c);
    }
  };
  convert_all([](const Variable& variable) { return variable.kind == Variable::Kind::lever; });
  for (int p = 0; p < static_cast<int>(plan_.placed.size()); ++p) {
    add(Operation::Kind::model, static_cast<std::size_t>(p));
    for (std::size_t i = 0; i < plan_.impositions.size(); ++i) {
      if (plan_.impositions[i].placed == p) add(Operation::Kind::impose, i);
    }
    convert_all([&](const Variable& variable) { return variable.placed == p; });
    for (auto& [name, terms] : contributions_) {
      const auto last = std::max_element(terms.begin(), terms.end());
      if (last->first != p) continue;
      const Variable& sum = *find_variable(name);
      std::sort(terms.begin(), terms.end(),
                [&](const auto& a, const auto& b) { return placed_at(a.first).key < placed_at(b.first).key; });
      for (int label = 0; label < sum.width(); ++label) {
        std::vector<int> columns;
        for (const auto& [contributor, column] : terms) columns.push_back(column + label);
        plan_.sums.push_back({columns, sum.column + label});
        add(Operation::Kind::sum, plan_.sums.size() - 1);
      }
      convert_all([&](const Variable& variable) { return variable.name == sum.name; });
    }
  }
}

}  // namespace moniac
