#include "sim/mpi/shares.h"

#include <algorithm>

namespace moniac {

std::vector<PathRange> left_of(const PathRange& all, const std::vector<PathRange>& finished) {
  std::vector<PathRange> left;
  std::int64_t first = all.first;
  for (const PathRange& range : finished) {
    if (first < range.first) left.push_back({first, range.first});
    first = range.end;
  }
  if (first < all.end) left.push_back({first, all.end});
  return left;
}

Shares::Shares(std::vector<PathRange> todo, std::int64_t grain) : todo_(std::move(todo)), grain_(grain) {
  for (const PathRange& range : todo_) left_ += grains_in(range);
  std::reverse(todo_.begin(), todo_.end());
}

PathRange Shares::next(std::int64_t grains) {
  if (todo_.empty()) return {};
  PathRange& front = todo_.back();
  const PathRange share{front.first, std::min(front.first + grains * grain_, front.end)};
  front.first = share.end;
  if (front.paths() == 0) todo_.pop_back();
  left_ -= grains_in(share);
  return share;
}

std::int64_t fair_share(std::int64_t left, const Pace& pace) {
  const double round_seconds = pace.workers * pace.answer_seconds;  // of rank 0 for a share of each
  const auto in_seconds = [&](double seconds) { return static_cast<std::int64_t>(pace.rate * seconds); };
  const std::int64_t guided = left / (std::int64_t{4} * pace.workers);
  const std::int64_t wanted = std::min(in_seconds(std::max(0.5, 4 * round_seconds)), guided);
  return std::max({wanted, in_seconds(round_seconds), std::int64_t{pace.threads}});
}

}  // namespace moniac
