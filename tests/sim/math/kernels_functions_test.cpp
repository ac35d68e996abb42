#include <fstream>
#include <functional>
#include <string>

#include "sim/math/scalar.h"
#include "tests/sim/math/columns_of.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

using ColumnFunction = void (*)(const double*, double*, std::size_t);
using Exact = std::function<long double(long double)>;
using Draw = std::function<double(std::mt19937_64&)>;

// The largest error in ulps over 2^18 arguments; the 64-bit mantissa of long double makes the reference good to 1/1000.
double largest_error(ColumnFunction function, const Exact& exact, const Draw& draw) {
  constexpr std::size_t lanes = 1024, columns = 256;
  std::mt19937_64 generator(20250101);
  TestColumn x(lanes), y(lanes);
  double largest = 0;
  for (std::size_t column = 0; column < columns; ++column) {
    for (std::size_t i = 0; i < lanes; ++i) x[i] = draw(generator);
    function(x.data(), y.data(), lanes);
    for (std::size_t i = 0; i < lanes; ++i) {
      largest = std::max(largest, error_in_ulps(y[i], exact(static_cast<long double>(x[i]))));
    }
  }
  return largest;
}

Draw between(double low, double high) {
  return [=](std::mt19937_64& generator) { return random_between(generator, low, high); };
}

double value_of(ColumnFunction function, double x) {
  TestColumn column(64, x);
  function(column.data(), column.data(), 64);
  return column[0];
}

long double exact_exp(long double x) {
  return std::exp(x);
}
long double exact_log(long double x) {
  return std::log(x);
}
long double exact_expm1(long double x) {
  return std::expm1(x);
}
long double exact_log1p(long double x) {
  return std::log1p(x);
}
long double exact_sin(long double x) {
  return std::sin(x);
}
long double exact_cos(long double x) {
  return std::cos(x);
}

bool same_or_nan(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

}  // namespace

TEST_CASE("exp and log are off by at most 1 unit in the last place") {
  const Kernels& kernels = best_kernels();
  CHECK(largest_error(kernels.exp, exact_exp, between(-750, 715)) <= 1);
  CHECK(largest_error(kernels.exp, exact_exp, between(-1, 1)) <= 1);
  CHECK(largest_error(kernels.exp, exact_exp, random_bits_double) <= 1);
  CHECK(largest_error(kernels.log, exact_log, between(0.3, 3)) <= 1);
  CHECK(largest_error(kernels.log, exact_log, between(0.999, 1.001)) <= 1);
  CHECK(largest_error(kernels.log, exact_log, random_bits_double) <= 1);
}

TEST_CASE("expm1 and log1p are off by at most 2 units in the last place, also near zero") {
  const Kernels& kernels = best_kernels();
  CHECK(largest_error(kernels.expm1, exact_expm1, between(-45, 715)) <= 2);
  CHECK(largest_error(kernels.expm1, exact_expm1, between(-2, 2)) <= 2);
  CHECK(largest_error(kernels.expm1, exact_expm1, between(-1e-8, 1e-8)) <= 2);
  CHECK(largest_error(kernels.expm1, exact_expm1, random_bits_double) <= 2);
  CHECK(largest_error(kernels.log1p, exact_log1p, between(-0.999, 5)) <= 2);
  CHECK(largest_error(kernels.log1p, exact_log1p, between(-1e-8, 1e-8)) <= 2);
  CHECK(largest_error(kernels.log1p, exact_log1p, random_bits_double) <= 2);
}

TEST_CASE("sin and cos are off by at most 2 units in the last place up to 100,000") {
  const Kernels& kernels = best_kernels();
  const Draw near_multiples_of_half_pi = [](std::mt19937_64& generator) {
    return std::floor(random_between(generator, -63000, 63000)) * 1.5707963267948966;
  };
  CHECK(largest_error(kernels.sin, exact_sin, between(-10, 10)) <= 2);
  CHECK(largest_error(kernels.sin, exact_sin, between(-1e5, 1e5)) <= 2);
  CHECK(largest_error(kernels.sin, exact_sin, near_multiples_of_half_pi) <= 2);
  CHECK(largest_error(kernels.sin, exact_sin, between(-1e-9, 1e-9)) <= 2);
  CHECK(largest_error(kernels.cos, exact_cos, between(-10, 10)) <= 2);
  CHECK(largest_error(kernels.cos, exact_cos, between(-1e5, 1e5)) <= 2);
  CHECK(largest_error(kernels.cos, exact_cos, near_multiples_of_half_pi) <= 2);
}

TEST_CASE("sin and cos of arguments beyond 2^40 are NaN") {
  for (const double x : {0x1p41, -0x1p41, 1e300, std::numeric_limits<double>::infinity()}) {
    CHECK(std::isnan(value_of(best_kernels().sin, x)));
    CHECK(std::isnan(value_of(best_kernels().cos, x)));
  }
}

TEST_CASE("the normal distribution function is off by at most 4 units in the last place, into both tails") {
  std::ifstream file(std::string(MONIAC_SOURCE_DIR) + "/tests/reference/math/normal_cdf.csv");
  std::string line;
  int points = 0;
  double largest = 0;
  while (std::getline(file, line)) {
    const std::size_t comma = line.find(',');
    if (line.empty() || line[0] == '#' || line[0] == 'x') continue;
    const double x = std::strtod(line.substr(0, comma).c_str(), nullptr);
    const long double exact = std::strtold(line.substr(comma + 1).c_str(), nullptr);
    largest = std::max(largest, error_in_ulps(value_of(best_kernels().normal_cdf, x), exact));
    ++points;
  }
  CHECK(points == 1000);
  CHECK(largest <= 4);
  CHECK(value_of(best_kernels().normal_cdf, 0) == 0.5);
  CHECK(value_of(best_kernels().normal_cdf, -40) == 0);
  CHECK(value_of(best_kernels().normal_cdf, 40) == 1);
}

