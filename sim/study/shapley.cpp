#include "sim/study/shapley.h"

#include <bit>

namespace moniac {

namespace {

// size! (players - size - 1)! / players! = 1 / (players · C(players - 1, size)).
double weight_of_size(std::size_t players, std::size_t size) {
  double ways = 1;
  for (std::size_t k = 0; k < size; ++k)
    ways = ways * static_cast<double>(players - 1 - k) / static_cast<double>(k + 1);
  return 1 / (static_cast<double>(players) * ways);
}

}  // namespace

std::vector<std::vector<double>> shapley_weights(std::size_t players) {
  const std::size_t coalitions = std::size_t{1} << players;
  std::vector<std::vector<double>> weights(players, std::vector<double>(coalitions));
  for (std::size_t player = 0; player < players; ++player) {
    const std::size_t bit = std::size_t{1} << player;
    for (std::size_t coalition = 0; coalition < coalitions; ++coalition) {
      const std::size_t without = coalition & ~bit;
      const double weight = weight_of_size(players, static_cast<std::size_t>(std::popcount(without)));
      weights[player][coalition] = (coalition & bit) != 0 ? weight : -weight;
    }
  }
  return weights;
}

}  // namespace moniac
