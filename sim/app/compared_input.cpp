#include "sim/app/compared_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/isolated.h"
#include "sim/app/same_value.h"
#include "sim/app/text.h"
#include "sim/app/version.h"
#include "sim/engine/common_record.h"
#include "sim/output/results_file.h"

namespace moniac {

namespace {

bool is_hdf5(const std::string& path) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::string begin(signature.size(), '\0');
  std::ifstream(path, std::ios::binary).read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return begin == signature;
}

ComparedInput from_result(const std::string& path, const Options& options, const Catalogue& catalogue) {
  StoredRun stored = read_stored_run(path);
  Problems problems;
  Scenario scenario = read_scenario(scenario_source(path, stored), overrides(options), problems);
  Plan plan = Plan::make(scenario, catalogue, problems);
  return {path, std::move(scenario), std::move(plan), std::move(stored)};
}

struct Statistic {
  const char* words;
  std::vector<double> RecordedVariable::*values;
};
constexpr Statistic statistics[] = {{"mean", &RecordedVariable::mean},
                                    {"standard deviation", &RecordedVariable::sd},
                                    {"standard error", &RecordedVariable::se},
                                    {"minimum", &RecordedVariable::minimum},
                                    {"maximum", &RecordedVariable::maximum},
                                    {"quantiles", &RecordedVariable::quantiles},
                                    {"standard error of the quantiles", &RecordedVariable::quantile_se},
                                    {"error of the quantiles", &RecordedVariable::quantile_error}};

std::string difference(const RecordedVariable& stored, const RecordedVariable& now, const std::vector<Date>& dates) {
  for (const Statistic& statistic : statistics) {
    const std::vector<double>&before = stored.*statistic.values, &after = now.*statistic.values;
    if (before.empty()) continue;  // what its format did not know yet
    if (before.size() != after.size()) return fmt::format("{} of {}: other dates or labels", statistic.words, now.name);
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (same_value(before[i], after[i])) continue;
      const Date date = dates[i / (after.size() / dates.size())];
      return fmt::format("{} of {} on {}: {}, run again {}", statistic.words, now.name, iso(date), before[i], after[i]);
    }
  }
  return {};
}

// Files have means of buckets since format 1.6.
std::string difference(const OutcomeResult& stored, const OutcomeResult& now) {
  if (stored.hits != now.hits || stored.paths != now.paths || stored.first_passage != now.first_passage) {
    return fmt::format("outcome {}: {} of {} paths, run again {} of {}", now.name, stored.hits, stored.paths, now.hits,
                       now.paths);
  }
  if (!stored.mean || !now.mean || same_value(*stored.mean, *now.mean)) return {};
  return fmt::format("mean within {}: {}, run again {}", now.name, *stored.mean, *now.mean);
}

std::string difference(const TriggerResult& stored, const TriggerResult& now) {
  if (stored.firings == now.firings && stored.first_firing == now.first_firing) return {};
  return fmt::format("trigger {}: {} firings, run again {}", now.name, stored.firings, now.firings);
}

// The first thing that two results of one scenario do not have in common.
std::string difference(const Results& stored, const Results& now) {
  if (stored.paths_used != now.paths_used) {
    return fmt::format("paths that count: {}, run again {}", stored.paths_used, now.paths_used);
  }
  if (stored.variables.size() != now.variables.size() || stored.outcomes.size() != now.outcomes.size() ||
      stored.triggers.size() != now.triggers.size()) {
    return "other variables, outcomes or triggers are recorded";
  }
  std::string found;
  for (std::size_t v = 0; v < now.variables.size() && found.empty(); ++v) {
    found = difference(stored.variables[v], now.variables[v], now.dates);
  }
  for (std::size_t o = 0; o < now.outcomes.size() && found.empty(); ++o) {
    found = difference(stored.outcomes[o], now.outcomes[o]);
  }
  for (std::size_t t = 0; t < now.triggers.size() && found.empty(); ++t) {
    found = difference(stored.triggers[t], now.triggers[t]);
  }
  return found;
}

std::string time_text(const Calendar& time) {
  return fmt::format("{} of {} from {}", counted(time.steps, "step"), time.step_text(), iso(time.start));
}

[[noreturn]] void refuse(const ComparedInput& a, const ComparedInput& b, const std::string& what) {
  throw ProgramError(exit_bad_data, fmt::format("moniac: {} and {} {}", a.path, b.path, what));
}

}  // namespace

ComparedInput load_compared(const std::string& path, const Options& options, const Catalogue& catalogue) {
  require_readable(path);
  if (is_hdf5(path)) return from_result(path, options, catalogue);
  Problems problems;
  Scenario scenario = load_scenario(path, options, problems);
  Plan plan = Plan::make(scenario, catalogue, problems);
  return {path, std::move(scenario), std::move(plan), {}};
}

void require_comparable(const ComparedInput& a, const ComparedInput& b) {
  const Plan &in_a = a.plan, &in_b = b.plan;
  if (in_a.time != in_b.time) {
    refuse(a, b,
           fmt::format("do not have the same steps: {}, {}\n   give both the same with --set time.start=…, "
                       "--set time.step=… or --set time.horizon=…",
                       time_text(in_a.time), time_text(in_b.time)));
  }
  if (in_a.seed != in_b.seed) {
    refuse(a, b,
           fmt::format("do not have the same seed: {}, {}\n   give both the same with --seed {}", in_a.seed, in_b.seed,
                       in_a.seed));
  }
  if (in_a.paths != in_b.paths) {
    refuse(a, b,
           fmt::format("do not have as many paths: {}, {}\n   give both as many with --paths {}", grouped(in_a.paths),
                       grouped(in_b.paths), std::min(in_a.paths, in_b.paths)));
  }
  const CommonRecord common = common_record(in_a, in_b);
  if (common.variables.empty() && common.outcomes.empty()) {
    refuse(a, b, "have no recorded variable and no outcome in common");
  }
}

std::string difference_title(const ComparedInput& a, const ComparedInput& b) {
  const std::string &title_a = a.plan.title, &title_b = b.plan.title;
  const bool told_apart = title_a != title_b && !title_a.empty() && !title_b.empty();
  const auto name = [](const ComparedInput& input) { return std::filesystem::path(input.path).filename().string(); };
  return told_apart ? fmt::format("{} (B) less {} (A)", title_b, title_a)
                    : fmt::format("{} (B) less {} (A)", name(b), name(a));
}

bool has_overrides(const Options& options) {
  return !overrides(options).empty();
}

void require_reproduced(const ComparedInput& input, const Results& rerun) {
  const std::string found = isolated(input.path, [&] { return difference(read_results(input.path), rerun); });
  if (found.empty()) return;
  throw FormatError(
      fmt::format("{} is not what its scenario gives, so nothing is compared\n   {}\n   written by {}; this is {}\n"
                  "   to compare what this version makes of it, run its scenario again",
                  input.path, found, input.stored->version, version_text()));
}

}  // namespace moniac
