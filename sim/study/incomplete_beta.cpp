#include "sim/study/incomplete_beta.h"

#include <cmath>
#include <limits>

#include "sim/math/scalar.h"

namespace moniac {
namespace {

// Γ(a+b) / (Γ(a) Γ(b)) x^a (1-x)^b
double front_factor(double a, double b, double x) {
  return exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x));
}

// The continued fraction of I_x(a, b) a / front_factor; converges fast for x < (a + 1) / (a + b + 2).
double continued_fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300;
  constexpr int enough = 20'000;  // about the root of the larger of a and b is usual
  const auto kept_off_zero = [](double y) { return std::abs(y) < tiny ? tiny : y; };
  double c = 1;
  double d = 1 / kept_off_zero(1 - (a + b) * x / (a + 1));
  double value = d;
  const auto append = [&](double numerator) {
    d = 1 / kept_off_zero(1 + numerator * d);
    c = kept_off_zero(1 + numerator / c);
    value *= d * c;
  };
  for (int i = 1; i < enough; ++i) {
    const double m = i;
    append(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
    append(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
    if (std::abs(d * c - 1) < 2 * std::numeric_limits<double>::epsilon()) break;
  }
  return value;
}

// x with I_x(a, b) = u for u <= 1/2, where I keeps its digits.
double lower_quantile(double a, double b, double u) {
  double low = 0, high = 1;
  double x = a / (a + b);
  constexpr double narrow = 1e-16;
  constexpr int enough = 200;
  for (int i = 0; i < enough && high - low > narrow; ++i) {
    const double excess = incomplete_beta(a, b, x) - u;
    if (excess == 0) return x;
    (excess > 0 ? high : low) = x;
    const double density = front_factor(a, b, x) / (x * (1 - x));
    double next = x - excess / density;
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    if (!(next > low && next < high)) return x;  // neighbours
    if (std::abs(next - x) < narrow) return next;
    x = next;
  }
  return x;
}

}  // namespace

double log_gamma(double x) {
  double product = 1;
  for (; x < 13; x += 1) product *= x;
  const double square = 1 / (x * x);
  const double series =
      ((((((1.0 / 156) * square - 691.0 / 360360) * square + 1.0 / 1188) * square - 1.0 / 1680) * square + 1.0 / 1260) *
           square -
       1.0 / 360) *
          square +
      1.0 / 12;
  constexpr double half_log_two_pi = 0.91893853320467274178;
  return (x - 0.5) * log(x) - x + half_log_two_pi + series / x - log(product);
}

double incomplete_beta(double a, double b, double x) {
  const double front = front_factor(a, b, x);
  if (x < (a + 1) / (a + b + 2)) return front * continued_fraction(a, b, x) / a;
  return 1 - front * continued_fraction(b, a, 1 - x) / b;
}

double beta_quantile(double a, double b, double u) {
  return u <= 0.5 ? lower_quantile(a, b, u) : 1 - lower_quantile(b, a, 1 - u);
}

}  // namespace moniac
