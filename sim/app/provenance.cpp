#include "sim/app/provenance.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "sim/app/version.h"
#include "sim/output/sha256.h"

namespace moniac {

namespace fs = std::filesystem;

namespace {

// "../baseline/us.yaml:6:42" of "/scenarios/baseline/us.yaml:6:42" in the folder /scenarios/rates. What is no place in
// a file ("default", "--set …") stays.
std::string seen_from(const fs::path& folder, const std::string& place) {
  const std::size_t column = place.rfind(':');
  if (column == std::string::npos || column == 0) return place;
  const std::size_t line = place.rfind(':', column - 1);
  if (line == std::string::npos) return place;
  if (place.rfind("--set ", 0) == 0) return place.substr(0, line);
  const fs::path file = fs::absolute(place.substr(0, line)).lexically_normal();
  return file.lexically_relative(folder).generic_string() + place.substr(line);
}

std::string name_of(const std::string& setting) {
  return setting.substr(0, setting.find('='));
}

bool is_plain(char c) {
  const std::string_view plain = "_-./=:,+%@[]";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         plain.find(c) != std::string_view::npos;
}

void erase(Node& mapping, std::initializer_list<std::string_view> keys) {
  std::erase_if(mapping.entries, [&](const Node::Entry& entry) {
    return std::find(keys.begin(), keys.end(), entry.key.text) != keys.end();
  });
}

// In a section, which goes as well when nothing is left in it.
void erase_in(Node& settings, std::string_view section, std::initializer_list<std::string_view> keys) {
  for (Node::Entry& entry : settings.entries) {
    if (entry.key.text == section) erase(entry.value, keys);
  }
  std::erase_if(settings.entries,
                [&](const Node::Entry& entry) { return entry.key.text == section && entry.value.entries.empty(); });
}

std::string settings_hash(const Node& settings) {
  return sha256(version_text() + "\n" + write_document(settings));
}

}  // namespace

std::string shell_word(const std::string& text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string canonical_command(const Options& options, std::int64_t paths, std::uint64_t seed) {
  const std::string file = fs::path(options.arguments.front()).filename().string();
  // A comparison tells of each side how a run of its own would make it.
  const std::string command = options.command == "sweep" ? "sweep" : "run";
  return fmt::format("moniac {} {}{}", command, shell_word(file), canonical_settings(options, paths, seed));
}

std::string canonical_settings(const Options& options, std::int64_t paths, std::uint64_t seed) {
  std::string command = fmt::format(" --paths {} --seed {}", paths, seed);
  std::map<std::string, std::string> settings;
  for (const std::string& setting : options.set) settings[name_of(setting)] = setting;
  settings.erase("ensemble.paths");
  settings.erase("ensemble.seed");
  for (const auto& [name, setting] : settings) command += " --set " + shell_word(setting);
  return command;
}

std::string resume_command(const Options& options) {
  std::string command = "moniac";
  for (const std::string& word : options.words) {
    if (word != "--restart") command += " " + shell_word(word);
  }
  return command;
}

PartHashes part_hashes(const Scenario& scenario) {
  Node settings = scenario.resolved;
  erase(settings, {"title", "description"});
  const std::string result = settings_hash(settings);
  erase(settings, {"sweep"});
  erase_in(settings, "ensemble", {"paths", "max_failed"});
  erase_in(settings, "record", {"paths", "path_precision", "trigger_log", "quantiles", "quantile_method"});
  return {.result = result, .summary = settings_hash(settings)};
}

void add_provenance(const Options& options, Results& results) {
  results.command = canonical_command(options, results.paths, results.seed);
  results.version = version_text();
  const fs::path folder = fs::absolute(options.arguments.front()).lexically_normal().parent_path();
  for (ParameterRecord& parameter : results.parameters) parameter.set_by = seen_from(folder, parameter.set_by);
}

}  // namespace moniac
