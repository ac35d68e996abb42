#include "sim/engine/common_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sim/units/units.h"

namespace moniac {

namespace {

const Variable& variable_of(const Plan& plan, const Recorded& recorded) {
  return plan.variables[static_cast<std::size_t>(recorded.variable)];
}

// The labels that both have, in A's order.
Dimensions common_labels(const Dimensions& a, const Dimensions& b) {
  Dimensions common = a;
  for (std::size_t d = 0; d < a.size(); ++d) {
    std::erase_if(common[d].labels, [&](const std::string& label) {
      return std::find(b[d].labels.begin(), b[d].labels.end(), label) == b[d].labels.end();
    });
  }
  return common;
}

// Index of the variable of this name among those recorded.
std::optional<std::size_t> find_recorded(const Plan& plan, const std::string& name) {
  for (std::size_t r = 0; r < plan.recorded.size(); ++r) {
    if (variable_of(plan, plan.recorded[r]).name == name) return r;
  }
  return {};
}

std::optional<std::size_t> find_outcome(const Plan& plan, const std::string& name) {
  for (std::size_t o = 0; o < plan.outcomes.size(); ++o) {
    if (plan.outcomes[o].name == name) return o;
  }
  return {};
}

// Pairs what two plans record.
class Pairing {
 public:
  Pairing(const Plan& a, const Plan& b) : a_(a), b_(b) {}

  CommonRecord make() {
    pair_dates();
    for (std::size_t r = 0; r < a_.recorded.size(); ++r) pair_variable(r);
    for (const Recorded& recorded : b_.recorded) {
      const std::string& name = variable_of(b_, recorded).name;
      if (!find_recorded(a_, name)) leave_out(name, "only in B");
    }
    for (std::size_t o = 0; o < a_.outcomes.size(); ++o) pair_outcome(o);
    for (const OutcomePlan& outcome : b_.outcomes) {
      if (!find_outcome(a_, outcome.name)) leave_out("outcome " + outcome.name, "only in B");
    }
    return std::move(common_);
  }

 private:
  void leave_out(const std::string& name, const std::string& why) {
    common_.left_out.push_back(fmt::format("{}: {}", name, why));
  }

  void pair_dates() {
    for (std::size_t d = 0; d < a_.recorded_steps.size(); ++d) {
      const auto found = std::find(b_.recorded_steps.begin(), b_.recorded_steps.end(), a_.recorded_steps[d]);
      if (found == b_.recorded_steps.end()) continue;
      common_.dates_a.push_back(d);
      common_.dates_b.push_back(static_cast<std::size_t>(found - b_.recorded_steps.begin()));
    }
  }

  void pair_variable(std::size_t recorded) {
    const Recorded& in_a = a_.recorded[recorded];
    const Variable& a = variable_of(a_, in_a);
    const std::optional<std::size_t> found = find_recorded(b_, a.name);
    if (!found || common_.dates_a.empty()) {
      leave_out(a.name, found ? "no recorded date is in both" : "only in A");
      return;
    }
    const Recorded& in_b = b_.recorded[*found];
    const Variable& b = variable_of(b_, in_b);
    const std::optional<double> factor = strict_conversion(b.unit, a.unit, a_.time.dt());
    if (!factor) {
      leave_out(a.name, fmt::format("{} in A, {} in B", a.unit, b.unit));
      return;
    }
    const bool alike = same_names(in_a.dimensions, in_b.dimensions);
    Dimensions common = alike ? common_labels(in_a.dimensions, in_b.dimensions) : Dimensions{};
    if (!alike || value_count(common) == 0) {
      leave_out(a.name, "no label is in both");
      return;
    }
    common_.variables.push_back({.a = recorded,
                                 .b = *found,
                                 .dimensions = common,
                                 .values_a = find_values(in_a.dimensions, common),
                                 .values_b = find_values(in_b.dimensions, common),
                                 .factor = *factor});
  }

  void pair_outcome(std::size_t outcome) {
    const std::string& name = a_.outcomes[outcome].name;
    if (const std::optional<std::size_t> found = find_outcome(b_, name)) {
      common_.outcomes.emplace_back(outcome, *found);
    } else {
      leave_out("outcome " + name, "only in A");
    }
  }

  const Plan& a_;
  const Plan& b_;
  CommonRecord common_;
};

}  // namespace

CommonRecord common_record(const Plan& a, const Plan& b) {
  return Pairing(a, b).make();
}

Plan difference_plan(const Plan& a, const Plan& b, const CommonRecord& common) {
  Plan plan;
  plan.time = a.time;
  plan.paths = a.paths;
  plan.seed = a.seed;
  plan.quantiles = a.quantiles;
  plan.exact_quantiles = a.exact_quantiles && b.exact_quantiles;
  for (const std::size_t date : common.dates_a) plan.recorded_steps.push_back(a.recorded_steps[date]);
  for (const CommonVariable& pair : common.variables) {
    const Recorded& recorded = a.recorded[pair.a];
    const Variable& variable = variable_of(a, recorded);
    Variable difference{.name = variable.name + ".difference",
                        .unit = variable.unit,
                        .doc = variable.doc + ", B less A",
                        .kind = Variable::Kind::sum,
                        .placed = -1,
                        .dimensions = pair.dimensions,
                        .column = plan.layout.variables};
    plan.recorded.push_back({.variable = static_cast<int>(plan.variables.size()),
                             .dimensions = pair.dimensions,
                             .values = find_values(pair.dimensions, pair.dimensions)});
    plan.layout.variables += difference.width();
    plan.variables.push_back(std::move(difference));
  }
  return plan;
}

}  // namespace moniac
