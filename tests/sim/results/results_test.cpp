#include <cmath>
#include <limits>

#include "sim/results/moments.h"
#include "sim/results/proportion.h"
#include "tests/support/catch.h"

using namespace moniac;

TEST_CASE("moments of a union are those of all values together") {
  // {1, 2, 3, 6} and {10, 20}: mean 7, squared deviations 36 + 25 + 16 + 1 + 9 + 169 = 256.
  const Moments left{4, 3, 14, 1, 6}, right{2, 15, 50, 10, 20};
  const Moments both = join(left, right);
  CHECK(both.count == 6);
  CHECK(both.mean == Approx(7));
  CHECK(both.m2 == Approx(256));
  CHECK(both.minimum == 1);
  CHECK(both.maximum == 20);
  CHECK(both.variance() == Approx(256 / 5.0));
  CHECK(both.standard_error() == Approx(std::sqrt(256 / 5.0 / 6)));
}

TEST_CASE("joining with an empty set changes no bit") {
  const Moments some{3, 0.1, 0.02, 0.05, 0.2};
  CHECK(join(some, Moments{}) == some);
  CHECK(join(Moments{}, some) == some);
}

TEST_CASE("the moments of nothing are undefined, those of one value have no spread") {
  CHECK(std::isnan(Moments{}.standard_error()));
  CHECK(Moments{1, 5, 0, 5, 5}.variance() == 0);
}

TEST_CASE("complete siblings join as soon as both exist") {
  MomentTree tree;
  for (int cells = 1; cells <= 64; ++cells) {
    tree.append({{64, 1.0 * cells, 0, 0, 0}, 0, cells - 1});
    CHECK(tree.nodes().size() == static_cast<std::size_t>(__builtin_popcount(static_cast<unsigned>(cells))));
  }
  CHECK(tree.total().mean == Approx(32.5));
}

TEST_CASE("the interval of a proportion is Wilson's") {
  // 10 of 100: centre (0.1 + z^2/200) / (1 + z^2/100), z = 1.96: 0.0552 … 0.1744 (Brown, Cai & DasGupta 2001).
  const Proportion tenth = proportion(10, 100);
  CHECK(tenth.probability == 0.1);
  CHECK(tenth.se == Approx(0.03));
  CHECK(tenth.low == Approx(0.0552).margin(5e-5));
  CHECK(tenth.high == Approx(0.1744).margin(5e-5));
}

TEST_CASE("an event never seen may still happen, one always seen may still fail") {
  const double z2 = 1.959963984540054 * 1.959963984540054;
  CHECK(proportion(0, 1000).low == 0);
  CHECK(proportion(0, 1000).high == Approx(z2 / (1000 + z2)));
  CHECK(proportion(1000, 1000).high == 1);
  CHECK(proportion(1000, 1000).low == Approx(1000 / (1000 + z2)));
  CHECK(std::isnan(proportion(0, 0).probability));
}

TEST_CASE("the standard error of a difference of probabilities is that of its values -1, 0 and 1") {
  // 40 paths in both, 5 only in A, 15 only in B, 40 in neither: mean 0.1, mean square 0.2.
  const PairedCounts counts{40, 5, 15, 40};
  CHECK(counts.paths() == 100);
  const ProportionDifference d = proportion_difference(counts);
  CHECK(d.difference == Approx(0.1));
  CHECK(d.se == Approx(std::sqrt((0.2 - 0.01) / 100)));
  // With a path more of either kind: mean 10 / 102, mean square 22 / 102.
  const double center = 10 / 102.0, half = 1.959963984540054 * std::sqrt((22 / 102.0 - center * center) / 102);
  CHECK(d.low == Approx(center - half));
  CHECK(d.high == Approx(center + half));
}

TEST_CASE("where no path differs the difference is nothing, but a small one is not excluded") {
  const ProportionDifference d = proportion_difference({30, 0, 0, 70});
  CHECK(d.difference == 0);
  CHECK(d.se == 0);
  CHECK(d.high == Approx(1.959963984540054 * std::sqrt(2 / 102.0 / 102)));
  CHECK(d.low == -d.high);
  CHECK(std::isnan(proportion_difference({}).difference));
}
