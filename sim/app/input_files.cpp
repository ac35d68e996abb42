#include "sim/app/input_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "sim/app/exit_code.h"
#include "sim/output/results_file.h"

namespace moniac {

void cannot_read(const std::string& path, const std::string& cause) {
  throw ProgramError(exit_no_input, fmt::format("moniac: cannot read {}: {}", path, cause));
}

void require_readable(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) cannot_read(path, std::generic_category().message(errno));
  ::close(file);
  if (!std::filesystem::is_regular_file(path)) cannot_read(path, "not a regular file");
}

Scenario load_scenario(const std::string& path, const Options& options, Problems& problems) {
  return reading(path, [&] { return read_scenario(path, overrides(options), problems); });
}

Plan load_plan(const std::string& path, const Options& options, const Catalogue& catalogue) {
  Problems problems;
  const Scenario scenario = load_scenario(path, options, problems);
  return Plan::make(scenario, catalogue, problems);
}

Results load_results(const std::string& path) {
  require_readable(path);
  return read_results(path);
}

}  // namespace moniac
