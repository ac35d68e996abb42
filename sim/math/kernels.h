// The table of vector kernels. One per instruction set, chosen once in main (or a test) and passed down; every table
// gives the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace moniac {

/// Count, mean, sum of squared deviations from the mean, minimum and maximum of up to 64 consecutive paths. Without a
/// single value: count, mean and m2 are 0, minimum is infinity and maximum -infinity.
struct Cell {
  std::int64_t count;
  double mean;
  double m2;
  double minimum;
  double maximum;
};
inline constexpr std::size_t cell_size = 64;

/// Uniforms that belong to one event, see Kernels::event_uniforms.
inline constexpr std::size_t event_draws = 8;

/// Buckets of the quantile sketch, see sketch.h.
inline constexpr std::size_t sketch_core = 512;  ///< 1/64 wide, |y| <= 4
inline constexpr std::size_t sketch_tail = 448;  ///< 32 per octave from 4 to 2^16, each side
inline constexpr std::size_t sketch_buckets = sketch_core + 2 * sketch_tail + 2;

/// All columns are 64-byte aligned and `lanes` is a multiple of 64. Input and output may be the same column.
struct Kernels {
  std::string_view name;  ///< "avx2", "avx512", "portable"

  /// Standard normals of paths first_path … first_path + lanes - 1 (first_path a multiple of 16). Philox4x32-10 with
  /// counter (group lo, group hi, step, draw): paths 16g…16g+15 use counter groups 8g+l, l < 8; the two Box–Muller
  /// normals of group 8g+l go to paths 16g+l and 16g+8+l. A draw depends on what it is, never on order. Accurate to
  /// 4 units in the last place (3.67 measured over 16 million); |normal| <= 8.4904.
  void (*normals)(std::uint64_t key, std::uint64_t first_path, std::uint32_t step, std::uint32_t draw, double* out,
                  std::size_t lanes);
  /// Uniforms on (0, 1) from the same counters, one 64-bit word per path: (word >> 12 + 1/2) 2^-52.
  void (*uniforms)(std::uint64_t key, std::uint64_t first_path, std::uint32_t step, std::uint32_t draw, double* out,
                   std::size_t lanes);

  /// The eight uniforms of an event of one path, draws 0 … 7: the word that `uniforms` would give the path, with the
  /// number of the event in place of the step and the top bit of the draw set, so that they meet no draw of a step.
  void (*event_uniforms)(std::uint64_t key, std::uint64_t path, std::uint32_t event, double* out);

  // Elementwise functions; errors in columns.h.
  void (*exp)(const double* x, double* y, std::size_t lanes);
  void (*log)(const double* x, double* y, std::size_t lanes);
  void (*expm1)(const double* x, double* y, std::size_t lanes);
  void (*log1p)(const double* x, double* y, std::size_t lanes);
  void (*sin)(const double* x, double* y, std::size_t lanes);
  void (*cos)(const double* x, double* y, std::size_t lanes);
  void (*normal_cdf)(const double* x, double* y, std::size_t lanes);
  void (*pow)(const double* x, const double* exponent, double* y, std::size_t lanes);

  /// out_i = sum_j matrix[i * columns + j] in_j, one fma chain per entry in index order. `out` must not alias `in`.
  void (*linear_map)(const double* matrix, std::size_t rows, std::size_t columns, const double* const* in,
                     double* const* out, std::size_t lanes);

  /// Exponentials of affine functions, e_k = exp(c_k0 + sum_j c_kj in_j) for k < terms, one fma chain per exponent in
  /// index order: adds each e_k to `sum`, in order, and leaves the last one in `last`. Row k of `coefficients` holds
  /// c_k0 … c_kn, n = `columns`. `terms` > 0; `sum` and `last` must not alias `in`.
  void (*add_exponentials)(const double* coefficients, std::size_t terms, std::size_t columns, const double* const* in,
                           double* sum, double* last, std::size_t lanes);

  /// Cells of `paths` live lanes (the rest of the last cell is ghosts). A NaN lane is a failed path and is skipped.
  /// Sums: lane l of eight adds paths l, l + 8, …, then l joins l + 4, l joins l + 2, and the two left join.
  void (*cells)(const double* x, std::size_t paths, Cell* cells);
  /// Adds each of `paths` values to its bucket; NaN is counted nowhere. `scale` > 0, see sketch_scale.
  void (*sketch)(const double* x, std::size_t paths, double center, double scale, std::uint32_t* counts);
  /// Whether every one of `lanes` values is finite.
  bool (*all_finite)(const double* x, std::size_t lanes);
};

/// The table named "avx2", "avx512" or "portable". Null when the name is none of these or the CPU (or this build)
/// lacks the instructions.
const Kernels* find_kernels(std::string_view name);

/// The fastest table this CPU can run.
const Kernels& best_kernels();

}  // namespace moniac
