#include "models/trade/trade_point.h"

#include <algorithm>
#include <array>
#include <utility>

#include "models/trade/lane_products.h"
#include "models/trade/replaced.h"

namespace moniac {

namespace {

constexpr double damping = 0.5;  // of a wage's answer to its market

}  // namespace

template <std::size_t lane_count>
TradePoint<lane_count>::TradePoint(std::shared_ptr<const TradeWorld> world, const Kernels& kernels)
    : borders(world, kernels),
      transfer(world->shape.regions * lanes),
      log_wage(world->shape.regions * lanes),
      wage(world->shape.regions * lanes),
      log_price(world->shape.cells() * lanes),
      expenditure(world->shape.cells() * lanes),
      log_cost(world->shape.cells() * lanes),
      attraction(world->shape.cells() * lanes),
      inverse(world->shape.cells() * lanes),
      output(world->shape.cells() * lanes),
      revenue(world->shape.regions * lanes),
      export_yield(world->shape.regions * lanes),
      receipts(world->shape.regions * lanes),
      income(world->shape.regions * lanes),
      cost(world->shape.cells() * lanes),
      price(world->shape.cells() * lanes),
      share(world->shape.links() * lanes),
      sold(world->shape.links() * lanes),
      price_residual(world->shape.cells() * lanes, 1),
      spending_residual(world->shape.cells() * lanes),
      excess(world->shape.regions * lanes),
      wage_answer(world->shape.regions * lanes),
      world_(std::move(world)),
      kernels_(kernels),
      scaled_(world_->shape.cells() * lanes),
      by_sector_(world_->shape.sectors * lanes),
      by_region_(world_->shape.regions * lanes),
      asked_(world_->shape.cells()) {}

template <std::size_t lane_count>
auto TradePoint<lane_count>::row(KernelArray& array, std::size_t cell_or_link) const -> Row {
  return {array.data() + cell_or_link * lanes, static_cast<Eigen::Index>(world_->shape.sectors * lanes)};
}

template <std::size_t lane_count>
bool TradePoint<lane_count>::set_given(const double* given_wage, const double* given_spending) {
  const std::size_t numbers = world_->shape.regions * lanes;
  bool any = replaced(wage.data(), given_wage, numbers);
  any |= replaced(transfer.data(), given_spending, numbers);
  kernels_.log(wage.data(), log_wage.data(), wage.padded());
  return any;
}

template <std::size_t lane_count>
void TradePoint<lane_count>::begin(bool given_wages) {
  const TradeShape& shape = world_->shape;
  std::fill_n(log_price.data(), shape.cells() * lanes, 0.0);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) at(expenditure, cell) = world_->base.expenditure[cell];
  given = given_wages;
  if (given) return;
  std::fill_n(log_wage.data(), shape.regions * lanes, 0.0);
  std::fill_n(wage.data(), shape.regions * lanes, 1.0);
  std::fill_n(transfer.data(), shape.regions * lanes, 0.0);
}

template <std::size_t lane_count>
void TradePoint<lane_count>::pay() {
  kernels_.exp(log_wage.data(), wage.data(), log_wage.padded());
  world_wages = Lanes::Zero();
  for (std::size_t n = 0; n < world_->shape.regions; ++n) world_wages += at(wage, n) * world_->base.value_added[n];
  if (world_->closure != DeficitClosure::world) return;
  for (std::size_t n = 0; n < world_->shape.regions; ++n)
    at(transfer, n) = world_->base.deficit[n] * (world_wages / world_->value_added);
}

template <std::size_t lane_count>
void TradePoint<lane_count>::costs() {
  const TradeShape& shape = world_->shape;
  for (std::size_t i = 0; i < shape.regions; ++i) {
    const std::size_t first = shape.cell(i, 0);
    const auto paid = [&](std::size_t j) { return world_->base.value_added_share[first + j] * at(log_wage, i); };
    add_product<lanes>(paid, &world_->base.input[shape.input(i, 0, 0)], log_price.data() + first * lanes,
                       log_cost.data() + first * lanes, shape.sectors);
    row(attraction, first) = row(log_cost, first) * row(borders.minus_elasticity, 0);
  }
  kernels_.exp(attraction.data(), attraction.data(), attraction.padded());
}

// P̂^-θ = Σ_i π κ^-θ ĉ_i^-θ.
template <std::size_t lane_count>
auto TradePoint<lane_count>::price_pass() -> Lanes {
  const TradeShape& shape = world_->shape;
  costs();
  for (std::size_t n = 0; n < shape.regions; ++n) {
    Row sum = row(price_residual, shape.cell(n, 0));
    sum = row(borders.unsold, shape.cell(n, 0));
    const std::size_t numbers = shape.sectors * lanes;
    add_products({borders.pull.data() + shape.link(n, 0, 0) * lanes, numbers}, {attraction.data(), numbers},
                 shape.regions, numbers, sum.data());
    row(inverse, shape.cell(n, 0)) = 1 / sum;
  }
  kernels_.log(price_residual.data(), price_residual.data(), price_residual.padded());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    Row implied = row(price_residual, shape.cell(n, 0));
    implied = implied / row(borders.minus_elasticity, 0) - row(log_price, shape.cell(n, 0));
  }
  return largest(price_residual, nullptr);
}

