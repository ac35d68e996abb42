// Vectors of doubles and of 64-bit words, as wide as the instruction set this file is compiled for. One source written
// with them gives the same bits at every width: each lane sees the same operations in the same order, and fma is one
// rounding everywhere (in software where the instruction is missing).
//
// Everything is in an anonymous namespace and inlined: code for one instruction set must never be merged by the linker
// with code for another.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

// Lanes of one vector. Tests set it to compile the 8-lane arithmetic for CPUs without 8-lane instructions.
#ifndef MONIAC_LANES
#if defined(__AVX512F__)
#define MONIAC_LANES 8
#elif defined(__AVX2__)
#define MONIAC_LANES 4
#else
#define MONIAC_LANES 2
#endif
#endif

#if MONIAC_LANES == 8 && defined(__AVX512F__) && defined(__AVX512DQ__)
#define MONIAC_AVX512 1
#elif MONIAC_LANES == 4 && defined(__AVX2__) && defined(__FMA__)
#define MONIAC_AVX2 1
#endif

#define MONIAC_INLINE [[gnu::always_inline]] inline

namespace moniac {
namespace {

constexpr std::size_t width = MONIAC_LANES;

typedef double Reals __attribute__((vector_size(8 * MONIAC_LANES), may_alias));
typedef std::uint64_t Words __attribute__((vector_size(8 * MONIAC_LANES), may_alias));
/// All bits of a lane set or none: what a comparison gives.
typedef std::int64_t Mask __attribute__((vector_size(8 * MONIAC_LANES), may_alias));

#if MONIAC_LANES == 8
#define MONIAC_ALL(x) \
  { x, x, x, x, x, x, x, x }
#elif MONIAC_LANES == 4
#define MONIAC_ALL(x) \
  { x, x, x, x }
#else
#define MONIAC_ALL(x) \
  { x, x }
#endif

/// The same value in every lane.
MONIAC_INLINE Reals all(double x) {
  return Reals MONIAC_ALL(x);
}
MONIAC_INLINE Words words(std::uint64_t x) {
  return Words MONIAC_ALL(x);
}
#undef MONIAC_ALL

/// 0, 1, 2, …
MONIAC_INLINE Words lane_numbers() {
#if MONIAC_LANES == 8
  return Words{0, 1, 2, 3, 4, 5, 6, 7};
#elif MONIAC_LANES == 4
  return Words{0, 1, 2, 3};
#else
  return Words{0, 1};
#endif
}

/// `p` aligned to the vector.
MONIAC_INLINE Reals load(const double* p) {
  return *reinterpret_cast<const Reals*>(p);
}
MONIAC_INLINE void store(double* p, Reals x) {
  *reinterpret_cast<Reals*>(p) = x;
}

MONIAC_INLINE Reals load_unaligned(const double* p) {
  Reals x;
  __builtin_memcpy(&x, p, sizeof x);
  return x;
}
MONIAC_INLINE void store_unaligned(double* p, Reals x) {
  __builtin_memcpy(p, &x, sizeof x);
}
MONIAC_INLINE void store(std::uint64_t* p, Words x) {
  *reinterpret_cast<Words*>(p) = x;
}

/// The bit pattern of a double, and back.
MONIAC_INLINE Words bits(Reals x) {
  return reinterpret_cast<Words>(x);
}
MONIAC_INLINE Words bits(Mask x) {
  return reinterpret_cast<Words>(x);
}
MONIAC_INLINE Reals reals(Words x) {
  return reinterpret_cast<Reals>(x);
}

/// a b + c, rounded once.
MONIAC_INLINE Reals fma(Reals a, Reals b, Reals c) {
#if defined(MONIAC_AVX512)
  return _mm512_fmadd_pd(a, b, c);
#elif defined(MONIAC_AVX2)
  return _mm256_fmadd_pd(a, b, c);
#elif MONIAC_LANES == 2 && defined(__FMA__)
  return _mm_fmadd_pd(a, b, c);
#else
  Reals r = c;
  for (std::size_t i = 0; i < width; ++i) r[i] = __builtin_fma(a[i], b[i], c[i]);
  return r;
#endif
}

// The masked forms keep g++ 12 from warning of its own header; an all-ones mask compiles to the plain instruction.

MONIAC_INLINE Reals square_root(Reals x) {
#if defined(MONIAC_AVX512)
  return _mm512_maskz_sqrt_pd(0xff, x);
#elif defined(MONIAC_AVX2)
  return _mm256_sqrt_pd(x);
#elif MONIAC_LANES == 2
  return _mm_sqrt_pd(x);
#else
  Reals r = x;
  for (std::size_t i = 0; i < width; ++i) r[i] = __builtin_sqrt(x[i]);
  return r;
#endif
}

MONIAC_INLINE Reals select(Mask condition, Reals yes, Reals no) {
  return condition ? yes : no;
}
MONIAC_INLINE Words select(Mask condition, Words yes, Words no) {
  return condition ? yes : no;
}

/// `yes` where the top bit of `sign` is set.
MONIAC_INLINE Reals select_by_top_bit(Words sign, Reals yes, Reals no) {
#if defined(MONIAC_AVX2)
  return _mm256_blendv_pd(no, yes, reals(sign));
#else
  return reinterpret_cast<Mask>(sign) < Mask{} ? yes : no;
#endif
}

/// a < b ? a : b; b where either is NaN.
MONIAC_INLINE Reals minimum(Reals a, Reals b) {
#if defined(MONIAC_AVX512)
  return _mm512_maskz_min_pd(0xff, a, b);
#elif defined(MONIAC_AVX2)
  return _mm256_min_pd(a, b);
#elif MONIAC_LANES == 2
  return _mm_min_pd(a, b);
#else
  return a < b ? a : b;
#endif
}

/// a > b ? a : b; b where either is NaN.
MONIAC_INLINE Reals maximum(Reals a, Reals b) {
#if defined(MONIAC_AVX512)
  return _mm512_maskz_max_pd(0xff, a, b);
#elif defined(MONIAC_AVX2)
  return _mm256_max_pd(a, b);
#elif MONIAC_LANES == 2
  return _mm_max_pd(a, b);
#else
  return a > b ? a : b;
#endif
}

constexpr std::uint64_t sign_bit = 0x8000000000000000u;

MONIAC_INLINE Reals absolute(Reals x) {
  return reals(bits(x) & words(~sign_bit));
}
/// |x| with the sign of `sign`.
MONIAC_INLINE Reals with_sign(Reals x, Reals sign) {
  return reals((bits(x) & words(~sign_bit)) | (bits(sign) & words(sign_bit)));
}

/// Full products of the low 32 bits of each lane; the high 32 bits are ignored.
MONIAC_INLINE Words multiply_low_halves(Words a, Words b) {
#if defined(MONIAC_AVX512)
  return reinterpret_cast<Words>(
      _mm512_maskz_mul_epu32(0xff, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#elif defined(MONIAC_AVX2)
  return reinterpret_cast<Words>(_mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif MONIAC_LANES == 2
  return reinterpret_cast<Words>(_mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
  return (a & words(0xffffffffu)) * (b & words(0xffffffffu));
#endif
}

/// Whether any bit is set.
MONIAC_INLINE bool any(Words mask) {
#if defined(MONIAC_AVX512)
  return _mm512_test_epi64_mask(reinterpret_cast<__m512i>(mask), reinterpret_cast<__m512i>(mask)) != 0;
#elif defined(MONIAC_AVX2)
  return _mm256_testz_si256(reinterpret_cast<__m256i>(mask), reinterpret_cast<__m256i>(mask)) == 0;
#else
  std::uint64_t joined = 0;
  for (std::size_t i = 0; i < width; ++i) joined |= mask[i];
  return joined != 0;
#endif
}

/// c[0] + c[1] x + … + c[n-1] x^(n-1). The powers above x^0 are summed by Horner's rule in x^2, even and odd ones side
/// by side, which halves the chain of dependent operations; c[0] is added last, so that nothing is lost to it.
template <std::size_t n>
MONIAC_INLINE Reals polynomial(const double (&c)[n], Reals x) {
  static_assert(n >= 4);
  const Reals square = x * x;
  Reals last = all(c[n - 1]), before_last = all(c[n - 2]);
#pragma GCC unroll 32
  for (std::size_t i = 3; i < n; i += 2) {
    last = fma(last, square, all(c[n - i]));
    if (i + 1 < n) before_last = fma(before_last, square, all(c[n - 1 - i]));
  }
  // c[1] is in the chain of `last` for even n.
  const Reals above = n % 2 == 0 ? fma(before_last, x, last) : fma(last, x, before_last);
  return fma(above, x, all(c[0]));
}

}  // namespace
}  // namespace moniac
