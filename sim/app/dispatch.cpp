#include "sim/app/dispatch.h"

#include <fmt/format.h>

#include <new>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/failure.h"
#include "sim/app/signals.h"
#include "sim/engine/ensemble.h"
#include "sim/output/parts_folder.h"

namespace moniac {

namespace {

using Command = int (*)(const Options&, const Catalogue&, Streams&);

Command command_named(const std::string& name) {
  if (name == "run") return run_command;
  if (name == "sweep") return sweep_command;
  if (name == "merge") return merge_command;
  if (name == "compare") return compare_command;
  if (name == "attribute") return attribute_command;
  if (name == "score") return score_command;
  if (name == "validate") return validate_command;
  if (name == "plan") return plan_command;
  if (name == "list") return list_command;
  if (name == "describe") return describe_command;
  if (name == "schema") return schema_command;
  if (name == "info") return info_command;
  if (name == "verify") return verify_command;
  if (name == "rerun") return rerun_command;
  if (name == "export") return export_command;
  if (name == "version") return version_command;
  return help_command;
}

int execute(const std::vector<std::string>& words, const Catalogue& catalogue, Streams& streams) {
  Options options = parse_options(words);
  if (options.help) {
    options.arguments = {options.command};
    options.command = "help";
  }
  return command_named(options.command)(options, catalogue, streams);
}

int fail(Streams& streams, int code, const std::string& message) {
  streams.err << message << "\n";
  return code;
}

std::string bug_text(const char* what) {
  return fmt::format("moniac: {}\n   this is a mistake of the program: please report it with the command and the files",
                     what);
}

}  // namespace

int dispatch(const std::vector<std::string>& words, const Catalogue& catalogue, Streams& streams) {
  try {
    return reported(streams, [&] { return execute(words, catalogue, streams); });
  } catch (const Interrupted&) {
    return fail(streams, exit_signal + caught_signal(), "moniac: interrupted; nothing was written");
  } catch (const PartsConflict& error) {
    return fail(streams, exit_refused,
                fmt::format("moniac: {}; nothing was run\n   discard them with --restart, or give another file with -o",
                            error.what()));
  } catch (const std::bad_alloc&) {
    return fail(streams, exit_io, "moniac: not enough memory; fewer threads (-j) or recorded variables take less");
  } catch (const std::exception& error) {
    return fail(streams, exit_bug, bug_text(error.what()));
  }
}

}  // namespace moniac
