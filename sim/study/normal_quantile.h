// The inverse of the standard normal distribution function.
#pragma once

namespace moniac {

/// z with Φ(z) = p, 0 < p < 1: Wichura (1988), algorithm AS 241 (PPND16), relative error about 1e-16.
double normal_quantile(double p);

}  // namespace moniac
