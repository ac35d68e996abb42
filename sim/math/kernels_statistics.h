// Summaries of columns: cells, sketch buckets and the check for finite values.
#pragma once

#include "sim/math/kernels.h"
#include "sim/math/vector.h"

namespace moniac {
namespace {

/// Eight running values, lane l of a cell being paths l, l + 8, …
struct Eight {
  static constexpr std::size_t vectors = 8 / width;
  Reals part[vectors];

  MONIAC_INLINE static Eight all_of(double x) {
    Eight e;
    for (Reals& p : e.part) p = all(x);
    return e;
  }
};

/// Lanes l and l + 4, then l and l + 2, then the two that remain: one tree at every width.
template <class Join>
MONIAC_INLINE double join(const Eight& e, Join two) {
#if MONIAC_LANES == 8
  Reals r = two(e.part[0], __builtin_shufflevector(e.part[0], e.part[0], 4, 5, 6, 7, 4, 5, 6, 7));
  r = two(r, __builtin_shufflevector(r, r, 2, 3, 2, 3, 2, 3, 2, 3));
  r = two(r, __builtin_shufflevector(r, r, 1, 1, 1, 1, 1, 1, 1, 1));
#elif MONIAC_LANES == 4
  Reals r = two(e.part[0], e.part[1]);
  r = two(r, __builtin_shufflevector(r, r, 2, 3, 2, 3));
  r = two(r, __builtin_shufflevector(r, r, 1, 1, 1, 1));
#else
  Reals r = two(two(e.part[0], e.part[2]), two(e.part[1], e.part[3]));
  r = two(r, __builtin_shufflevector(r, r, 1, 1));
#endif
  return r[0];
}

MONIAC_INLINE double sum_of(const Eight& e) {
  return join(e, [](Reals a, Reals b) { return a + b; });
}

/// The cell of 64 values; `some_missing` makes NaN lanes count for nothing. Both forms give the same bits where there
/// are none.
template <bool some_missing>
MONIAC_INLINE Cell cell_of(const double* x) {
  constexpr double infinite = __builtin_huge_val();
  Eight sum = Eight::all_of(0.0), low = Eight::all_of(infinite), high = Eight::all_of(-infinite);
  Eight present = Eight::all_of(0.0);
#pragma GCC unroll 8
  for (std::size_t i = 0; i < cell_size; i += 8) {
    for (std::size_t v = 0; v < Eight::vectors; ++v) {
      const Reals value = load(x + i + v * width);
      low.part[v] = minimum(value, low.part[v]);
      high.part[v] = maximum(value, high.part[v]);
      if constexpr (some_missing) {
        sum.part[v] += select(value == value, value, all(0.0));
        present.part[v] += select(value == value, all(1.0), all(0.0));
      } else {
        sum.part[v] += value;
      }
    }
  }
  const double count = some_missing ? sum_of(present) : static_cast<double>(cell_size);
  const double mean = count > 0.0 ? sum_of(sum) / count : 0.0;
  Eight squares = Eight::all_of(0.0);
#pragma GCC unroll 8
  for (std::size_t i = 0; i < cell_size; i += 8) {
    for (std::size_t v = 0; v < Eight::vectors; ++v) {
      const Reals value = load(x + i + v * width);
      const Reals deviation = value - all(mean);
      const Reals counted = some_missing ? select(value == value, deviation, all(0.0)) : deviation;
      squares.part[v] = fma(counted, counted, squares.part[v]);
    }
  }
  return {static_cast<std::int64_t>(count), mean, sum_of(squares),
          join(low, [](Reals a, Reals b) { return minimum(a, b); }),
          join(high, [](Reals a, Reals b) { return maximum(a, b); })};
}

MONIAC_INLINE Cell cell_of_any(const double* x) {
  const Cell cell = cell_of<false>(x);
  return cell.mean == cell.mean ? cell : cell_of<true>(x);
}

void cells(const double* x, std::size_t paths, Cell* out) {
  std::size_t i = 0;
  for (; i + cell_size <= paths; i += cell_size) *out++ = cell_of_any(x + i);
  if (i == paths) return;
  alignas(64) double rest[cell_size];
  for (std::size_t j = 0; j < cell_size; ++j) rest[j] = i + j < paths ? x[i + j] : __builtin_nan("");
  *out = cell_of<true>(rest);
}

constexpr std::uint64_t bucket_of_center = 1 + sketch_tail + sketch_core / 2;
constexpr int core_shift = 43;  // the leading 9 bits of a number in [8, 16): its 1/64ths
constexpr int tail_shift = 47;  // the exponent and the leading 5 bits: 32 buckets per octave
constexpr std::uint64_t pattern_of_4 = 0x4010000000000000u;
constexpr std::uint64_t pattern_of_12 = 0x4028000000000000u;

/// The bucket of each |y| < 4: y + 12 lies in (8, 16).
MONIAC_INLINE Words core_buckets(Reals y) {
  return (bits(y + all(12.0)) >> core_shift) - words((pattern_of_12 >> core_shift) - bucket_of_center);
}

/// The bucket of each |y| >= 4; the overflows begin at 2^16.
MONIAC_INLINE Words outer_buckets(Reals y) {
  const Words distance = (bits(minimum(absolute(y), all(0x1p16))) >> tail_shift) - words(pattern_of_4 >> tail_shift);
  const Words above = words(1 + sketch_tail + sketch_core) + distance;
  const Words below = words(sketch_tail) - distance;
  return select(y > all(0.0), above, below);
}

enum class Spread { outside, core, one_bucket };

/// Whether 64 values all lie in the core, perhaps in one bucket, and their buckets as if they did.
MONIAC_INLINE Spread core_spread(const double* x, Reals center, Reals per_scale, std::uint64_t* bucket) {
  Mask outside = Mask{};
  Words different = Words{};
  Words first = core_buckets((all(x[0]) - center) * per_scale);
#pragma GCC unroll 4
  for (std::size_t j = 0; j < cell_size; j += width) {
    const Reals y = (load(x + j) - center) * per_scale;
    outside |= ~(absolute(y) < all(4.0));
    const Words here = core_buckets(y);
    different |= here ^ first;
    store(bucket + j, here);
  }
  if (any(bits(outside))) return Spread::outside;
  return any(different) ? Spread::core : Spread::one_bucket;
}

/// The buckets of 64 values; `sketch_buckets` for NaN.
MONIAC_INLINE void any_buckets(const double* x, Reals center, Reals per_scale, std::uint64_t* bucket) {
  for (std::size_t j = 0; j < cell_size; j += width) {
    const Reals y = (load(x + j) - center) * per_scale;
    const Words present = select(absolute(y) < all(4.0), core_buckets(y), outer_buckets(y));
    store(bucket + j, select(y == y, present, words(sketch_buckets)));
  }
}

void sketch(const double* x, std::size_t paths, double center, double scale, std::uint32_t* counts) {
  const Reals middle = all(center), per_scale = all(1.0 / scale);
  alignas(64) std::uint64_t bucket[cell_size];
  for (std::size_t i = 0; i < paths; i += cell_size) {
    const Spread spread = i + cell_size <= paths ? core_spread(x + i, middle, per_scale, bucket) : Spread::outside;
    if (spread == Spread::one_bucket) {
      counts[bucket[0]] += cell_size;
    } else if (spread == Spread::core) {
#pragma GCC unroll 8
      for (const std::uint64_t b : bucket) ++counts[b];
    } else {
      any_buckets(x + i, middle, per_scale, bucket);
      const std::size_t live = paths - i < cell_size ? paths - i : cell_size;
      for (std::size_t j = 0; j < live; ++j) {
        if (bucket[j] < sketch_buckets) ++counts[bucket[j]];
      }
    }
  }
}

/// x - x is 0 for a finite number and NaN for any other.
bool all_finite(const double* x, std::size_t lanes) {
  auto differences = Words{};
  for (std::size_t i = 0; i < lanes; i += width) {
    const Reals value = load(x + i);
    differences |= bits(value - value);
  }
  return !any(differences);
}

}  // namespace
}  // namespace moniac
