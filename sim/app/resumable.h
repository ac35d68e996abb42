// Work whose finished parts outlive the program.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sim/app/options.h"
#include "sim/app/streams.h"
#include "sim/output/run_parts.h"

namespace moniac {

/// What of a run or sweep, or of a shard of it, is on the disk.
struct Saved {
  std::int64_t count = 0;
  std::int64_t all = 0;
  std::string of;  ///< "paths"
  std::string folder;
};

/// What is in a folder of parts, of a share of paths or cases.
Saved saved_in(const RunParts& parts, const PathRange& share, const std::string& of);

/// "3,155,968 of 20,000,000 paths are in big.h5.parts".
std::string saved_text(const Saved& saved);

/// Says what an earlier attempt saved and returns what `action` does. When that is interrupted, or the disk refuses,
/// and something is saved, says so and that the same command goes on: exit 75, or an OutputError.
int resumable(const std::function<Saved()>& saved, const Options& options, Streams& streams,
              const std::function<int()>& action);

}  // namespace moniac
