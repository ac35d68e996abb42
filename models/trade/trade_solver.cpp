#include "models/trade/trade_solver.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/math/scalar.h"

namespace moniac {

namespace {

constexpr double enough = 0.2;  // a step that leaves more of the residual asks for new factors
constexpr int most_steps = 60;
constexpr int most_inner_steps = 200;
constexpr double longest_step = 0.7;  // in log wages

void add(const KernelArray& step, KernelArray& x, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) x.data()[i] += step.data()[i];
}

}  // namespace

TradeSolver::TradeSolver(TradeBase base, std::vector<double> elasticity, DeficitClosure closure, const Kernels& kernels)
    : world_(std::make_shared<const TradeWorld>(std::move(base), std::move(elasticity), closure)),
      point_(world_, kernels),
      sweep_(*world_),
      found_(world_->shape),
      at_(sized(world_->shape)) {}

const TradeEquilibrium& TradeSolver::solve(const TradePolicy& policy, const double* share) {
  return find(policy, share, nullptr, nullptr);
}

const TradeEquilibrium& TradeSolver::respond(const TradePolicy& policy, const double* wage, const double* spending,
                                             const double* share) {
  return find(policy, share, wage, spending);
}

const TradeEquilibrium& TradeSolver::solve_by_newton(const TradePolicy& policy, const double* share) {
  set(policy, share, nullptr, nullptr);
  int steps = 0;
  const bool converged = newton(steps);
  point_.settle();
  return finish(converged, steps);
}

const TradeEquilibrium& TradeSolver::give_up() {
  at_.converged = false;
  return at_;
}

void TradeSolver::set(const TradePolicy& policy, const double* share, const double* wage, const double* spending) {
  point_.borders.set(policy.tariff.data(), policy.iceberg.data(), policy.export_tax.data(),
                     share != nullptr ? share : world_->base.share.data());
  if (wage != nullptr) point_.set_given(wage, spending);
  point_.begin(wage != nullptr);
}

const TradeEquilibrium& TradeSolver::find(const TradePolicy& policy, const double* share, const double* wage,
                                          const double* spending) {
  set(policy, share, wage, spending);
  const SweepEnd end = sweep_.run(point_, LaneArray<1>::Ones())[0];
  if (end.converged) return finish(true, end.sweeps);
  set(policy, share, wage, spending);
  int steps = 0;
  const bool converged = newton(steps);
  point_.settle();
  return finish(converged, steps);
}

const TradeEquilibrium& TradeSolver::finish(bool converged, int iterations) {
  point_.read(found_);
  found_.converged[0] = converged;
  found_.iterations[0] = iterations;
  found_.get(0, at_);
  return at_;
}

// The first step makes its own factors, at wages of the base; each residual is that of settled prices and spending.
bool TradeSolver::newton(int& steps) {
  factors_.emplace(world_->shape);
  double last = 0;
  for (steps = 0; steps < most_steps; ++steps) {
    if (!point_.given) point_.pay();
    if (!find_prices() || !find_spending()) return false;
    if (point_.given) return true;
    const double off = point_.labour_gap()[0];
    if (!std::isfinite(off)) return false;
    const bool slow = steps == 0 || off > enough * last;
    if (off < TradeTolerance::labour || (steps > 0 && slow && off < TradeTolerance::rounding)) return true;
    if (slow &&
        !(factors_->factor_prices(point_) && factors_->factor_spending(point_) && factors_->factor_wages(point_)))
      return false;
    move_wages();
    last = off;
  }
  return false;
}

// Walras' law lets one market go, for the numéraire.
void TradeSolver::move_wages() {
  const std::size_t regions = world_->shape.regions;
  double* excess = point_.excess.data();
  excess[regions - 1] = point_.world_wages[0] - world_->value_added;
  factors_->wages.solve(excess, 1);
  for (std::size_t n = 0; n < regions; ++n)
    point_.log_wage.data()[n] -= std::clamp(excess[n], -longest_step, longest_step);
}

bool TradeSolver::find_prices() {
  double last = 0;
  for (int step = 0; step < most_inner_steps; ++step) {
    const double gap = point_.price_pass()[0];
    if (!std::isfinite(gap)) return false;
    const bool slow = step == 0 || gap > enough * last;
    if (gap < TradeTolerance::prices || (step > 0 && slow && gap < TradeTolerance::rounding)) return true;
    if (slow) point_.settle();
    if (slow && !factors_->factor_prices(point_)) return false;
    const bool overshot = step > 0 && gap > last;  // the map itself is a contraction, whatever the start
    if (!overshot) factors_->prices.solve(point_.price_residual.data(), 1);
    add(point_.price_residual, point_.log_price, world_->shape.cells());
    last = gap;
  }
  return false;
}

bool TradeSolver::find_spending() {
  double last = 0;
  for (int step = 0; step < most_inner_steps; ++step) {
    const double gap = point_.spending_pass()[0];
    if (!std::isfinite(gap)) return false;
    const bool slow = step == 0 || gap > enough * last;
    if (gap < TradeTolerance::spending || (step > 0 && slow && gap < TradeTolerance::rounding)) return true;
    if (slow) point_.settle();
    if (slow && !factors_->factor_spending(point_)) return false;
    factors_->spending.solve(point_.spending_residual.data(), 1);
    add(point_.spending_residual, point_.expenditure, world_->shape.cells());
    last = gap;
  }
  return false;
}

}  // namespace moniac
