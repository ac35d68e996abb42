// Recorded paths on their way into a result file.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace moniac {

/// Where the writer of a result finds the recorded paths of the run, unit by unit.
class PathSource {
 public:
  virtual ~PathSource() = default;
  /// Calls take(variable, first path, bytes of encode_paths) for each unit in order of path and each recorded variable.
  using Take = std::function<void(std::size_t recorded, std::int64_t first, std::string_view encoded)>;
  virtual void visit(const Take& take) const = 0;
};

}  // namespace moniac
