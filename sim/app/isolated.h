// Files of others, read where a crash does no harm.
#pragma once

#include <functional>
#include <string>

namespace moniac {

/// What `read` returns, run in a child process with a limit on time and memory that grows with the file at `path`.
/// HDF5 1.10 can crash or loop on a damaged file; that then ends the child, and this throws FormatError. Exceptions of
/// `read` are thrown here again: FormatError, OutputError, ProgramError. A signal that stops the program stops the
/// child and throws Interrupted.
std::string isolated(const std::string& path, const std::function<std::string()>& read);

}  // namespace moniac
