#include "sim/app/stored_run.h"

#include "sim/app/input_files.h"
#include "sim/app/isolated.h"
#include "sim/output/byte_stream.h"
#include "sim/output/failure_fields.h"
#include "sim/output/results_file.h"
#include "sim/scenario/source.h"

namespace moniac {

// The parts of each type, found by name from byte_stream.h.

template <class Stream, SameAs<ParameterRecord> Value>
static void fields(Stream& stream, Value& parameter) {
  stream.field(parameter.name);
  stream.field(parameter.value);
  stream.field(parameter.fallback);
  stream.field(parameter.unit);
  stream.field(parameter.doc);
  stream.field(parameter.status);
  stream.field(parameter.source);
  stream.field(parameter.set_by);
}

template <class Stream, SameAs<StoredRun> Value>
static void fields(Stream& stream, Value& run) {
  stream.field(run.title);
  stream.field(run.description);
  stream.field(run.scenario_name);
  stream.field(run.scenario_text);
  stream.field(run.resolved_scenario);
  stream.field(run.command);
  stream.field(run.version);
  stream.field(run.parameters);
  stream.field(run.paths);
  stream.field(run.kept_paths);
  stream.field(run.cases);
  stream.field(run.failures);
}

StoredRun stored_run_of(Results results) {
  return {.title = std::move(results.title),
          .description = std::move(results.description),
          .scenario_name = std::move(results.scenario_name),
          .scenario_text = std::move(results.scenario_text),
          .resolved_scenario = std::move(results.resolved_scenario),
          .command = std::move(results.command),
          .version = std::move(results.version),
          .parameters = std::move(results.parameters),
          .paths = results.paths,
          .kept_paths = results.kept_paths,
          .cases = results.cases ? std::optional(results.cases->count) : std::nullopt,
          .failures = std::move(results.failures)};
}

void put_into(const StoredRun& run, Results& results) {
  results.title = run.title;
  results.description = run.description;
  results.scenario_name = run.scenario_name;
  results.scenario_text = run.scenario_text;
  results.resolved_scenario = run.resolved_scenario;
  results.command = run.command;
  results.version = run.version;
  results.parameters = run.parameters;
}

std::string to_bytes(const StoredRun& run) {
  return pack(run);
}

StoredRun stored_run_of(std::string_view bytes) {
  return unpack<StoredRun>(bytes);
}

StoredRun read_stored_run(const std::string& path) {
  StoredRun run = stored_run_of(isolated(path, [&] { return to_bytes(stored_run_of(load_results(path))); }));
  if (run.resolved_scenario.empty()) {
    throw FormatError(path + " holds no run; give the scenarios or results that it was made from");
  }
  return run;
}

std::shared_ptr<const SourceText> scenario_source(const std::string& path, const StoredRun& stored) {
  return written_source(path + "/provenance/resolved_scenario", stored.resolved_scenario);
}

}  // namespace moniac
