#include "sim/app/program.h"

#include <poll.h>
#include <unistd.h>

#include <iostream>

#include "models/catalogue.h"
#include "sim/app/dispatch.h"
#include "sim/app/exit_code.h"
#include "sim/app/signals.h"
#include "sim/output/results_file.h"

namespace moniac {

namespace {

// Whether nobody reads the pipe any more, as after `| head`, which has what it wants.
bool reader_is_gone() {
  pollfd output{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
  return poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0;
}

}  // namespace

int program(int argc, char** argv) {
  prepare_hdf5();
  watch_signals();
  Streams streams{std::cout, std::cerr, isatty(STDERR_FILENO) == 1};
  const int code = dispatch({argv + 1, argv + argc}, Catalogue(model_types()), streams);
  if (std::cout.flush() || code != exit_ok || reader_is_gone()) return code;
  std::cerr << "moniac: cannot write to standard output\n";
  return exit_io;
}

}  // namespace moniac
