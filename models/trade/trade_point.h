// A point of the search for equilibria of trade, of one policy or of several side by side.
#pragma once

#include <memory>
#include <vector>

#include "models/trade/trade_borders.h"
#include "models/trade/trade_lanes.h"
#include "models/trade/trade_world.h"

namespace moniac {

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
  using Lanes = LaneArray<lanes>;

  explicit TradePoint(std::shared_ptr<const TradeWorld> world, const Kernels& kernels);

  const TradeWorld& world() const { return *world_; }

  /// Wages and final spending by [region][lane], where they are given and nothing need balance. Whether any is another
  /// than before.
  bool set_given(const double* given_wage, const double* given_spending);
  /// After that and the policies of `borders`: goes to prices and spending of the base, and to its wages but where they
  /// are `given`.
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

  /// Where the world has answers: turns `price_residual` or `spending_residual` into what leads to rest near the base
  /// at given wages.
  void answer_prices();
  void answer_spending();

  /// What is found.
  void read(TradeEquilibria<lanes>& found);

  /// What follows besides, after both passes.
  void settle();

  TradeBorders<lanes> borders;
  KernelArray transfer;  // final spending beside the income rule, by region
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
  using Row = Eigen::Map<Eigen::ArrayXd, lane_alignment<lanes>>;
  Row row(KernelArray& array, std::size_t cell_or_link) const;  // the sectors from there on
  static auto at(KernelArray& array, std::size_t index) { return lanes_at<lanes>(array, index); }
  void costs();
  void add_receipts();
  void answer(KernelArray& residual, const std::vector<float>& matrix);
  Lanes largest(KernelArray& residual, const KernelArray* relative_to) const;

  std::shared_ptr<const TradeWorld> world_;
  const Kernels& kernels_;
  KernelArray scaled_;  // X P̂^θ by cell
  KernelArray by_sector_, by_region_;
  std::vector<Eigen::Array<float, static_cast<int>(lanes), 1>> asked_;  // by cell: what is answered
};

extern template class TradePoint<1>;
extern template class TradePoint<8>;

}  // namespace moniac
