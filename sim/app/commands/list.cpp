// moniac list: the models there are.
#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/reference.h"

namespace moniac {

int list_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  streams.out << (options.markdown ? list_markdown(catalogue) : list_text(catalogue));
  return exit_ok;
}

}  // namespace moniac
