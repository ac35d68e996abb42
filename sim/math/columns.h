// Functions of columns, for use inside Model::step: exp(s[x]), log(1 + s[y]), …
#pragma once

#include <Eigen/Core>
#include <type_traits>

#include "sim/math/eigen_guard.h"
#include "sim/math/kernels.h"

namespace moniac {

/// The columns that functions write their results to: 64 of them, rewound before each model's step. A worker owns one
/// and installs it; the pointer to it is the program's one thread-local.
class Scratch {
 public:
  static constexpr int size = 64;
  Scratch(const Kernels& kernels, Eigen::Index lanes);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// Installs this scratch on the calling thread, for columns of `lanes` (at most those of the constructor).
  void use(Eigen::Index lanes);
  /// Frees all columns for the next step. `user` names the model in the error of `next`; it must outlive the step.
  void rewind(const char* user = "a model") {
    user_ = user;
    used_ = 0;
  }
  /// Number of columns taken, and freeing all but the first `used` of them; see ScratchFrame.
  int used() const { return used_; }
  void free_beyond(int used) { used_ = used; }
  /// The next free column. More than `size` in one step is a bug of the model: std::logic_error with its name.
  double* next();
  const Kernels& kernels() const { return kernels_; }
  Eigen::Index lanes() const { return lanes_; }

  /// The scratch of this thread, set by `use`; std::logic_error where there is none.
  static Scratch& current();

 private:
  const Kernels& kernels_;
  Eigen::Index capacity_;
  Eigen::Index lanes_;
  double* columns_;
  int used_ = 0;
  const char* user_ = "a model";
};

/// Frees the columns that were taken while it lives, for the body of a loop that takes more than all of them.
class ScratchFrame {
 public:
  ScratchFrame() : scratch_(Scratch::current()), used_(scratch_.used()) {}
  ~ScratchFrame() { scratch_.free_beyond(used_); }
  ScratchFrame(const ScratchFrame&) = delete;
  ScratchFrame& operator=(const ScratchFrame&) = delete;

 private:
  Scratch& scratch_;
  int used_;
};

template <class E>
concept ColumnExpression = std::is_base_of_v<Eigen::ArrayBase<std::remove_cvref_t<E>>, std::remove_cvref_t<E>>;

using ScratchColumn = Eigen::Map<const Eigen::ArrayXd, Eigen::Aligned64>;

/// The next free column, to be written; valid until the step ends.
inline Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64> scratch_column() {
  Scratch& scratch = Scratch::current();
  double* column = scratch.next();
  return {column, scratch.lanes()};
}

namespace detail {
template <ColumnExpression E>
ScratchColumn apply(void (*kernel)(const double*, double*, std::size_t), const E& argument) {
  Scratch& scratch = Scratch::current();
  double* column = scratch.next();
  Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64>(column, scratch.lanes()) = argument;
  kernel(column, column, static_cast<std::size_t>(scratch.lanes()));
  return {column, scratch.lanes()};
}

template <ColumnExpression X, ColumnExpression Y>
ScratchColumn apply_pow(const X& x, const Y& exponent) {
  Scratch& scratch = Scratch::current();
  double* base = scratch.next();
  double* power = scratch.next();
  Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64>(base, scratch.lanes()) = x;
  Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64>(power, scratch.lanes()) = exponent;
  scratch.kernels().pow(base, power, base, static_cast<std::size_t>(scratch.lanes()));
  return {base, scratch.lanes()};
}
}  // namespace detail

/// A named copy of an expression that is used more than once, valid until the step ends.
template <ColumnExpression E>
ScratchColumn named(const E& expression) {
  auto column = scratch_column();
  column = expression;
  return {column.data(), column.size()};
}

// Never call these inside a `select` branch: name the result first.
//
// Largest errors in units in the last place, promised (measured over 1.6 to 12 million arguments each against long
// double): exp 1 (0.98), log 1 (0.84), expm1 2 (1.83), log1p 2 (0.85), sin and cos 2 (1.56) for |x| <= 1e5 and NaN
// beyond 2^40, pow 2 (1.14), normal_cdf 4 (3.80). Limits and signs at zero, infinity, NaN, overflow and in the
// subnormal range are those of IEEE 754.
template <ColumnExpression E>
ScratchColumn exp(const E& x) {
  return detail::apply(Scratch::current().kernels().exp, x);
}
template <ColumnExpression E>
ScratchColumn log(const E& x) {
  return detail::apply(Scratch::current().kernels().log, x);
}
template <ColumnExpression E>
ScratchColumn expm1(const E& x) {
  return detail::apply(Scratch::current().kernels().expm1, x);
}
template <ColumnExpression E>
ScratchColumn log1p(const E& x) {
  return detail::apply(Scratch::current().kernels().log1p, x);
}
template <ColumnExpression E>
ScratchColumn sin(const E& x) {
  return detail::apply(Scratch::current().kernels().sin, x);
}
template <ColumnExpression E>
ScratchColumn cos(const E& x) {
  return detail::apply(Scratch::current().kernels().cos, x);
}
template <ColumnExpression E>
ScratchColumn normal_cdf(const E& x) {
  return detail::apply(Scratch::current().kernels().normal_cdf, x);
}

/// x^exponent with the limits and signs of IEEE 754: NaN for a negative x and an exponent that is not whole.
template <ColumnExpression X, ColumnExpression Y>
ScratchColumn pow(const X& x, const Y& exponent) {
  return detail::apply_pow(x, exponent);
}
template <ColumnExpression X, class Y>
requires std::is_arithmetic_v<Y> ScratchColumn pow(const X& x, const Y& exponent) {
  return detail::apply_pow(x, Eigen::ArrayXd::Constant(Scratch::current().lanes(), static_cast<double>(exponent)));
}
template <class X, ColumnExpression Y>
requires std::is_arithmetic_v<X> ScratchColumn pow(const X& x, const Y& exponent) {
  return detail::apply_pow(Eigen::ArrayXd::Constant(Scratch::current().lanes(), static_cast<double>(x)), exponent);
}

}  // namespace moniac
