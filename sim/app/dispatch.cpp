#include "sim/app/dispatch.h"

#include <memory>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/failure.h"
#include "sim/app/ranks_work.h"

namespace moniac {

namespace {

using Command = int (*)(const Options&, const Catalogue&, Streams&);

Command command_named(const std::string& name) {
  if (name == "merge") return merge_command;
  if (name == "compare") return compare_command;
  if (name == "attribute") return attribute_command;
  if (name == "claims") return claims_command;
  if (name == "hindcast") return hindcast_command;
  if (name == "score") return score_command;
  if (name == "reweight") return reweight_command;
  if (name == "mix") return mix_command;
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

// With the other ranks that mpirun started, if it did.
int simulate(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const auto command = options.command == "run" ? run_command : sweep_command;
  const std::unique_ptr<Ranks> ranks = join_ranks(options);
  if (!ranks) return command(options, catalogue, streams, nullptr);
  if (ranks->rank() > 0) {
    work_for_rank_0(*ranks, options, catalogue, streams);
    return exit_ok;
  }
  Foreman foreman(*ranks);
  const int code = told(streams, [&] {
    require_equal_ranks(foreman, options);
    return command(options, catalogue, streams, &foreman);
  });
  streams.out.flush();
  foreman.dismiss(code);
  return code;
}

int execute(const std::vector<std::string>& words, const Catalogue& catalogue, Streams& streams) {
  Options options = parse_options(words);
  if (options.help) {
    options.arguments = {options.command};
    options.command = "help";
  }
  if (options.command == "run" || options.command == "sweep") return simulate(options, catalogue, streams);
  return command_named(options.command)(options, catalogue, streams);
}

}  // namespace

int dispatch(const std::vector<std::string>& words, const Catalogue& catalogue, Streams& streams) {
  return told(streams, [&] { return execute(words, catalogue, streams); });
}

}  // namespace moniac
