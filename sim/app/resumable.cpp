#include "sim/app/resumable.h"

#include <fmt/format.h>

#include <string_view>

#include "sim/app/exit_code.h"
#include "sim/app/provenance.h"
#include "sim/app/text.h"
#include "sim/engine/ensemble.h"
#include "sim/mpi/foreman.h"
#include "sim/output/results_file.h"

namespace moniac {

Saved saved_in(const RunParts& parts, const PathRange& share, const std::string& of) {
  return {.count = parts.total(), .all = share.paths(), .of = of, .folder = parts.folder()};
}

std::string saved_text(const Saved& saved) {
  return fmt::format("{} of {} {} are in {}", grouped(saved.count), grouped(saved.all), saved.of, saved.folder);
}

int resumable(const std::function<Saved()>& saved, const Options& options, Streams& streams,
              const std::function<int()>& action) {
  if (saved().count > 0 && !options.quiet) streams.err << fmt::format("going on: {}\n", saved_text(saved()));
  const auto interrupted = [&](std::string_view cause) {
    streams.err << fmt::format("moniac: {}; {}\n   to go on: {}\n", cause, saved_text(saved()),
                               resume_command(options));
    return exit_resumable;
  };
  try {
    return action();
  } catch (const Interrupted&) {
    if (saved().count == 0) throw;
    return interrupted("interrupted");
  } catch (const RankFailed& error) {
    if (saved().count == 0)
      throw ProgramError(error.code(), fmt::format("moniac: {}; nothing was saved", error.what()));
    interrupted(error.what());
    return error.code();
  } catch (const OutputError& error) {
    if (saved().count == 0) throw;
    throw OutputError(fmt::format("{}; {}, and the same command goes on", error.what(), saved_text(saved())));
  }
}

}  // namespace moniac
