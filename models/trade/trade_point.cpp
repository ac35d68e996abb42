#include "models/trade/trade_point.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace moniac {

namespace {

constexpr double damping = 0.5;       // of a wage's answer to its market
constexpr double nothing_yet = -1e9;  // a tariff that none is

// Rows of numbers that are so many apart.
struct Rows {
  const double* first;
  std::size_t apart;
};

// y += Σ_k a_k b_k, elementwise, for `size` numbers of each row from `from` on, which stay in registers.
template <int size>
void add_part(const Rows& a, const Rows& b, std::size_t terms, std::size_t from, double* y) {
  using Part = Eigen::Array<double, size, 1>;
  using Given = Eigen::Map<const Part>;
  Part sum = Given(y + from);
  for (std::size_t k = 0; k < terms; ++k)
    sum += Given(a.first + k * a.apart + from) * Given(b.first + k * b.apart + from);
  Eigen::Map<Part>(y + from) = sum;
}

// The same for all `count` numbers.
void add_products(const Rows& a, const Rows& b, std::size_t terms, std::size_t count, double* y) {
  std::size_t from = 0;
  for (; from + 16 <= count; from += 16) add_part<16>(a, b, terms, from, y);
  for (; from + 4 <= count; from += 4) add_part<4>(a, b, terms, from, y);
  for (; from < count; ++from) add_part<1>(a, b, terms, from, y);
}

// y_j = start(j) + Σ_k A_kj x_k; each x_k, each y_j and what `start` gives are `lanes` numbers.
template <std::size_t lanes, class Start>
void add_product(const Start& start, const double* matrix, const double* x, double* y, std::size_t count) {
  using Lanes = LaneArray<lanes>;
  if constexpr (lanes == 1) {
    for (std::size_t j = 0; j < count; ++j) y[j] = Lanes(start(j))[0];
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t j = 0; j < count; ++j) y[j] += matrix[k * count + j] * x[k];
    }
  } else {
    for (std::size_t j = 0; j < count; j += 2) {  // two at a time, for one reading of x
      const std::size_t next = std::min(j + 1, count - 1);
      Lanes here = start(j), there = start(next);
      for (std::size_t k = 0; k < count; ++k) {
        const Lanes given = Eigen::Map<const Lanes, Eigen::Aligned64>(x + k * lanes);
        here += matrix[k * count + j] * given;
        there += matrix[k * count + next] * given;
      }
      Eigen::Map<Lanes, Eigen::Aligned64>(y + next * lanes) = there;
      Eigen::Map<Lanes, Eigen::Aligned64>(y + j * lanes) = here;
    }
  }
}

}  // namespace

template <std::size_t lane_count>
TradePoint<lane_count>::TradePoint(std::shared_ptr<const TradeWorld> world, const Kernels& kernels)
    : pull(world->shape.links() * lanes, 1),
      producer(world->shape.links() * lanes),
      duty(world->shape.links() * lanes),
      export_levy(world->shape.links() * lanes),
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
      minus_elasticity_(world_->shape.links() * lanes),
      unsold_(world_->shape.cells() * lanes),
      to_producer_(world_->shape.links() * lanes),
      duties_(world_->shape.links() * lanes),
      scaled_(world_->shape.cells() * lanes),
      tariff_(world_->shape.links() * lanes, nothing_yet),
      iceberg_(world_->shape.links() * lanes, 1),
      export_tax_(world_->shape.links() * lanes),
      base_share_(world_->shape.links() * lanes),
      power_(world_->shape.links() * lanes, 1),
      by_sector_(world_->shape.sectors * lanes),
      by_region_(world_->shape.regions * lanes),
      asked_(world_->shape.cells()) {
  for (std::size_t link = 0; link < world_->shape.links(); ++link)
    at(minus_elasticity_, link) = -world_->elasticity[link % world_->shape.sectors];
}

template <std::size_t lane_count>
auto TradePoint<lane_count>::row(KernelArray& array, std::size_t cell_or_link) const -> Row {
  return {array.data() + cell_or_link * lanes, static_cast<Eigen::Index>(world_->shape.sectors * lanes)};
}

namespace {

// Copies `count` numbers; whether any has other bits than what was there.
bool replace(const double* from, double* to, std::size_t count) {
  const bool other = std::memcmp(from, to, count * sizeof(double)) != 0;
  if (other) std::copy_n(from, count, to);
  return other;
}

}  // namespace

