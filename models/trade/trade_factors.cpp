// The linear systems of the trade solver: Newton's matrices for prices and spending, and the response of the labour
// market to wages that follows from both by the implicit function theorem.
#include <algorithm>

#include "models/trade/trade_solver.h"

namespace moniac {

namespace {

// y += factor x
void add(double factor, const double* x, double* y, std::size_t count) {
  for (std::size_t a = 0; a < count; ++a) y[a] += factor * x[a];
}

}  // namespace

// I - B, B[(n,j),(i,k)] = π'_ni^j G_i^kj.
bool TradeSolver::factor_prices() {
  const std::size_t cells = shape_.cells();
  std::vector<double>& matrix = new_factors_.prices.matrix();
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    for (std::size_t j = 0; j < shape_.sectors; ++j) {
      double* row = &matrix[shape_.cell(n, j) * cells];
      for (std::size_t i = 0; i < shape_.regions; ++i) {
        const double share = at_.share[shape_.link(n, i, j)];
        for (std::size_t k = 0; k < shape_.sectors; ++k)
          row[shape_.cell(i, k)] = -share * base_.input[shape_.input(i, k, j)];
      }
      row[shape_.cell(n, j)] += 1;
    }
  }
  price_factors_ = &new_factors_.prices;
  return new_factors_.prices.factor();
}

// I - M, M[(n,k),(m,j)] = Σ G_n^kj (π' producer)_mn^j + a_n^k ∂I_n / ∂X_m^j.
bool TradeSolver::factor_spending() {
  const std::size_t cells = shape_.cells();
  const std::size_t regions = shape_.regions;
  std::vector<double>& matrix = new_factors_.spending.matrix();
  for (std::size_t m = 0; m < regions; ++m) {
    for (std::size_t j = 0; j < shape_.sectors; ++j) {
      const std::size_t column = shape_.cell(m, j);
      double duties = 0;
      for (std::size_t i = 0; i < regions; ++i) duties += duty_[shape_.link(m, i, j)] * at_.share[shape_.link(m, i, j)];
      for (std::size_t n = 0; n < regions; ++n) {
        double income = income_rule_[n * regions + m] * duties;
        if (export_taxed_) {
          for (std::size_t i = 0; i < regions; ++i) {
            const std::size_t link = shape_.link(m, i, j);
            income += income_rule_[n * regions + i] * export_levy_[link] * at_.share[link];
          }
        }
        const double sold = sold_[shape_.link(m, n, j)];
        for (std::size_t k = 0; k < shape_.sectors; ++k)
          matrix[shape_.cell(n, k) * cells + column] =
              -base_.input[shape_.input(n, k, j)] * sold - base_.final_share[shape_.cell(n, k)] * income;
      }
      matrix[column * cells + column] += 1;
    }
  }
  spending_factors_ = &new_factors_.spending;
  return new_factors_.spending.factor();
}

// d ln P = (I - B)⁻¹ [π'_na^j g_a^j]; d ln c = g [i = a] + Σ_k G d ln P.
void TradeSolver::response_of_prices() {
  const std::size_t regions = shape_.regions;
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t j = 0; j < shape_.sectors; ++j) {
      for (std::size_t a = 0; a < regions; ++a)
        price_response_[shape_.cell(n, j) * regions + a] =
            at_.share[shape_.link(n, a, j)] * base_.value_added_share[shape_.cell(a, j)];
    }
  }
  price_factors_->solve(price_response_.data(), regions);
  std::fill(cost_response_.begin(), cost_response_.end(), 0.0);
  for (std::size_t i = 0; i < regions; ++i) {
    for (std::size_t j = 0; j < shape_.sectors; ++j) {
      double* cost = &cost_response_[shape_.cell(i, j) * regions];
      cost[i] = base_.value_added_share[shape_.cell(i, j)];
      for (std::size_t k = 0; k < shape_.sectors; ++k)
        add(base_.input[shape_.input(i, k, j)], &price_response_[shape_.cell(i, k) * regions], cost, regions);
    }
  }
}

