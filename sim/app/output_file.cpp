#include "sim/app/output_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "sim/app/exit_code.h"
#include "sim/output/replacement.h"
#include "sim/output/results_file.h"

namespace moniac {

namespace fs = std::filesystem;

std::string output_path(const Options& options) {
  if (options.output) return *options.output;
  return fs::path(options.arguments.front()).filename().replace_extension(".h5").string();
}

std::string invalid_path(const std::string& path) {
  return fs::path(path).replace_extension(".invalid.h5").string();
}

void check_free(const std::string& path, const Options& options, std::string_view consequence) {
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(path, ignored)) && !options.force) {
    throw ProgramError(exit_refused, fmt::format("moniac: {} is there already{}\n   replace it with --force, or give "
                                                 "another file{}",
                                                 path, consequence, options.command == "merge" ? "" : " with -o"));
  }
}

void check_not_there(const std::string& path, const Options& options, std::string_view input,
                     std::string_view consequence) {
  const bool is_input = std::any_of(options.arguments.begin(), options.arguments.end(), [&](const std::string& given) {
    std::error_code ignored;
    return fs::equivalent(path, given, ignored);
  });
  if (is_input) {
    throw ProgramError(exit_usage, fmt::format("moniac: {} is the {}; give another file with -o", path, input));
  }
  check_free(path, options, consequence);
}

void check_writable(const std::string& path) {
  try {
    const Replacement probe(path);
  } catch (const std::system_error& error) {
    throw ProgramError(exit_io,
                       fmt::format("moniac: cannot write {}: {}; nothing was run", path, error.code().message()));
  }
}

void check_output(const std::string& path, const Options& options) {
  check_not_there(path, options, "scenario", "; nothing was run");
  check_writable(path);
}

bool names_hdf5(const std::string& path) {
  return path.ends_with(".h5");
}

void write_text(const std::string& path, const std::string& text) {
  try {
    Replacement replacement(path);
    replacement.write(text);
    replacement.commit();
  } catch (const std::system_error& error) {
    throw OutputError(fmt::format("cannot write {}: {}", path, error.code().message()));
  }
}

}  // namespace moniac
