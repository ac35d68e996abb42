// The arithmetic of the 8-lane table, for CPUs that have no 8-lane instructions.
#define MONIAC_LANES 8
#define MONIAC_KERNELS kernels_8_lanes
#define MONIAC_KERNELS_NAME "8 lanes"
#include "sim/math/kernels_table.h"
