#include <array>

#include "sim/math/kernels_random.h"
#include "sim/math/scalar.h"
#include "tests/sim/math/columns_of.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

using Four = std::array<std::uint32_t, 4>;
using Two = std::array<std::uint32_t, 2>;

// Philox4x32-10 as the paper prints it, one counter at a time.
Four philox_by_the_book(Four counter, Two key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53u} * counter[0];
    const std::uint64_t second = std::uint64_t{0xCD9E8D57u} * counter[2];
    counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(second),
               static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(first)};
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
  return counter;
}

// The two 64-bit words of the counter group that serves `path`, and which of them is the path's.
struct Draw {
  std::uint64_t first, second;
  bool takes_second;
};

Draw draw_of(std::uint64_t key, std::uint64_t path, std::uint32_t step, std::uint32_t draw) {
  const std::uint64_t group = path / 16 * 8 + path % 8;
  const Four out =
      philox_by_the_book({static_cast<std::uint32_t>(group), static_cast<std::uint32_t>(group >> 32), step, draw},
                         {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)});
  return {out[0] | std::uint64_t{out[1]} << 32, out[2] | std::uint64_t{out[3]} << 32, path % 16 >= 8};
}

// The known answers of Random123 1.14 (tests/kat_vectors, philox4x32 10): counter and key, then result.
struct KnownAnswer {
  Four counter;
  Two key;
  Four result;
};

