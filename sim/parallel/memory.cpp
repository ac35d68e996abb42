#include "sim/parallel/memory.h"

#include <malloc.h>

namespace moniac {

void keep_freed_memory() {
  constexpr int largest_kept = 32 << 20;  // bytes of one block; what is larger comes from and goes to the system
  constexpr int kept = 256 << 20;         // bytes in all
  mallopt(M_MMAP_THRESHOLD, largest_kept);
  mallopt(M_TRIM_THRESHOLD, kept);
}

}  // namespace moniac
