#include "sim/math/cholesky.h"

#include <limits>

#include "sim/math/eigenvalues.h"

namespace moniac {
namespace {

// S(i, j) less what the columns before j explain.
double remainder(const ExactMatrix& covariance, const ExactMatrix& lower, Eigen::Index i, Eigen::Index j) {
  double sum = covariance(i, j).value;
  for (Eigen::Index k = 0; k < j; ++k) sum -= lower(i, k).value * lower(j, k).value;
  return sum;
}

NotPositive report(const ExactMatrix& covariance) {
  return {symmetric_eigen(covariance.selfadjointView<Eigen::Lower>()).values.front()};
}

}  // namespace

std::variant<ExactMatrix, NotPositive> cholesky(const ExactMatrix& covariance) {
  assert(covariance.rows() == covariance.cols());
  const auto n = covariance.rows();
  ExactMatrix lower = ExactMatrix::Zero(n, n);
  // Row by row. `rounding` bounds the error of a pivot relative to the variance. A pivot within it is zero, and then a
  // covariance beyond sqrt(pivot · variance) would make the matrix indefinite.
  const double rounding = 16 * static_cast<double>(n) * std::numeric_limits<double>::epsilon();
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < i; ++j) {
      const double rest = remainder(covariance, lower, i, j);
      const double pivot = lower(j, j).value;
      if (pivot > 0)
        lower(i, j) = rest / pivot;
      else if (rest * rest > rounding * covariance(i, i).value * covariance(j, j).value)
        return report(covariance);
    }
    const double variance = covariance(i, i).value;
    const double pivot = remainder(covariance, lower, i, i);
    if (!(pivot >= -rounding * variance)) return report(covariance);
    lower(i, i) = pivot > rounding * variance ? std::sqrt(pivot) : 0.0;
  }
  return lower;
}

}  // namespace moniac
