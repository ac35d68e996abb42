// moniac verify: whether result files still are what was written.
#include "sim/output/verify.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/failure.h"
#include "sim/app/input_files.h"
#include "sim/app/isolated.h"
#include "sim/app/resimulate.h"
#include "sim/app/text.h"
#include "sim/output/results_file.h"

namespace moniac {

namespace {

// One line when all is well; else what differs, as the exception that ends with 65.
std::string verdict_text(const std::string& path) {
  require_readable(path);
  const Verification found = verify_results(path);
  if (found.differences.empty()) return fmt::format("{}: ok (content_sha256 {})\n", path, found.content_hash);
  throw FormatError(fmt::format("{} is not what was written:\n   {}", path, fmt::join(found.differences, "\n   ")));
}

int verify(const std::string& path, const Options& options, const Catalogue& catalogue, Streams& streams) {
  streams.out << printable(isolated(path, [&] { return verdict_text(path); })) << std::flush;
  if (options.rerun == 0) return exit_ok;
  const std::string found = resimulated(path, options.rerun, catalogue);
  streams.out << "   " << found << "\n";
  return exit_ok;
}

}  // namespace

int verify_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  int worst = exit_ok;
  for (const std::string& path : options.arguments)
    worst = std::max(worst, reported(streams, [&] { return verify(path, options, catalogue, streams); }));
  return worst;
}

}  // namespace moniac
