// Texts in memory for the tests of the reader.
#pragma once

#include <memory>
#include <string>

#include "sim/scenario/scenario.h"
#include "tests/support/catch.h"

namespace moniac {

inline std::shared_ptr<const SourceText> source_text(std::string text, std::string name = "test.yaml") {
  return std::make_shared<const SourceText>(SourceText{std::move(name), std::move(text)});
}

/// "test.yaml:3:5: unknown key 'x' in time" of the first problem; "no problem" when there is none.
inline std::string first_problem(const Problems& problems) {
  if (problems.empty()) return "no problem";
  const Problem& first = problems.list().front();
  return first.place.text() + ": " + first.message;
}

/// The tree of a text that must be good.
inline Node tree_of(const std::string& text) {
  Problems problems;
  Node tree = read_document(source_text(text), problems);
  INFO(first_problem(problems));
  REQUIRE(problems.empty());
  return tree;
}

/// What reading the text complains about first.
inline std::string complaint(const std::string& text) {
  Problems problems;
  read_document(source_text(text), problems);
  return first_problem(problems);
}

/// What reading a whole scenario complains about first.
inline std::string scenario_complaint(const std::string& text, const std::vector<Override>& overrides = {}) {
  try {
    read_scenario(source_text(text), overrides);
  } catch (const ScenarioError& error) {
    const Problem& first = error.problems().front();
    return first.place.text() + ": " + first.message;
  }
  return "no problem";
}

}  // namespace moniac
