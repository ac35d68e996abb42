#include "sim/study/sensitivity.h"

#include <limits>

#include "tests/sim/study/test_functions.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct Shares {
  std::vector<double> first;
  std::vector<double> total;
};

// Saltelli et al. (2008), closed forms to five decimals.
const Shares of_ishigami{{0.31391, 0.44241, 0}, {0.55759, 0.44241, 0.24368}};
const Shares of_g{{0.71619, 0.17905, 0.02368, 0.00716, 0.00007, 0.00007, 0.00007, 0.00007},
                  {0.78714, 0.24220, 0.03432, 0.01046, 0.00010, 0.00010, 0.00010, 0.00010}};

// Within four standard errors, and half of the last published digit.
void check_near(const Estimate& estimate, double expected) {
  CHECK(estimate.value == Approx(expected).margin(4 * estimate.standard_error + 5e-6).epsilon(0));
}

void check_near(const SobolIndices& indices, const Shares& expected, double largest_error) {
  REQUIRE(indices.axes.size() == expected.first.size());
  for (std::size_t axis = 0; axis < indices.axes.size(); ++axis) {
    const auto& [first, total] = indices.axes[axis];
    CAPTURE(axis);
    check_near(first, expected.first[axis]);
    check_near(total, expected.total[axis]);
    for (const Estimate& share : {first, total}) {
      CHECK(share.standard_error < largest_error);
      CHECK(share.low < share.value);
      CHECK(share.value < share.high);
      CHECK(share.high - share.low == Approx(4 * share.standard_error).epsilon(0.35));
    }
  }
}

Responses noiseless(const std::vector<double>& values) {
  return {values, {}, {}};
}

}  // namespace

TEST_CASE("the shares of Ishigami's function are the closed ones within four standard errors") {
  constexpr std::size_t n = 4096;
  const std::vector<double> values = values_at(saltelli_design(n, 3, 1), ishigami);
  const SobolIndices indices = sobol_indices(noiseless(values), n, 3);
  check_near(indices, of_ishigami, 0.03);
  check_near(indices.variance, ishigami_variance);
  CHECK(indices.variance.standard_error < 0.02 * ishigami_variance);
  check_near(indices.interactions, 0.24368);
  CHECK(std::isnan(indices.noise_share.value));
  CHECK(indices.points == n);
  CHECK(indices.left_out == 0);
}

TEST_CASE("the shares of Sobol's G function are the closed ones within four standard errors") {
  constexpr std::size_t n = 4096;
  const std::vector<double> values = values_at(saltelli_design(n, 8, 1), sobol_g);
  check_near(sobol_indices(noiseless(values), n, 8), of_g, 0.03);
}

TEST_CASE("the bootstrap's standard error is the scatter of estimates over designs with independent points") {
  constexpr std::size_t n = 512, designs = 200;
  double mean = 0, squares = 0, error = 0;
  for (std::uint64_t seed = 0; seed < designs; ++seed) {
    // Independent rows of six coordinates, instead of Sobol points, whose scatter is smaller than the bootstrap says.
    Points design(n * 5, std::vector<double>(3));
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::vector<double> a = uniform_draws(seed, static_cast<std::uint32_t>(axis), 0, n);
      const std::vector<double> b = uniform_draws(seed, static_cast<std::uint32_t>(axis), 1, n);
      for (std::size_t row = 0; row < n; ++row)
        for (std::size_t block = 0; block < 5; ++block)
          design[block * n + row][axis] = block == 1 || block == axis + 2 ? b[row] : a[row];
    }
    const SobolIndices indices =
        sobol_indices(noiseless(values_at(design, ishigami)), n, 3, {.replicates = 100, .seed = seed});
    const Estimate& first = indices.axes[0].first;
    mean += first.value / designs;
    squares += first.value * first.value / designs;
    error += first.standard_error / designs;
  }
  const double scatter = std::sqrt(squares - mean * mean);
  CHECK(mean == Approx(of_ishigami.first[0]).margin(4 * scatter / std::sqrt(designs)).epsilon(0));
  CHECK(error == Approx(scatter).epsilon(4 / std::sqrt(2.0 * designs)));  // 4 standard errors of a standard deviation
}

