#include "sim/math/columns.h"

#include <thread>

#include "sim/math/scalar.h"
#include "tests/sim/math/columns_of.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

using Column = Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64>;

template <class Functor>
concept Usable = requires {
  sizeof(Functor);
};

}  // namespace

TEST_CASE("functions of columns are the functions of their numbers") {
  Scratch scratch(best_kernels(), 128);
  scratch.use(128);
  TestColumn storage(128);
  for (std::size_t i = 0; i < 128; ++i) storage[i] = 0.01 + 0.03 * static_cast<double>(i);
  const Column x(storage.data(), 128);
  const ScratchColumn e = exp(-0.5 * x), l = log(1 + x), m = expm1(x), p = log1p(x), s = sin(x), c = cos(x),
                      n = normal_cdf(x - 2), powers = pow(x, x / 3), squares = pow(x, 2), growth = pow(1.02, x);
  for (Eigen::Index i = 0; i < 128; ++i) {
    CHECK(e[i] == moniac::exp(-0.5 * x[i]));
    CHECK(l[i] == moniac::log(1 + x[i]));
    CHECK(m[i] == moniac::expm1(x[i]));
    CHECK(p[i] == moniac::log1p(x[i]));
    CHECK(s[i] == moniac::sin(x[i]));
    CHECK(c[i] == moniac::cos(x[i]));
    CHECK(n[i] == moniac::normal_cdf(x[i] - 2));
    CHECK(powers[i] == moniac::pow(x[i], x[i] / 3));
    CHECK(squares[i] == moniac::pow(x[i], 2.0));
    CHECK(growth[i] == moniac::pow(1.02, x[i]));
  }
}

TEST_CASE("the negative of a zero is the other zero, whatever the vector instructions") {
  for (const double zero : {0.0, -0.0}) {
    const Eigen::ArrayXd x = Eigen::ArrayXd::Constant(19, zero), negative = -x;  // vectors and a rest
    for (const double value : negative) CHECK(std::signbit(value) != std::signbit(zero));
  }
  CHECK((-Eigen::ArrayXd::LinSpaced(8, 1, 8) == Eigen::ArrayXd::LinSpaced(8, -1, -8)).all());
}

TEST_CASE("results stay valid until the scratch is rewound, and then their columns are used again") {
  Scratch scratch(best_kernels(), 64);
  scratch.use(64);
  TestColumn storage(64, 1.0);
  const Column x(storage.data(), 64);
  const ScratchColumn first = exp(x), second = named(x + 1);
  CHECK(first[0] == moniac::exp(1.0));
  CHECK(second[0] == 2);
  scratch.rewind();
  CHECK(exp(x).data() == first.data());
}

TEST_CASE("using more scratch columns than there are is an error that names the model") {
  Scratch scratch(best_kernels(), 64);
  scratch.use(64);
  scratch.rewind("us.curve");
  for (int i = 0; i < Scratch::size; ++i) scratch.next();
  CHECK_THROWS_WITH(scratch.next(), Catch::Contains("us.curve") && Catch::Contains("64"));
}

TEST_CASE("each thread has its own scratch, and none where none is installed") {
  Scratch scratch(best_kernels(), 64);
  scratch.use(64);
  bool refused = false;
  std::thread([&] {
    try {
      Scratch::current();
    } catch (const std::logic_error&) {
      refused = true;
    }
  }).join();
  CHECK(refused);
  CHECK(&Scratch::current() == &scratch);
  CHECK_THROWS_AS(scratch.use(128), std::logic_error);
}

TEST_CASE("no transcendental of Eigen's own compiles for columns of doubles") {
  using namespace Eigen::internal;
  STATIC_REQUIRE_FALSE(Usable<scalar_exp_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_expm1_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_log_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_log1p_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_log10_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_sin_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_cos_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_tan_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_tanh_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_logistic_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_rsqrt_op<double>>);
  STATIC_REQUIRE_FALSE(Usable<scalar_pow_op<double, double>>);
  STATIC_REQUIRE(Usable<scalar_sqrt_op<double>>);
  STATIC_REQUIRE(Usable<scalar_abs_op<double>>);
  STATIC_REQUIRE(Usable<scalar_floor_op<double>>);
}
