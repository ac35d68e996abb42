// Conditions: their measures as columns, their levels in units, their joints in order.
#include <algorithm>

#include "sim/engine/plan_builder.h"
#include "sim/engine/question_text.h"

namespace moniac {

namespace {

using Instruction = ConditionPlan::Instruction;

void put(Instruction next, std::size_t depth, ConditionPlan& plan) {
  plan.instructions.push_back(next);
  plan.depth = std::max(plan.depth, depth);
}

}  // namespace

// `asker`: whose tests these are, where it wants to know which of them may have no value.
ConditionPlan PlanBuilder::plan_condition(const Condition& condition, OccurrencePlan* asker) {
  ConditionPlan plan;
  add_condition(condition, plan, 0, asker);
  return plan;
}

// `below`: truths on the stack that wait for this one.
void PlanBuilder::add_condition(const Condition& condition, ConditionPlan& plan, std::size_t below,
                                OccurrencePlan* asker) {
  if (condition.kind == Condition::Kind::predicate) {
    const Predicate& predicate = condition.predicate;
    const Measured measured = measure(predicate.measure);
    if (measured.column < 0) return;
    const auto level = convert(predicate.level, measured.unit, dt(), in_words(predicate.measure), problems_);
    if (!level) return;
    if (asker && measured.doubtful) asker->doubtful.emplace_back(measured.column, measured.from);
    put({.kind = Instruction::Kind::test, .test = {measured.column, predicate.test, *level}}, below + 1, plan);
    return;
  }
  for (std::size_t i = 0; i < condition.parts.size(); ++i) {
    add_condition(condition.parts[i], plan, below + std::min<std::size_t>(i, 1), asker);
    if (i == 0) continue;
    const bool all = condition.kind == Condition::Kind::all_of;
    put({.kind = all ? Instruction::Kind::both : Instruction::Kind::either, .test = {}}, below + 2, plan);
  }
  if (condition.kind == Condition::Kind::none_of)
    put({.kind = Instruction::Kind::negation, .test = {}}, below + 1, plan);
}

}  // namespace moniac
