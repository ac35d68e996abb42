// Counts calls of operator new per thread, in programs that link allocations.cpp.
#pragma once

namespace moniac::testing {

/// Allocations made by this thread so far.
long allocations();

}  // namespace moniac::testing