// What changing shares do to output and receipts at given spending: dπ'_ni = -θ π'_ni (d ln c_i - d ln P_n).
void TradeSolver::response_of_sales() {
  const std::size_t regions = shape_.regions;
  std::fill(sales_response_.begin(), sales_response_.end(), 0.0);
  std::fill(income_response_.begin(), income_response_.end(), 0.0);
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t i = 0; i < regions; ++i) {
      for (std::size_t j = 0; j < shape_.sectors; ++j) {
        const std::size_t link = shape_.link(n, i, j);
        const double moved = -elasticity_[j] * at_.share[link] * at_.expenditure[shape_.cell(n, j)];
        if (moved == 0) continue;
        const double* cost = &cost_response_[shape_.cell(i, j) * regions];
        const double* price = &price_response_[shape_.cell(n, j) * regions];
        const auto respond = [&](double factor, double* y) {
          for (std::size_t a = 0; a < regions; ++a) y[a] += factor * (cost[a] - price[a]);
        };
        respond(moved * producer_[link], &sales_response_[shape_.cell(i, j) * regions]);
        if (duty_[link] != 0) respond(moved * duty_[link], &income_response_[n * regions]);
        if (export_levy_[link] != 0) respond(moved * export_levy_[link], &income_response_[i * regions]);
      }
    }
  }
}

// (I - M) dX = G d sales + a dI, where dI = income_rule (w VA [n = a] + d receipts) + d transfer.
void TradeSolver::response_of_spending() {
  const std::size_t regions = shape_.regions;
  for (std::size_t n = 0; n < regions; ++n) income_response_[n * regions + n] += at_.wage[n] * base_.value_added[n];
  std::fill(demand_response_.begin(), demand_response_.end(), 0.0);
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t k = 0; k < shape_.sectors; ++k) {
      double* demand = &demand_response_[shape_.cell(n, k) * regions];
      const double final_share = base_.final_share[shape_.cell(n, k)];
      for (std::size_t m = 0; m < regions; ++m) {
        const double rule = final_share * income_rule_[n * regions + m];
        if (rule != 0) add(rule, &income_response_[m * regions], demand, regions);
      }
      if (closure_ == DeficitClosure::world) {
        const double per_wage_bill = final_share * base_.deficit[n] / world_value_added_;
        for (std::size_t a = 0; a < regions; ++a) demand[a] += per_wage_bill * at_.wage[a] * base_.value_added[a];
      }
      for (std::size_t j = 0; j < shape_.sectors; ++j)
        add(base_.input[shape_.input(n, k, j)], &sales_response_[shape_.cell(n, j) * regions], demand, regions);
    }
  }
  spending_factors_->solve(demand_response_.data(), regions);
}

// ∂(Σ_j g Y_n - w VA_n) / ∂ ln w_a, last row Σ_a w_a VA_a d ln w_a. Prices and spending must be factored here.
bool TradeSolver::factor_wages() {
  response_of_prices();
  response_of_sales();
  response_of_spending();
  const std::size_t regions = shape_.regions;
  std::vector<double>& matrix = new_factors_.wages.matrix();
  std::fill(matrix.begin(), matrix.end(), 0.0);
  for (std::size_t i = 0; i < regions; ++i) {
    double* row = &matrix[i * regions];
    for (std::size_t j = 0; j < shape_.sectors; ++j) {
      const double value_added = base_.value_added_share[shape_.cell(i, j)];
      add(value_added, &sales_response_[shape_.cell(i, j) * regions], row, regions);
      for (std::size_t n = 0; n < regions; ++n)
        add(value_added * sold_[shape_.link(n, i, j)], &demand_response_[shape_.cell(n, j) * regions], row, regions);
    }
    row[i] -= at_.wage[i] * base_.value_added[i];
  }
  for (std::size_t a = 0; a < regions; ++a) matrix[(regions - 1) * regions + a] = at_.wage[a] * base_.value_added[a];
  wage_factors_ = &new_factors_.wages;
  return new_factors_.wages.factor();
}

}  // namespace moniac