// Part by part, as most of a policy is often that of the paths before.
template <std::size_t lane_count>
bool TradePoint<lane_count>::set_policy(const double* tariff, const double* iceberg, const double* export_tax,
                                        const double* base_share) {
  const std::size_t numbers = world_->shape.links() * lanes;
  bool any = false;
  for (std::size_t first = 0; first < numbers; first += cell_size) {
    const std::size_t count = std::min(cell_size, numbers - first);
    bool border = replace(tariff + first, tariff_.data() + first, count);
    border |= replace(iceberg + first, iceberg_.data() + first, count);
    border |= replace(export_tax + first, export_tax_.data() + first, count);
    if (border) set_border(first / lanes, (first + count) / lanes);
    any |= replace(base_share + first, base_share_.data() + first, count) || border;
  }
  return any;
}

// What follows from the policy of a cell of links.
template <std::size_t lane_count>
void TradePoint<lane_count>::set_border(std::size_t first, std::size_t last) {
  for (std::size_t link = first; link < last; ++link) {
    const Lanes paid = 1 + at(tariff_, link), taxed = 1 + at(export_tax_, link);
    at(power_, link) = paid / (1 + world_->base.tariff[link]) * taxed * at(iceberg_, link);
    at(producer, link) = 1 / (paid * taxed);
    at(duty, link) = at(tariff_, link) / paid;
    at(export_levy, link) = at(export_tax_, link) * at(producer, link);
  }
  double* power = power_.data() + first * lanes;
  kernels_.pow(power, minus_elasticity_.data() + first * lanes, power, cell_size);
}

template <std::size_t lane_count>
bool TradePoint<lane_count>::set_given(const double* given_wage, const double* given_spending) {
  const std::size_t numbers = world_->shape.regions * lanes;
  bool any = replace(given_wage, wage.data(), numbers);
  any |= replace(given_spending, transfer.data(), numbers);
  kernels_.log(wage.data(), log_wage.data(), wage.padded());
  return any;
}

template <std::size_t lane_count>
void TradePoint<lane_count>::begin(bool given_wages) {
  const TradeShape& shape = world_->shape;
  using All = Eigen::Map<Eigen::ArrayXd, lane_alignment<lanes>>;
  const auto all = static_cast<Eigen::Index>(shape.links() * lanes);
  All(pull.data(), all) = All(power_.data(), all) * All(base_share_.data(), all);
  for (std::size_t n = 0; n < shape.regions; ++n) {
    Row nobody = row(unsold_, shape.cell(n, 0));
    nobody = 0;
    for (std::size_t i = 0; i < shape.regions; ++i) nobody += row(pull, shape.link(n, i, 0));
    nobody = (nobody == 0).template cast<double>();
  }
  All(to_producer_.data(), all) = All(pull.data(), all) * All(producer.data(), all);
  All(duties_.data(), all) = All(pull.data(), all) * All(duty.data(), all);
  export_taxed = (All(export_levy.data(), all) != 0).any();
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
    row(attraction, first) = row(log_cost, first) * row(minus_elasticity_, 0);
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
    sum = row(unsold_, shape.cell(n, 0));
    const std::size_t numbers = shape.sectors * lanes;
    add_products({pull.data() + shape.link(n, 0, 0) * lanes, numbers}, {attraction.data(), numbers}, shape.regions,
                 numbers, sum.data());
    row(inverse, shape.cell(n, 0)) = 1 / sum;
  }
  kernels_.log(price_residual.data(), price_residual.data(), price_residual.padded());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    Row implied = row(price_residual, shape.cell(n, 0));
    implied = implied / row(minus_elasticity_, 0) - row(log_price, shape.cell(n, 0));
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
    add_products({to_producer_.data() + shape.link(0, i, 0) * lanes, shape.regions * numbers},
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
      if (i != n) by_sector += row(duties_, shape.link(n, i, 0)) * row(attraction, shape.cell(i, 0));
    }
    by_sector *= row(scaled_, shape.cell(n, 0));
    at(revenue, n) = 0;
    add_up(at(revenue, n));
  }
  for (std::size_t i = 0; i < shape.regions && export_taxed; ++i) {
    by_sector = 0;
    for (std::size_t n = 0; n < shape.regions; ++n)
      by_sector +=
          row(pull, shape.link(n, i, 0)) * row(export_levy, shape.link(n, i, 0)) * row(scaled_, shape.cell(n, 0));
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
      bought = row(pull, shape.link(n, i, 0)) * row(attraction, shape.cell(i, 0)) * row(inverse, shape.cell(n, 0));
      row(sold, shape.link(n, i, 0)) = bought * row(producer, shape.link(n, i, 0));
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
    found.flow[link] = (1 - at(duty, link)) * at(share, link) * at(expenditure, shape.cell(n, j));
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
