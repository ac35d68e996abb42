#include "sim/engine/conditions.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/block.h"

namespace moniac {

namespace {

const char* word(Predicate::Test test) {
  switch (test) {
    case Predicate::Test::above:
      return "above";
    case Predicate::Test::below:
      return "below";
    case Predicate::Test::crosses_up:
      return "crosses up";
    case Predicate::Test::crosses_down:
      return "crosses down";
  }
  return "";
}

// Clears `holds` where the test fails; comparisons with NaN are false.
template <class Holds>
void keep(std::vector<unsigned char>& holds, std::size_t lanes, const Holds& test) {
  for (std::size_t l = 0; l < lanes; ++l) holds[l] = static_cast<unsigned char>(holds[l] & (test(l) ? 1 : 0));
}

void keep_crossing(const Test& test, const Block& block, std::vector<unsigned char>& holds) {
  const std::size_t lanes = block.lanes();
  if (block.index() == 0) {
    std::fill_n(holds.begin(), lanes, static_cast<unsigned char>(0));
    return;
  }
  const double* now = block.now(test.column);
  const double* last = block.last(test.column);
  const double level = test.level;
  if (test.test == Predicate::Test::crosses_up) {
    keep(holds, lanes, [=](std::size_t l) { return last[l] <= level && now[l] > level; });
  } else {
    keep(holds, lanes, [=](std::size_t l) { return last[l] >= level && now[l] < level; });
  }
}

}  // namespace

void find_holding(const std::vector<Test>& tests, const Block& block, std::vector<unsigned char>& holds) {
  const std::size_t lanes = block.lanes();
  std::fill_n(holds.begin(), lanes, static_cast<unsigned char>(1));
  for (const Test& test : tests) {
    const double* now = block.now(test.column);
    const double level = test.level;
    switch (test.test) {
      case Predicate::Test::above:
        keep(holds, lanes, [=](std::size_t l) { return now[l] > level; });
        break;
      case Predicate::Test::below:
        keep(holds, lanes, [=](std::size_t l) { return now[l] < level; });
        break;
      case Predicate::Test::crosses_up:
      case Predicate::Test::crosses_down:
        keep_crossing(test, block, holds);
        break;
    }
  }
}

std::string in_words(const Quantity& quantity) {
  return quantity.unit.empty() ? to_text(quantity.number) : to_text(quantity.number) + " " + quantity.unit;
}

std::string in_words(const std::vector<Predicate>& predicates) {
  std::string text;
  for (const Predicate& predicate : predicates) {
    text += fmt::format("{}{} {} {}", text.empty() ? "" : " and ", predicate.variable.text, word(predicate.test),
                        in_words(predicate.level));
  }
  return text;
}

}  // namespace moniac
