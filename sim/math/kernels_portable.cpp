// The kernels for any x86-64: two lanes, fma by libm, which rounds once.
#define MONIAC_KERNELS kernels_portable
#define MONIAC_KERNELS_NAME "portable"
#include "sim/math/kernels_table.h"
