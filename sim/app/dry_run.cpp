#include "sim/app/dry_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "sim/app/text.h"
#include "sim/engine/cases.h"
#include "sim/engine/unit.h"
#include "sim/parallel/pipeline.h"
#include "sim/study/sweep_sensitivity.h"

namespace moniac {

namespace {

constexpr std::int64_t sample_paths = 2048;  // per thread: one unit of work, as in the real run

int threads_of(const Execution& execution) {
  return execution.threads > 0 ? execution.threads : available_threads();
}

// Numbers a run keeps: mean, sd, se, minimum, maximum, quantiles and their error by date and series.
double kept_numbers(const Plan& plan) {
  return static_cast<double>(series_count(plan)) * static_cast<double>(2 * plan.quantiles.size() + 6);
}

double recorded_path_bytes(const Plan& plan) {
  return static_cast<double>(plan.kept_paths) * static_cast<double>(series_count(plan)) *
         (plan.single_precision ? 4 : 8);
}

// Uncompressed numbers, twice the scenario's text, and a few kB of names and attributes per variable.
double file_bytes(const Plan& plan) {
  constexpr double attributes = 20e3;
  const auto texts = static_cast<double>(plan.scenario_text.size() + plan.resolved_scenario.size());
  const double names =
      static_cast<double>(plan.recorded.size() + plan.outcomes.size() + plan.triggers.size() + 2) * attributes;
  return 8 * kept_numbers(plan) + recorded_path_bytes(plan) + texts + names;
}

// As file_bytes, with the numbers of every case, and what a sensitivity and its intervals say of each.
double sweep_file_bytes(const SweepStudy& study) {
  constexpr double measures = 10;
  const Plan& base = study.base();
  const auto cases = static_cast<double>(study.table().count());
  const auto axes = static_cast<double>(study.table().spec().axes.size());
  const double sensitivity =
      asks_for_sensitivity(study.table()) ? measures * axes * static_cast<double>(series_count(base)) : 0;
  return file_bytes(base) + 8 * ((cases - 1) * kept_numbers(base) + cases * (axes + 2) + sensitivity);
}

double memory_bytes(const Plan& plan, const Execution& execution) {
  const auto block = static_cast<double>(plan.block_bytes(execution.lanes(plan)));
  return block * threads_of(execution) + static_cast<double>(statistics_bytes(plan));
}

// Blocks, the statistics of the cases in work, and the numbers of all cases, which are together when the file is
// written.
double sweep_memory_bytes(const SweepStudy& study, const Execution& execution) {
  const double in_work = 2 * threads_of(execution);
  return memory_bytes(study.base(), execution) + in_work * static_cast<double>(statistics_bytes(study.base())) +
         8 * static_cast<double>(study.table().count()) * kept_numbers(study.base());
}

struct Sample {
  std::int64_t paths;
  double seconds;
  double listed;  // firings of triggers per path on which they are listed
};
Sample timed_sample(Scenario scenario, const Catalogue& catalogue, const Execution& execution) {
  scenario.paths = std::min(scenario.paths, sample_paths * threads_of(execution));
  const Plan plan = Plan::make(scenario, catalogue);
  const auto start = std::chrono::steady_clock::now();
  const Results results = run(plan, execution).results;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const auto listed = static_cast<double>(results.trigger_log.size());
  return {scenario.paths, seconds, listed / static_cast<double>(std::max<std::int64_t>(plan.logged_paths, 1))};
}

// Some of the cases, over some of their paths.
Sample timed_cases(const SweepStudy& study, const Execution& execution) {
  const std::int64_t wanted = 16 * sample_paths * threads_of(execution);
  const std::int64_t paths = std::min(study.base().paths, wanted);
  const std::int64_t count = std::clamp(wanted / paths, std::int64_t{1}, study.table().count());
  CaseList cases{.indices = {}, .paths = paths, .halves = false, .plan = [&](std::int64_t index) {
                   Plan plan = study.plan(index);
                   plan.paths = paths;
                   return plan;
                 }};
  for (std::int64_t index = 0; index < count; ++index) cases.indices.push_back(index);
  const auto start = std::chrono::steady_clock::now();
  run_cases(cases, execution, [](const CaseResult&) {});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {count * paths, seconds, 0};
}

std::string time_text(const Sample& sample, double paths) {
  const double seconds = sample.seconds * paths / static_cast<double>(sample.paths);
  return fmt::format("about {}, as {} took {}", duration_text(seconds), counted(sample.paths, "path"),
                     duration_text(sample.seconds));
}

}  // namespace

std::string dry_run_text(const Scenario& scenario, const Plan& plan, const Catalogue& catalogue,
                         const Execution& execution) {
  const Sample sample = timed_sample(scenario, catalogue, execution);
  TextTable table("ll");
  table.add({"paths", fmt::format("{} of {} on {}", grouped(plan.paths), counted(plan.time.steps, "step"),
                                  counted(threads_of(execution), "thread"))});
  table.add({"time", time_text(sample, static_cast<double>(plan.paths))});
  table.add({"memory", bytes_text(memory_bytes(plan, execution)) + " besides the program"});
  table.add({"file", "at most " + bytes_text(file_bytes(plan))});
  if (plan.kept_paths > 0) {
    table.add(
        {"paths kept", fmt::format("{}; as much again on the disk while the run goes on", grouped(plan.kept_paths))});
  }
  if (plan.logged_paths > 0) {
    const double firings = sample.listed * static_cast<double>(plan.logged_paths);
    table.add({"firings listed",
               fmt::format("about {}, which take {} more in the file and three times that in memory",
                           grouped(static_cast<std::int64_t>(firings)), bytes_text(firings * sizeof(TriggerFiring)))});
  }
  return table.text() + "nothing was written\n";
}

std::string sweep_dry_run_text(const SweepStudy& study, const Execution& execution) {
  const Plan& base = study.base();
  const std::int64_t cases = study.table().count();
  TextTable table("ll");
  table.add({"cases", fmt::format("{} ({})", grouped(cases), study.table().design_text())});
  table.add({"paths", fmt::format("{} of {} in each case on {}", grouped(base.paths), counted(base.time.steps, "step"),
                                  counted(threads_of(execution), "thread"))});
  table.add(
      {"time", time_text(timed_cases(study, execution), static_cast<double>(cases) * static_cast<double>(base.paths))});
  table.add({"memory", bytes_text(sweep_memory_bytes(study, execution)) + " besides the program"});
  table.add({"file", "at most " + bytes_text(sweep_file_bytes(study))});
  return table.text() + "nothing was written\n";
}

}  // namespace moniac
