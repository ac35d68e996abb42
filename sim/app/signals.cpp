#include "sim/app/signals.h"

#include <csignal>

namespace moniac {

namespace {

// A signal handler can reach nothing but globals; these two are written there only.
std::atomic<bool> stop{false};
std::atomic<int> signal_number{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void request_stop(int number) {
  signal_number.store(number);
  stop.store(true);
}

}  // namespace

void watch_signals() {
  struct sigaction action {};
  action.sa_handler = request_stop;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

const std::atomic<bool>& stop_requested() {
  return stop;
}

int caught_signal() {
  return signal_number.load();
}

}  // namespace moniac
