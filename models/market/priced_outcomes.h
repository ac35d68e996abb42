// Prices as probabilities of outcomes.
#pragma once

#include <array>
#include <cstddef>

namespace moniac {

/// Values v_o of an asset relative to no change, ratio, by outcome: deal, no change, breakdown.
using OutcomeValues = std::array<double, 3>;

/// 1 + Σ_o π_o v_o, to which a price is proportional; `belief(o)` is π_o, a number or a column.
template <class Belief>
auto expected_value(const OutcomeValues& values, const Belief& belief) {
  return 1 + values[0] * belief(0) + values[1] * belief(1) + values[2] * belief(2);
}

/// The change of the probability of a deal, against a breakdown, that a simple return r means when `before` is the
/// expected value before it: dπ = r before/(v_up - v_dn).
template <class Return, class Value>
auto implied_change(const OutcomeValues& values, const Return& r, const Value& before) {
  return r * before / (values[0] - values[2]);
}

}  // namespace moniac
