#include "models/trade/trade_solver.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/math/scalar.h"

namespace moniac {

namespace {

constexpr double labour_tolerance = 1e-13;    // of the wage bill
constexpr double price_tolerance = 1e-14;     // in logs
constexpr double spending_tolerance = 1e-14;  // of expenditure
constexpr double rounding_floor = 1e-12;      // where a residual that no longer falls is rounding
constexpr double enough = 0.2;                // a step that leaves more of the residual asks for new factors
constexpr int most_steps = 60;
constexpr int most_inner_steps = 200;
constexpr double longest_step = 0.7;  // in log wages

// The larger of both; a NaN stays.
double larger(double x, double y) {
  return x > y || std::isnan(x) ? x : y;
}

std::size_t largest(const std::vector<double>& values) {
  return static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
}

}  // namespace

TradeEquilibrium sized(const TradeShape& shape) {
  const std::vector<double> regions(shape.regions), cells(shape.cells()), links(shape.links());
  return {.wage = regions,
          .cost = cells,
          .price = cells,
          .share = links,
          .flow = links,
          .expenditure = cells,
          .output = cells,
          .revenue = regions,
          .export_yield = regions,
          .income = regions,
          .deficit = regions,
          .price_index = regions,
          .welfare = regions,
          .real_wage = regions};
}

TradePolicy unchanged(const TradeBase& base) {
  return {.tariff = base.tariff,
          .iceberg = std::vector<double>(base.shape.links(), 1.0),
          .export_tax = std::vector<double>(base.shape.links(), 0.0)};
}

TradeBase rebased(const TradeBase& base, const TradeEquilibrium& at, const TradePolicy& policy) {
  TradeBase next = base;
  next.share = at.share;
  next.tariff = policy.tariff;
  next.expenditure = at.expenditure;
  next.income = at.income;
  next.deficit = at.deficit;
  for (std::size_t n = 0; n < base.shape.regions; ++n) next.value_added[n] = at.wage[n] * base.value_added[n];
  return next;
}

TradeSolver::TradeSolver(TradeBase base, std::vector<double> elasticity, DeficitClosure closure)
    : base_(std::move(base)),
      shape_(base_.shape),
      elasticity_(std::move(elasticity)),
      closure_(closure),
      pull_(shape_.links()),
      producer_(shape_.links()),
      duty_(shape_.links()),
      export_levy_(shape_.links()),
      income_rule_(shape_.regions * shape_.regions),
      transfer_(shape_.regions),
      log_wage_(shape_.regions),
      log_cost_(shape_.cells()),
      attraction_(shape_.cells()),
      log_price_(shape_.cells()),
      sold_(shape_.links()),
      receipts_(shape_.regions),
      next_(shape_.cells()),
      excess_(shape_.regions),
      at_(sized(shape_)),
      base_factors_(shape_),
      new_factors_(shape_),
      price_response_(shape_.cells() * shape_.regions),
      cost_response_(shape_.cells() * shape_.regions),
      sales_response_(shape_.cells() * shape_.regions),
      income_response_(shape_.regions * shape_.regions),
      demand_response_(shape_.cells() * shape_.regions) {
  for (const double value_added : base_.value_added) world_value_added_ += value_added;
  set_policy(unchanged(base_), nullptr);
  set_spending_rule();
  start_at_base();
  price_pass();
  spending_pass();
  if (!factor_prices() || !factor_spending() || !factor_wages())
    throw std::invalid_argument("the base of trade is singular");
  std::swap(base_factors_, new_factors_);
}

const TradeEquilibrium& TradeSolver::solve(const TradePolicy& policy, const double* share) {
  start_at_base();
  set_policy(policy, share);
  set_spending_rule();
  return finish(find_wages());
}

const TradeEquilibrium& TradeSolver::respond(const TradePolicy& policy, const double* wage, const double* spending,
                                             const double* share) {
  start_at_base();
  set_policy(policy, share);
  set_given_spending(spending);
  at_.iterations = 0;
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    at_.wage[n] = wage[n];
    log_wage_[n] = log(wage[n]);
  }
  return finish(find_prices() && find_spending());
}

