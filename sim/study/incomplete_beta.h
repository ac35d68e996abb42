// The beta distribution on (0, 1).
#pragma once

namespace moniac {

/// ln Γ(x), x > 0: Stirling's series from 13 on, the recurrence below. Relative error of Γ about 1e-15 for small x,
/// growing like x log x.
double log_gamma(double x);

/// The regularised incomplete beta function I_x(a, b), 0 < x < 1: its continued fraction by Lentz's method (Press et
/// al. 2007, §6.4). Small values keep their relative accuracy.
double incomplete_beta(double a, double b, double x);

/// x with I_x(a, b) = u, 0 < u < 1: Newton's method inside a shrinking bracket. 0.01 <= a, b <= 10000; error below
/// 1e-12.
double beta_quantile(double a, double b, double u);

}  // namespace moniac
