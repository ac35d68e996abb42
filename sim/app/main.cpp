// Entry point. Compiled for any x86-64, so that a CPU without AVX2 gets a sentence instead of an illegal instruction;
// it includes nothing that brings inline functions, because the linker may take the copy of another file.
#include <unistd.h>

#include "sim/app/program.h"

#ifndef MONIAC_PORTABLE
namespace {

// Before the constructors of the standard library and of every other file: those may hold AVX2 code already.
[[gnu::constructor(101)]] void require_avx2_and_fma() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) return;
  static const char message[] =
      "moniac: this CPU lacks AVX2, FMA or BMI2; build with -DMONIAC_PORTABLE=ON for a program without them.\n";
  const auto written = write(STDERR_FILENO, message, sizeof message - 1);
  _exit(written < 0 ? 74 : 64);
}

}  // namespace
#endif

int main(int argc, char** argv) {
  return moniac::program(argc, argv);
}
