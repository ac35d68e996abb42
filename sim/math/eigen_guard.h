// Eigen's own transcendentals on double must not compile: their bits depend on the CPU. Model code writes exp(x), which
// is moniac::exp of sim/math/columns.h, not x.exp(). `+ - * /`, sqrt, abs, min, max, floor, ceil, round and select
// round the same everywhere and stay; unary minus is made to.
#pragma once

#include <Eigen/Core>

namespace Eigen::internal {

// Declared and never defined: any use is an error that names the function.
template <>
struct scalar_exp_op<double>;
template <>
struct scalar_expm1_op<double>;
template <>
struct scalar_log_op<double>;
template <>
struct scalar_log1p_op<double>;
template <>
struct scalar_log10_op<double>;
template <>
struct scalar_log2_op<double>;
template <>
struct scalar_sin_op<double>;
template <>
struct scalar_cos_op<double>;
template <>
struct scalar_tan_op<double>;
template <>
struct scalar_asin_op<double>;
template <>
struct scalar_acos_op<double>;
template <>
struct scalar_atan_op<double>;
template <>
struct scalar_sinh_op<double>;
template <>
struct scalar_cosh_op<double>;
template <>
struct scalar_tanh_op<double>;
template <>
struct scalar_asinh_op<double>;
template <>
struct scalar_acosh_op<double>;
template <>
struct scalar_atanh_op<double>;
template <>
struct scalar_logistic_op<double>;
template <>
struct scalar_rsqrt_op<double>;
template <>
struct scalar_pow_op<double, double>;
template <>
struct scalar_hypot_op<double, double>;

// Eigen negates with 0 - x where it has AVX and by the sign bit elsewhere: the sign of a zero would depend on the CPU.
// -0.0 - x is the negative of every x.
template <>
struct scalar_opposite_op<double> {
  double operator()(const double& x) const { return -x; }
  template <class Packet>
  Packet packetOp(const Packet& x) const {
    return psub(pset1<Packet>(-0.0), x);
  }
};

}  // namespace Eigen::internal
