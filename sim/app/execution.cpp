#include "sim/app/execution.h"

#include <fmt/format.h>

#include <filesystem>

#include "sim/app/signals.h"
#include "sim/app/text.h"
#include "sim/app/version.h"

namespace moniac {

Execution execution_of(const Options& options) {
  Execution execution;
  execution.kernels = &chosen_kernels();
  execution.threads = options.threads;
  execution.block = options.block;
#ifndef NDEBUG
  execution.poison = true;
#endif
  execution.stop = &stop_requested();
  return execution;
}

KeptPaths kept_paths(const Plan& plan) {
  return {.recorded = {plan.kept_paths, plan.single_precision}, .logged = plan.logged_paths};
}

JournalSetup journal_setup(const Plan& plan, const PartsPlace& place, const PartHashes& hashes) {
  return {.place = place, .hashes = hashes, .kept = kept_paths(plan), .exact = plan.exact_quantiles};
}

std::string written_text(std::int64_t paths, double seconds, const std::string& path) {
  return fmt::format("{} in {} ({}); {} in {}\n", counted(paths, "path"), duration_text(seconds),
                     rate_text(static_cast<double>(paths) / seconds),
                     bytes_text(static_cast<double>(std::filesystem::file_size(path))), path);
}

}  // namespace moniac
