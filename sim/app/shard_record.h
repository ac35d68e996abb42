// What a shard says of the run that it is a share of, so that shards can be joined without anything else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/app/stored_run.h"
#include "sim/output/part.h"
#include "sim/results/shard.h"
#include "sim/scenario/scenario.h"

namespace moniac {

struct ShardRecord {
  PartHashes hashes;
  StoredRun run;  ///< what the result will say of how it was made

  bool is_sweep() const { return run.cases.has_value(); }
  /// Of its paths, or of its cases when it is a sweep.
  PathRange share(const Shard& shard) const {
    return run.cases ? share_of(shard, *run.cases) : share_of_paths(shard, run.paths);
  }
};

/// The scenario that the run resolved to; the record is of this build.
Scenario scenario_of(const ShardRecord& record);

/// As bytes, with a mark and a SHA-256, and back. Throws PartError unless every byte is as it was written.
std::string record_bytes(const ShardRecord& record);
ShardRecord read_shard_record(std::string_view bytes);

}  // namespace moniac
