#include "models/trade/trade_world.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sim/math/lu.h"

namespace moniac {

namespace {

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> transposed(const TradeBase& base) {
  const TradeShape& shape = base.shape;
  std::vector<double> use(shape.inputs());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      for (std::size_t k = 0; k < shape.sectors; ++k) use[shape.input(n, j, k)] = base.input[shape.input(n, k, j)];
    }
  }
  return use;
}

// Final spending is I = rule (w VA + receipts) + transfer, one for one but where deficits are shares of income.
std::vector<double> rule_of(const TradeBase& base, DeficitClosure closure) {
  const std::size_t regions = base.shape.regions;
  std::vector<double> rule(regions * regions);
  for (std::size_t n = 0; n < regions; ++n) rule[n * regions + n] = 1;
  if (closure != DeficitClosure::share) return rule;
  const auto rest = static_cast<std::size_t>(std::max_element(base.value_added.begin(), base.value_added.end()) -
                                             base.value_added.begin());
  for (std::size_t n = 0; n < regions; ++n) {
    if (n == rest) continue;
    const double own = base.deficit[n] / base.income[n];
    rule[n * regions + n] = 1 / (1 - own);
    rule[rest * regions + n] = -own / (1 - own);
  }
  return rule;
}

// The transposed inverse of the system that `set` sets, in rows of `row`.
template <class Set>
std::vector<float> answer(std::size_t size, std::size_t row, const Set& set) {
  if (size > TradeWorld::most_answering) return {};
  LuFactors factors(size);
  set(factors.matrix());
  if (!factors.factor()) return {};
  std::vector<double> inverse(size * size);
  for (std::size_t a = 0; a < size; ++a) inverse[a * size + a] = 1;
  factors.solve(inverse.data(), size);
  std::vector<float> transposed(size * row);
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < size; ++b) transposed[b * row + a] = static_cast<float>(inverse[a * size + b]);
  }
  return transposed;
}

std::vector<float> price_answer_of(const TradeBase& base, std::size_t row) {
  return answer(base.shape.cells(), row,
                [&](std::vector<double>& matrix) { set_price_system(base, base.share.data(), matrix); });
}

// I - M, M[(n,k),(m,j)] = ∂ X_n^k / ∂ X_m^j = G_n^kj π_mn^j / (1 + τ_mn^j).
std::vector<float> spending_answer_of(const TradeBase& base, std::size_t row) {
  const TradeShape& shape = base.shape;
  return answer(shape.cells(), row, [&](std::vector<double>& matrix) {
    for (std::size_t a = 0; a < shape.cells(); ++a) {
      const std::size_t n = a / shape.sectors, k = a % shape.sectors;
      for (std::size_t b = 0; b < shape.cells(); ++b) {
        const std::size_t m = b / shape.sectors, j = b % shape.sectors, link = shape.link(m, n, j);
        matrix[a * shape.cells() + b] =
            (a == b ? 1 : 0) - base.input[shape.input(n, k, j)] * base.share[link] / (1 + base.tariff[link]);
      }
    }
  });
}

}  // namespace

TradeWorld::TradeWorld(TradeBase trade_base, std::vector<double> trade_elasticity, DeficitClosure deficits)
    : base(std::move(trade_base)),
      shape(base.shape),
      elasticity(std::move(trade_elasticity)),
      closure(deficits),
      value_added(sum(base.value_added)),
      mean_expenditure(sum(base.expenditure) / static_cast<double>(shape.cells())),
      use(transposed(base)),
      income_rule(rule_of(base, closure)),
      price_answer(price_answer_of(base, answer_row())),
      spending_answer(spending_answer_of(base, answer_row())) {}

void set_price_system(const TradeBase& base, const double* share, std::vector<double>& matrix) {
  const TradeShape& shape = base.shape;
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      double* row = &matrix[shape.cell(n, j) * shape.cells()];
      for (std::size_t i = 0; i < shape.regions; ++i) {
        const double bought = share[shape.link(n, i, j)];
        for (std::size_t k = 0; k < shape.sectors; ++k)
          row[shape.cell(i, k)] = 0 - bought * base.input[shape.input(i, k, j)];
      }
      row[shape.cell(n, j)] += 1;
    }
  }
}

}  // namespace moniac