// Y_i = ĉ_i^-θ Σ_n π κ^-θ producer X_n P̂_n^θ.
template <std::size_t lane_count>
auto TradePoint<lane_count>::spending_pass() -> Lanes {
  const TradeShape& shape = world_->shape;
  const std::size_t numbers = shape.sectors * lanes;
  for (std::size_t n = 0; n < shape.regions; ++n)
    row(scaled_, shape.cell(n, 0)) = row(expenditure, shape.cell(n, 0)) * row(inverse, shape.cell(n, 0));
  for (std::size_t i = 0; i < shape.regions; ++i) {
    Row sold_by = row(output, shape.cell(i, 0));
    sold_by = 0;
    add_products({borders.to_producer.data() + shape.link(0, i, 0) * lanes, shape.regions * numbers},
                 {scaled_.data(), numbers}, shape.regions, numbers, sold_by.data());
    sold_by *= row(attraction, shape.cell(i, 0));
  }
  if (!given) add_receipts();
  for (std::size_t n = 0; n < shape.regions; ++n) {
    auto spendable = at(income, n);
    spendable = at(transfer, n);
    for (std::size_t m = 0; m < shape.regions && !given; ++m)
      spendable += world_->income_rule[n * shape.regions + m] * at(receipts, m);
    const std::size_t first = shape.cell(n, 0);
    const auto wanted = [&](std::size_t j) { return world_->base.final_share[first + j] * spendable; };
    add_product<lanes>(wanted, &world_->use[shape.input(n, 0, 0)], output.data() + first * lanes,
                       spending_residual.data() + first * lanes, shape.sectors);
    row(spending_residual, first) -= row(expenditure, first);
  }
  return largest(spending_residual, &expenditure);
}

template <std::size_t lane_count>
void TradePoint<lane_count>::add_receipts() {
  const TradeShape& shape = world_->shape;
  std::fill_n(export_yield.data(), shape.regions * lanes, 0.0);
  Row by_sector = row(by_sector_, 0);
  const auto add_up = [&](auto total) {
    for (std::size_t j = 0; j < shape.sectors; ++j) total += at(by_sector_, j);
  };
  for (std::size_t n = 0; n < shape.regions; ++n) {
    by_sector = 0;
    for (std::size_t i = 0; i < shape.regions; ++i) {
      if (i != n) by_sector += row(borders.to_budget, shape.link(n, i, 0)) * row(attraction, shape.cell(i, 0));
    }
    by_sector *= row(scaled_, shape.cell(n, 0));
    at(revenue, n) = 0;
    add_up(at(revenue, n));
  }
  for (std::size_t i = 0; i < shape.regions && borders.export_taxed; ++i) {
    by_sector = 0;
    for (std::size_t n = 0; n < shape.regions; ++n)
      by_sector += row(borders.pull, shape.link(n, i, 0)) * row(borders.export_levy, shape.link(n, i, 0)) *
                   row(scaled_, shape.cell(n, 0));
    by_sector *= row(attraction, shape.cell(i, 0));
    add_up(at(export_yield, i));
  }
  for (std::size_t n = 0; n < shape.regions; ++n)
    at(receipts, n) = at(wage, n) * world_->base.value_added[n] + at(revenue, n) + at(export_yield, n);
}

template <std::size_t lane_count>
void TradePoint<lane_count>::settle() {
  const TradeShape& shape = world_->shape;
  kernels_.exp(log_cost.data(), cost.data(), cost.padded());
  kernels_.exp(log_price.data(), price.data(), price.padded());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t i = 0; i < shape.regions; ++i) {
      Row bought = row(share, shape.link(n, i, 0));
      bought =
          row(borders.pull, shape.link(n, i, 0)) * row(attraction, shape.cell(i, 0)) * row(inverse, shape.cell(n, 0));
      row(sold, shape.link(n, i, 0)) = bought * row(borders.producer, shape.link(n, i, 0));
    }
  }
  add_receipts();
}