const TradeEquilibrium& TradeSolver::give_up() {
  at_.converged = false;
  return at_;
}

void TradeSolver::set_policy(const TradePolicy& policy, const double* share) {
  const double* pulled = share != nullptr ? share : base_.share.data();
  export_taxed_ = false;
  for (std::size_t link = 0; link < shape_.links(); ++link) {
    const double paid = 1 + policy.tariff[link];
    const double taxed = 1 + policy.export_tax[link];
    const double kappa = paid / (1 + base_.tariff[link]) * taxed * policy.iceberg[link];
    const bool changed = kappa != 1 && pulled[link] != 0;
    pull_[link] = changed ? pulled[link] * pow(kappa, -elasticity_[link % shape_.sectors]) : pulled[link];
    producer_[link] = 1 / (paid * taxed);
    duty_[link] = policy.tariff[link] / paid;
    export_levy_[link] = policy.export_tax[link] * producer_[link];
    export_taxed_ = export_taxed_ || policy.export_tax[link] != 0;
  }
}

// Final spending I = income_rule (w VA + receipts) + transfer.
void TradeSolver::set_spending_rule() {
  const std::size_t regions = shape_.regions;
  std::fill(income_rule_.begin(), income_rule_.end(), 0.0);
  std::fill(transfer_.begin(), transfer_.end(), 0.0);
  for (std::size_t n = 0; n < regions; ++n) income_rule_[n * regions + n] = 1;
  if (closure_ != DeficitClosure::share) return;
  const std::size_t rest = largest(base_.value_added);
  for (std::size_t n = 0; n < regions; ++n) {
    if (n == rest) continue;
    const double own = base_.deficit[n] / base_.income[n];
    income_rule_[n * regions + n] = 1 / (1 - own);
    income_rule_[rest * regions + n] = -own / (1 - own);
  }
}

void TradeSolver::set_given_spending(const double* spending) {
  std::fill(income_rule_.begin(), income_rule_.end(), 0.0);
  std::copy_n(spending, shape_.regions, transfer_.begin());
}

void TradeSolver::start_at_base() {
  std::fill(log_wage_.begin(), log_wage_.end(), 0.0);
  std::fill(log_price_.begin(), log_price_.end(), 0.0);
  std::fill(at_.wage.begin(), at_.wage.end(), 1.0);
  at_.expenditure = base_.expenditure;
  price_factors_ = &base_factors_.prices;
  spending_factors_ = &base_factors_.spending;
  wage_factors_ = &base_factors_.wages;
}

void TradeSolver::price_pass() {
  const std::size_t sectors = shape_.sectors;
  for (std::size_t i = 0; i < shape_.regions; ++i) {
    double* cost = &log_cost_[i * sectors];
    for (std::size_t j = 0; j < sectors; ++j) cost[j] = base_.value_added_share[i * sectors + j] * log_wage_[i];
    for (std::size_t k = 0; k < sectors; ++k) {
      const double price = log_price_[i * sectors + k];
      const double* input = &base_.input[shape_.input(i, k, 0)];
      for (std::size_t j = 0; j < sectors; ++j) cost[j] += input[j] * price;
    }
    for (std::size_t j = 0; j < sectors; ++j) attraction_[i * sectors + j] = exp(-elasticity_[j] * cost[j]);
  }
  std::fill(next_.begin(), next_.end(), 0.0);
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    double* sum = &next_[n * sectors];
    for (std::size_t i = 0; i < shape_.regions; ++i) {
      const std::size_t link = shape_.link(n, i, 0);
      const double* attraction = &attraction_[i * sectors];
      for (std::size_t j = 0; j < sectors; ++j) at_.share[link + j] = pull_[link + j] * attraction[j];
      for (std::size_t j = 0; j < sectors; ++j) sum[j] += at_.share[link + j];
    }
    for (std::size_t i = 0; i < shape_.regions; ++i) {
      const std::size_t link = shape_.link(n, i, 0);
      for (std::size_t j = 0; j < sectors; ++j) {
        at_.share[link + j] = sum[j] == 0 ? 0 : at_.share[link + j] / sum[j];
        sold_[link + j] = at_.share[link + j] * producer_[link + j];
      }
    }
    for (std::size_t j = 0; j < sectors; ++j) sum[j] = sum[j] == 0 ? 0 : -log(sum[j]) / elasticity_[j];
  }
}

