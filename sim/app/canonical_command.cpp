#include "sim/app/canonical_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

namespace moniac {

namespace {

std::string name_of(const std::string& setting) {
  return setting.substr(0, setting.find('='));
}

bool is_plain(char c) {
  const std::string_view plain = "_-./=:,+%@[]";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         plain.find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(const std::string& text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string canonical_command(const Options& options, std::int64_t paths, std::uint64_t seed) {
  const std::string file = std::filesystem::path(options.arguments.front()).filename().string();
  std::string command = fmt::format("moniac run {} --paths {} --seed {}", shell_word(file), paths, seed);
  std::map<std::string, std::string> settings;
  for (const std::string& setting : options.set) settings[name_of(setting)] = setting;
  settings.erase("ensemble.paths");
  settings.erase("ensemble.seed");
  for (const auto& [name, setting] : settings) command += " --set " + shell_word(setting);
  return command;
}

}  // namespace moniac