const KnownAnswer known_answers[] = {{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
                                     {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                                      {0xffffffff, 0xffffffff},
                                      {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
                                     {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                                      {0xa4093822, 0x299f31d0},
                                      {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};

constexpr std::uint64_t key = 0x0123456789abcdefu;

// cos 2 pi t. The quarter turns come off exactly first: rounding 2 pi t would cost all digits of a cosine near zero.
long double cos_of_turns(long double t) {
  const long double quarter = std::nearbyint(4 * t);
  const long double angle = 6.283185307179586476925286766559L * (t - quarter / 4);
  switch (static_cast<int>(quarter) & 3) {
    case 0:
      return std::cos(angle);
    case 1:
      return -std::sin(angle);
    case 2:
      return -std::cos(angle);
    default:
      return std::sin(angle);
  }
}

}  // namespace

TEST_CASE("Philox gives the known answers of Random123 in every lane") {
  for (const KnownAnswer& known : known_answers) {
    CHECK(philox_by_the_book(known.counter, known.key) == known.result);
    Counters counters[1];
    for (std::size_t w = 0; w < 4; ++w) counters[0].word[w] = words(known.counter[w]);
    philox(KeySchedule(known.key[0] | std::uint64_t{known.key[1]} << 32), counters);
    for (std::size_t w = 0; w < 4; ++w) {
      for (std::size_t lane = 0; lane < width; ++lane) {
        CHECK(static_cast<std::uint32_t>(counters[0].word[w][lane]) == known.result[w]);
      }
    }
  }
}

TEST_CASE("a uniform is (word >> 12 + 1/2) 2^-52 of the path's own word, for every table") {
  // The second block crosses the 32 bits of the group's low word.
  for (const std::uint64_t first_path : {std::uint64_t{0}, (std::uint64_t{1} << 33) - 64}) {
    for (const Kernels* kernels : runnable_kernels()) {
      TestColumn u(128);
      kernels->uniforms(key, first_path, 7, 0x80000003u, u.data(), 128);
      for (std::size_t i = 0; i < 128; ++i) {
        const Draw draw = draw_of(key, first_path + i, 7, 0x80000003u);
        const std::uint64_t word = draw.takes_second ? draw.second : draw.first;
        CHECK(u[i] == std::ldexp(static_cast<double>(word >> 12) + 0.5, -52));
      }
    }
  }
}

TEST_CASE("a normal is the Box-Muller transform of the path's own counter to 4 units in the last place") {
  for (const Kernels* kernels : runnable_kernels()) {
    double largest = 0;
    for (std::uint32_t step = 0; step < 40; ++step) {
      TestColumn z(512);
      kernels->normals(key, 1024, step, 5, z.data(), 512);
      for (std::size_t i = 0; i < 512; ++i) {
        const Draw draw = draw_of(key, 1024 + i, step, 5);
        const long double u = 1 - std::ldexp(static_cast<long double>(draw.first >> 12), -52);
        const long double v = std::ldexp(static_cast<long double>(draw.second >> 12), -52);
        const long double radius = std::sqrt(-2 * std::log(u));
        const long double turns = draw.takes_second ? v - 0.25L : v;  // sin 2 pi v = cos 2 pi (v - 1/4)
        const long double exact = radius * cos_of_turns(turns);
        largest = std::max(largest, error_in_ulps(z[i], exact));
      }
    }
    INFO(kernels->name);
    CHECK(largest <= 4);
  }
}

TEST_CASE("a path's draw does not depend on the block it is drawn in") {
  const Kernels& kernels = best_kernels();
  TestColumn whole(1024), part(64);
  kernels.normals(key, 0, 3, 1, whole.data(), 1024);
  for (std::size_t first : {std::size_t{0}, std::size_t{48}, std::size_t{960}}) {
    kernels.normals(key, first, 3, 1, part.data(), 64);
    for (std::size_t i = 0; i < 64; ++i) CHECK(part[i] == whole[first + i]);
  }
}

TEST_CASE("the extreme bit patterns give finite normals") {
  // u = 1 gives radius 0; u = 2^-52 the largest radius, sqrt(104 ln 2) = 8.4904; v just below 1 is a full turn.
  for (const std::uint64_t second : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1} << 63}) {
    CHECK(std::abs(box_muller(words(0), words(second)).first[0]) == 0);
    const auto [first, other] = box_muller(words(~std::uint64_t{0}), words(second));
    CHECK(std::abs(first[0]) == Approx(std::sqrt(104 * std::log(2.0))).epsilon(1e-15));
    CHECK(std::abs(other[0]) < 2e-14);
  }
}

TEST_CASE("normals have the moments and tail shares of the normal law within 4 standard errors") {
  // 2^20 draws, seed fixed by `key`. Standard errors of the first four moments: 1, sqrt 2, sqrt 15, sqrt 96 over 1024.
  constexpr std::size_t lanes = 512, steps = 2048;
  constexpr double n = lanes * steps;
  TestColumn z(lanes);
  double sum[5] = {};
  double beyond_2 = 0, beyond_3 = 0, lagged = 0, neighbours = 0;
  std::vector<double> before(lanes);
  for (std::uint32_t step = 0; step < steps; ++step) {
    best_kernels().normals(key, 0, step, 0, z.data(), lanes);
    for (std::size_t i = 0; i < lanes; ++i) {
      const double x = z[i];
      for (int power = 1; power <= 4; ++power) sum[power] += std::pow(x, power) / n;
      beyond_2 += x > 2;
      beyond_3 += x < -3;
      lagged += x * before[i] / n;
      neighbours += x * z[i ^ 8] / n;  // the two normals of one counter
      before[i] = x;
    }
  }
  const double se = 1 / std::sqrt(n);
  CHECK(std::abs(sum[1]) < 4 * se);
  CHECK(std::abs(sum[2] - 1) < 4 * std::sqrt(2.0) * se);
  CHECK(std::abs(sum[3]) < 4 * std::sqrt(15.0) * se);
  CHECK(std::abs(sum[4] - 3) < 4 * std::sqrt(96.0) * se);
  CHECK(std::abs(lagged) < 4 * se);
  CHECK(std::abs(neighbours) < 4 * std::sqrt(2.0) * se);
  // Phi(-2) = 0.0227501, Phi(-3) = 0.0013499 (Abramowitz & Stegun, table 26.1)
  CHECK(std::abs(beyond_2 / n - 0.0227501) < 4 * std::sqrt(0.0227501 / n));
  CHECK(std::abs(beyond_3 / n - 0.0013499) < 4 * std::sqrt(0.0013499 / n));
}

TEST_CASE("different steps, draws and keys give different columns") {
  const Kernels& kernels = best_kernels();
  TestColumn a(64), b(64);
  kernels.uniforms(1, 0, 1, 1, a.data(), 64);
  const auto differs_from_a = [&] {
    for (std::size_t i = 0; i < 64; ++i) {
      if (a[i] == b[i]) return false;
    }
    return true;
  };
  kernels.uniforms(2, 0, 1, 1, b.data(), 64);
  CHECK(differs_from_a());
  kernels.uniforms(1, 0, 2, 1, b.data(), 64);
  CHECK(differs_from_a());
  kernels.uniforms(1, 0, 1, 2, b.data(), 64);
  CHECK(differs_from_a());
  kernels.uniforms(1, 16, 1, 1, b.data(), 64);
  CHECK(differs_from_a());
}

TEST_CASE(
    "the draws of an event are the path's words of Philox with the event for the step and the top bit of the draw") {
  for (const char* name : {"portable", "avx2", "avx512"}) {
    const Kernels* kernels = find_kernels(name);
    if (kernels == nullptr) continue;
    for (const std::uint64_t path : {0u, 7u, 8u, 15u, 16u, 4711u, 0xfffffff9u}) {
      std::array<double, event_draws> u;
      kernels->event_uniforms(key, path, 12, u.data());
      for (std::uint32_t d = 0; d < event_draws; ++d) {
        const Draw draw = draw_of(key, path, 12, 0x80000000u | d);
        const std::uint64_t word = draw.takes_second ? draw.second : draw.first;
        CHECK(u[d] == (static_cast<double>(word >> 12) + 0.5) * 0x1p-52);
      }
    }
  }
}
