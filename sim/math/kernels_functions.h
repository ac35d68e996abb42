// exp, log, … of a vector. Polynomials near minimax (interpolation at Chebyshev points in 60 digits); the power of two
// beside each is its relative error against the function. Algorithms are the textbook ones (Cody and Waite 1980;
// Muller, Elementary Functions, 3rd ed. 2016): reduce, polynomial, reconstruct, with fma keeping what a rounding would
// lose.
#pragma once

#include "sim/math/vector.h"

namespace moniac {
namespace {

constexpr double infinity = __builtin_huge_val();
constexpr double not_a_number = __builtin_nan("");
// Constants as an unevaluated sum of two or three doubles.
constexpr double ln2[] = {0.6931471805599453, 2.3190468138462996e-17};
constexpr double half_pi[] = {1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33};
constexpr double two_thirds[] = {0.6666666666666666, 3.700743415417188e-17};

/// Added to a number of less than 2^51 it leaves the nearest integer in the low bits.
constexpr double rounder = 6755399441055744.0;  // 1.5 * 2^52

/// (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2, 2^-61.
constexpr double exp_terms[] = {0.5,
                                0.1666666666666667,
                                0.04166666666666667,
                                0.008333333333326136,
                                0.0013888888888883748,
                                0.00019841269874820627,
                                2.4801587325547743e-05,
                                2.7557255400206422e-06,
                                2.75572736431103e-07,
                                2.5105217004720745e-08,
                                2.0914686968086876e-09};

/// x = k ln 2 + r with |r| <= ln 2 / 2.
struct ExpReduction {
  Words k;  ///< k + 2048, positive
  Reals r;
};

MONIAC_INLINE ExpReduction reduce_exp(Reals x) {
  const Reals shifted = fma(x, all(1.4426950408889634), all(rounder));
  const Reals k = shifted - all(rounder);
  const Reals r = fma(k, all(-ln2[1]), fma(k, all(-ln2[0]), x));
  return {bits(shifted) - words(0x4338000000000000u - 2048u), r};
}

/// 2^(n - 1024) for n in 1 … 2046 + 1.
MONIAC_INLINE Reals power_of_two(Words n) {
  return reals((n - words(1)) << 52);
}

/// exp(x + tail) for x in [-746, 710] and |tail| far below 1.
MONIAC_INLINE Reals exp_of_sum(Reals x, Reals tail) {
  const auto [k, head] = reduce_exp(x);
  const Reals r = head + tail;
  const Reals p = fma(r * r, polynomial(exp_terms, r), r) + all(1.0);
  // Two factors, so that the result may overflow or be subnormal, rounded once.
  const Words half = k >> 1;
  return p * power_of_two(half) * power_of_two(k - half);
}

MONIAC_INLINE Reals clamp_exponent(Reals x) {
  return minimum(maximum(x, all(-746.0)), all(710.0));
}

MONIAC_INLINE Reals exp(Reals x) {
  const Reals y = exp_of_sum(clamp_exponent(x), all(0.0));
  return select(x == x, y, all(not_a_number));
}

/// e^x - 1 = 2^k (e^r - 1) + (2^k - 1), computed as twice its half so that 2^k never overflows first.
MONIAC_INLINE Reals expm1(Reals x) {
  const auto [k, r] = reduce_exp(minimum(maximum(x, all(-40.0)), all(710.0)));
  const Reals p = fma(r * r, polynomial(exp_terms, r), r);
  const Reals half_scale = power_of_two(k - words(1025));
  const Reals half = fma(half_scale, p, half_scale - all(0.5));
  const Reals y = select(absolute(x) < all(0x1p-54), x, half + half);
  return select(x == x, y, all(not_a_number));
}

/// (2 atanh s - 2 s) / s^3 in s^2 for |s| <= (sqrt 2 - 1)/(sqrt 2 + 1), 2^-57.
constexpr double log_terms[] = {0.666666666666667,  0.3999999999989938,  0.28571428626031065, 0.22222211125723262,
                                0.1818288978615799, 0.15331699634642276, 0.146167211662876};

/// x = 2^k m with m in [sqrt 1/2, sqrt 2).
struct LogReduction {
  Reals k;
  Reals m;
};

/// `x` positive and normal.
MONIAC_INLINE LogReduction reduce_log(Reals x) {
  const Words pattern = bits(x);
  const Words shifted = pattern - words(0x3fe6a09e667f3bcdu) + words(0x4000000000000000u);  // exponent of m is k + 1024
  const Reals k = reals((shifted >> 52) | words(0x4330000000000000u)) - all(0x1p52 + 1024.0);
  const Reals m = reals(pattern - (shifted & words(0xfff0000000000000u)) + words(0x4000000000000000u));
  return {k, m};
}

/// Subnormals are scaled up; `k` is corrected for it.
MONIAC_INLINE LogReduction reduce_log_of_any(Reals x) {
  const Mask subnormal = x < all(0x1p-1022);
  LogReduction reduced = reduce_log(select(subnormal, x * all(0x1p54), x));
  reduced.k = reduced.k - select(subnormal, all(54.0), all(0.0));
  return reduced;
}

/// k ln 2 + log(1 + f) + c, where c is far below 1. With s = f/(2 + f): log(1 + f) = 2 s + s^3 (…) = f - s (f - s^2
/// (…)) written so that the leading term f is added last.
MONIAC_INLINE Reals assemble_log(Reals k, Reals f, Reals c) {
  const Reals s = f / (all(2.0) + f);
  const Reals z = s * s;
  const Reals half_square = all(0.5) * f * f;
  const Reals rest = fma(s, fma(z, polynomial(log_terms, z), half_square), fma(k, all(ln2[1]), c));
  return fma(k, all(ln2[0]), f - (half_square - rest));
}

/// The value at 0, below 0, at infinity and at NaN.
MONIAC_INLINE Reals log_at_the_ends(Reals x, Reals y) {
  y = select(x == all(infinity), x, y);
  y = select(x == all(0.0), all(-infinity), y);
  return select(x >= all(0.0), y, all(not_a_number));
}

MONIAC_INLINE Reals log(Reals x) {
  const auto [k, m] = reduce_log_of_any(x);
  return log_at_the_ends(x, assemble_log(k, m - all(1.0), all(0.0)));
}

/// log of u = 1 + x, corrected for what the sum lost: log(u + e) = log u + e/u.
MONIAC_INLINE Reals log1p(Reals x) {
  const Reals u = all(1.0) + x;
  const Reals back = u - all(1.0);
  const Reals lost = (all(1.0) - (u - back)) + (x - back);
  const auto [k, m] = reduce_log(u);
  const Mask near = k == all(0.0);
  const Reals f = select(near, x, m - all(1.0));
  const Reals y = assemble_log(k, f, select(near, all(0.0), lost / u));
  return select(absolute(x) < all(0x1p-54), x, log_at_the_ends(u, y));
}

/// (sin x - x) / x^3 in x^2 for |x| <= pi/4, 2^-55.
constexpr double sin_terms[] = {-0.16666666666666666,  0.008333333333330946,    -0.0001984126983675497,
                                2.755731610068303e-06, -2.5051131455427946e-08, 1.591810123027412e-10};
/// (cos x - 1 + x^2/2) / x^4 in x^2, 2^-59.
constexpr double cos_terms[] = {0.041666666666666664,    -0.0013888888888887395, 2.4801587298763433e-05,
                                -2.7557317270560326e-07, 2.0876146024689747e-09, -1.1382614868556325e-11};

/// sin(x + quarter pi/2).
MONIAC_INLINE Reals sin_plus_quarters(Reals x, std::uint64_t quarter) {
  const Reals shifted = fma(x, all(0.6366197723675814), all(rounder));
  const Reals k = shifted - all(rounder);
  // x - k pi/2 by Cody and Waite with three parts; the first step is exact.
  Reals r = fma(k, all(-half_pi[0]), x);
  r = fma(k, all(-half_pi[1]), r);
  r = fma(k, all(-half_pi[2]), r);
  const Reals z = r * r;
  const Reals s = fma(r * z, polynomial(sin_terms, z), r);
  const Reals c = fma(z * z, polynomial(cos_terms, z), fma(z, all(-0.5), all(1.0)));
  const Words q = bits(shifted) + words(quarter);
  const Reals y = select_by_top_bit(q << 63, c, s);
  return reals(bits(y) ^ ((q << 62) & words(sign_bit)));
}

/// NaN where |x| > 2^40: there the reduction would no longer be exact, and no model means it.
MONIAC_INLINE Reals sin(Reals x) {
  const Reals y = select(absolute(x) < all(0x1p-27), x, sin_plus_quarters(x, 0));
  return select(absolute(x) <= all(0x1p40), y, all(not_a_number));
}
MONIAC_INLINE Reals cos(Reals x) {
  return select(absolute(x) <= all(0x1p40), sin_plus_quarters(x, 1), all(not_a_number));
}

/// A sum of two doubles, the second below half a unit in the last place of the first.
struct Pair {
  Reals head;
  Reals tail;
};

/// a + b exactly, for |a| >= |b|.
MONIAC_INLINE Pair add_ordered(Reals a, Reals b) {
  const Reals sum = a + b;
  return {sum, b - (sum - a)};
}
/// a b exactly.
MONIAC_INLINE Pair multiply(Reals a, Reals b) {
  const Reals product = a * b;
  return {product, fma(a, b, -product)};
}

/// (2 atanh s - 2 s - (2/3) s^3) / s^5 in s^2, 2^-66 of the whole.
constexpr double log_pair_terms[] = {0.4,
                                     0.2857142857142937,
                                     0.2222222222165554,
                                     0.18181818335471234,
                                     0.15384594954138783,
                                     0.13334805149566298,
                                     0.11706224136681292,
                                     0.11723306221321021};

/// log x to about 2^-66, for positive finite x.
MONIAC_INLINE Pair log_pair(Reals x) {
  const auto [k, m] = reduce_log_of_any(x);
  // s = (m - 1) / (m + 1), the remainder of the division as its tail
  const Reals f = m - all(1.0);
  const Pair d = add_ordered(select(m > all(1.0), m, all(1.0)), select(m > all(1.0), all(1.0), m));
  const Reals s = f / d.head;
  const Reals s_tail = fma(-s, d.tail, fma(-s, d.head, f)) / d.head;
  // z = s^2, cube = s^3
  const Pair z = multiply(s, s);
  const Reals z_tail = fma(s + s, s_tail, z.tail);
  const Pair cube = multiply(z.head, s);
  const Reals cube_tail = fma(z.head, s_tail, fma(z_tail, s, cube.tail));
  // q = 2/3 + z (…)
  const Pair q = add_ordered(all(two_thirds[0]), z.head * polynomial(log_pair_terms, z.head));
  const Pair term = multiply(cube.head, q.head);
  const Reals q_tail = q.tail + fma(z_tail, all(0.4), all(two_thirds[1]));
  const Reals term_tail = fma(cube.head, q_tail, fma(cube_tail, q.head, term.tail));
  // k ln 2 + 2 s + term
  const Pair scale = multiply(k, all(ln2[0]));
  const Reals scale_tail = fma(k, all(ln2[1]), scale.tail);
  const Reals twice = s + s;
  const Mask scaled = k != all(0.0);
  const Pair first = add_ordered(select(scaled, scale.head, twice), select(scaled, twice, all(0.0)));
  const Pair sum = add_ordered(first.head, term.head);
  const Reals tail = sum.tail + (first.tail + (scale_tail + (s_tail + s_tail) + term_tail));
  return add_ordered(sum.head, tail);
}

/// x^y = exp(y log |x|), with log in twice the precision, and the signs and limits of IEEE 754.
MONIAC_INLINE Reals pow(Reals x, Reals y) {
  const Reals size = absolute(x);
  Pair logarithm = log_pair(size);
  logarithm.head = select(size == all(0.0), all(-infinity), select(size == all(infinity), size, logarithm.head));
  const Pair exponent = multiply(y, logarithm.head);
  const Reals tail = fma(y, logarithm.tail, exponent.tail);
  const Reals head = clamp_exponent(exponent.head);
  Reals result = exp_of_sum(head, select(head == exponent.head, tail, all(0.0)));
  // Whether y is a whole number and odd: in [2^52, 2^53) the last bit tells, below it the last bit of |y| + 2^52.
  const Reals y_size = absolute(y);
  const Reals rounded = y_size + all(0x1p52);
  const Mask small = y_size < all(0x1p52);
  const Mask whole = ~small | (rounded - all(0x1p52) == y_size);
  const Mask odd = bits(select(small, rounded, select(y_size < all(0x1p53), y_size, all(0.0)))) << 63 != Words{};
  const Mask negative = bits(x) >> 63 != Words{};
  result = select(negative & odd & whole, -result, result);
  result = select((x < all(0.0)) & ~whole & (size < all(infinity)), all(not_a_number), result);
  result = select((x == x) & (y == y), result, all(not_a_number));
  result = select((size == all(1.0)) & (y_size == all(infinity)), all(1.0), result);
  return select((y == all(0.0)) | (x == all(1.0)), all(1.0), result);
}

/// (a + 3/4) e^(a^2/2) Phi(-a) in t = (a - 5)/(a + 5) for a in [0, 39], 2^-53.
constexpr double tail_terms[] = {
    0.4422860036062862,      -0.05568789301800582,    0.002013165454462405,    0.030223321701236934,
    -0.038364881037337435,   0.030390438366382885,    -0.017418258040134072,   0.0071167117454169326,
    -0.0017309600332496855,  -2.5777519648167874e-05, 0.00019744107317314083,  -5.38483646371677e-05,
    -1.1557574061176553e-05, 9.378724772742689e-06,   9.981255683077298e-08,   -1.3708460701429877e-06,
    1.0543752382412883e-07,  2.0875528777178762e-07,  -1.9209109061682615e-08, -3.350901709449533e-08,
    -1.0407527551267166e-10, 4.180433151751319e-09,   8.301163268729723e-10};

/// The standard normal distribution function: Phi(-a) for a = |x| as Mills' ratio times e^(-a^2/2).
MONIAC_INLINE Reals normal_cdf(Reals x) {
  const Reals a = minimum(absolute(x), all(39.0));
  const Reals t = fma(all(2.0), a / (a + all(5.0)), all(-1.0));  // (a - 5)/(a + 5), one rounding near a = 0
  const Reals ratio = polynomial(tail_terms, t) / (a + all(0.75));
  const Pair square = multiply(all(-0.5) * a, a);
  const Reals lower = exp_of_sum(maximum(square.head, all(-746.0)), square.tail) * ratio;
  const Reals y = select(x > all(0.0), all(1.0) - lower, lower);
  return select(x == x, y, all(not_a_number));
}

}  // namespace
}  // namespace moniac
