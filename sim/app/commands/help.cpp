// moniac help: one screen for the program, one for each command.
#include <fmt/format.h>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/text.h"
#include "sim/scenario/problem.h"

namespace moniac {

namespace {

std::string program_help() {
  TextTable table("ll");
  for (const CommandSpec& command : commands()) {
    table.add({std::string(command.name), std::string(command.summary)});
  }
  return "moniac turns a scenario in YAML into an ensemble of stochastic economic paths and\n"
         "writes a self-describing result file.\n\nusage: moniac COMMAND [OPTIONS]\n\n" +
         table.text(2) + "\nmoniac help COMMAND tells more.\n";
}

std::string option_names(const OptionSpec& option) {
  const std::string letter = option.letter ? fmt::format("-{}, ", option.letter) : "    ";
  return fmt::format("{}--{}{}{}", letter, option.name, option.value.empty() ? "" : " ", option.value);
}

std::string command_help(const CommandSpec& command) {
  TextTable table("ll");
  for (const std::string_view name : command.options) {
    const OptionSpec& option = option_spec(name);
    table.add({option_names(option), std::string(option.text)});
  }
  std::string text = fmt::format("usage: moniac {}{}{}{}\n\n{}\n", command.name, table.empty() ? "" : " [OPTIONS]",
                                 command.arguments.empty() ? "" : " ", command.arguments, command.summary);
  if (!table.empty()) text += "\n" + table.text(2);
  if (!command.notes.empty()) text += "\n" + std::string(command.notes);
  return text;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandSpec& command : commands()) names.emplace_back(command.name);
  return names;
}

}  // namespace

int help_command(const Options& options, const Catalogue&, Streams& streams) {
  if (options.arguments.empty()) {
    streams.out << program_help();
    return exit_ok;
  }
  const std::string& name = options.arguments.front();
  const CommandSpec* command = find_command(name);
  if (!command) {
    throw ProgramError(exit_usage, fmt::format("moniac help: unknown command {}; {}", in_quotes(name),
                                               suggestion(name, command_names())));
  }
  streams.out << command_help(*command);
  return exit_ok;
}

}  // namespace moniac
