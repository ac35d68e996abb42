// What a result file says of how it was made.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/results/results.h"
#include "sim/scenario/source.h"

namespace moniac {

struct StoredRun {
  std::string title, description;
  std::string scenario_name, scenario_text, resolved_scenario;
  std::string command, version;
  std::vector<ParameterRecord> parameters;
  std::int64_t paths = 0;             ///< of the run, or of each case
  std::int64_t kept_paths = 0;        ///< the first so many are recorded one by one
  std::optional<std::int64_t> cases;  ///< of a sweep
  std::vector<Failure> failures;      ///< in order of case and path
};

/// What results say of how they were made, and back.
StoredRun stored_run_of(Results results);
void put_into(const StoredRun& run, Results& results);

/// As bytes and back.
std::string to_bytes(const StoredRun& run);
StoredRun stored_run_of(std::string_view bytes);

/// Reads it in a process of its own. Throws FormatError when the file is no result, or one that holds no run, and
/// ProgramError (66).
StoredRun read_stored_run(const std::string& path);

/// The scenario in the result at `path`, to be read with places like "x.h5/provenance/resolved_scenario:3:1".
std::shared_ptr<const SourceText> scenario_source(const std::string& path, const StoredRun& stored);

}  // namespace moniac
