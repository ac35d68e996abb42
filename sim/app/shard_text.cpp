#include "sim/app/shard_text.h"

#include <fmt/format.h>

#include "sim/app/provenance.h"
#include "sim/app/text.h"

namespace moniac {

std::string shard_name(const Shard& shard) {
  return fmt::format("{} of {}", shard.index, shard.count);
}

std::string shard_text(const Shard& shard, const std::string& what, double seconds, const std::string& folder,
                       const std::string& output) {
  return fmt::format("shard {}: {} in {}, saved in {}\n   when all {} are there: moniac merge {}\n", shard_name(shard),
                     what, duration_text(seconds), folder, counted(shard.count, "shard"), shell_word(output));
}

std::string no_work_text(const Shard& shard, const std::string& pieces) {
  return fmt::format("shard {} has nothing to do: {} in all\n", shard_name(shard), pieces);
}

}  // namespace moniac
