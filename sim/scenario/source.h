// Files as source texts.
#pragma once

#include <memory>
#include <string>

#include "sim/scenario/problem.h"

namespace moniac {

/// What the rows of tables may have, of all CSV files of a scenario: a world of 80 regions and 60 sectors takes 20 MB.
inline constexpr std::size_t max_table_bytes = std::size_t{32} << 20U;

/// A file with its path as name; at most a little more than it may have. Throws std::system_error when it cannot be
/// read.
std::shared_ptr<const SourceText> read_source(const std::string& path, std::size_t most_bytes = max_document_bytes);

/// A document that write_document wrote, which may hold the rows of tables.
std::shared_ptr<const SourceText> written_source(std::string name, std::string text);

/// `path` as seen from the folder of the file `from`; an absolute path stays.
std::string path_beside(const SourceText& from, const std::string& path);

/// read_source for a file that a scenario names: a problem at `place` when it cannot be read.
std::shared_ptr<const SourceText> read_named_source(const std::string& path, const Place& place, Problems& problems,
                                                    std::size_t most_bytes = max_document_bytes);

}  // namespace moniac
