#include "models/trade/pass_through.h"

#include <stdexcept>

#include "sim/math/lu.h"

namespace moniac {

namespace {

LuFactors factors_of_prices(const TradeBase& base) {
  const TradeShape& shape = base.shape;
  LuFactors factors(shape.cells());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      double* row = &factors.matrix()[shape.cell(n, j) * shape.cells()];
      for (std::size_t i = 0; i < shape.regions; ++i) {
        for (std::size_t k = 0; k < shape.sectors; ++k)
          row[shape.cell(i, k)] = 0 - base.share[shape.link(n, i, j)] * base.input[shape.input(i, k, j)];
      }
      row[shape.cell(n, j)] += 1;
    }
  }
  if (!factors.factor()) throw std::invalid_argument("the base of trade is singular");
  return factors;
}

}  // namespace

std::vector<double> export_pass_through(const TradeBase& base) {
  const TradeShape& shape = base.shape;
  // ∂ ln P / ∂ ln w by [cell][wage].
  std::vector<double> prices(shape.cells() * shape.regions);
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t i = 0; i < shape.regions; ++i) {
      for (std::size_t j = 0; j < shape.sectors; ++j)
        prices[shape.cell(n, j) * shape.regions + i] =
            base.share[shape.link(n, i, j)] * base.value_added_share[shape.cell(i, j)];
    }
  }
  factors_of_prices(base).solve(prices.data(), shape.regions);
  std::vector<double> content = base.value_added_share;
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t k = 0; k < shape.sectors; ++k) {
      for (std::size_t j = 0; j < shape.sectors; ++j)
        content[shape.cell(n, j)] += base.input[shape.input(n, k, j)] * prices[shape.cell(n, k) * shape.regions + n];
    }
  }
  return content;
}

}  // namespace moniac
