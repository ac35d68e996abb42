// The elementwise functions for one number: the same polynomials as the column kernels, hence the same bits on every
// machine. libm must not be used for numbers that reach a result. Inside namespace moniac an unqualified exp(x) is
// this one.
#pragma once

namespace moniac {

double exp(double x);
double log(double x);
double expm1(double x);
double log1p(double x);
double sin(double x);
double cos(double x);
double pow(double x, double exponent);
double normal_cdf(double x);

}  // namespace moniac