// A residual that is no number makes the largest one none.
template <std::size_t lane_count>
auto TradePoint<lane_count>::largest(KernelArray& residual, const KernelArray* relative_to) const -> Lanes {
  Lanes most = Lanes::Zero(), poison = Lanes::Zero();
  const double least = 1e-3 * world_->mean_expenditure;
  for (std::size_t cell = 0; cell < world_->shape.cells(); ++cell) {
    Lanes off = at(residual, cell).abs();
    if (relative_to != nullptr) off /= Eigen::Map<const Lanes>(relative_to->data() + cell * lanes) + least;
    most = most.max(off);
    poison += off - off;
  }
  return most + poison;
}

template <std::size_t lane_count>
auto TradePoint<lane_count>::labour_gap() -> Lanes {
  const TradeShape& shape = world_->shape;
  Lanes gap = (world_wages / world_->value_added - 1).abs();
  for (std::size_t n = 0; n < shape.regions; ++n) {
    const Lanes bill = at(wage, n) * world_->base.value_added[n];
    Lanes paid = Lanes::Zero();
    for (std::size_t j = 0; j < shape.sectors; ++j)
      paid += world_->base.value_added_share[shape.cell(n, j)] * at(output, shape.cell(n, j));
    at(excess, n) = paid - bill;
    const Lanes off = (at(excess, n) / bill).abs();
    gap = gap.max(off) + (off - off);
  }
  return gap;
}

template <std::size_t lane_count>
void TradePoint<lane_count>::answer_labour() {
  const std::vector<double>& value_added = world_->base.value_added;
  Lanes drift = Lanes::Zero();
  for (std::size_t n = 0; n < world_->shape.regions; ++n) {
    const Lanes bill = at(wage, n) * value_added[n];
    at(wage_answer, n) = at(excess, n) * (damping / bill);
    drift += bill * (1 + at(wage_answer, n));
  }
  drift = drift / world_->value_added - 1;
  for (std::size_t n = 0; n < world_->shape.regions; ++n) at(wage_answer, n) -= drift;
}

template <std::size_t lane_count>
void TradePoint<lane_count>::answer_prices() {
  answer(price_residual, world_->price_answer);
}

template <std::size_t lane_count>
void TradePoint<lane_count>::answer_spending() {
  answer(spending_residual, world_->spending_answer);
}

template <std::size_t lane_count>
void TradePoint<lane_count>::answer(KernelArray& residual, const std::vector<float>& matrix) {
  if (matrix.empty()) return;
  constexpr std::size_t band = TradeWorld::answer_band;  // sums side by side
  const std::size_t cells = world_->shape.cells(), row = world_->answer_row();
  for (std::size_t k = 0; k < cells; ++k) asked_[k] = at(residual, k).template cast<float>();
  for (std::size_t first = 0; first < cells; first += band) {
    std::array<Eigen::Array<float, static_cast<int>(lanes), 1>, band> sum;
    for (auto& one : sum) one = 0;
    for (std::size_t k = 0; k < cells; ++k) {
      for (std::size_t j = 0; j < band; ++j) sum[j] += matrix[k * row + first + j] * asked_[k];
    }
    for (std::size_t j = 0; j < band && first + j < cells; ++j)
      at(residual, first + j) = sum[j].template cast<double>();
  }
}

template <std::size_t lane_count>
void TradePoint<lane_count>::read(TradeEquilibria<lanes>& found) {
  const TradeShape& shape = world_->shape;
  const TradeBase& base = world_->base;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    found.cost[cell] = at(cost, cell);
    found.price[cell] = at(price, cell);
    found.expenditure[cell] = at(expenditure, cell);
    found.output[cell] = at(output, cell);
  }
  for (std::size_t link = 0; link < shape.links(); ++link) {
    const std::size_t n = link / shape.sectors / shape.regions, j = link % shape.sectors;
    found.share[link] = at(share, link);
    found.flow[link] = (1 - at(borders.duty, link)) * at(share, link) * at(expenditure, shape.cell(n, j));
  }
  for (std::size_t n = 0; n < shape.regions; ++n) {
    Lanes log_index = Lanes::Zero(), factor_income = Lanes::Zero();
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t cell = shape.cell(n, j);
      log_index += base.final_share[cell] * at(log_price, cell);
      factor_income += base.value_added_share[cell] * at(output, cell);
    }
    at(by_region_, n) = log_index;
    found.deficit[n] = at(income, n) - factor_income - at(revenue, n) - at(export_yield, n);
  }
  kernels_.exp(by_region_.data(), by_region_.data(), by_region_.padded());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    found.wage[n] = at(wage, n);
    found.revenue[n] = at(revenue, n);
    found.export_yield[n] = at(export_yield, n);
    found.income[n] = at(income, n);
    found.price_index[n] = at(by_region_, n);
    found.welfare[n] = found.income[n] / base.income[n] / found.price_index[n];
    found.real_wage[n] = found.wage[n] / found.price_index[n];
  }
}

template class TradePoint<1>;
template class TradePoint<8>;

}  // namespace moniac
