#include "sim/engine/condition_judge.h"

#include <algorithm>

#include "sim/engine/block.h"

namespace moniac {

namespace {

// Truth as a number: no 0, unknown 1, yes 2. Then `and` is the lower one, `or` the higher one, `not` 2 less it.
using Truth = unsigned char;
constexpr int yes = 2;

int above(double x, double level) {
  return static_cast<int>(x > level) + static_cast<int>(!(x <= level));
}

int below(double x, double level) {
  return static_cast<int>(x < level) + static_cast<int>(!(x >= level));
}

// Through pointers: bytes may alias anything, a vector's own members too, which would keep loops from being vectorised.
template <class Judgement>
void judge(Truth* truths, std::size_t lanes, const Judgement& judgement) {
  for (std::size_t l = 0; l < lanes; ++l) truths[l] = static_cast<Truth>(judgement(l));
}

void judge(const Test& test, const Block& block, Truth* truths) {
  const double level = test.level;
  const double* now = block.now(test.column);
  const double* last = block.last(test.column);
  const std::size_t lanes = block.lanes();
  switch (test.test) {
    case Predicate::Test::above:
      return judge(truths, lanes, [=](std::size_t l) { return above(now[l], level); });
    case Predicate::Test::below:
      return judge(truths, lanes, [=](std::size_t l) { return below(now[l], level); });
    case Predicate::Test::crosses_up:
      if (block.index() == 0) return judge(truths, lanes, [](std::size_t) { return 0; });
      return judge(truths, lanes,
                   [=](std::size_t l) { return std::min(yes - above(last[l], level), above(now[l], level)); });
    case Predicate::Test::crosses_down:
      if (block.index() == 0) return judge(truths, lanes, [](std::size_t) { return 0; });
      return judge(truths, lanes,
                   [=](std::size_t l) { return std::min(yes - below(last[l], level), below(now[l], level)); });
  }
}

std::size_t deepest(const Plan& plan) {
  std::size_t depth = 0;
  for (const TriggerPlan& trigger : plan.triggers) {
    for (const ConditionPlan* condition : {&trigger.when, &trigger.off, &trigger.release}) {
      depth = std::max(depth, condition->depth);
    }
  }
  for (const OccurrencePlan& occurrence : plan.occurrences) depth = std::max(depth, occurrence.condition.depth);
  return depth;
}

}  // namespace

ConditionJudge::ConditionJudge(const Plan& plan, std::size_t lanes)
    : stack_(deepest(plan), std::vector<unsigned char>(lanes)) {}

std::size_t ConditionJudge::bytes_per_lane(const Plan& plan) {
  return deepest(plan) * sizeof(unsigned char);
}

const unsigned char* ConditionJudge::holding(const ConditionPlan& condition, const Block& block) {
  using Kind = ConditionPlan::Instruction::Kind;
  const std::size_t lanes = block.lanes();
  std::size_t depth = 0;
  for (const ConditionPlan::Instruction& next : condition.instructions) {
    if (next.kind == Kind::test) {
      judge(next.test, block, stack_[depth++].data());
      continue;
    }
    if (next.kind == Kind::negation) {
      Truth* last = stack_[depth - 1].data();
      judge(last, lanes, [=](std::size_t l) { return yes - last[l]; });
      continue;
    }
    --depth;
    Truth *a = stack_[depth - 1].data(), *b = stack_[depth].data();
    if (next.kind == Kind::both) {
      judge(a, lanes, [=](std::size_t l) { return std::min(a[l], b[l]); });
    } else {
      judge(a, lanes, [=](std::size_t l) { return std::max(a[l], b[l]); });
    }
  }
  Truth* answer = stack_.front().data();
  judge(answer, lanes, [=](std::size_t l) { return answer[l] == yes; });
  return answer;
}

}  // namespace moniac
