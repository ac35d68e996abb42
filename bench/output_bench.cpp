#include "bench/output_bench.h"

#include <Eigen/Core>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "sim/math/kernels.h"
#include "sim/output/hdf5_file.h"
#include "sim/output/path_encoding.h"
#include "sim/output/sha256.h"
#include "sim/parallel/pipeline.h"

namespace moniac {

namespace {

constexpr std::int64_t dates = 120, paths = 100000, unit = 2048;
constexpr std::int64_t units = (paths + unit - 1) / unit;

// [unit][date][path]: each unit as it lies when a run hands it over.
Eigen::ArrayXd autoregressive_paths() {
  Eigen::ArrayXd values(units * dates * unit);
  for (std::int64_t row = 0; row < units * dates; ++row) {
    double* now = values.data() + row * unit;
    const std::int64_t d = row % dates;
    best_kernels().normals(7, static_cast<std::uint64_t>(row / dates * unit), static_cast<std::uint32_t>(d), 0, now,
                           static_cast<std::size_t>(unit));
    for (std::int64_t p = 0; d > 0 && p < unit; ++p) now[p] += 0.9 * now[p - unit];
  }
  return values;
}

struct Encoded final : UnitResult {
  std::int64_t first = 0;
  std::string bytes;
};

struct Variant {
  const char* name;
  bool single_precision;
  bool hash;
};

// Workers encode units, one thread writes them in order: as a run does.
double seconds_to_write(const std::string& path, const Eigen::ArrayXd& values, const Variant& variant, int threads) {
  const PathStorage storage{.paths = paths, .single_precision = variant.single_precision};
  const Hdf5Shape shape = {static_cast<std::uint64_t>(paths), static_cast<std::uint64_t>(dates)};
  const auto begin = std::chrono::steady_clock::now();
  Hdf5File file = Hdf5File::create(path);
  {
    Hdf5Group root = file.root();
    const std::int64_t chunk = chunk_paths(storage, dates, 1);
    Hdf5Dataset stored = variant.single_precision ? root.create_chunked("x", shape, static_cast<std::uint64_t>(chunk))
                                                  : root.create<double>("x", shape);
    Sha256 hash;
    const auto encode = [&](std::int64_t index) -> std::unique_ptr<UnitResult> {
      auto encoded = std::make_unique<Encoded>();
      encoded->first = index * unit;
      encoded->bytes = encode_paths(storage, {.data = values.data() + encoded->first * dates,
                                              .paths = std::min(unit, paths - encoded->first),
                                              .dates = dates,
                                              .date_stride = unit});
      return encoded;
    };
    const auto write = [&](std::unique_ptr<UnitResult> result) {
      const auto& encoded = static_cast<const Encoded&>(*result);
      auto first = static_cast<std::uint64_t>(encoded.first);
      if (variant.hash) hash.update(encoded.bytes);
      if (!variant.single_precision) {
        stored.write_rows(
            first, {reinterpret_cast<const double*>(encoded.bytes.data()), encoded.bytes.size() / sizeof(double)});
        return;
      }
      for (const std::string_view bytes : chunks_of(encoded.bytes)) {
        stored.write_chunk(first, bytes);
        first += static_cast<std::uint64_t>(chunk);
      }
    };
    ordered_pipeline(units, threads, encode, write);
  }
  file.close();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

void run_output_bench(int threads) {
  start_hdf5();
  const char* folder = std::getenv("MONIAC_BENCH_TMP");
  const std::string path = std::string(folder ? folder : "/tmp") + "/moniac_w5.h5";
  const Eigen::ArrayXd values = autoregressive_paths();
  constexpr double megabytes = 8e-6 * static_cast<double>(dates * paths);
  for (const Variant variant :
       {Variant{"moniac", false, false}, Variant{"moniac_hash", false, true}, Variant{"moniac_float32", true, false}}) {
    double seconds = 0;
    for (int round = 0; round < 2; ++round) {  // the first one finds memory and page cache cold
      std::filesystem::remove(path);
      seconds = seconds_to_write(path, values, variant, threads);
    }
    std::printf("RESULT W5 %s t=%.4f MBps=%.0f file=%.0fMB\n", variant.name, seconds, megabytes / seconds,
                1e-6 * static_cast<double>(std::filesystem::file_size(path)));
  }
  std::filesystem::remove(path);
}

}  // namespace moniac
