// The command line: commands, their options, and what the user gave. options.cpp is the only user of
// Boost.Program_options.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/results/shard.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// One option as help prints it and the parser knows it.
struct OptionSpec {
  std::string_view name;   ///< "output"
  char letter = 0;         ///< 'o'; 0 when there is none
  std::string_view value;  ///< "FILE"; empty for a switch
  std::string_view text;
  bool repeatable = false;
};

/// One command as help prints it and the parser knows it.
struct CommandSpec {
  std::string_view name;
  std::string_view arguments;  ///< "SCENARIO"
  int least = 0;               ///< number of arguments
  int most = 0;                ///< -1: any number
  std::string_view summary;
  std::vector<std::string_view> options;
  std::string_view notes;  ///< below the options: examples, files, exit codes
};

const std::vector<CommandSpec>& commands();
/// Null when there is no such command.
const CommandSpec* find_command(std::string_view name);
const OptionSpec& option_spec(std::string_view name);

enum class ProgressMode { automatic, always, never, json };

/// What the user asked for.
struct Options {
  std::string command;
  std::vector<std::string> words;  ///< the whole command line as typed
  std::vector<std::string> arguments;
  std::optional<std::string> output;
  bool force = false;
  bool restart = false;
  std::optional<Shard> shard;
  bool extend = false;
  bool keep_parts = false;
  bool check_effects = false;
  int rerun = 0;                        ///< random paths to simulate again
  std::optional<std::int64_t> path;     ///< to simulate again
  std::optional<std::int64_t> of_case;  ///< of a sweep
  bool failed = false;                  ///< all paths that failed
  bool trace = false;
  int threads = 0;  ///< 0: one per core
  int block = 0;
  std::optional<std::string> paths;
  std::optional<std::string> seed;
  std::vector<std::string> set;     ///< as typed: "us.policy_rate.phi_pi=1.8"
  std::vector<std::string> groups;  ///< as typed: "tariffs=levers.trade,events"
  std::optional<std::string> only;  ///< the claim with this number, the hindcast of this name
  bool dry_run = false;
  bool drift = false;
  bool quiet = false;
  bool verbose = false;
  ProgressMode progress = ProgressMode::automatic;
  bool markdown = false;
  bool csv = false;
  bool outcomes = false;
  bool help = false;
};

/// Reads the command line without the program's name. Throws ProgramError (64) with the mistake and a suggestion.
Options parse_options(const std::vector<std::string>& words);

/// --set, --paths and --seed as overrides for the reader, which then reports their mistakes like the file's.
std::vector<Override> overrides(const Options& options);

}  // namespace moniac
