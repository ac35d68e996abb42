#include "sim/mpi/worker.h"

#include <utility>

#include "sim/mpi/report.h"

namespace moniac {

std::optional<std::string> WorkerLine::begin(const std::string& identity, int threads) {
  ranks_.send(0, to_bytes(Report{.kind = Report::Kind::hello, .bytes = identity, .threads = threads}));
  std::optional<Message> setup = ranks_.receive(stop_);
  dismissed_ = setup && setup->bytes.empty();
  if (!setup || dismissed_) return {};
  return std::move(setup->bytes);
}

std::optional<PathRange> WorkerLine::next() {
  using Clock = std::chrono::steady_clock;
  if (began_) {
    const double worked = std::chrono::duration<double>(Clock::now() - *began_).count();
    ranks_.send(0, to_bytes(Report{.kind = Report::Kind::done, .worked = worked}));
  }
  const std::optional<Message> message = ranks_.receive(stop_);
  if (!message) return {};
  const PathRange range = read_range(message->bytes);
  dismissed_ = range.paths() == 0;
  if (dismissed_) return {};
  began_ = Clock::now();
  return range;
}

void WorkerLine::send_part(std::string bytes) {
  ranks_.send(0, to_bytes(Report{.kind = Report::Kind::part, .bytes = std::move(bytes)}));
}

void WorkerLine::fail(int code) {
  ranks_.send(0, to_bytes(Report{.kind = Report::Kind::failed, .code = code}));
  const std::atomic<bool> never{false};
  while (ranks_.receive(never)) continue;
}

}  // namespace moniac
