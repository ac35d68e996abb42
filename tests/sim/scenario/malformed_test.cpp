// Every file of tests/sim/scenario/malformed is answered as its table says.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/sim/scenario/source_text.h"

using namespace moniac;

namespace {

const std::filesystem::path folder = std::filesystem::path{MONIAC_SOURCE_DIR} / "tests/sim/scenario/malformed";

// File -> expected lines.
std::map<std::string, std::string> expected_answers() {
  std::ifstream file{folder / "expected.txt"};
  std::map<std::string, std::string> answers;
  std::string line, name;
  while (std::getline(file, line)) {
    if (line.rfind("== ", 0) == 0) {
      name = line.substr(3);
    } else if (!line.empty() && line[0] != '#') {
      answers[name] += line + "\n";
    }
  }
  return answers;
}

// The report without the lines around and the closing count.
std::string essence(const std::string& report) {
  std::istringstream lines{report};
  std::string kept, line;
  while (std::getline(lines, line)) {
    const bool message = line.find(": error: ") != std::string::npos;
    const bool told = line.rfind("   ", 0) == 0 && std::string_view{" 0123456789|"}.find(line[3]) == std::string::npos;
    if (message || told) kept += line + "\n";
  }
  return kept;
}

std::string answer(const std::string& file) {
  try {
    read_scenario(file);
  } catch (const ScenarioError& error) {
    return essence(error.what());
  }
  return "no problem";
}

}  // namespace

TEST_CASE("each malformed file is answered with its place, message and remedy") {
  std::filesystem::current_path(folder);
  for (const auto& [file, expected] : expected_answers()) {
    INFO(file);
    CHECK(answer(file) == expected);
  }
}

TEST_CASE("the table of malformed files is complete") {
  std::set<std::string> files, listed;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.path().extension() == ".yaml") files.insert(entry.path().filename().string());
  }
  for (const auto& [file, expected] : expected_answers()) listed.insert(file);
  CHECK(files == listed);
}

TEST_CASE("a scenario that does not exist is an error of the system, not of the scenario") {
  CHECK_THROWS_AS(read_scenario("/nowhere/at/all.yaml"), std::system_error);
  CHECK_THROWS_AS(read_scenario(folder.string()), std::system_error);
}
