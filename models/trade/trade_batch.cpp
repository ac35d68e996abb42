#include "models/trade/trade_batch.h"

namespace moniac {

TradeBatch::TradeBatch(const TradeSolver& solver, const Kernels& kernels)
    : point_(solver.world_, kernels),
      sweep_(*solver.world_),
      found_(solver.world_->shape),
      solver_(solver),
      alone_(solver.base()) {}

TradeEquilibria<TradeBatch::size>& TradeBatch::solve(const TradePolicies<size>& policy, const Vector& share,
                                                     const Lanes& asked) {
  return find(policy, share, nullptr, asked);
}

TradeEquilibria<TradeBatch::size>& TradeBatch::respond(const TradePolicies<size>& policy, const Vector& share,
                                                       const Vector& wage, const Vector& spending, const Lanes& asked) {
  const Given given{.wage = wage, .spending = spending};
  return find(policy, share, &given, asked);
}

TradeEquilibria<TradeBatch::size>& TradeBatch::find(const TradePolicies<size>& policy, const Vector& share,
                                                    const Given* given, const Lanes& asked) {
  const auto numbers = [](const Vector& all) { return all.front().data(); };
  const bool before = (asked <= answered_).all() && point_.given == (given != nullptr);
  bool other =
      point_.borders.set(numbers(policy.tariff), numbers(policy.iceberg), numbers(policy.export_tax), numbers(share));
  if (given != nullptr) other |= point_.set_given(numbers(given->wage), numbers(given->spending));
  answered_ = asked;
  if (before && !other) return found_;
  point_.begin(given != nullptr);
  const auto ends = sweep_.run(point_, asked);
  point_.read(found_);
  for (std::size_t lane = 0; lane < size; ++lane) {
    if (asked[static_cast<Eigen::Index>(lane)] == 0) continue;
    found_.converged[lane] = ends[lane].converged;
    found_.iterations[lane] = ends[lane].sweeps;
    if (!ends[lane].converged) find_alone(lane, policy, share, given);
  }
  return found_;
}

void TradeBatch::find_alone(std::size_t lane, const TradePolicies<size>& policy, const Vector& share,
                            const Given* given) {
  policy.get(lane, alone_.policy);
  get_lane(share, lane, alone_.shares);
  if (given == nullptr) return found_.set(lane, solver_.solve(alone_.policy, alone_.shares.data()));
  get_lane(given->wage, lane, alone_.wage);
  get_lane(given->spending, lane, alone_.spending);
  found_.set(lane, solver_.respond(alone_.policy, alone_.wage.data(), alone_.spending.data(), alone_.shares.data()));
}

}  // namespace moniac
