// Signals: an interrupted run ends between two units of work.
#pragma once

#include <atomic>

namespace moniac {

/// SIGINT and SIGTERM set the flag once; a second one ends the program at once. SIGPIPE and SIGXFSZ become errors of
/// the write that caused them.
void watch_signals();

/// True after SIGINT or SIGTERM.
const std::atomic<bool>& stop_requested();

/// The signal that was caught, or 0.
int caught_signal();

}  // namespace moniac
