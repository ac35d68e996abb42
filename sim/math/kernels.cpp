#include "sim/math/kernels.h"

namespace moniac {

extern const Kernels kernels_portable;

#ifndef MONIAC_PORTABLE

extern const Kernels kernels_v3;
extern const Kernels kernels_v4;

namespace {

bool runs_v3() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
}

bool runs_v4() {
  return runs_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

}  // namespace

#endif

const Kernels* find_kernels(std::string_view name) {
  if (name == "portable") return &kernels_portable;
#ifndef MONIAC_PORTABLE
  if (name == "avx2" && runs_v3()) return &kernels_v3;
  if (name == "avx512" && runs_v4()) return &kernels_v4;
#endif
  return nullptr;
}

const Kernels& best_kernels() {
  for (const std::string_view name : {"avx512", "avx2"}) {
    if (const Kernels* kernels = find_kernels(name)) return *kernels;
  }
  return kernels_portable;
}

}  // namespace moniac
