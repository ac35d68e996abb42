#include "sim/study/shapley.h"

#include <cmath>
#include <functional>
#include <numeric>

#include "tests/support/catch.h"

using namespace moniac;

namespace {

// The Shapley values of a game whose value depends on who is in (bit i: player i).
std::vector<double> shapley_values(std::size_t players, const std::function<double(std::size_t)>& value) {
  std::vector<double> values;
  for (const std::vector<double>& weights : shapley_weights(players)) {
    double sum = 0;
    for (std::size_t coalition = 0; coalition < weights.size(); ++coalition)
      sum += weights[coalition] * value(coalition);
    values.push_back(sum);
  }
  return values;
}

bool in(std::size_t coalition, std::size_t player) {
  return (coalition >> player & 1U) != 0;
}

}  // namespace

TEST_CASE("a change that acts alone gets its own effect, two that interact share the interaction equally") {
  // v = 3 x0 + 5 x1 + 8 x0 x1, and x2 without effect.
  const auto values =
      shapley_values(3, [](std::size_t s) { return 3.0 * in(s, 0) + 5.0 * in(s, 1) + 8.0 * in(s, 0) * in(s, 1); });
  CHECK(values[0] == Approx(7).epsilon(1e-14));
  CHECK(values[1] == Approx(9).epsilon(1e-14));
  CHECK(values[2] == Approx(0).margin(1e-14));
}

TEST_CASE("the gloves: one left and two right ones are worth 2/3, 1/6 and 1/6 of a pair") {
  // Shapley (1953) has the market of one seller and two buyers; a pair is worth 1.
  const auto values = shapley_values(3, [](std::size_t s) { return in(s, 0) && (in(s, 1) || in(s, 2)) ? 1.0 : 0.0; });
  CHECK(values[0] == Approx(2.0 / 3).epsilon(1e-14));
  CHECK(values[1] == Approx(1.0 / 6).epsilon(1e-14));
  CHECK(values[2] == Approx(1.0 / 6).epsilon(1e-14));
}

TEST_CASE("with any number of players the contributions sum to the value of all less that of none") {
  for (std::size_t players = 1; players <= most_shapley_players; ++players) {
    const auto value = [](std::size_t s) { return std::sin(static_cast<double>(s * s) + 1); };
    const auto values = shapley_values(players, value);
    const double whole = value((std::size_t{1} << players) - 1) - value(0);
    CHECK(std::accumulate(values.begin(), values.end(), 0.0) == Approx(whole).margin(1e-13));
  }
}
