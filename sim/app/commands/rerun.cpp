// moniac rerun: single paths of a result again, with everything that happened on them.
#include <fmt/format.h>

#include <algorithm>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/output_file.h"
#include "sim/app/resimulate.h"
#include "sim/app/stored_run.h"
#include "sim/app/text.h"
#include "sim/app/trace_text.h"
#include "sim/app/version.h"
#include "sim/engine/trace.h"
#include "sim/output/results_file.h"
#include "sim/study/sweep_study.h"

namespace moniac {

namespace {

struct PathOfCase {
  std::int64_t of_case = 0;
  std::int64_t path = 0;
};

[[noreturn]] void refuse(const std::string& message) {
  throw ProgramError(exit_usage, "moniac rerun: " + message);
}

void require_below(std::string_view option, std::int64_t number, std::int64_t count, const std::string& what) {
  if (number < count) return;
  refuse(fmt::format("--{} {} is too large: {} has {}, numbered from 0 to {}", option, number, what,
                     counted(count, std::string(option)), count - 1));
}

std::vector<PathOfCase> wanted_paths(const Options& options, const std::string& file, const StoredRun& stored) {
  if (options.path.has_value() == options.failed) refuse("say which path with --path P, or --failed");
  if (options.of_case && !stored.cases) refuse(file + " is the result of a run, which has no cases");
  if (options.of_case) require_below("case", *options.of_case, *stored.cases, file);
  std::vector<PathOfCase> wanted;
  if (options.path) {
    if (stored.cases && !options.of_case) refuse(file + " is the result of a sweep: say which case with --case C");
    require_below("path", *options.path, stored.paths, stored.cases ? "each case" : file);
    wanted.push_back({options.of_case.value_or(0), *options.path});
  }
  for (const Failure& failure : stored.failures) {
    const bool is_wanted = options.failed && failure.of_case == options.of_case.value_or(failure.of_case);
    if (is_wanted) wanted.push_back({failure.of_case, failure.path});
  }
  return wanted;
}

// The plans that the scenario of a result stands for.
class Replanner {
 public:
  Replanner(const std::string& file, const StoredRun& stored, const Catalogue& catalogue)
      : scenario_(read_scenario(scenario_source(file, stored))), catalogue_(catalogue) {
    if (stored.cases) study_.emplace(scenario_, catalogue);
  }

  /// Logs the firings of every path. Valid until another case is asked for.
  const Plan& plan(std::int64_t of_case) {
    if (!plan_ || of_case != case_) {
      plan_ = study_ ? study_->plan(of_case) : Plan::make(scenario_, catalogue_);
      plan_->logged_paths = plan_->paths;
      case_ = of_case;
    }
    return *plan_;
  }

 private:
  const Scenario scenario_;
  const Catalogue& catalogue_;
  std::optional<SweepStudy> study_;
  std::optional<Plan> plan_;
  std::int64_t case_ = 0;  ///< of the plan
};

const Failure* find_failure(const StoredRun& stored, const PathOfCase& which) {
  const auto found = std::find_if(stored.failures.begin(), stored.failures.end(), [&](const Failure& failure) {
    return failure.of_case == which.of_case && failure.path == which.path;
  });
  return found == stored.failures.end() ? nullptr : &*found;
}

// A path again, and whether it is what the result says of it.
struct Rerun {
  Trace trace;
  std::string finding;
  bool same = true;
};

Rerun rerun(const PathOfCase& which, const Plan& plan, const std::string& file, const StoredRun& stored) {
  Rerun again{.trace = trace(plan, which.path, chosen_kernels()), .finding = {}};
  const Failure* failure = find_failure(stored, which);
  if (failure != nullptr || again.trace.failure) {
    const std::string before = failure ? failure_text(*failure, plan.time) : "the path did not fail";
    const std::string now =
        again.trace.failure ? failure_text(*again.trace.failure, plan.time) : "the path did not fail";
    again.same = before == now;
    again.finding = again.same ? "as the file says" : fmt::format("the file says: {}; again: {}", before, now);
  } else if (!stored.cases && which.path < stored.kept_paths) {
    const std::string difference = difference_from_recorded(file, plan, which.path);
    again.same = difference.empty();
    again.finding = again.same ? "the same bits as the file records" : difference;
  } else {
    again.finding = "the file does not record this path, so there is nothing to compare with";
  }
  return again;
}

std::string title_of(const PathOfCase& which, const StoredRun& stored) {
  const std::string of_case = stored.cases ? fmt::format("case {}, ", which.of_case) : "";
  return fmt::format("{}path {}", of_case, which.path);
}

void write_trace(const std::string& text, const Options& options, Streams& streams) {
  if (options.output) {
    write_text(*options.output, text);
  } else {
    streams.out << text << std::flush;
  }
}

}  // namespace

int rerun_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string& file = options.arguments.front();
  if (options.output && !options.trace) refuse("-o says where --trace goes; add --trace");
  if (options.output) check_not_there(*options.output, options, "result");
  const StoredRun stored = read_stored_run(file);
  const std::vector<PathOfCase> wanted = wanted_paths(options, file, stored);
  if (wanted.empty()) streams.err << "no path failed\n";
  Replanner replanner(file, stored, catalogue);

  std::string csv = trace_csv_heading(stored.cases.has_value());
  std::int64_t differing = 0;
  for (const PathOfCase& which : wanted) {
    const Plan& plan = replanner.plan(which.of_case);
    const Rerun again = rerun(which, plan, file, stored);
    if (options.trace) {
      csv += trace_csv(plan, again.trace, stored.cases ? std::optional(which.of_case) : std::nullopt);
    } else {
      streams.out << title_of(which, stored) << ":\n" << trace_table(plan, again.trace) << "\n" << std::flush;
    }
    streams.err << title_of(which, stored) << ": " << again.finding << "\n";
    if (!again.same) ++differing;
  }
  if (options.trace) write_trace(csv, options, streams);
  if (differing == 0) return exit_ok;
  throw FormatError(fmt::format("{} {} not what {} says\n   written by {}; this is {}", counted(differing, "path"),
                                differing == 1 ? "is" : "are", file, stored.version, version_text()));
}

}  // namespace moniac
