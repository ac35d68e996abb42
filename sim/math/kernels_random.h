// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2,
// 3", SC11) and the Box–Muller transform. The layout of counters over paths is documented in kernels.h.
#pragma once

#include "sim/math/kernels_functions.h"

namespace moniac {
namespace {

/// One 4 x 32-bit counter per lane, each word in the low half of a 64-bit lane; the high halves are ignored.
struct Counters {
  Words word[4];
};

constexpr std::size_t rounds = 10;

/// The two words of the key in every round, ready for use.
struct KeySchedule {
  Words low[rounds];
  Words high[rounds];

  explicit KeySchedule(std::uint64_t key) {
    auto key_low = static_cast<std::uint32_t>(key);
    auto key_high = static_cast<std::uint32_t>(key >> 32);
    for (std::size_t r = 0; r < rounds; ++r) {
      low[r] = words(key_low);
      high[r] = words(key_high);
      key_low += 0x9E3779B9u;
      key_high += 0xBB67AE85u;
    }
  }
};

/// The ten rounds on `n` vectors of counters at once: interleaved, they hide each other's latency.
template <std::size_t n>
MONIAC_INLINE void philox(const KeySchedule& key, Counters (&counters)[n]) {
  const Words multiplier[] = {words(0xD2511F53u), words(0xCD9E8D57u)};
#pragma GCC unroll 16
  for (std::size_t r = 0; r < rounds; ++r) {
#pragma GCC unroll 8
    for (std::size_t i = 0; i < n; ++i) {
      Words(&c)[4] = counters[i].word;
      const Words first = multiply_low_halves(multiplier[0], c[0]);
      const Words second = multiply_low_halves(multiplier[1], c[2]);
      c[0] = (second >> 32) ^ (c[1] ^ key.low[r]);
      c[2] = (first >> 32) ^ (c[3] ^ key.high[r]);
      c[1] = second;
      c[3] = first;
    }
  }
}

/// A 64-bit word from the low halves of two.
MONIAC_INLINE Words join_halves(Words low, Words high) {
  return (low & words(0xffffffffu)) | (high << 32);
}

/// The two 64-bit words of every counter group, as bit patterns: group 8g + l gives columns 16g + l and 16g + 8 + l.
MONIAC_INLINE void random_bits(std::uint64_t key, std::uint64_t first_path, std::uint32_t step, std::uint32_t draw,
                               double* out, std::size_t lanes) {
  constexpr std::size_t interleaved = 4;
  const KeySchedule schedule(key);
  Words group = lane_numbers() + words(first_path / 2);
  for (std::size_t i = 0; i < lanes / 2; i += width * interleaved) {
    Counters counters[interleaved];
    for (Counters& c : counters) {
      c = {{group, group >> 32, words(step), words(draw)}};
      group += words(width);
    }
    philox(schedule, counters);
    for (std::size_t j = 0; j < interleaved; ++j) {
      const std::size_t position = i + j * width;
      double* to = out + position / 8 * 16 + position % 8;
      const Words(&w)[4] = counters[j].word;
      store(to, reals(join_halves(w[0], w[1])));
      store(to + 8, reals(join_halves(w[2], w[3])));
    }
  }
}

/// The word of one path for each of eight draws of an event, as bit patterns.
MONIAC_INLINE void event_bits(std::uint64_t key, std::uint64_t path, std::uint32_t event, double* out) {
  constexpr std::size_t vectors = 8 / width;
  const KeySchedule schedule(key);
  const std::uint64_t group = path / 16 * 8 + path % 8;
  Words draw = lane_numbers() + words(0x80000000u);
  Counters counters[vectors];
  for (Counters& c : counters) {
    c = {{words(group), words(group >> 32), words(event), draw}};
    draw += words(width);
  }
  philox(schedule, counters);
  const std::size_t half = path % 16 < 8 ? 0 : 2;
  for (std::size_t i = 0; i < vectors; ++i) {
    const Words(&w)[4] = counters[i].word;
    store_unaligned(out + i * width, reals(join_halves(w[half], w[half + 1])));
  }
}

/// The upper 52 bits as a number in [1, 2).
MONIAC_INLINE Reals one_to_two(Words word) {
  return reals((word >> 12) | words(0x3ff0000000000000u));
}

/// -4 atanh s = s (-4 + s^2 (…)) in s^2: -2 log m for s = (m - 1)/(m + 1), 2^-57.
constexpr double radius_terms[] = {-4.0,
                                   -1.333333333333334,
                                   -0.7999999999979877,
                                   -0.5714285725206213,
                                   -0.44444422251446525,
                                   -0.3636577957231598,
                                   -0.3066339926928455,
                                   -0.292334423325752};

/// sqrt(-2 log u) for u in [2^-52, 1].
MONIAC_INLINE Reals radius(Reals u) {
  const auto [k, m] = reduce_log(u);
  const Reals s = (m - all(1.0)) / (m + all(1.0));
  return square_root(fma(k, all(-1.3862943611198906), s * polynomial(radius_terms, s * s)));
}

/// sin(2 pi y) / y and cos(2 pi y) in y^2 for |y| <= 1/8: 2^-54 and 2^-55.
constexpr double sin_turn_terms[] = {6.283185307179586, -41.341702240399634, 81.60524927594797, -76.70585970425508,
                                     42.05868501748958, -15.093804042841079, 3.7808650697534167};
constexpr double cos_turn_terms[] = {1.0,
                                     -19.739208802178716,
                                     64.93939402266824,
                                     -85.45681720664378,
                                     60.24464135269435,
                                     -26.426253274804587,
                                     7.903206845861561,
                                     -1.6990328650055457};

struct NormalPair {
  Reals first;
  Reals second;
};

/// Box–Muller: sqrt(-2 log u) (cos 2 pi v, sin 2 pi v) with u in (0, 1] from the first word, v in [0, 1) from the
/// second.
MONIAC_INLINE NormalPair box_muller(Words first, Words second) {
  const Reals r = radius(all(2.0) - one_to_two(first));
  // 1 + v = 1 + q/4 + y with the nearest quarter turn q, and |y| <= 1/8
  const Reals turned = one_to_two(second);
  const Reals shifted = fma(turned, all(4.0), all(rounder - 4.0));
  const Reals y = fma(shifted - all(rounder - 4.0), all(-0.25), turned);
  const Reals z = y * y;
  const Reals s = y * polynomial(sin_turn_terms, z);
  const Reals c = polynomial(cos_turn_terms, z);
  const Words q = bits(shifted) << 62;  // top bits: q is 2 or 3, q is odd
  const Words odd = q << 1;
  const Reals cosine = select_by_top_bit(odd, s, c);
  const Reals sine = select_by_top_bit(odd, c, s);
  return {r * reals(bits(cosine) ^ ((q ^ odd) & words(sign_bit))), r * reals(bits(sine) ^ (q & words(sign_bit)))};
}

/// Bit patterns in place to normals.
MONIAC_INLINE void bits_to_normals(double* x, std::size_t lanes) {
  for (std::size_t g = 0; g < lanes; g += 16) {
#pragma GCC unroll 4
    for (std::size_t i = g; i < g + 8; i += width) {
      const auto [first, second] = box_muller(bits(load(x + i)), bits(load(x + i + 8)));
      store(x + i, first);
      store(x + i + 8, second);
    }
  }
}

/// (word >> 12 + 1/2) 2^-52
MONIAC_INLINE Reals to_uniforms(Words word) {
  return one_to_two(word) - all(1.0 - 0x1p-53);
}

/// Bit patterns in place to uniforms.
MONIAC_INLINE void bits_to_uniforms(double* x, std::size_t lanes) {
  for (std::size_t i = 0; i < lanes; i += width) store(x + i, to_uniforms(bits(load(x + i))));
}

}  // namespace
}  // namespace moniac
