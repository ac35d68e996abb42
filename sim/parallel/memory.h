// How the process holds memory between units of work.
#pragma once

namespace moniac {

/// Keeps freed memory for the next unit of work. The C library would give buffers of megabytes back to the system each
/// time, and the next one would meet every page anew: that makes recorded paths 1.7 times slower to write. A setting of
/// the whole process, so only for main.
void keep_freed_memory();

}  // namespace moniac
