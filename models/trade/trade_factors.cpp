#include "models/trade/trade_factors.h"

#include <algorithm>

namespace moniac {

namespace {

// y += factor x
void add(double factor, const double* x, double* y, std::size_t count) {
  for (std::size_t a = 0; a < count; ++a) y[a] += factor * x[a];
}

}  // namespace

TradeFactors::TradeFactors(const TradeShape& shape)
    : prices(shape.cells()),
      spending(shape.cells()),
      wages(shape.regions),
      price_(shape.cells() * shape.regions),
      cost_(price_),
      sales_(price_),
      income_(shape.regions * shape.regions),
      demand_(price_) {}

bool TradeFactors::factor_prices(const TradePoint<1>& at) {
  set_price_system(at.world().base, at.share.data(), prices.matrix());
  return prices.factor();
}

// I - M, M[(n,k),(m,j)] = Σ G_n^kj (π' producer)_mn^j + a_n^k ∂I_n / ∂X_m^j.
bool TradeFactors::factor_spending(const TradePoint<1>& at) {
  const TradeWorld& world = at.world();
  const TradeShape& shape = world.shape;
  const double* share = at.share.data();
  for (std::size_t m = 0; m < shape.regions; ++m) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t column = shape.cell(m, j);
      double duties = 0;
      for (std::size_t i = 0; i < shape.regions; ++i)
        duties += at.borders.duty.data()[shape.link(m, i, j)] * share[shape.link(m, i, j)];
      for (std::size_t n = 0; n < shape.regions; ++n) {
        double income = 0;
        if (!at.given) {
          const double* rule = &world.income_rule[n * shape.regions];
          income = rule[m] * duties;
          for (std::size_t i = 0; i < shape.regions && at.borders.export_taxed; ++i)
            income += rule[i] * at.borders.export_levy.data()[shape.link(m, i, j)] * share[shape.link(m, i, j)];
        }
        const double sold = at.sold.data()[shape.link(m, n, j)];
        for (std::size_t k = 0; k < shape.sectors; ++k)
          spending.matrix()[shape.cell(n, k) * shape.cells() + column] =
              -world.base.input[shape.input(n, k, j)] * sold - world.base.final_share[shape.cell(n, k)] * income;
      }
      spending.matrix()[column * shape.cells() + column] += 1;
    }
  }
  return spending.factor();
}

// d ln P = (I - B)⁻¹ [π'_na^j g_a^j]; d ln c = g [i = a] + Σ_k G d ln P.
void TradeFactors::respond_prices(const TradePoint<1>& at) {
  const TradeBase& base = at.world().base;
  const TradeShape& shape = base.shape;
  const std::size_t regions = shape.regions;
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      for (std::size_t a = 0; a < regions; ++a)
        price_[shape.cell(n, j) * regions + a] =
            at.share.data()[shape.link(n, a, j)] * base.value_added_share[shape.cell(a, j)];
    }
  }
  prices.solve(price_.data(), regions);
  std::fill(cost_.begin(), cost_.end(), 0.0);
  for (std::size_t i = 0; i < regions; ++i) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      double* cost = &cost_[shape.cell(i, j) * regions];
      cost[i] = base.value_added_share[shape.cell(i, j)];
      for (std::size_t k = 0; k < shape.sectors; ++k)
        add(base.input[shape.input(i, k, j)], &price_[shape.cell(i, k) * regions], cost, regions);
    }
  }
}

// What changing shares do to output and receipts at given spending: dπ'_ni = -θ π'_ni (d ln c_i - d ln P_n).
void TradeFactors::respond_sales(const TradePoint<1>& at) {
  const TradeShape& shape = at.world().shape;
  const std::size_t regions = shape.regions;
  std::fill(sales_.begin(), sales_.end(), 0.0);
  std::fill(income_.begin(), income_.end(), 0.0);
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t i = 0; i < regions; ++i) {
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        const std::size_t link = shape.link(n, i, j);
        const double moved =
            -at.world().elasticity[j] * at.share.data()[link] * at.expenditure.data()[shape.cell(n, j)];
        if (moved == 0) continue;
        const double* cost = &cost_[shape.cell(i, j) * regions];
        const double* price = &price_[shape.cell(n, j) * regions];
        const auto respond = [&](double factor, double* y) {
          for (std::size_t a = 0; a < regions; ++a) y[a] += factor * (cost[a] - price[a]);
        };
        const double duty = at.borders.duty.data()[link], levy = at.borders.export_levy.data()[link];
        respond(moved * at.borders.producer.data()[link], &sales_[shape.cell(i, j) * regions]);
        if (duty != 0) respond(moved * duty, &income_[n * regions]);
        if (levy != 0) respond(moved * levy, &income_[i * regions]);
      }
    }
  }
}

// (I - M) dX = G d sales + a dI, where dI = income_rule (w VA [n = a] + d receipts) + d transfer.
void TradeFactors::respond_spending(const TradePoint<1>& at) {
  const TradeWorld& world = at.world();
  const TradeShape& shape = world.shape;
  const std::size_t regions = shape.regions;
  const auto wage_bill = [&](std::size_t a) { return at.wage.data()[a] * world.base.value_added[a]; };
  for (std::size_t n = 0; n < regions; ++n) income_[n * regions + n] += wage_bill(n);
  std::fill(demand_.begin(), demand_.end(), 0.0);
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t k = 0; k < shape.sectors; ++k) {
      double* demand = &demand_[shape.cell(n, k) * regions];
      const double final_share = world.base.final_share[shape.cell(n, k)];
      for (std::size_t m = 0; m < regions; ++m) {
        const double rule = final_share * world.income_rule[n * regions + m];
        if (rule != 0) add(rule, &income_[m * regions], demand, regions);
      }
      if (world.closure == DeficitClosure::world) {
        const double per_wage_bill = final_share * world.base.deficit[n] / world.value_added;
        for (std::size_t a = 0; a < regions; ++a) demand[a] += per_wage_bill * wage_bill(a);
      }
      for (std::size_t j = 0; j < shape.sectors; ++j)
        add(world.base.input[shape.input(n, k, j)], &sales_[shape.cell(n, j) * regions], demand, regions);
    }
  }
  spending.solve(demand_.data(), regions);
}

// ∂(Σ_j g Y_n - w VA_n) / ∂ ln w_a, last row Σ_a w_a VA_a d ln w_a.
bool TradeFactors::factor_wages(const TradePoint<1>& at) {
  respond_prices(at);
  respond_sales(at);
  respond_spending(at);
  const TradeBase& base = at.world().base;
  const TradeShape& shape = base.shape;
  const std::size_t regions = shape.regions;
  std::vector<double>& matrix = wages.matrix();
  std::fill(matrix.begin(), matrix.end(), 0.0);
  for (std::size_t i = 0; i < regions; ++i) {
    double* row = &matrix[i * regions];
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const double value_added = base.value_added_share[shape.cell(i, j)];
      add(value_added, &sales_[shape.cell(i, j) * regions], row, regions);
      for (std::size_t n = 0; n < regions; ++n)
        add(value_added * at.sold.data()[shape.link(n, i, j)], &demand_[shape.cell(n, j) * regions], row, regions);
    }
    row[i] -= at.wage.data()[i] * base.value_added[i];
  }
  for (std::size_t a = 0; a < regions; ++a)
    matrix[(regions - 1) * regions + a] = at.wage.data()[a] * base.value_added[a];
  return wages.factor();
}

}  // namespace moniac
