#include "models/trade/trade_point.h"

#include <algorithm>
#include <utility>

#include "sim/math/scalar.h"

namespace moniac {

namespace {

constexpr double damping = 0.5;  // of a wage's answer to its market

// y_j = start(j) + Σ_k A_kj x_k; each x_k, each y_j and what `start` gives are `lanes` numbers.
template <std::size_t lanes, class Start>
void add_product(const Start& start, const double* matrix, const double* x, double* y, std::size_t count) {
  using Lanes = Eigen::Array<double, static_cast<int>(lanes), 1>;
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
      answer_(world_->shape.cells() * lanes),
      by_sector_(world_->shape.sectors * lanes) {
  for (std::size_t link = 0; link < world_->shape.links(); ++link)
    at(minus_elasticity_, link) = -world_->elasticity[link % world_->shape.sectors];
}

template <std::size_t lane_count>
auto TradePoint<lane_count>::row(KernelArray& array, std::size_t cell_or_link) const -> Row {
  return {array.data() + cell_or_link * lanes, static_cast<Eigen::Index>(world_->shape.sectors * lanes)};
}

template <std::size_t lane_count>
auto TradePoint<lane_count>::at(KernelArray& array, std::size_t index) -> Entry {
  return Entry(array.data() + index * lanes);
}

// The base of the power in `pull` is κ until begin(), which raises it.
template <std::size_t lane_count>
void TradePoint<lane_count>::set_policy(std::size_t lane, const TradePolicy& policy, const double* base_share) {
  for (std::size_t link = 0; link < world_->shape.links(); ++link) {
    const std::size_t here = link * lanes + lane;
    const double paid = 1 + policy.tariff[link];
    const double taxed = 1 + policy.export_tax[link];
    pull.data()[here] = paid / (1 + world_->base.tariff[link]) * taxed * policy.iceberg[link];
    share.data()[here] = base_share[link];
    producer.data()[here] = 1 / (paid * taxed);
    duty.data()[here] = policy.tariff[link] / paid;
    export_levy.data()[here] = policy.export_tax[link] * producer.data()[here];
  }
}

template <std::size_t lane_count>
void TradePoint<lane_count>::begin(bool given_wages) {
  const TradeShape& shape = world_->shape;
  using All = Eigen::Map<Eigen::ArrayXd>;
  const auto all = static_cast<Eigen::Index>(shape.links() * lanes);
  kernels_.pow(pull.data(), minus_elasticity_.data(), pull.data(), pull.padded());
  All(pull.data(), all) *= All(share.data(), all);
  for (std::size_t n = 0; n < shape.regions; ++n) {
    Row nobody = row(unsold_, shape.cell(n, 0));
    nobody = 0;
    for (std::size_t i = 0; i < shape.regions; ++i) nobody += row(pull, shape.link(n, i, 0));
    nobody = (nobody == 0).template cast<double>();
  }
  All(to_producer_.data(), all) = All(pull.data(), all) * All(producer.data(), all);
  All(duties_.data(), all) = All(pull.data(), all) * All(duty.data(), all);
  export_taxed = (All(export_levy.data(), all) != 0).any();
  given = given_wages;
  std::fill_n(log_wage.data(), shape.regions * lanes, 0.0);
  std::fill_n(wage.data(), shape.regions * lanes, 1.0);
  std::fill_n(transfer.data(), shape.regions * lanes, 0.0);
  std::fill_n(log_price.data(), shape.cells() * lanes, 0.0);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) at(expenditure, cell) = world_->base.expenditure[cell];
}

template <std::size_t lane_count>
void TradePoint<lane_count>::set_given(std::size_t lane, const double* given_wage, const double* given_spending) {
  for (std::size_t n = 0; n < world_->shape.regions; ++n) {
    wage.data()[n * lanes + lane] = given_wage[n];
    log_wage.data()[n * lanes + lane] = log(given_wage[n]);
    transfer.data()[n * lanes + lane] = given_spending[n];
  }
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
    for (std::size_t i = 0; i < shape.regions; ++i)
      sum += row(pull, shape.link(n, i, 0)) * row(attraction, shape.cell(i, 0));
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
  std::fill_n(output.data(), shape.cells() * lanes, 0.0);
  for (std::size_t n = 0; n < shape.regions; ++n) {
    Row spent = row(scaled_, shape.cell(n, 0));
    spent = row(expenditure, shape.cell(n, 0)) * row(inverse, shape.cell(n, 0));
    for (std::size_t i = 0; i < shape.regions; ++i)
      row(output, shape.cell(i, 0)) += row(to_producer_, shape.link(n, i, 0)) * spent;
  }
  for (std::size_t i = 0; i < shape.regions; ++i) row(output, shape.cell(i, 0)) *= row(attraction, shape.cell(i, 0));
  if (!given) add_receipts();
  for (std::size_t n = 0; n < shape.regions; ++n) {
    Entry spendable = at(income, n);
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
void TradePoint<lane_count>::answer_prices_and_spending() {
  const std::size_t cells = world_->shape.cells();
  const auto turn = [&](KernelArray& residual, const std::vector<double>& answer) {
    if (!given || answer.empty()) return;
    const auto nothing = [](std::size_t) { return Lanes::Zero(); };
    add_product<lanes>(nothing, answer.data(), residual.data(), answer_.data(), cells);
    std::copy_n(answer_.data(), cells * lanes, residual.data());
  };
  turn(price_residual, world_->price_answer);
  turn(spending_residual, world_->spending_answer);
}

template <std::size_t lane_count>
void TradePoint<lane_count>::read(std::size_t lane, TradeEquilibrium& found) const {
  const TradeShape& shape = world_->shape;
  const TradeBase& base = world_->base;
  const auto of = [&](const KernelArray& array, std::size_t index) { return array.data()[index * lanes + lane]; };
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    found.cost[cell] = of(cost, cell);
    found.price[cell] = of(price, cell);
    found.expenditure[cell] = of(expenditure, cell);
    found.output[cell] = of(output, cell);
  }
  for (std::size_t link = 0; link < shape.links(); ++link) {
    found.share[link] = of(share, link);
    const std::size_t n = link / shape.sectors / shape.regions, j = link % shape.sectors;
    found.flow[link] = (1 - of(duty, link)) * of(share, link) * of(expenditure, shape.cell(n, j));
  }
  for (std::size_t n = 0; n < shape.regions; ++n) {
    double log_index = 0, factor_income = 0;
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t cell = shape.cell(n, j);
      log_index += base.final_share[cell] * of(log_price, cell);
      factor_income += base.value_added_share[cell] * of(output, cell);
    }
    found.wage[n] = of(wage, n);
    found.revenue[n] = of(revenue, n);
    found.export_yield[n] = of(export_yield, n);
    found.income[n] = of(income, n);
    found.deficit[n] = found.income[n] - factor_income - found.revenue[n] - found.export_yield[n];
    found.price_index[n] = exp(log_index);
    found.welfare[n] = found.income[n] / base.income[n] / found.price_index[n];
    found.real_wage[n] = found.wage[n] / found.price_index[n];
  }
}

template class TradePoint<1>;
template class TradePoint<8>;

}  // namespace moniac
