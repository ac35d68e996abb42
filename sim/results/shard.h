// A share of a run or a sweep that a process of its own works on.
#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/results/range_summary.h"

namespace moniac {

/// Number `index` of `count` shares, from 0.
struct Shard {
  std::int64_t index = 0;
  std::int64_t count = 1;

  bool operator==(const Shard&) const = default;
};

/// Of things 0 … all - 1, which cannot be divided: neighbours, and as many as in any other shard or one more or fewer.
/// The shares of all shards, in order, are everything.
inline PathRange share_of(const Shard& shard, std::int64_t all) {
  return {all * shard.index / shard.count, all * (shard.index + 1) / shard.count};
}

/// Units of work in a run.
inline std::int64_t unit_count(std::int64_t paths) {
  return (paths + unit_paths - 1) / unit_paths;
}

/// Of the paths of a run: whole units of work.
inline PathRange share_of_paths(const Shard& shard, std::int64_t paths) {
  const PathRange units = share_of(shard, unit_count(paths));
  return {std::min(units.first * unit_paths, paths), std::min(units.end * unit_paths, paths)};
}

}  // namespace moniac
