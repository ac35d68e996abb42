#include "sim/app/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <limits>
#include <set>

#include "sim/app/exit_code.h"
#include "sim/scenario/problem.h"

namespace moniac {

namespace po = boost::program_options;

namespace {

[[noreturn]] void refuse(const CommandSpec& command, const std::string& message) {
  throw ProgramError(exit_usage, fmt::format("moniac {0}: {1}\n   usage: moniac help {0}", command.name, message));
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandSpec& command : commands()) names.emplace_back(command.name);
  return names;
}

const CommandSpec& command_named(const std::string& name) {
  const CommandSpec* command = find_command(name);
  if (command) return *command;
  throw ProgramError(exit_usage,
                     fmt::format("moniac: unknown command {}; {}", in_quotes(name), suggestion(name, command_names())));
}

std::vector<std::string_view> option_names(const CommandSpec& command) {
  std::vector<std::string_view> names = command.options;
  names.emplace_back("help");
  return names;
}

po::options_description described(const CommandSpec& command) {
  po::options_description all;
  for (const std::string_view name : option_names(command)) {
    const OptionSpec& option = option_spec(name);
    std::string names(option.name);
    if (option.letter) names += fmt::format(",{}", option.letter);
    if (option.value.empty()) {
      all.add_options()(names.c_str(), "");
    } else {
      all.add_options()(names.c_str(), po::value<std::string>(), "");
    }
  }
  return all;
}

std::string unknown_option(const CommandSpec& command, const std::string& given) {
  std::vector<std::string> known;
  for (const std::string_view name : option_names(command)) known.push_back("--" + std::string(name));
  return fmt::format("unknown option {}; {}", in_quotes(given), suggestion(given, known));
}

// Every option as it stands on the command line; arguments have an empty key. No prefix of a name stands for it, so
// that a new option never changes what an old command line means.
std::vector<po::option> read(const CommandSpec& command, const std::vector<std::string>& words) {
  constexpr int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  const po::options_description known = described(command);
  try {
    return po::command_line_parser(words).options(known).style(style).run().options;
  } catch (const po::unknown_option& error) {
    refuse(command, unknown_option(command, error.get_option_name()));
  } catch (const po::error& error) {
    refuse(command, error.what());
  }
}

int whole_number(const CommandSpec& command, const OptionSpec& option, const std::string& text, int low, int high) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size() && number >= low && number <= high) return number;
  refuse(command,
         fmt::format("--{} needs a whole number from {} to {}, not {}", option.name, low, high, in_quotes(text)));
}

int block_size(const CommandSpec& command, const OptionSpec& option, const std::string& text) {
  const int lanes = whole_number(command, option, text, 64, 2048);
  if (lanes % 64 != 0) refuse(command, fmt::format("--block needs a multiple of 64, not {}", lanes));
  return lanes;
}

// "2/7".
Shard shard(const CommandSpec& command, const std::string& text) {
  constexpr std::int64_t most = 1000000;
  Shard shard{-1, 0};
  const char* const end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, shard.index);
  if (index.ec == std::errc{} && index.ptr != end && *index.ptr == '/') {
    const auto count = std::from_chars(index.ptr + 1, end, shard.count);
    const bool in_range = shard.index >= 0 && shard.index < shard.count && shard.count <= most;
    if (count.ec == std::errc{} && count.ptr == end && in_range) return shard;
  }
  refuse(command, fmt::format("--shard needs i/N with i from 0 to N - 1, such as 0/4, 1/4, 2/4 and 3/4, not {}",
                              in_quotes(text)));
}

void check_exclusive(const Options& options, const CommandSpec& command) {
  struct {
    bool given;
    const char* words;
  } const pairs[] = {{options.quiet && options.verbose, "--quiet and --verbose"},
                     {options.shard && options.extend, "--shard and --extend"},
                     {options.shard && options.dry_run, "--shard and --dry-run"},
                     {options.restart && options.extend, "--restart and --extend"}};
  for (const auto& pair : pairs) {
    if (pair.given) refuse(command, fmt::format("{} exclude each other", pair.words));
  }
}

