// The kernels for AVX2 and FMA, four lanes.
#define MONIAC_KERNELS kernels_v3
#define MONIAC_KERNELS_NAME "avx2"
#include "sim/math/kernels_table.h"
