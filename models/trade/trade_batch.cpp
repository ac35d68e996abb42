#include "models/trade/trade_batch.h"

namespace moniac {

// Lanes beyond the last case repeat the first.
void TradeBatch::solve(std::span<const Case> cases) {
  if (cases.empty()) return;
  const auto in_lane = [&](std::size_t lane) -> const Case& { return cases[lane < cases.size() ? lane : 0]; };
  const bool given = cases.front().wage != nullptr;
  for (std::size_t lane = 0; lane < size; ++lane) point_.set_policy(lane, *in_lane(lane).policy, in_lane(lane).share);
  point_.begin(given);
  for (std::size_t lane = 0; lane < size && given; ++lane)
    point_.set_given(lane, in_lane(lane).wage, in_lane(lane).spending);
  const auto ends = sweep_.run(point_);
  for (std::size_t lane = 0; lane < cases.size(); ++lane) {
    const Case& one = cases[lane];
    if (!ends[lane].converged) {
      *one.result = solver_.find(*one.policy, one.share, one.wage, one.spending);
      continue;
    }
    point_.read(lane, *one.result);
    one.result->converged = true;
    one.result->iterations = ends[lane].sweeps;
  }
}

}  // namespace moniac
