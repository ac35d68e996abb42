#include "sim/math/scalar.h"

// The column kernels' own source at two lanes, of which one is used.
#undef MONIAC_LANES
#define MONIAC_LANES 2
#include "sim/math/kernels_functions.h"

namespace moniac {

double exp(double x) {
  return exp(all(x))[0];
}
double log(double x) {
  return log(all(x))[0];
}
double expm1(double x) {
  return expm1(all(x))[0];
}
double log1p(double x) {
  return log1p(all(x))[0];
}
double sin(double x) {
  return sin(all(x))[0];
}
double cos(double x) {
  return cos(all(x))[0];
}
double pow(double x, double exponent) {
  return pow(all(x), all(exponent))[0];
}
double normal_cdf(double x) {
  return normal_cdf(all(x))[0];
}

}  // namespace moniac
