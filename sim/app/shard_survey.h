// The shards beside a result file, before they are joined.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/app/shard_record.h"
#include "sim/output/parts_folder.h"

namespace moniac {

/// Shards that are a whole run or sweep together, locked against other processes.
struct WholeShards {
  struct Folder {
    std::unique_ptr<PartsFolder> folder;
    PartsStock stock;
  };
  ShardRecord record;  ///< of the first
  std::int64_t count = 0;
  std::vector<Folder> folders;
};

/// Throws ProgramError that names every shard in the way: 73 when shards are of several runs or are being written, 65
/// when some are missing or not whole, 66 when there are none. Changes nothing on the disk.
WholeShards find_whole_shards(const std::string& output);

}  // namespace moniac
