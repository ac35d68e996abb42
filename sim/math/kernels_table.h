// The kernels of one instruction set. The including file sets MONIAC_KERNELS (the table's name in C++) and
// MONIAC_KERNELS_NAME, and is compiled for that instruction set.
#pragma once

#include "sim/math/kernels.h"
#include "sim/math/kernels_functions.h"
#include "sim/math/kernels_random.h"
#include "sim/math/kernels_statistics.h"
#include "sim/math/vector.h"

namespace moniac {
namespace {

void normals(std::uint64_t key, std::uint64_t first_path, std::uint32_t step, std::uint32_t draw, double* out,
             std::size_t lanes) {
  random_bits(key, first_path, step, draw, out, lanes);
  bits_to_normals(out, lanes);
}

void uniforms(std::uint64_t key, std::uint64_t first_path, std::uint32_t step, std::uint32_t draw, double* out,
              std::size_t lanes) {
  random_bits(key, first_path, step, draw, out, lanes);
  bits_to_uniforms(out, lanes);
}

void event_uniforms(std::uint64_t key, std::uint64_t path, std::uint32_t event, double* out) {
  event_bits(key, path, event, out);
  for (std::size_t i = 0; i < event_draws; i += width)
    store_unaligned(out + i, to_uniforms(bits(load_unaligned(out + i))));
}

template <Reals (*function)(Reals)>
void each(const double* x, double* y, std::size_t lanes) {
  for (std::size_t i = 0; i < lanes; i += width) store(y + i, function(load(x + i)));
}

void pow_each(const double* x, const double* exponent, double* y, std::size_t lanes) {
  for (std::size_t i = 0; i < lanes; i += width) store(y + i, pow(load(x + i), load(exponent + i)));
}

/// `rows` rows of the product for one vector of lanes: the loads of `in` are shared.
template <std::size_t rows>
MONIAC_INLINE void map_rows(const double* matrix, std::size_t columns, const double* const* in, double* const* out,
                            std::size_t lane) {
  Reals sum[rows];
  const Reals first = load(in[0] + lane);
  for (std::size_t r = 0; r < rows; ++r) sum[r] = all(matrix[r * columns]) * first;
  for (std::size_t j = 1; j < columns; ++j) {
    const Reals x = load(in[j] + lane);
#pragma GCC unroll 8
    for (std::size_t r = 0; r < rows; ++r) sum[r] = fma(all(matrix[r * columns + j]), x, sum[r]);
  }
  for (std::size_t r = 0; r < rows; ++r) store(out[r] + lane, sum[r]);
}

template <std::size_t rows>
MONIAC_INLINE void map_band(const double* matrix, std::size_t columns, const double* const* in, double* const* out,
                            std::size_t lanes) {
  for (std::size_t lane = 0; lane < lanes; lane += width) map_rows<rows>(matrix, columns, in, out, lane);
}

void linear_map(const double* matrix, std::size_t rows, std::size_t columns, const double* const* in,
                double* const* out, std::size_t lanes) {
  constexpr std::size_t band = 8;
  std::size_t i = 0;
  for (; i + band <= rows; i += band) map_band<band>(matrix + i * columns, columns, in, out + i, lanes);
  if (i + 4 <= rows) {
    map_band<4>(matrix + i * columns, columns, in, out + i, lanes);
    i += 4;
  }
  for (; i < rows; ++i) map_band<1>(matrix + i * columns, columns, in, out + i, lanes);
}

void add_exponentials(const double* coefficients, std::size_t terms, std::size_t columns, const double* const* in,
                      double* sum, double* last, std::size_t lanes) {
  for (std::size_t lane = 0; lane < lanes; lane += width) {
    Reals total = load(sum + lane);
    Reals value = all(0.0);
    for (std::size_t k = 0; k < terms; ++k) {
      const double* row = coefficients + k * (columns + 1);
      Reals exponent = all(row[0]);
      for (std::size_t j = 0; j < columns; ++j) exponent = fma(all(row[1 + j]), load(in[j] + lane), exponent);
      value = exp(exponent);
      total += value;
    }
    store(sum + lane, total);
    store(last + lane, value);
  }
}

}  // namespace

extern const Kernels MONIAC_KERNELS;
constinit const Kernels MONIAC_KERNELS{
    .name = MONIAC_KERNELS_NAME,
    .normals = normals,
    .uniforms = uniforms,
    .event_uniforms = event_uniforms,
    .exp = each<exp>,
    .log = each<log>,
    .expm1 = each<expm1>,
    .log1p = each<log1p>,
    .sin = each<sin>,
    .cos = each<cos>,
    .normal_cdf = each<normal_cdf>,
    .pow = pow_each,
    .linear_map = linear_map,
    .add_exponentials = add_exponentials,
    .cells = cells,
    .sketch = sketch,
    .all_finite = all_finite,
};

}  // namespace moniac
