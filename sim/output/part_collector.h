// Parts that other processes made, on their way to the disk.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "sim/output/part.h"
#include "sim/output/pending_part.h"
#include "sim/output/run_parts.h"

namespace moniac {

/// Collects parts in any order and writes them, neighbours joined, when two seconds have passed or 32 MB wait. `P`:
/// Part or CasePart. What was not flushed is lost with this object.
template <class P>
class PartCollector {
 public:
  explicit PartCollector(RunParts& parts) : parts_(parts) {}

  /// Takes the bytes of a part. Throws PartError unless every byte is as it was written, std::logic_error when the part
  /// is of another run, and OutputError.
  void add(std::string_view bytes);
  /// Secures what was added. Throws OutputError.
  void flush();

 private:
  RunParts& parts_;
  std::map<std::int64_t, P> waiting_;  ///< by the first number of its range
  std::size_t bytes_ = 0;
  PartTimer timer_;
};

extern template class PartCollector<Part>;
extern template class PartCollector<CasePart>;

}  // namespace moniac