TEST_CASE("pow is off by at most 2 units in the last place") {
  constexpr std::size_t lanes = 1024;
  std::mt19937_64 generator(20250102);
  TestColumn x(lanes), exponent(lanes), y(lanes);
  double largest = 0;
  for (int column = 0; column < 400; ++column) {
    for (std::size_t i = 0; i < lanes; ++i) {
      switch (column % 4) {
        case 0:
          x[i] = std::exp(random_between(generator, -5, 5)), exponent[i] = random_between(generator, -20, 20);
          break;
        case 1:
          x[i] = random_between(generator, 0.9, 1.1), exponent[i] = random_between(generator, -7000, 7000);
          break;
        case 2:
          x[i] = random_bits_double(generator), exponent[i] = random_between(generator, -2, 2);
          break;
        default:
          x[i] = random_between(generator, -9, 9), exponent[i] = std::floor(random_between(generator, -99, 99));
      }
    }
    best_kernels().pow(x.data(), exponent.data(), y.data(), lanes);
    for (std::size_t i = 0; i < lanes; ++i) {
      const long double exact = std::pow(static_cast<long double>(x[i]), static_cast<long double>(exponent[i]));
      largest = std::max(largest, error_in_ulps(y[i], exact));
    }
  }
  CHECK(largest <= 2);
}

TEST_CASE("functions take the limits and signs of IEEE 754 at zero, the ends of the range, infinity and NaN") {
  const Kernels& kernels = best_kernels();
  struct Function {
    const char* name;
    ColumnFunction column;
    double (*libm)(double);
  };
  const std::vector<Function> functions{{"exp", kernels.exp, std::exp},       {"log", kernels.log, std::log},
                                        {"expm1", kernels.expm1, std::expm1}, {"log1p", kernels.log1p, std::log1p},
                                        {"sin", kernels.sin, std::sin},       {"cos", kernels.cos, std::cos}};
  for (const Function& function : functions) {
    for (const double x : special_values()) {
      if (function.name[0] != 'e' && function.name[0] != 'l' && std::abs(x) > 0x1p40) continue;
      const double expected = function.libm(x), computed = value_of(function.column, x);
      INFO(function.name << "(" << x << ") = " << computed << ", libm has " << expected);
      if (expected == 0 || !std::isfinite(expected)) {
        CHECK(same_or_nan(computed, expected));
      } else {
        CHECK(error_in_ulps(computed, static_cast<long double>(expected)) <= 2);
      }
    }
  }
}

TEST_CASE("pow takes the limits and signs of IEEE 754 for every pair of special values") {
  TestColumn x(64), exponent(64);
  for (const double base : special_values()) {
    for (const double power : special_values()) {
      x[0] = base;
      exponent[0] = power;
      best_kernels().pow(x.data(), exponent.data(), x.data(), 64);
      const double expected = std::pow(base, power);
      INFO("pow(" << base << ", " << power << ") = " << x[0] << ", libm has " << expected);
      if (expected == 0 || !std::isfinite(expected)) {
        CHECK(same_or_nan(x[0], expected));
      } else {
        CHECK(std::signbit(x[0]) == std::signbit(expected));
        CHECK(error_in_ulps(x[0], static_cast<long double>(expected)) <= 2.5);
      }
    }
  }
}

TEST_CASE("a function of one number gives the bits of the column function") {
  constexpr std::size_t lanes = 4096;
  const Kernels& kernels = best_kernels();
  std::mt19937_64 generator(20250103);
  const std::vector<double> special = special_values();
  TestColumn x(lanes), exponent(lanes), y(lanes);
  for (std::size_t i = 0; i < lanes; ++i) {
    x[i] = i < special.size() ? special[i] : i % 2 ? random_bits_double(generator) : random_between(generator, -20, 20);
    exponent[i] = random_between(generator, -5, 5);
  }
  struct Function {
    const char* name;
    ColumnFunction column;
    double (*scalar)(double);
  };
  for (const Function& function : std::vector<Function>{{"exp", kernels.exp, moniac::exp},
                                                        {"log", kernels.log, moniac::log},
                                                        {"expm1", kernels.expm1, moniac::expm1},
                                                        {"log1p", kernels.log1p, moniac::log1p},
                                                        {"sin", kernels.sin, moniac::sin},
                                                        {"cos", kernels.cos, moniac::cos},
                                                        {"normal_cdf", kernels.normal_cdf, moniac::normal_cdf}}) {
    function.column(x.data(), y.data(), lanes);
    std::size_t different = 0;
    for (std::size_t i = 0; i < lanes; ++i) different += bit_pattern(function.scalar(x[i])) != bit_pattern(y[i]);
    INFO(function.name);
    CHECK(different == 0);
  }
  kernels.pow(x.data(), exponent.data(), y.data(), lanes);
  std::size_t different = 0;
  for (std::size_t i = 0; i < lanes; ++i) {
    different += bit_pattern(moniac::pow(x[i], exponent[i])) != bit_pattern(y[i]);
  }
  CHECK(different == 0);
}
