// Replacing a file as a whole: what stands at a path is the old file or the complete new one, never a part.
#pragma once

#include <string>
#include <string_view>

namespace moniac {

/// A file that is being written beside `path`. `commit` puts it in the place of `path`; without it the destructor
/// removes it. Errors are std::system_error with the cause.
class Replacement {
 public:
  /// Creates the temporary file, empty, in the folder of `path` (of its target if it is a symbolic link). Refuses a
  /// `path` that is there and not a regular file, such as a device.
  explicit Replacement(const std::string& path);
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement();

  const std::string& temporary() const { return temporary_; }

  /// Makes `bytes` the contents of the temporary file.
  void write(std::string_view bytes) const;

  /// Syncs the temporary file, renames it to `path`, and syncs the folder.
  void commit();

 private:
  std::string path_;
  std::string temporary_;
  bool committed_ = false;
};

/// Removes the temporary files that writers of `path` left when they were killed. For who knows that nobody writes it.
void remove_abandoned(const std::string& path);

}  // namespace moniac
