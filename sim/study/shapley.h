// How much each of several changes contributes to what they do together.
#pragma once

#include <cstddef>
#include <vector>

namespace moniac {

/// Changes that can be told apart; each more doubles the work.
inline constexpr std::size_t most_shapley_players = 10;

/// Weights that make the Shapley values of `players` out of the values of their 2^players coalitions, [player]
/// [coalition], where player i is in coalition s when bit i of s is set:
///   φ_i = Σ_{S without i} |S|! (n - |S| - 1)! / n! (v(S and i) - v(S)).
/// They sum to v(all) - v(none); a change without effect gets 0, an interaction is shared equally (Shapley 1953).
std::vector<std::vector<double>> shapley_weights(std::size_t players);

}  // namespace moniac
