#include "models/diplomacy/counted_changes.h"

#include "tests/support/catch.h"

using namespace moniac;

namespace {

StateRates<4> rates(double a, double b) {
  StateRates<4> q{};
  q[detente][talking] = a;
  q[talking][detente] = b;
  return q;
}

}  // namespace

TEST_CASE("the error of a long-run share is that of the closed form of two states") {
  // π = b/(a + b), so dπ/d ln a = -π (1 - π) = -dπ/d ln b, with 1 and 3 changes counted.
  const auto share = [](const StateRates<4>& q) {
    StateLaw<4> law{1, 0, 0, 0};
    return law_after(q, law, 200)[detente];
  };
  const double a = 0.6, b = 0.9, pi = b / (a + b);
  CHECK(counting_error(rates(a, b), share) == Approx(pi * (1 - pi) * std::sqrt(1 / 1.5 + 1 / 3.5)).epsilon(1e-6));
}

TEST_CASE("the error of a first passage out of confrontation is that of the closed form") {
  // P = 1 - e^{-(q20 + q21) t}: dP/d ln q_2j = q_2j t e^{-(q20 + q21) t}, with 0 and 8 changes counted.
  StateRates<4> q{};
  q[confrontation][detente] = 0.13;
  q[confrontation][talking] = 2.19;
  const double t = 0.27;
  const auto out = [&](const StateRates<4>& at) {
    return 1 - law_after(at, StateLaw<4>{0, 0, 1, 0}, t)[confrontation];
  };
  const double slope = t * std::exp(-2.32 * t);
  CHECK(counting_error(q, out) == Approx(slope * std::sqrt(0.13 * 0.13 / 0.5 + 2.19 * 2.19 / 8.5)).epsilon(1e-6));
  // What does not depend on counted rates has no error.
  CHECK(counting_error(q, [](const StateRates<4>& at) { return at[confrontation][conflict]; }) == 0);
}
