// The equilibrium of world trade after a change of policy, in hats: ratios to the base.
#pragma once

#include <vector>

#include "models/trade/trade_table.h"
#include "sim/math/lu.h"

namespace moniac {

/// What governments do, by link (TradeShape).
struct TradePolicy {
  std::vector<double> tariff;      ///< t', ratio to the value at the border; a level, not a change
  std::vector<double> iceberg;     ///< d, ratio to the base: goods that must be sent for one to arrive; yields nobody
  std::vector<double> export_tax;  ///< e, ratio to the producer's price; its yield is income of the exporter
};

/// The policy of the base: its tariffs, no other cost.
TradePolicy unchanged(const TradeBase& base);

/// What becomes of the deficits D of the base. Results of different closures do not compare: a deficit is income.
enum class DeficitClosure {
  world,  ///< D' = D Σ w VA / Σ VA: a constant share of the world's value added
  zero,   ///< D' = 0
  share,  ///< D' is a constant share of a region's income; the largest region takes what is left
};

/// Where a solve ended. Arrays as in TradeBase; hats are ratios to the base.
struct TradeEquilibrium {
  bool converged = false;
  int iterations = 0;                ///< steps of the wages
  std::vector<double> wage;          ///< ŵ by region; Σ ŵ VA = Σ VA
  std::vector<double> cost;          ///< ĉ by cell, of producers
  std::vector<double> price;         ///< P̂ by cell, of buyers, tariffs included
  std::vector<double> share;         ///< π' by link
  std::vector<double> flow;          ///< x' by link: value at the border, export taxes included, tariffs not
  std::vector<double> expenditure;   ///< X' by cell
  std::vector<double> output;        ///< Y' by cell, at producers' prices
  std::vector<double> revenue;       ///< R' by region: of tariffs
  std::vector<double> export_yield;  ///< by region: of export taxes
  std::vector<double> income;        ///< I' by region
  std::vector<double> deficit;       ///< D' by region
  std::vector<double> price_index;   ///< P̂ by region: of final use
  std::vector<double> welfare;       ///< Ŵ = Î / P̂ by region
  std::vector<double> real_wage;     ///< ŵ / P̂ by region
};

/// All arrays at their size, zero.
TradeEquilibrium sized(const TradeShape& shape);

/// Solves trade in hats (Caliendo and Parro 2015, section 2.3; Dekle, Eaton and Kortum 2008):
///
///   cost        ln ĉ_i^j = g_i^j ln ŵ_i + Σ_k G_i^kj ln P̂_i^k
///   price       P̂_n^j    = [Σ_i π_ni^j (κ_ni^j ĉ_i^j)^-θ]^(-1/θ),   κ = (1+t')(1+e) d / (1+t)
///   share       π'       = π (κ ĉ_i / P̂_n)^-θ
///   spending    X_n^j    = Σ_k G_n^jk Y_n^k + a_n^j I_n,            Y_i^j = Σ_n π' X / ((1+t')(1+e))
///   income      I_n      = w_n VA_n + R_n + D_n, and the yield of export taxes
///   labour      Σ_j g_n^j Y_n^j = w_n VA_n,                         Σ_n w_n VA_n = Σ_n VA_n
///
/// by Newton's method on log wages with the Jacobian of the implicit functions. Prices and spending within are solved
/// by Newton too. Factors are kept while each step takes the residual down to a fifth, and start as those of the base.
/// An object is scratch space: one per thread. A result depends on the base, the policy and the shares alone.
class TradeSolver {
 public:
  /// `elasticity` is θ by sector, above 0. Throws std::invalid_argument where the base itself cannot be solved.
  TradeSolver(TradeBase base, std::vector<double> elasticity, DeficitClosure closure);

  const TradeBase& base() const { return base_; }
  const std::vector<double>& elasticity() const { return elasticity_; }
  DeficitClosure closure() const { return closure_; }

  /// The equilibrium under `policy`, from the base. `share`, if given, takes the place of π in prices and shares; it
  /// need not sum to 1. The answer is valid until the next call; it does not allocate.
  const TradeEquilibrium& solve(const TradePolicy& policy, const double* share = nullptr);

  /// Prices, shares and spending under `policy` where wages and the final spending of each region are given, and
  /// neither labour nor trade need balance: deficits are what spending exceeds income by.
  const TradeEquilibrium& respond(const TradePolicy& policy, const double* wage, const double* spending,
                                  const double* share = nullptr);

  /// Marks the last result as one that does not hold what was asked of it.
  const TradeEquilibrium& give_up();

 private:
  struct Factors {
    explicit Factors(const TradeShape& shape) : prices(shape.cells()), spending(shape.cells()), wages(shape.regions) {}
    LuFactors prices;    // I - B, B = ∂ ln P (given by cost) / ∂ ln P
    LuFactors spending;  // I - M, M = ∂ X (demanded) / ∂ X
    LuFactors wages;     // ∂ excess demand for labour / ∂ ln w, last row the numéraire
  };

  void set_policy(const TradePolicy& policy, const double* share);
  void set_spending_rule();
  void set_given_spending(const double* spending);
  void start_at_base();
  const TradeEquilibrium& finish(bool converged);

  bool find_wages();
  bool find_prices();
  bool find_spending();
  double labour_gap();

  void price_pass();     // ln c, π', and in next_ the ln P that costs imply
  void spending_pass();  // R, yields, I, Y, and in next_ the X that they demand
  bool factor_prices();
  bool factor_spending();
  bool factor_wages();
  void response_of_prices();
  void response_of_sales();
  void response_of_spending();

  TradeBase base_;
  TradeShape shape_;
  std::vector<double> elasticity_;
  DeficitClosure closure_;
  double world_value_added_ = 0;

  // The policy.
  std::vector<double> pull_;         // π κ^-θ by link
  std::vector<double> producer_;     // 1 / ((1+t')(1+e)): what the producer gets of what the buyer pays
  std::vector<double> duty_;         // t' / (1+t')
  std::vector<double> export_levy_;  // e / ((1+e)(1+t'))
  bool export_taxed_ = false;
  std::vector<double> income_rule_;  // by [region][region]: final spending per unit of value added and receipts
  std::vector<double> transfer_;     // by region: final spending beside that, = D' under `world`

  // The point.
  std::vector<double> log_wage_;
  std::vector<double> log_cost_;
  std::vector<double> attraction_;  // ĉ^-θ by cell
  std::vector<double> log_price_;
  std::vector<double> sold_;      // by link: π' producer_, the producers' share
  std::vector<double> receipts_;  // by region: tariffs and export taxes
  std::vector<double> next_;      // by cell: see the passes
  std::vector<double> excess_;    // by region: demand for labour less its wages
  TradeEquilibrium at_;

  Factors base_factors_;
  Factors new_factors_;
  const LuFactors* price_factors_ = nullptr;
  const LuFactors* spending_factors_ = nullptr;
  const LuFactors* wage_factors_ = nullptr;

  // Derivatives by log wages, the wage innermost.
  std::vector<double> price_response_;   // by [cell][wage]
  std::vector<double> cost_response_;    // by [cell][wage]
  std::vector<double> sales_response_;   // by [cell][wage]: of output at given spending
  std::vector<double> income_response_;  // by [region][wage]: of receipts at given spending, then of final spending
  std::vector<double> demand_response_;  // by [cell][wage]
};

/// The base that the equilibrium under `policy` is, final shares kept: what is solved from it are changes from there.
TradeBase rebased(const TradeBase& base, const TradeEquilibrium& at, const TradePolicy& policy);

}  // namespace moniac
