#include "models/trade/anderson.h"

#include <array>

#include "tests/support/catch.h"

namespace moniac {

namespace {

constexpr std::size_t size = 3;

// f(x) = b - A x, in each lane with an A of its own; without acceleration x <- x + f(x) diverges.
template <std::size_t lanes>
struct Linear {
  std::array<double, size * lanes> x{}, f{};

  void answer(std::size_t first_lane) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const double own = 3 + static_cast<double>(first_lane + lane);
      const std::array<double, size> v{x[lane], x[lanes + lane], x[2 * lanes + lane]};
      f[lane] = 1 - (own * v[0] + v[1]);
      f[lanes + lane] = 2 - (v[0] + 4 * v[1] + v[2]);
      f[2 * lanes + lane] = 3 - (v[1] + 5 * v[2]);
    }
  }

  void solve(std::size_t mixes, std::size_t first_lane, typename Anderson<lanes, 3>::Lanes moving) {
    Anderson<lanes, 3> mixing({1, 10, 0.1});
    const std::array<typename Anderson<lanes, 3>::Part, 2> parts{
        {{.x = x.data(), .f = f.data(), .size = 1}, {.x = x.data() + lanes, .f = f.data() + lanes, .size = 2}}};
    mixing.begin();
    for (std::size_t k = 0; k < mixes; ++k) {
      answer(first_lane);
      mixing.mix(parts, moving);
    }
    answer(first_lane);
  }
};

}  // namespace

// With as many columns as unknowns a linear iteration is solved once they are all there (Walker and Ni 2011, theorem
// 2.2), whatever the weights.
TEST_CASE("Anderson's mixing solves a linear iteration that diverges by itself", "[trade][anderson]") {
  Linear<1> problem;
  problem.solve(size + 2, 0, Anderson<1, 3>::Lanes::Ones());
  for (const double left : problem.f) CHECK(left == Approx(0).margin(1e-9));
}

TEST_CASE("a lane of Anderson's mixing has the bits that it has alone, and rests when told so", "[trade][anderson]") {
  Linear<2> both;
  both.solve(4, 0, Anderson<2, 3>::Lanes::Ones());
  for (std::size_t lane = 0; lane < 2; ++lane) {
    Linear<1> alone;
    alone.solve(4, lane, Anderson<1, 3>::Lanes::Ones());
    for (std::size_t i = 0; i < size; ++i) CHECK(both.x[i * 2 + lane] == alone.x[i]);
  }
  Linear<2> half;
  half.solve(4, 0, Anderson<2, 3>::Lanes(1, 0));
  for (std::size_t i = 0; i < size; ++i) {
    CHECK(half.x[i * 2] == both.x[i * 2]);
    CHECK(half.x[i * 2 + 1] == 0);
  }
}

}  // namespace moniac