TEST_CASE("independent noise of known size is found and taken out of the shares") {
  constexpr std::size_t n = 8192;
  const std::vector<double> values = values_at(saltelli_design(n, 3, 2), ishigami);
  const double own = 2;  // variance 4 in a half, 2 in the whole
  const NoisyValues noisy = with_noise(values, own, 0, 77);
  const SobolIndices indices = sobol_indices(noisy.responses(), n, 3);
  const double share = 2 / (ishigami_variance + 2);
  check_near(indices.noise_share, share);
  CHECK(indices.noise_share.standard_error < 0.01);
  check_near(indices.variance, ishigami_variance);
  check_near(indices, of_ishigami, 0.03);
  // What the whole alone would say of the third axis: all noise of two cases counts as its effect.
  const SobolIndices naive = sobol_indices(noiseless(noisy.whole), n, 3);
  const double believed = (of_ishigami.total[2] * ishigami_variance + 2) / (ishigami_variance + 2);
  check_near(naive.axes[2].total, believed);
}

TEST_CASE("noise common to all cases of a half changes neither the shares nor the noise share") {
  constexpr std::size_t n = 8192;
  const std::vector<double> values = values_at(saltelli_design(n, 3, 2), ishigami);
  const NoisyValues noisy = with_noise(values, 2, 10, 78);
  const SobolIndices indices = sobol_indices(noisy.responses(), n, 3);
  check_near(indices.noise_share, 2 / (ishigami_variance + 2));
  check_near(indices.variance, ishigami_variance);
  check_near(indices, of_ishigami, 0.03);
}

TEST_CASE("a large level of the response costs no digits of the shares") {
  constexpr std::size_t n = 1024;
  const Points design = saltelli_design(n, 3, 1);
  const SobolIndices indices = sobol_indices(noiseless(values_at(design, ishigami)), n, 3);
  const auto high_up = [](const std::vector<double>& u) { return 1e6 + ishigami(u); };
  const SobolIndices shifted = sobol_indices(noiseless(values_at(design, high_up)), n, 3);
  for (std::size_t axis = 0; axis < 3; ++axis)
    CHECK(shifted.axes[axis].first.value == Approx(indices.axes[axis].first.value).margin(1e-8).epsilon(0));
}

TEST_CASE("a constant response has no shares") {
  const std::vector<double> constant(64 * 5, 0.1);
  const SobolIndices indices = sobol_indices({constant, constant, constant}, 64, 3);
  CHECK(indices.variance.value == 0);
  for (const SobolAxis& axis : indices.axes) {
    CHECK(std::isnan(axis.first.value));
    CHECK(std::isnan(axis.total.standard_error));
  }
  CHECK(std::isnan(indices.interactions.value));
  CHECK(std::isnan(indices.noise_share.value));
  CHECK(!points_for_half_width(indices));
}

TEST_CASE("rows with a failed case are left out and counted, the others are as without them") {
  constexpr std::size_t n = 256;
  std::vector<double> values = values_at(saltelli_design(n, 3, 1), ishigami);
  std::vector<double> shorter;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (i % n != 7 && i % n != 100) shorter.push_back(values[i]);
  values[7] = missing;
  values[4 * n + 100] = std::numeric_limits<double>::infinity();
  values[3 * n + 100] = missing;
  const SobolIndices with = sobol_indices(noiseless(values), n, 3);
  const SobolIndices without = sobol_indices(noiseless(shorter), n - 2, 3);
  CHECK(with.left_out == 2);
  CHECK(with.points == n - 2);
  CHECK(with.axes[1].total.value == without.axes[1].total.value);
  CHECK(with.axes[1].total.standard_error == without.axes[1].total.standard_error);

  const std::vector<double> failed(n * 5, missing);
  const SobolIndices nothing = sobol_indices(noiseless(failed), n, 3);
  CHECK(nothing.points == 0);
  CHECK(nothing.left_out == n);
  CHECK(nothing.axes.size() == 3);
  CHECK(std::isnan(nothing.axes[0].first.value));
}

TEST_CASE("a row that failed in one half only is left out too") {
  constexpr std::size_t n = 64;
  NoisyValues noisy = with_noise(values_at(saltelli_design(n, 3, 1), ishigami), 0.1, 0, 3);
  noisy.second[2 * n + 5] = missing;
  CHECK(sobol_indices(noisy.responses(), n, 3).left_out == 1);
}

TEST_CASE("the points needed grow with the square of the widest interval") {
  const Estimate narrow{0.3, 0.01, 0.28, 0.32};
  const Estimate wide{0.5, 0.05, 0.4, 0.6};
  const SobolIndices indices{{{narrow, narrow}, {narrow, wide}}, narrow, narrow, narrow, 100, 0};
  CHECK(points_for_half_width(indices, 0.1) == 100);
  CHECK(points_for_half_width(indices, 0.05) == 400);
}

