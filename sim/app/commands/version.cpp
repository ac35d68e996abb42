// moniac version: which program this is.
#include "sim/app/version.h"

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/text.h"

namespace moniac {

int version_command(const Options&, const Catalogue&, Streams& streams) {
  TextTable table("ll");
  table.add({"built by", build_text()});
  table.add({"kernels", std::string(chosen_kernels().name) + " (of " + kernel_levels() + ")"});
  table.add({"libraries", libraries_text()});
  streams.out << version_text() << "\n" << table.text();
  return exit_ok;
}

}  // namespace moniac
