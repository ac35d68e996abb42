// What a shard says when it ends.
#pragma once

#include <string>

#include "sim/results/shard.h"

namespace moniac {

/// "2 of 7".
std::string shard_name(const Shard& shard);

/// That `what` ("4,096 paths") of the shard are in `folder`, and what makes a result of all of them.
std::string shard_text(const Shard& shard, const std::string& what, double seconds, const std::string& folder,
                       const std::string& output);

/// That a shard has nothing to do, because there are only so many `pieces` ("5 units of work").
std::string no_work_text(const Shard& shard, const std::string& pieces);

}  // namespace moniac
