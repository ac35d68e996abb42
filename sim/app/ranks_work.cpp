#include "sim/app/ranks_work.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/failure.h"
#include "sim/app/provenance.h"
#include "sim/app/shard_record.h"
#include "sim/app/signals.h"
#include "sim/app/text.h"
#include "sim/app/version.h"
#include "sim/engine/cases.h"
#include "sim/mpi/worker.h"
#include "sim/output/part_stream.h"
#include "sim/study/sweep_sensitivity.h"
#include "sim/study/sweep_study.h"

namespace moniac {

namespace {

// Which program was asked for what: equal on all ranks. How each of them works may differ.
std::string task_of(const Options& options) {
  std::string task = fmt::format("{}: {} {}", version_text(), options.command, shell_word(options.arguments.front()));
  if (options.paths) task += " --paths " + shell_word(*options.paths);
  if (options.seed) task += " --seed " + shell_word(*options.seed);
  for (const std::string& setting : options.set) task += " --set " + shell_word(setting);
  if (options.shard) task += fmt::format(" --shard {}/{}", options.shard->index, options.shard->count);
  return task;
}

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

// Host and task, as a worker sends them.
constexpr char separator = '\n';

std::string identity_of(const Options& options) {
  return host_name() + separator + task_of(options);
}

void simulate_run(const ShardRecord& record, const Catalogue& catalogue, const Execution& how, WorkerLine& line) {
  const Plan plan = Plan::make(scenario_of(record), catalogue);
  PartStream parts(kept_paths(plan), record.hashes, [&](std::string bytes) { line.send_part(std::move(bytes)); });
  Execution execution = how;
  execution.journal = &parts;
  run_shares(
      plan, [&] { return line.next(); }, execution);
}

void simulate_sweep(const ShardRecord& record, const Catalogue& catalogue, const Execution& execution,
                    WorkerLine& line) {
  const Scenario scenario = scenario_of(record);
  const SweepStudy study(scenario, catalogue);
  CaseList cases{.indices = {},
                 .paths = study.base().paths,
                 .halves = asks_for_sensitivity(study.table()),
                 .plan = [&](std::int64_t index) { return study.plan(index); }};
  while (const std::optional<PathRange> share = line.next()) {
    CasePart part{.range = *share, .cases = {}};
    cases.indices.clear();
    for (std::int64_t index = share->first; index < share->end; ++index) cases.indices.push_back(index);
    run_cases(cases, execution, [&](CaseResult result) { part.cases.push_back(std::move(result)); });
    line.send_part(part_bytes(part, record.hashes));
  }
}

int work(WorkerLine& line, const Options& options, const Catalogue& catalogue) {
  const int threads = std::max(options.threads, 1);  // a rank for each core, unless -j says otherwise
  const std::optional<std::string> setup = line.begin(identity_of(options), threads);
  if (!setup) return worker_interrupted;
  const ShardRecord record = read_shard_record(*setup);
  Execution execution = execution_of(options);
  execution.threads = threads;
  try {
    if (record.is_sweep()) {
      simulate_sweep(record, catalogue, execution, line);
    } else {
      simulate_run(record, catalogue, execution, line);
    }
  } catch (const Interrupted&) {  // rank 0 says so
  }
  return worker_interrupted;
}

}  // namespace

std::unique_ptr<Ranks> join_ranks(const Options& options) {
  try {
    return join_ranks();
  } catch (const NoMpi& error) {
    if (options.shard) return nullptr;  // each does its own
    throw ProgramError(exit_usage, fmt::format("moniac: {}; nothing was run\n   cmake --preset mpi builds one with it, "
                                               "and --shard needs none",
                                               error.what()));
  }
}

void require_equal_ranks(Foreman& foreman, const Options& options) {
  const std::string task = task_of(options);
  const std::vector<std::string> identities = foreman.roll_call();
  std::string others;
  for (std::size_t rank = 1; rank < identities.size(); ++rank) {
    const std::size_t end_of_host = identities[rank].find(separator);
    const std::string theirs = identities[rank].substr(end_of_host + 1);
    if (theirs == task) continue;
    others += fmt::format("   rank {} on {} is {}\n", rank, printable(identities[rank].substr(0, end_of_host)),
                          printable(theirs));
  }
  if (others.empty()) return;
  throw ProgramError(exit_refused, fmt::format("moniac: not all ranks do the same; nothing was run\n   rank 0 on {} is "
                                               "{}\n{}   start one build everywhere, with one command",
                                               host_name(), task, others));
}

void hand_out(Foreman& foreman, const Assignment& assignment, const std::function<void(std::string_view)>& take,
              const std::function<void()>& flush, const std::function<void(std::int64_t)>& progress) {
  bool done = false;
  try {
    done = foreman.hand_out(assignment, take, progress, stop_requested());
  } catch (const RankFailed&) {
    flush();
    throw;
  }
  flush();
  if (!done) throw Interrupted{};
}

std::string effort_text(const Effort& effort, const std::string& noun) {
  const auto each = static_cast<double>(effort.bytes) / static_cast<double>(std::max<std::int64_t>(effort.grains, 1));
  return fmt::format(
      "{}: {} in {}, {} for each {}; {:.1f} % idle, rank 0 at work "
      "{:.1f} % of the time\n",
      counted(effort.workers, "worker"), counted(effort.grains, noun), counted(effort.shares, "share"),
      bytes_text(each), noun, 100 * effort.idle_share(), 100 * effort.rank_0_share());
}

void work_for_rank_0(Ranks& ranks, const Options& options, const Catalogue& catalogue, Streams& streams) {
  WorkerLine line(ranks, stop_requested());
  const int code = told(streams, [&] { return work(line, options, catalogue); });
  if (!line.dismissed()) line.fail(code);
}

}  // namespace moniac
