#define MONIAC_KERNELS kernels_portable
#define MONIAC_KERNELS_NAME "portable"
#include "sim/math/kernels_table.h"
