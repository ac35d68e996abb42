#include "sim/app/trial_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "sim/app/exit_code.h"
#include "sim/scenario/source.h"

namespace moniac {

std::optional<std::int64_t> given_paths(const Options& options) {
  if (!options.paths) return {};
  const bool digits = !options.paths->empty() && options.paths->size() < 10 &&
                      options.paths->find_first_not_of("0123456789") == std::string::npos;
  if (digits && std::stoll(*options.paths) > 1) return std::stoll(*options.paths);
  throw ProgramError(exit_usage, fmt::format("moniac {}: --paths needs a whole number from 2, not {}", options.command,
                                             in_quotes(*options.paths)));
}

std::vector<std::string> yaml_files(const std::string& folder, const std::string& what) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  }
  if (files.empty()) {
    throw ProgramError(exit_no_input, fmt::format("moniac: no {} in {}: {}", what, folder,
                                                  error ? error.message() : "there is no .yaml file"));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<std::string> read_required_text(const Fields& fields, const std::string& key, const std::string& remedy,
                                              Problems& problems) {
  const Node* node = fields.require(key, remedy);
  std::optional<std::string> read = node ? read_text(*node, key, problems) : std::nullopt;
  if (read && read->ends_with('\n')) read->pop_back();
  return read;
}

std::optional<Scenario> read_scenario_of(const Fields& fields, const std::string& key, Problems& problems) {
  const auto path = read_required_text(fields, key, "name its file: scenario: ../scenarios/hello.yaml", problems);
  if (!path) return {};
  const Place& place = fields.find(key)->place;
  const auto source = read_named_source(path_beside(*place.source, *path), place, problems);
  if (!source) return {};
  const std::size_t before = problems.list().size();
  Scenario scenario = read_scenario(source, {}, problems);
  if (problems.list().size() > before) return {};
  return scenario;
}

std::vector<Change> read_settings(const Fields& fields, const std::string& key, const Node& addressed,
                                  Problems& problems) {
  const Node* node = fields.find(key);
  std::vector<Change> changes;
  if (!node || !expect(Node::Kind::mapping, *node, key, "{us.policy_rate.phi_pi: 1.8}", problems)) return changes;
  for (const auto& [name, value] : node->entries) {
    const auto address = find_address(addressed, name.text, name.place, problems);
    if (address) changes.push_back({*address, value});
  }
  return changes;
}

Node word(const std::string& text, const Place& place) {
  return {.kind = Node::Kind::scalar, .place = place, .text = text, .quoted = false, .items = {}, .entries = {}};
}

Change paths_at_most(std::int64_t most, const Scenario& scenario, const Place& place) {
  return {{"ensemble", "paths"}, word(std::to_string(std::min(scenario.paths, most)), place)};
}

}  // namespace moniac
