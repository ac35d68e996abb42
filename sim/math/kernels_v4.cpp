// The kernels for AVX-512, eight lanes.
#define MONIAC_KERNELS kernels_v4
#define MONIAC_KERNELS_NAME "avx512"
#include "sim/math/kernels_table.h"
