// moniac info: what a result file holds.
#include <fmt/format.h>

#include "sim/app/closing_table.h"
#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/isolated.h"
#include "sim/app/outcome_table.h"
#include "sim/app/sensitivity_table.h"
#include "sim/app/sweep_table.h"
#include "sim/app/text.h"
#include "sim/output/verify.h"

namespace moniac {

namespace {

std::string heading_text(const Results& results, const std::string& content_hash) {
  TextTable table("ll");
  table.add(
      {"paths", fmt::format("{} ({} failed), seed {}", grouped(results.paths), grouped(results.failed), results.seed)});
  if (!results.dates.empty()) {
    table.add({"dates", fmt::format("{} from {} to {}", results.dates.size(), iso(results.dates.front()),
                                    iso(results.dates.back()))});
  }
  table.add({"time", fmt::format("{} of {} from {}", counted(results.time.steps, "step"), results.time.step_text(),
                                 iso(results.time.start))});
  table.add({"quantiles", fmt::format("{:g} % ({})", fmt::join(results.quantiles, ", "), results.quantile_method)});
  if (results.cases) table.add({"cases", case_count_text(*results.cases)});
  table.add({"scenario", results.scenario_name});
  table.add({"command", results.command});
  table.add({"made by", results.version});
  if (!content_hash.empty()) table.add({"content", "sha256 " + content_hash});
  return results.title + "\n" + table.text();
}

// "[importer: 8, exporter: 8]".
std::string extent_text(const Dimensions& dimensions) {
  std::string text;
  for (const Dimension& dimension : dimensions)
    text += fmt::format("{}{}: {}", text.empty() ? "[" : ", ", dimension.name, dimension.labels.size());
  return text.empty() ? text : text + "]";
}

std::string variables_text(const Results& results) {
  TextTable table("llll");
  for (const RecordedVariable& variable : results.variables) {
    table.add({variable.name + extent_text(variable.dimensions), variable.unit, variable.flow ? "per step" : "",
               variable.doc});
  }
  return table.empty() ? "" : "\nvariables\n" + table.text(2);
}

std::string outcomes_text(const Results& results) {
  TextTable table("lrl");
  for (const OutcomeResult& outcome : results.outcomes) {
    table.add({outcome.name, fmt::format("{:.4f}", outcome.probability), outcome.text});
  }
  return table.empty() ? "" : "\noutcomes\n" + table.text(2);
}

std::string triggers_text(const Results& results) {
  TextTable table("lrl");
  for (const TriggerResult& trigger : results.triggers) {
    table.add({trigger.name, fmt::format("{:.4f}", trigger.share), "when " + trigger.text});
    table.add({"", "", trigger.action});
  }
  return table.empty() ? "" : "\ntriggers, with the share of paths on which they fired\n" + table.text(2);
}

std::string parameters_text(const Results& results) {
  TextTable table("lllll");
  for (const ParameterRecord& parameter : results.parameters) {
    if (parameter.value == parameter.fallback) continue;
    table.add({parameter.name, parameter.value, parameter.unit, "default " + parameter.fallback, parameter.set_by});
  }
  return table.empty() ? "" : "\nparameters that differ from their defaults\n" + table.text(2);
}

std::string info_text(const std::string& path) {
  const Results results = load_results(path);
  if (results.cases) {
    return heading_text(results, stated_content_hash(path)) + between_cases_text(results) +
           sensitivity_sentences(*results.cases) + parameters_text(results);
  }
  return heading_text(results, stated_content_hash(path)) + variables_text(results) + outcomes_text(results) +
         buckets_table(results) + passages_table(results) + triggers_text(results) + parameters_text(results);
}

}  // namespace

int info_command(const Options& options, const Catalogue&, Streams& streams) {
  const std::string& path = options.arguments.front();
  streams.out << printable(isolated(path, [&] { return info_text(path); }));
  return exit_ok;
}

}  // namespace moniac
