// moniac describe: a model, one of its declarations, or a variable.
#include <fmt/format.h>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/reference.h"
#include "sim/scenario/problem.h"

namespace moniac {

namespace {

[[noreturn]] void unknown(const std::string& name, const std::vector<std::string>& known) {
  const auto near = closest(name, known);
  throw ProgramError(exit_usage,
                     fmt::format("moniac describe: no model, parameter or variable is named {}; {}", in_quotes(name),
                                 near ? "did you mean '" + *near + "'?" : "moniac list names the models"));
}

}  // namespace

int describe_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string& name = options.arguments.front();
  if (options.markdown) {
    const ModelType* type = catalogue.find(name);
    if (!type) unknown(name, catalogue.names());
    streams.out << model_markdown(*type);
    return exit_ok;
  }
  const auto text = describe_text(catalogue, name);
  if (!text) unknown(name, described_names(catalogue));
  streams.out << *text;
  return exit_ok;
}

}  // namespace moniac
