#include "sim/app/failure.h"

#include <fmt/format.h>

#include <new>
#include <string>

#include "sim/app/exit_code.h"
#include "sim/app/signals.h"
#include "sim/app/text.h"
#include "sim/engine/ensemble.h"
#include "sim/output/parts_folder.h"
#include "sim/output/results_file.h"
#include "sim/scenario/problem.h"

namespace moniac {

namespace {

int fail(Streams& streams, int code, const std::string& message) {
  streams.err << message << "\n";
  return code;
}

std::string bug_text(const char* what) {
  return fmt::format("moniac: {}\n   this is a mistake of the program: please report it with the command and the files",
                     what);
}

}  // namespace

int reported(Streams& streams, const std::function<int()>& action) {
  try {
    return action();
  } catch (const ProgramError& error) {
    return fail(streams, error.code(), error.what());
  } catch (const ScenarioError& error) {
    return fail(streams, exit_bad_data, error.what());
  } catch (const FormatError& error) {
    return fail(streams, exit_bad_data, "moniac: " + printable(error.what()));
  } catch (const OutputError& error) {
    return fail(streams, exit_io, "moniac: " + printable(error.what()));
  }
}

int told(Streams& streams, const std::function<int()>& action) {
  try {
    return reported(streams, action);
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
