// w5: recorded paths on their way from columns to a result file.
#pragma once

namespace moniac {

/// Writes 96 MB of AR(1) paths (0.9, normal news; one variable, 120 dates, 100,000 paths) with the writer of result
/// files into the folder that MONIAC_BENCH_TMP names, and prints a line for each variant:
///   moniac           float64; without hash and fsync, like raw write(2)
///   moniac_hash      the same with the SHA-256 that a result file has
///   moniac_float32   float32, shuffle and gzip 1
void run_output_bench(int threads);

}  // namespace moniac
