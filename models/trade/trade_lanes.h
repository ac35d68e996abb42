// Numbers of several paths side by side, in the lanes of vector instructions.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <vector>

#include "models/trade/trade_equilibrium.h"
#include "sim/math/eigen_guard.h"
#include "sim/math/kernels.h"

namespace moniac {

/// One number of each of `lanes` paths.
template <std::size_t lanes>
using LaneArray = Eigen::Array<double, static_cast<int>(lanes), 1>;

/// Numbers by link, cell or region, each of `lanes` paths: the lane is innermost.
template <std::size_t lanes>
using LaneVector = std::vector<LaneArray<lanes>>;

/// The numbers of one path.
template <class Lanes>
void get_lane(const std::vector<Lanes>& all, std::size_t lane, std::vector<double>& one) {
  for (std::size_t k = 0; k < all.size(); ++k) one[k] = all[k][static_cast<Eigen::Index>(lane)];
}
template <class Lanes>
void set_lane(std::vector<Lanes>& all, std::size_t lane, const std::vector<double>& one) {
  for (std::size_t k = 0; k < all.size(); ++k) all[k][static_cast<Eigen::Index>(lane)] = one[k];
}

/// The same numbers on each path.
template <std::size_t lanes>
LaneVector<lanes> on_all_lanes(const std::vector<double>& one) {
  LaneVector<lanes> all(one.size());
  for (std::size_t lane = 0; lane < lanes; ++lane) set_lane(all, lane, one);
  return all;
}

/// Numbers at the alignment that kernels want, padded with `filler` to a length that they take.
class KernelArray {
 public:
  explicit KernelArray(std::size_t size, double filler = 0) : lines_((size + cell_size - 1) / cell_size) {
    for (Line& line : lines_) line.values.fill(filler);
  }
  double* data() { return lines_.front().values.data(); }
  const double* data() const { return lines_.front().values.data(); }
  std::size_t padded() const { return lines_.size() * cell_size; }

 private:
  struct alignas(64) Line {
    std::array<double, cell_size> values;
  };
  std::vector<Line> lines_;
};

/// How whole entries of KernelArray are aligned.
template <std::size_t lanes>
inline constexpr int lane_alignment = lanes % 8 == 0 ? Eigen::Aligned64 : Eigen::Unaligned;

/// Entry `index` of an array by [index][lane].
template <std::size_t lanes>
Eigen::Map<LaneArray<lanes>, lane_alignment<lanes>> lanes_at(KernelArray& array, std::size_t index) {
  return Eigen::Map<LaneArray<lanes>, lane_alignment<lanes>>(array.data() + index * lanes);
}

/// TradePolicy of several paths, by link.
template <std::size_t lanes>
struct TradePolicies {
  explicit TradePolicies(const TradePolicy& everywhere)
      : tariff(on_all_lanes<lanes>(everywhere.tariff)),
        iceberg(on_all_lanes<lanes>(everywhere.iceberg)),
        export_tax(on_all_lanes<lanes>(everywhere.export_tax)) {}

  /// That of one path; `one` has its size.
  void get(std::size_t lane, TradePolicy& one) const {
    get_lane(tariff, lane, one.tariff);
    get_lane(iceberg, lane, one.iceberg);
    get_lane(export_tax, lane, one.export_tax);
  }
  void set(std::size_t lane, const TradePolicy& one) {
    set_lane(tariff, lane, one.tariff);
    set_lane(iceberg, lane, one.iceberg);
    set_lane(export_tax, lane, one.export_tax);
  }

  LaneVector<lanes> tariff, iceberg, export_tax;
};

/// TradeEquilibrium of several paths.
template <std::size_t lanes>
struct TradeEquilibria {
  explicit TradeEquilibria(const TradeShape& shape)
      : wage(shape.regions),
        cost(shape.cells()),
        price(shape.cells()),
        share(shape.links()),
        flow(shape.links()),
        expenditure(shape.cells()),
        output(shape.cells()),
        revenue(shape.regions),
        export_yield(shape.regions),
        income(shape.regions),
        deficit(shape.regions),
        price_index(shape.regions),
        welfare(shape.regions),
        real_wage(shape.regions) {}

  /// That of one path; `one` has its size.
  void get(std::size_t lane, TradeEquilibrium& one) const {
    one.converged = converged[lane];
    one.iterations = iterations[lane];
    each_member([&](auto mine, auto its) { get_lane(this->*mine, lane, one.*its); });
  }
  void set(std::size_t lane, const TradeEquilibrium& one) {
    converged[lane] = one.converged;
    iterations[lane] = one.iterations;
    each_member([&](auto mine, auto its) { set_lane(this->*mine, lane, one.*its); });
  }

  std::array<bool, lanes> converged{};
  std::array<int, lanes> iterations{};
  LaneVector<lanes> wage, cost, price, share, flow, expenditure, output, revenue, export_yield, income, deficit,
      price_index, welfare, real_wage;

 private:
  template <class Visit>
  static void each_member(Visit visit) {
    using All = TradeEquilibria;
    using One = TradeEquilibrium;
    visit(&All::wage, &One::wage);
    visit(&All::cost, &One::cost);
    visit(&All::price, &One::price);
    visit(&All::share, &One::share);
    visit(&All::flow, &One::flow);
    visit(&All::expenditure, &One::expenditure);
    visit(&All::output, &One::output);
    visit(&All::revenue, &One::revenue);
    visit(&All::export_yield, &One::export_yield);
    visit(&All::income, &One::income);
    visit(&All::deficit, &One::deficit);
    visit(&All::price_index, &One::price_index);
    visit(&All::welfare, &One::welfare);
    visit(&All::real_wage, &One::real_wage);
  }
};

}  // namespace moniac
