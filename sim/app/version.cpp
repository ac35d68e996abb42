#include "sim/app/version.h"

#include <fmt/format.h>

#include <cstdlib>

#include "sim/app/build_info.h"
#include "sim/app/exit_code.h"
#include "sim/output/hdf5_file.h"
#include "sim/scenario/problem.h"

namespace moniac {

std::string version_text() {
  return "moniac " MONIAC_VERSION " (" MONIAC_COMMIT ")";
}

std::string build_text() {
  return MONIAC_COMPILER ", " MONIAC_BUILD_TYPE;
}

std::string libraries_text() {
  return MONIAC_LIBRARIES ", HDF5 " + hdf5_version();
}

std::string kernel_levels() {
  std::string levels;
  for (const char* name : {"avx512", "avx2", "portable"}) {
    if (find_kernels(name)) levels += (levels.empty() ? "" : " ") + std::string(name);
  }
  return levels;
}

const Kernels& chosen_kernels() {
  const char* wanted = std::getenv("MONIAC_ISA");  // NOLINT(concurrency-mt-unsafe): before any thread is started
  if (!wanted || !*wanted) return best_kernels();
  if (const Kernels* kernels = find_kernels(wanted)) return *kernels;
  throw ProgramError(exit_usage, fmt::format("moniac: MONIAC_ISA={} is no instruction set that this build has and "
                                             "this CPU runs; those are: {}",
                                             in_quotes(wanted), kernel_levels()));
}

}  // namespace moniac