TEST_CASE("the effects of a linear function are its coefficients, without spread") {
  const Points points = morris_design(10, 4, usual_morris_levels, 4);
  const std::vector<double> coefficients{3, -2, 0, 0.5};
  const auto linear = [&](const std::vector<double>& u) {
    double sum = 1;
    for (std::size_t i = 0; i < u.size(); ++i) sum += coefficients[i] * u[i];
    return sum;
  };
  const std::vector<double> values = values_at(points, linear);
  const MorrisEffects effects = morris_effects(noiseless(values), points, 10);
  for (std::size_t axis = 0; axis < 4; ++axis) {
    CHECK(effects.axes[axis].mu.value == Approx(coefficients[axis]).margin(1e-14).epsilon(0));
    CHECK(effects.axes[axis].mu_star.value == Approx(std::abs(coefficients[axis])).margin(1e-14).epsilon(0));
    CHECK(effects.axes[axis].sigma.value < 1e-14);
    CHECK(effects.axes[axis].mu.standard_error < 1e-14);
  }
  CHECK(effects.trajectories == 10);
  CHECK(effects.left_out == 0);
}

TEST_CASE("the effects of a product and of a square have the closed mean, size and spread") {
  // u, v on {1, 3, 5, 7} / 8 with steps of 1/2. Effect of u in (u - 1/2)(v - 1/2): v - 1/2, on ±1/8 and ±3/8: mean 0,
  // mean size 1/4, variance 5/64. Of w in w²: 2 w̄ with the middle of the step w̄ = 3/8 or 5/8: mean 1, variance 1/16.
  constexpr std::size_t trajectories = 4000;
  const Points points = morris_design(trajectories, 3, usual_morris_levels, 4);
  const auto f = [](const std::vector<double>& u) { return (u[0] - 0.5) * (u[1] - 0.5) + u[2] * u[2]; };
  const MorrisEffects effects = morris_effects(noiseless(values_at(points, f)), points, trajectories);
  for (const std::size_t axis : std::vector<std::size_t>{0, 1}) {
    check_near(effects.axes[axis].mu, 0);
    check_near(effects.axes[axis].mu_star, 0.25);
    check_near(effects.axes[axis].sigma, std::sqrt(5.0 / 64));
    CHECK(effects.axes[axis].mu_star.standard_error == Approx(0.125 / std::sqrt(1.0 * trajectories)).epsilon(0.2));
  }
  check_near(effects.axes[2].mu, 1);
  check_near(effects.axes[2].mu_star, 1);
  check_near(effects.axes[2].sigma, 0.25);
}

TEST_CASE("noise of known size is found in the effects and taken out of their size and spread") {
  constexpr std::size_t trajectories = 4000;
  const Points points = morris_design(trajectories, 3, usual_morris_levels, 5);
  const auto f = [](const std::vector<double>& u) { return 10 * u[0] + 4 * u[1] * u[1]; };
  const NoisyValues noisy = with_noise(values_at(points, f), 0.2, 5, 6);
  const MorrisEffects effects = morris_effects(noisy.responses(), points, trajectories);
  check_near(effects.axes[0].mu_star, 10);
  check_near(effects.axes[1].mu_star, 4);
  check_near(effects.axes[1].sigma, 1);  // 4 times 1/4, see above
  check_near(effects.axes[2].mu, 0);
  check_near(effects.axes[2].mu_star, 0);
  CHECK(effects.axes[2].mu_star.standard_error < 0.01);
  // Cases are uniform on the levels: var u = 5/64; w = u² / 1 on {1, 9, 25, 49} / 64 has mean 21/64,
  // variance 5.25·64/64²
  const double square = (1 + 81 + 625 + 2401) / 4.0 / 4096 - 21.0 * 21 / 4096;
  const double variance = 100 * 5.0 / 64 + 16 * square;
  check_near(effects.noise_share, 0.02 / (variance + 0.02));
  CHECK(effects.noise_share.standard_error < 2e-4);
}

TEST_CASE("trajectories with a failed case are left out, and few are not enough for errors") {
  const Points points = morris_design(3, 2, usual_morris_levels, 4);
  std::vector<double> values = values_at(points, [](const std::vector<double>& u) { return u[0]; });
  values[4] = missing;
  CHECK(morris_effects(noiseless(values), points, 3).left_out == 1);
  values[8] = missing;
  const MorrisEffects one = morris_effects(noiseless(values), points, 3);
  CHECK(one.trajectories == 1);
  CHECK(one.axes[0].mu.value == 1);
  CHECK(std::isnan(one.axes[0].mu.standard_error));
  CHECK(std::isnan(one.axes[0].sigma.value));
  values[0] = missing;
  const MorrisEffects none = morris_effects(noiseless(values), points, 3);
  CHECK(none.trajectories == 0);
  CHECK(none.axes.size() == 2);
  CHECK(std::isnan(none.axes[0].mu.value));
}
