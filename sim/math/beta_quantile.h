// Quantiles of the beta distribution.
#pragma once

#include <vector>

namespace moniac {

/// The quantile function of Beta(a, b), for draws by inversion: deterministic arithmetic, one uniform a draw. Read off
/// a table of the distribution over the angle phi, x = sin^2 phi, in which the density has no pole:
///
///   dF = 2 sin^(2a-1) phi cos^(2b-1) phi dphi / B(a, b)
///
/// Errors are below 1e-5 for a and b from 0.5 to 100.
class BetaQuantile {
 public:
  /// `a` and `b` at least 0.5.
  BetaQuantile(double a, double b);

  /// x with F(x) = `probability`, which is in [0, 1].
  double operator()(double probability) const;

 private:
  std::vector<double> cumulative_;  // at equal steps of phi from 0 to pi/2
};

}  // namespace moniac
