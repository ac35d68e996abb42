// What goes wrong with a user's files, as a message and an exit code.
#pragma once

#include <functional>

#include "sim/app/streams.h"

namespace moniac {

/// What `action` returns. Mistakes in scenarios and files, and what the system refuses, become a message on
/// `streams.err` and the exit code; everything else passes through.
int reported(Streams& streams, const std::function<int()>& action);

/// The same for whatever it throws.
int told(Streams& streams, const std::function<int()>& action);

}  // namespace moniac
