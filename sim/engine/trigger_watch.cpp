#include "sim/engine/trigger_watch.h"

#include <algorithm>
#include <tuple>

#include "sim/engine/block.h"

namespace moniac {

namespace {

constexpr std::size_t usual_actions = 4;  // of a path at a time; more are stored all the same

}  // namespace

TriggerWatch::TriggerWatch(const Plan& plan, const Kernels& kernels, std::size_t lanes)
    : plan_(plan), kernels_(kernels), judge_(plan, lanes) {
  if (plan.triggers.empty()) return;
  for (std::size_t t = 0; t < plan.triggers.size(); ++t) {
    Past& past = pasts_.emplace_back();
    past.rearmed.resize(lanes);
    past.run.resize(lanes);
    past.last.resize(lanes);
    past.first.resize(lanes);
    past.firings.resize(lanes);
  }
  actions_.resize(lanes);
  for (std::vector<Action>& of_lane : actions_) of_lane.reserve(usual_actions);
  candidate_.resize(lanes);
  uniforms_.resize(static_cast<Eigen::Index>(lanes));
}

std::size_t TriggerWatch::bytes_per_lane(const Plan& plan) {
  if (plan.triggers.empty()) return 0;
  constexpr std::size_t past = sizeof(unsigned char) + 3 * sizeof(int) + sizeof(std::int64_t);
  constexpr std::size_t actions = sizeof(std::vector<Action>) + usual_actions * sizeof(Action);
  const std::size_t judgement = ConditionJudge::bytes_per_lane(plan) + sizeof(unsigned char) + sizeof(double);
  return plan.triggers.size() * past + actions + judgement;
}

void TriggerWatch::begin(std::int64_t first, std::size_t paths) {
  first_ = first;
  paths_ = paths;
  for (Past& past : pasts_) {
    std::fill(past.rearmed.begin(), past.rearmed.end(), static_cast<unsigned char>(1));
    std::fill(past.run.begin(), past.run.end(), 0);
    std::fill(past.first.begin(), past.first.end(), -1);
    std::fill(past.firings.begin(), past.firings.end(), 0);
  }
  for (std::vector<Action>& of_lane : actions_) of_lane.clear();
  acting_ = 0;
  log_.clear();
}

void TriggerWatch::observe(const Block& block) {
  if (acting_ > 0) drop_ended(block.index());
  for (int t = 0; t < static_cast<int>(pasts_.size()); ++t) {
    release(t, block);
    if (find_candidates(t, block)) fire(t, block);
  }
}

// Forgets actions whose last step was `step` or earlier.
void TriggerWatch::drop_ended(int step) {
  for (std::size_t l = 0; l < paths_; ++l) {
    acting_ -= std::erase_if(actions_[l], [&](const Action& action) {
      return action.from + plan_.triggers[static_cast<std::size_t>(action.trigger)].length - 1 <= step;
    });
  }
}

void TriggerWatch::release(int trigger, const Block& block) {
  const ConditionPlan& condition = plan_.triggers[static_cast<std::size_t>(trigger)].release;
  if (condition.empty() || acting_ == 0) return;
  const unsigned char* holds = judge_.holding(condition, block);
  for (std::size_t l = 0; l < paths_; ++l) {
    if (!holds[l]) continue;
    acting_ -= std::erase_if(
        actions_[l], [&](const Action& action) { return action.trigger == trigger && action.from <= block.index(); });
  }
}

// Brings the past of a trigger up to the present step and marks where it fires unless its draw fails.
bool TriggerWatch::find_candidates(int trigger, const Block& block) {
  const TriggerPlan& plan = plan_.triggers[static_cast<std::size_t>(trigger)];
  Past& past = pasts_[static_cast<std::size_t>(trigger)];
  if (!plan.off.empty()) {
    const unsigned char* holds = judge_.holding(plan.off, block);
    for (std::size_t l = 0; l < paths_; ++l) past.rearmed[l] |= holds[l];
  }
  const unsigned char* holds = judge_.holding(plan.when, block);
  unsigned char any = 0;
  for (std::size_t l = 0; l < paths_; ++l) {
    past.run[l] = holds[l] ? past.run[l] + 1 : 0;
    if (plan.off.empty()) past.rearmed[l] |= static_cast<unsigned char>(holds[l] ^ 1);
    const bool cool = past.firings[l] == 0 || block.index() - past.last[l] >= plan.cooldown;
    const bool may = past.rearmed[l] && cool && past.run[l] >= plan.run_length && past.firings[l] < plan.at_most;
    candidate_[l] = may ? 1 : 0;
    any |= candidate_[l];
  }
  return any != 0;
}

// A draw is keyed by path and step, so that one nobody looks at need not be made.
void TriggerWatch::fire(int trigger, const Block& block) {
  const TriggerPlan& plan = plan_.triggers[static_cast<std::size_t>(trigger)];
  const bool certain = plan.probability == 1;
  if (!certain) {
    kernels_.uniforms(plan.key, static_cast<std::uint64_t>(first_), static_cast<std::uint32_t>(block.index()), 0,
                      uniforms_.data(), block.lanes());
  }
  for (std::size_t l = 0; l < paths_; ++l) {
    if (candidate_[l] && (certain || uniforms_[static_cast<Eigen::Index>(l)] < plan.probability)) {
      fire(trigger, l, block.index());
    }
  }
}

void TriggerWatch::fire(int trigger, std::size_t lane, int step) {
  Past& past = pasts_[static_cast<std::size_t>(trigger)];
  if (past.firings[lane]++ == 0) past.first[lane] = step;
  past.last[lane] = step;
  past.rearmed[lane] = 0;
  const std::int64_t path = first_ + static_cast<std::int64_t>(lane);
  if (path < plan_.logged_paths) log_.push_back({path, step, trigger});
  const Action action{step + 1 + plan_.triggers[static_cast<std::size_t>(trigger)].delay, trigger};
  if (action.from > plan_.time.steps) return;
  std::vector<Action>& of_lane = actions_[lane];
  const auto later = std::upper_bound(of_lane.begin(), of_lane.end(), action, [](const Action& a, const Action& b) {
    return std::pair(a.from, a.trigger) < std::pair(b.from, b.trigger);
  });
  of_lane.insert(later, action);
  ++acting_;
}

void TriggerWatch::rebuild(const LeverPath& lever, int step, double* column) const {
  for (std::size_t l = 0; l < paths_; ++l) {
    if (!actions_[l].empty()) column[l] = rebuilt(lever, step, actions_[l]);
  }
}

// The base, then dated and triggered changes merged by (activation step, place of the event).
double TriggerWatch::rebuilt(const LeverPath& lever, int step, const std::vector<Action>& actions) const {
  double value = lever.base[static_cast<std::size_t>(step)];
  auto dated = lever.dated.begin();
  const auto change_by_date = [&] {
    if (dated->from <= step && step <= dated->last) value = dated->change(value);
    ++dated;
  };
  for (const Action& action : actions) {
    if (action.from > step) break;
    const int event = plan_.triggers[static_cast<std::size_t>(action.trigger)].event;
    while (dated != lever.dated.end() && std::pair(dated->from, dated->event) < std::pair(action.from, event)) {
      change_by_date();
    }
    for (const TriggeredChange& triggered : lever.triggered) {
      const bool active = triggered.trigger == action.trigger && step < action.from + triggered.steps;
      if (active) value = triggered.change(value);
    }
  }
  while (dated != lever.dated.end()) change_by_date();
  return value;
}

void TriggerWatch::count(const std::vector<std::size_t>& failed, RangeSummary& summary) const {
  const auto counts = [&](std::size_t lane) { return !std::binary_search(failed.begin(), failed.end(), lane); };
  for (std::size_t t = 0; t < pasts_.size(); ++t) {
    TriggerCounts& sums = summary.triggers[t];
    sums.first_firing.resize(static_cast<std::size_t>(plan_.time.steps) + 1);
    for (std::size_t l = 0; l < paths_; ++l) {
      if (pasts_[t].firings[l] == 0 || !counts(l)) continue;
      sums.firings += pasts_[t].firings[l];
      ++sums.paths;
      ++sums.first_firing[static_cast<std::size_t>(pasts_[t].first[l])];
    }
  }
  std::vector<TriggerFiring>& log = summary.trigger_log;
  const auto fresh = static_cast<std::ptrdiff_t>(log.size());
  std::copy_if(log_.begin(), log_.end(), std::back_inserter(log),
               [&](const TriggerFiring& firing) { return counts(static_cast<std::size_t>(firing.path - first_)); });
  std::sort(log.begin() + fresh, log.end(), [](const TriggerFiring& a, const TriggerFiring& b) {
    return std::tuple(a.path, a.step, a.trigger) < std::tuple(b.path, b.step, b.trigger);
  });
}

}  // namespace moniac