bool TradeSolver::find_prices() {
  double last = 0;
  for (int step = 0; step < most_inner_steps; ++step) {
    price_pass();
    double gap = 0;
    for (std::size_t at = 0; at < shape_.cells(); ++at) gap = larger(gap, std::abs(next_[at] - log_price_[at]));
    if (!std::isfinite(gap)) return false;
    const bool slow = step > 0 && gap > enough * last;
    if (gap < price_tolerance || (slow && gap < rounding_floor)) return true;
    if (slow && !factor_prices()) return false;
    if (step > 0 && gap > last) {  // the map itself is a contraction, whatever the start
      log_price_ = next_;
    } else {
      for (std::size_t at = 0; at < shape_.cells(); ++at) next_[at] -= log_price_[at];
      price_factors_->solve(next_.data(), 1);
      for (std::size_t at = 0; at < shape_.cells(); ++at) log_price_[at] += next_[at];
    }
    last = gap;
  }
  return false;
}

void TradeSolver::spending_pass() {
  const std::size_t sectors = shape_.sectors;
  std::fill(at_.output.begin(), at_.output.end(), 0.0);
  std::fill(at_.export_yield.begin(), at_.export_yield.end(), 0.0);
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    const double* spent = &at_.expenditure[n * sectors];
    double revenue = 0;
    for (std::size_t i = 0; i < shape_.regions; ++i) {
      const std::size_t link = shape_.link(n, i, 0);
      double* output = &at_.output[i * sectors];
      for (std::size_t j = 0; j < sectors; ++j) output[j] += sold_[link + j] * spent[j];
      if (i != n) {
        for (std::size_t j = 0; j < sectors; ++j) revenue += duty_[link + j] * at_.share[link + j] * spent[j];
      }
      if (export_taxed_) {
        for (std::size_t j = 0; j < sectors; ++j)
          at_.export_yield[i] += export_levy_[link + j] * at_.share[link + j] * spent[j];
      }
    }
    at_.revenue[n] = revenue;
  }
  for (std::size_t n = 0; n < shape_.regions; ++n)
    receipts_[n] = at_.wage[n] * base_.value_added[n] + at_.revenue[n] + at_.export_yield[n];
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    double income = transfer_[n];
    for (std::size_t m = 0; m < shape_.regions; ++m) income += income_rule_[n * shape_.regions + m] * receipts_[m];
    at_.income[n] = income;
    double* demanded = &next_[n * sectors];
    for (std::size_t k = 0; k < sectors; ++k) demanded[k] = base_.final_share[n * sectors + k] * income;
    for (std::size_t k = 0; k < sectors; ++k) {
      const double* input = &base_.input[shape_.input(n, k, 0)];
      const double* output = &at_.output[n * sectors];
      double used = 0;
      for (std::size_t j = 0; j < sectors; ++j) used += input[j] * output[j];
      demanded[k] += used;
    }
  }
}

