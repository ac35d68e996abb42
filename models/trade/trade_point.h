// A point of the search for equilibria of trade, of one policy or of several side by side.
#pragma once

#include <Eigen/Core>
#include <array>
#include <memory>
#include <vector>

#include "models/trade/trade_world.h"
#include "sim/math/eigen_guard.h"
#include "sim/math/kernels.h"

namespace moniac {

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

/// Wages, prices and spending of `lanes` policies, and how far they are from an equilibrium:
///
///   cost        ln ĉ_i^j = g_i^j ln ŵ_i + Σ_k G_i^kj ln P̂_i^k
///   price       P̂_n^j    = [Σ_i π_ni^j (κ_ni^j ĉ_i^j)^-θ]^(-1/θ),   κ = (1+t')(1+e) d / (1+t)
///   share       π'       = π (κ ĉ_i / P̂_n)^-θ
///   spending    X_n^j    = Σ_k G_n^jk Y_n^k + a_n^j I_n,            Y_i^j = Σ_n π' X / ((1+t')(1+e))
///   income      I_n      = w_n VA_n + R_n + D_n, and the yield of export taxes
///   labour      Σ_j g_n^j Y_n^j = w_n VA_n,                         Σ_n w_n VA_n = Σ_n VA_n
///
/// The lane is innermost in all arrays, and every operation is elementwise in it: a lane has the bits that it has
/// alone. Nothing allocates after construction.
template <std::size_t lane_count>
class TradePoint {
 public:
  static constexpr std::size_t lanes = lane_count;
  using Lanes = Eigen::Array<double, static_cast<int>(lanes), 1>;

  explicit TradePoint(std::shared_ptr<const TradeWorld> world, const Kernels& kernels);

  const TradeWorld& world() const { return *world_; }

  /// The policy of a lane, with `base_share` by link in the place of π; it need not sum to 1.
  void set_policy(std::size_t lane, const TradePolicy& policy, const double* base_share);
  /// Wages and final spending of a lane by region, where they are given and nothing need balance; after begin().
  void set_given(std::size_t lane, const double* given_wage, const double* given_spending);
  /// After the policies: goes to wages, prices and spending of the base. `given`: wages and spending will be set.
  void begin(bool given);

  /// Wages, and the deficits that they mean.
  void pay();
  /// Costs and, in `price_residual`, ln P that they imply less ln P. The largest of each lane.
  Lanes price_pass();
  /// Output, receipts (unless spending is given), income and, in `spending_residual`, what is demanded less what is
  /// spent, by the last price_pass(). The largest relative to spending, of each lane.
  Lanes spending_pass();
  /// In `excess`, demand for labour less the wage bill. The largest relative to it, and how far the numéraire is off.
  Lanes labour_gap();

  /// In `wage_answer`, by how much ln ŵ would move to go half of the way that clears markets (by labour_gap(), the
  /// numéraire kept).
  void answer_labour();

  /// Where wages are given and the world has answers: turns `price_residual` and `spending_residual` into what leads to
  /// rest near the base.
  void answer_prices_and_spending();

  /// What is found in a lane.
  void read(std::size_t lane, TradeEquilibrium& found) const;

  /// What follows besides, after both passes.
  void settle();

  // Policy, by link but the last: π κ^-θ, of which producers get 1/((1+t')(1+e)), the importer's budget t'/(1+t') and
  // the exporter's e/((1+e)(1+t')); final spending beside the income rule, by region.
  KernelArray pull, producer, duty, export_levy, transfer;
  bool export_taxed = false;
  bool given = false;

  // Point: ln ŵ and ŵ by region; ln P̂ and X by cell.
  KernelArray log_wage, wage, log_price, expenditure;
  // What follows: ln ĉ, ĉ^-θ, P̂^θ and Y by cell; R, yield of export taxes, their sum with value added and I by region.
  KernelArray log_cost, attraction, inverse, output, revenue, export_yield, receipts, income;
  // After settle(): ĉ and P̂ by cell, π' and its producers' part by link.
  KernelArray cost, price, share, sold;
  Lanes world_wages = Lanes::Zero();  // Σ w VA
  // How far it is off, by cell, cell and region, and the answer of wages.
  KernelArray price_residual, spending_residual, excess, wage_answer;

 private:
  static constexpr int alignment = lanes % 8 == 0 ? Eigen::Aligned64 : Eigen::Unaligned;
  using Row = Eigen::Map<Eigen::ArrayXd, alignment>;
  Row row(KernelArray& array, std::size_t cell_or_link) const;  // the sectors from there on
  using Entry = Eigen::Map<Lanes, alignment>;
  static Entry at(KernelArray& array, std::size_t index);
  void costs();
  void add_receipts();
  Lanes largest(KernelArray& residual, const KernelArray* relative_to) const;

  std::shared_ptr<const TradeWorld> world_;
  const Kernels& kernels_;
  KernelArray minus_elasticity_;      // by link
  KernelArray unsold_;                // by cell: 1 for what nobody sells, which keeps its price
  KernelArray to_producer_, duties_;  // π κ^-θ times the part of producers and duties, by link
  KernelArray scaled_;                // X P̂^θ by cell
  KernelArray answer_;                // by cell
  KernelArray by_sector_;
};

extern template class TradePoint<1>;
extern template class TradePoint<8>;

}  // namespace moniac
