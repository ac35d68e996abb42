#include "models/trade/pass_through.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace moniac {

namespace {

// Successive rounds of input use, which add up to the response of every cost in the world to one wage.
class CostRounds {
 public:
  explicit CostRounds(const TradeBase& base)
      : base_(base), shape_(base.shape), cost_(shape_.cells()), price_(shape_.cells()), next_(shape_.cells()) {}

  /// ∂ ln c by cell.
  const std::vector<double>& respond_to(std::size_t wage) {
    constexpr int most_rounds = 10'000;
    std::fill(cost_.begin(), cost_.end(), 0.0);
    for (int round = 0; round < most_rounds; ++round) {
      if (add_round(wage) < rounding) return cost_;
    }
    throw std::invalid_argument("the base of trade is singular");
  }

 private:
  static constexpr double rounding = 1e-15;

  // Prices at the costs so far, costs at those prices; the largest change.
  double add_round(std::size_t wage) {
    std::fill(price_.begin(), price_.end(), 0.0);
    std::fill(next_.begin(), next_.end(), 0.0);
    for (std::size_t j = 0; j < shape_.sectors; ++j)
      next_[shape_.cell(wage, j)] = base_.value_added_share[shape_.cell(wage, j)];
    for (std::size_t n = 0; n < shape_.regions; ++n) {
      for (std::size_t i = 0; i < shape_.regions; ++i) {
        for (std::size_t j = 0; j < shape_.sectors; ++j)
          price_[shape_.cell(n, j)] += base_.share[shape_.link(n, i, j)] * cost_[shape_.cell(i, j)];
      }
      for (std::size_t k = 0; k < shape_.sectors; ++k) {
        for (std::size_t j = 0; j < shape_.sectors; ++j)
          next_[shape_.cell(n, j)] += base_.input[shape_.input(n, k, j)] * price_[shape_.cell(n, k)];
      }
    }
    double change = 0;
    for (std::size_t at = 0; at < cost_.size(); ++at) change = std::max(change, std::abs(next_[at] - cost_[at]));
    cost_.swap(next_);
    return change;
  }

  const TradeBase& base_;
  TradeShape shape_;
  std::vector<double> cost_, price_, next_;
};

}  // namespace

std::vector<double> export_pass_through(const TradeBase& base) {
  CostRounds rounds(base);
  std::vector<double> content(base.shape.cells());
  for (std::size_t n = 0; n < base.shape.regions; ++n) {
    const std::vector<double>& costs = rounds.respond_to(n);
    const std::size_t first = base.shape.cell(n, 0);
    for (std::size_t at = first; at < first + base.shape.sectors; ++at) content[at] = costs[at];
  }
  return content;
}

}  // namespace moniac
