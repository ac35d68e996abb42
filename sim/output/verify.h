// Whether a result file still is what was written.
#pragma once

#include <string>
#include <vector>

namespace moniac {

struct Verification {
  std::string content_hash;              ///< recomputed from the contents
  std::vector<std::string> differences;  ///< "/us_y10_mean: data differ"; empty when all is as it was written
};

/// Recomputes every hash of the result at `path` from its contents, in constant memory. Throws FormatError when the
/// file is damaged so that it cannot be read, or was written without hashes (format 1.0), and OutputError.
Verification verify_results(const std::string& path);

/// What the file says its content hash is; empty when it was written by format 1.0.
std::string stated_content_hash(const std::string& path);

}  // namespace moniac
