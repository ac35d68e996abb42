#include "sim/mpi/foreman.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "sim/mpi/report.h"

namespace moniac {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

}  // namespace

RankFailed::RankFailed(int rank, int code)
    : std::runtime_error(code == worker_interrupted ? fmt::format("rank {} was interrupted", rank)
                                                    : fmt::format("rank {} failed with exit code {}", rank, code)),
      code_(code) {}

std::vector<std::string> Foreman::roll_call() {
  const std::atomic<bool> never{false};
  const auto count = static_cast<std::size_t>(ranks_.count());
  std::vector<std::string> identities(count);
  workers_.resize(count);
  for (std::size_t heard = 1; heard < count; ++heard) {
    const Message message = *ranks_.receive(never);
    Report report = read_report(message.bytes);
    identities[static_cast<std::size_t>(message.from)] = std::move(report.bytes);
    workers_[static_cast<std::size_t>(message.from)].threads = report.threads;
  }
  effort_.workers = ranks_.count() - 1;
  return identities;
}

bool Foreman::hand_out(const Assignment& assignment, const std::function<void(std::string_view)>& take,
                       const std::function<void(std::int64_t)>& progress, const std::atomic<bool>& stop) {
  at_work_ = true;
  const Clock::time_point began = Clock::now();
  give_all(assignment.setup);
  Shares shares(assignment.todo, assignment.grain);
  effort_.grains = shares.left();
  for (int rank = 1; rank < ranks_.count(); ++rank) give(rank, shares);
  const auto busy = [](const Worker& worker) { return !worker.in_hand.empty(); };
  std::int64_t done = 0;
  while (std::any_of(workers_.begin(), workers_.end(), busy)) {
    const std::optional<Message> message = ranks_.receive(stop);
    if (!message) return false;
    const Clock::time_point came = Clock::now();
    if (const std::int64_t numbers = heed(*message, shares, take); numbers > 0) progress(done += numbers);
    effort_.took += seconds_since(came);
  }
  effort_.seconds = seconds_since(began);
  give_all(to_bytes(PathRange{}));
  at_work_ = false;
  dismissed_ = true;
  return true;
}

std::int64_t Foreman::heed(const Message& message, Shares& shares, const std::function<void(std::string_view)>& take) {
  effort_.bytes += static_cast<std::int64_t>(message.bytes.size());
  const Report report = read_report(message.bytes);
  if (report.kind == Report::Kind::failed) throw RankFailed(message.from, report.code);
  if (report.kind == Report::Kind::part) {
    take(report.bytes);
    return 0;
  }
  Worker& worker = workers_[static_cast<std::size_t>(message.from)];
  const PathRange range = worker.in_hand.front();
  worker.in_hand.erase(worker.in_hand.begin());
  worker.rate = static_cast<double>(shares.grains_in(range)) / std::max(report.worked, 1e-6);
  effort_.worked += report.worked;
  ++effort_.shares;
  // From the second on two, so that nobody waits for an answer.
  while (shares.left() > 0 && worker.in_hand.size() < 2) give(message.from, shares);
  return range.paths();
}

void Foreman::give(int rank, Shares& shares) {
  Worker& worker = workers_[static_cast<std::size_t>(rank)];
  const Pace pace{.workers = effort_.workers,
                  .threads = worker.threads,
                  .rate = worker.rate,
                  .answer_seconds = effort_.took / static_cast<double>(std::max<std::int64_t>(effort_.shares, 1))};
  const PathRange range = shares.next(fair_share(shares.left(), pace));
  if (range.paths() == 0) return;
  worker.in_hand.push_back(range);
  ranks_.send(rank, to_bytes(range));
}

void Foreman::give_all(const std::string& bytes) {
  for (int rank = 1; rank < ranks_.count(); ++rank) ranks_.send(rank, bytes);
}

void Foreman::dismiss(int code) {
  if (at_work_) ranks_.abort(code);
  if (!dismissed_) give_all({});
  dismissed_ = true;
}

}  // namespace moniac