ProgressMode progress_mode(const CommandSpec& command, const std::string& text) {
  const std::vector<std::string> words = {"auto", "always", "never", "json"};
  const auto found = std::find(words.begin(), words.end(), text);
  if (found == words.end()) {
    refuse(command, fmt::format("--progress needs auto, always, never or json, not {}", in_quotes(text)));
  }
  return static_cast<ProgressMode>(found - words.begin());
}

void take(Options& options, const CommandSpec& command, const OptionSpec& option, const std::string& value) {
  if (option.name == "output") options.output = value;
  if (option.name == "force") options.force = true;
  if (option.name == "restart") options.restart = true;
  if (option.name == "shard") options.shard = shard(command, value);
  if (option.name == "extend") options.extend = true;
  if (option.name == "keep-parts") options.keep_parts = true;
  if (option.name == "check-effects") options.check_effects = true;
  if (option.name == "rerun") options.rerun = whole_number(command, option, value, 1, 1000000);
  if (option.name == "path") options.path = whole_number(command, option, value, 0, std::numeric_limits<int>::max());
  if (option.name == "case") options.of_case = whole_number(command, option, value, 0, std::numeric_limits<int>::max());
  if (option.name == "failed") options.failed = true;
  if (option.name == "trace") options.trace = true;
  if (option.name == "threads") options.threads = whole_number(command, option, value, 1, 4096);
  if (option.name == "block") options.block = block_size(command, option, value);
  if (option.name == "paths") options.paths = value;
  if (option.name == "seed") options.seed = value;
  if (option.name == "set") options.set.push_back(value);
  if (option.name == "group") options.groups.push_back(value);
  if (option.name == "only") options.only = value;
  if (option.name == "dry-run") options.dry_run = true;
  if (option.name == "drift") options.drift = true;
  if (option.name == "quiet") options.quiet = true;
  if (option.name == "verbose") options.verbose = true;
  if (option.name == "progress") options.progress = progress_mode(command, value);
  if (option.name == "markdown") options.markdown = true;
  if (option.name == "csv") options.csv = true;
  if (option.name == "outcomes") options.outcomes = true;
  if (option.name == "help") options.help = true;
}

void take_all(Options& options, const CommandSpec& command, const std::vector<po::option>& given) {
  std::set<std::string> seen;
  for (const po::option& one : given) {
    if (one.string_key.empty()) {
      options.arguments.insert(options.arguments.end(), one.value.begin(), one.value.end());
      continue;
    }
    const OptionSpec& option = option_spec(one.string_key);
    if (!seen.insert(one.string_key).second && !option.repeatable) {
      refuse(command, fmt::format("--{} is given twice", option.name));
    }
    take(options, command, option, one.value.empty() ? "" : one.value.front());
  }
}

void check_count(const Options& options, const CommandSpec& command) {
  const int count = static_cast<int>(options.arguments.size());
  if (count < command.least) refuse(command, fmt::format("{} is missing", command.arguments));
  if (command.most >= 0 && count > command.most) {
    refuse(command,
           fmt::format("unexpected argument {}", in_quotes(options.arguments[static_cast<std::size_t>(command.most)])));
  }
}

}  // namespace

Options parse_options(const std::vector<std::string>& words) {
  if (words.empty()) throw ProgramError(exit_usage, "moniac: a command is missing\n   usage: moniac help");
  Options options;
  options.words = words;
  options.command = words.front();
  if (options.command == "--help" || options.command == "-h") options.command = "help";
  if (options.command == "--version") options.command = "version";
  const CommandSpec& command = command_named(options.command);
  take_all(options, command, read(command, {words.begin() + 1, words.end()}));
  if (!options.help) check_count(options, command);
  check_exclusive(options, command);
  return options;
}

std::vector<Override> overrides(const Options& options) {
  std::vector<Override> all;
  for (const std::string& text : options.set) all.push_back({text});
  if (options.paths) all.push_back({"ensemble.paths=" + *options.paths});
  if (options.seed) all.push_back({"ensemble.seed=" + *options.seed});
  return all;
}

}  // namespace moniac