bool TradeSolver::find_spending() {
  double typical = 0;
  for (const double spent : base_.expenditure) typical += spent / static_cast<double>(shape_.cells());
  double last = 0;
  for (int step = 0; step < most_inner_steps; ++step) {
    spending_pass();
    double gap = 0;
    for (std::size_t at = 0; at < shape_.cells(); ++at) {
      next_[at] -= at_.expenditure[at];
      gap = larger(gap, std::abs(next_[at]) / (at_.expenditure[at] + 1e-3 * typical));
    }
    if (!std::isfinite(gap)) return false;
    const bool slow = step > 0 && gap > enough * last;
    if (gap < spending_tolerance || (slow && gap < rounding_floor)) return true;
    if (slow && !factor_spending()) return false;
    spending_factors_->solve(next_.data(), 1);
    for (std::size_t at = 0; at < shape_.cells(); ++at) at_.expenditure[at] += next_[at];
    last = gap;
  }
  return false;
}

// The largest excess demand for labour relative to the wage bill; the excess itself goes to excess_.
double TradeSolver::labour_gap() {
  double gap = 0;
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    double paid = 0;
    for (std::size_t j = 0; j < shape_.sectors; ++j)
      paid += base_.value_added_share[shape_.cell(n, j)] * at_.output[shape_.cell(n, j)];
    const double wage_bill = at_.wage[n] * base_.value_added[n];
    excess_[n] = paid - wage_bill;
    gap = larger(gap, std::abs(excess_[n]) / wage_bill);
  }
  return gap;
}

bool TradeSolver::find_wages() {
  double last = 0;
  for (at_.iterations = 0; at_.iterations < most_steps; ++at_.iterations) {
    double world = 0;
    for (std::size_t n = 0; n < shape_.regions; ++n) {
      at_.wage[n] = exp(log_wage_[n]);
      world += at_.wage[n] * base_.value_added[n];
    }
    if (closure_ == DeficitClosure::world) {
      for (std::size_t n = 0; n < shape_.regions; ++n) transfer_[n] = base_.deficit[n] * (world / world_value_added_);
    }
    if (!find_prices() || !find_spending()) return false;
    const double gap = labour_gap();
    excess_[shape_.regions - 1] = world - world_value_added_;  // Walras' law lets one market go
    const double off = larger(gap, std::abs(world / world_value_added_ - 1));
    if (!std::isfinite(off)) return false;
    const bool slow = at_.iterations > 0 && off > enough * last;
    if (off < labour_tolerance || (slow && off < rounding_floor)) return true;
    if (slow && !(factor_prices() && factor_spending() && factor_wages())) return false;
    wage_factors_->solve(excess_.data(), 1);
    for (std::size_t n = 0; n < shape_.regions; ++n)
      log_wage_[n] -= std::clamp(excess_[n], -longest_step, longest_step);
    last = off;
  }
  return false;
}

const TradeEquilibrium& TradeSolver::finish(bool converged) {
  at_.converged = converged;
  for (std::size_t at = 0; at < shape_.cells(); ++at) {
    at_.cost[at] = exp(log_cost_[at]);
    at_.price[at] = exp(log_price_[at]);
  }
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    at_.wage[n] = exp(log_wage_[n]);
    double log_index = 0, factor_income = 0;
    for (std::size_t j = 0; j < shape_.sectors; ++j) {
      log_index += base_.final_share[shape_.cell(n, j)] * log_price_[shape_.cell(n, j)];
      factor_income += base_.value_added_share[shape_.cell(n, j)] * at_.output[shape_.cell(n, j)];
    }
    at_.deficit[n] = at_.income[n] - factor_income - at_.revenue[n] - at_.export_yield[n];
    at_.price_index[n] = exp(log_index);
    at_.welfare[n] = at_.income[n] / base_.income[n] / at_.price_index[n];
    at_.real_wage[n] = at_.wage[n] / at_.price_index[n];
    for (std::size_t i = 0; i < shape_.regions; ++i) {
      const std::size_t link = shape_.link(n, i, 0);
      for (std::size_t j = 0; j < shape_.sectors; ++j)
        at_.flow[link + j] = (1 - duty_[link + j]) * at_.share[link + j] * at_.expenditure[shape_.cell(n, j)];
    }
  }
  return at_;
}

}  // namespace moniac
