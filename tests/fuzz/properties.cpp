#include "tests/fuzz/properties.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <system_error>

#include "sim/engine/plan.h"
#include "sim/scenario/source.h"
#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

FilesInMemory files_in_memory;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t end = 0; end != std::string_view::npos; text.remove_prefix(end + 1)) {
    end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
  }
  return lines;
}

void check_place(const Place& place) {
  promise(place.source != nullptr, "a place has a text");
  if (place.line == 0) return;  // the whole text
  const auto lines = lines_of(without_byte_order_mark(place.source->text));
  promise(place.line > 0 && static_cast<std::size_t>(place.line) <= lines.size(), place.text() + " is a line");
  const int width = character_count(lines[static_cast<std::size_t>(place.line) - 1]);
  promise(place.column > 0 && place.column <= width + 1, place.text() + " is a column of its line");
  promise(place.length >= 0, place.text() + " has a length");
}

std::shared_ptr<const SourceText> in_memory(std::string text) {
  return std::make_shared<const SourceText>(SourceText{"scenario.yaml", std::move(text)});
}

// The plan, or nothing when the scenario has problems.
std::optional<Plan> plan_of(const Scenario& scenario, const Problems& found, const Catalogue& catalogue) {
  try {
    Plan plan = Plan::make(scenario, catalogue, found);
    promise(found.empty(), "no plan is made of a scenario with problems");
    return plan;
  } catch (const ScenarioError& error) {
    check_problems(error.problems());
    promise(!first_unreadable(error.what()), "a report shows no control characters");
    return {};
  }
}

void check_resolved(const Scenario& scenario, const std::optional<Plan>& plan, const Catalogue& catalogue) {
  const std::string text = write_document(scenario.resolved);
  Problems problems;
  try {
    const Scenario again = read_scenario(written_source("scenario.yaml", text), {}, problems);
    const std::string complaint = problems.empty() ? "" : problems.list().front().message + "\n";
    promise(problems.empty(), complaint + "what was read and written can be read:\n" + text);
    promise(write_document(again.resolved) == text, "it is written in the same way again:\n" + text);
    const std::optional<Plan> same = plan_of(again, problems, catalogue);
    promise(plan.has_value() == same.has_value(), "it has a plan when the scenario has one:\n" + text);
    promise(!plan || plan->text() == same->text(), "the plan is the same:\n" + text);
  } catch (const ScenarioError& error) {
    promise(false, error.what() + std::string{"\nwhat was read and written is a scenario:\n"} + text);
  }
}

}  // namespace

// In the place of sim/scenario/source.cpp: no fuzzer reads a file.
std::shared_ptr<const SourceText> read_source(const std::string& path, std::size_t most_bytes) {
  const auto file = files_in_memory.find(path);
  if (file == files_in_memory.end()) throw std::system_error(ENOENT, std::generic_category(), path);
  return std::make_shared<const SourceText>(SourceText{path, file->second, most_bytes});
}

void put_files(FilesInMemory files) {
  files_in_memory = std::move(files);
}

void promise(bool kept, const std::string& what) {
  if (kept) return;
  std::fprintf(stderr, "not so: %s\n", what.c_str());
  std::abort();
}

void check_problems(const std::vector<Problem>& problems) {
  promise(!problems.empty(), "an error holds a problem");
  for (const Problem& problem : problems) {
    promise(!problem.message.empty(), "a problem says what is wrong");
    check_place(problem.place);
    if (problem.second) check_place(*problem.second);
  }
}

void check_reading(const std::string& text, const std::vector<Override>& overrides, const Catalogue& catalogue) {
  Problems problems;
  std::optional<Scenario> scenario;
  try {
    scenario = read_scenario(in_memory(text), overrides, problems);
  } catch (const ScenarioError& error) {
    check_problems(error.problems());
    promise(!first_unreadable(error.what()), "a report shows no control characters");
    return;
  }
  const std::optional<Plan> plan = plan_of(*scenario, problems, catalogue);
  if (problems.empty()) check_resolved(*scenario, plan, catalogue);
}

}  // namespace moniac
