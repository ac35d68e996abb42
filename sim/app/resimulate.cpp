#include "sim/app/resimulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "sim/app/isolated.h"
#include "sim/app/same_value.h"
#include "sim/app/text.h"
#include "sim/app/version.h"
#include "sim/engine/ensemble.h"
#include "sim/output/recorded_paths.h"
#include "sim/output/results_file.h"
#include "sim/scenario/source.h"

namespace moniac {

namespace {

// Those with the given numbers modulo how many were recorded.
RecordedPaths read_paths(const std::string& path, const std::vector<std::uint64_t>& numbers) {
  RecordedPaths recorded =
      recorded_paths_of(isolated(path, [&] { return to_bytes(read_recorded_paths(path, numbers)); }));
  if (recorded.paths.empty()) {
    throw FormatError(path + " records no paths, so none can be compared; record.paths keeps them");
  }
  return recorded;
}

RecordedPaths read_random_paths(const std::string& path, int count) {
  std::vector<std::uint64_t> random(static_cast<std::size_t>(count));
  std::random_device device;
  for (std::uint64_t& number : random) number = std::uint64_t{device()} << 32U | device();
  return read_paths(path, random);
}

Plan plan_of(const std::string& path, const RecordedPaths& recorded, const Catalogue& catalogue) {
  return Plan::make(read_scenario(written_source(path + "/provenance/resolved_scenario", recorded.resolved_scenario)),
                    catalogue);
}

bool same(double stored, double simulated, bool single_precision) {
  if (single_precision) simulated = static_cast<double>(static_cast<float>(simulated));
  return same_value(stored, simulated);
}

const std::vector<double>& simulated_values(const Plan& plan, const std::vector<std::vector<double>>& simulated,
                                            const std::string& variable) {
  for (std::size_t r = 0; r < plan.recorded.size(); ++r) {
    if (plan.variables[static_cast<std::size_t>(plan.recorded[r].variable)].name == variable) return simulated[r];
  }
  throw FormatError(variable + " is recorded, but not by the scenario in the file");
}

// Where path number `index` of the recorded ones differs; empty when it does not.
std::string difference(const Plan& plan, const RecordedPaths& recorded, std::size_t index) {
  const std::int64_t path = recorded.paths[index];
  const std::vector<std::vector<double>> simulated = replay(plan, path, chosen_kernels());
  for (std::size_t v = 0; v < recorded.variables.size(); ++v) {
    const std::vector<double>& stored = recorded.values[index * recorded.variables.size() + v];
    const std::vector<double>& now = simulated_values(plan, simulated, recorded.variables[v]);
    if (stored.size() != now.size()) throw FormatError(recorded.variables[v] + " does not have the dates it should");
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (same(stored[i], now[i], recorded.single_precision)) continue;
      const std::size_t date = i / (now.size() / plan.recorded_steps.size());
      return fmt::format("{} on {} is {}, simulated again {}", recorded.variables[v],
                         iso(plan.time.date(plan.recorded_steps[date])), stored[i], now[i]);
    }
  }
  return {};
}

}  // namespace

std::string resimulated(const std::string& path, int count, const Catalogue& catalogue) {
  const RecordedPaths recorded = read_random_paths(path, count);
  const Plan plan = plan_of(path, recorded, catalogue);
  if (plan.kept_paths <= recorded.paths.back())
    throw FormatError(path + " records more paths than its scenario asks for");
  std::vector<std::string> differences;
  for (std::size_t i = 0; i < recorded.paths.size(); ++i) {
    const std::string found = difference(plan, recorded, i);
    if (!found.empty()) differences.push_back(fmt::format("path {}: {}", recorded.paths[i], found));
  }
  const auto compared = static_cast<std::int64_t>(recorded.paths.size());
  if (differences.empty()) return counted(compared, "random path") + " simulated again: the same bits";
  throw FormatError(fmt::format("{}: {} of {} are not what the scenario gives\n   {}\n   written by {}; this is {}",
                                path, differences.size(), counted(compared, "path"), differences.front(),
                                recorded.version, version_text()));
}

std::string difference_from_recorded(const std::string& path, const Plan& plan, std::int64_t number) {
  return difference(plan, read_paths(path, {static_cast<std::uint64_t>(number)}), 0);
}

}  // namespace moniac
