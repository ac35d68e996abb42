// moniac verify: whether result files still are what was written.
#include "sim/output/verify.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
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

// Exit code of one file; its problems go to stderr.
int verify(const std::string& path, const Options& options, const Catalogue& catalogue, Streams& streams) {
  const auto fail = [&](int code, const char* what) {
    streams.err << "moniac: " << printable(what) << "\n";
    return code;
  };
  try {
    streams.out << printable(isolated(path, [&] { return verdict_text(path); })) << std::flush;
    if (options.rerun == 0) return exit_ok;
    const std::string found = resimulated(path, options.rerun, catalogue);
    streams.out << "   " << found << "\n";
    return exit_ok;
  } catch (const ScenarioError& error) {
    return fail(exit_bad_data, error.what());
  } catch (const FormatError& error) {
    return fail(exit_bad_data, error.what());
  } catch (const OutputError& error) {
    return fail(exit_io, error.what());
  } catch (const ProgramError& error) {
    streams.err << error.what() << "\n";
    return error.code();
  }
}

}  // namespace

int verify_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  int worst = exit_ok;
  for (const std::string& path : options.arguments) worst = std::max(worst, verify(path, options, catalogue, streams));
  return worst;
}

}  // namespace moniac
