// Files as source texts.
#pragma once

#include <memory>
#include <string>

#include "sim/scenario/problem.h"

namespace moniac {

/// A file with its path as name; at most a little more than what a document may have. Throws std::system_error when it
/// cannot be read.
std::shared_ptr<const SourceText> read_source(const std::string& path);

/// `path` as seen from the folder of the file `from`; an absolute path stays.
std::string path_beside(const SourceText& from, const std::string& path);

/// read_source for a file that a scenario names: a problem at `place` when it cannot be read.
std::shared_ptr<const SourceText> read_named_source(const std::string& path, const Place& place, Problems& problems);

}  // namespace moniac
