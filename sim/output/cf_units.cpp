#include "sim/output/cf_units.h"

#include <algorithm>
#include <array>
#include <utility>

namespace moniac {

namespace {

// Empty where the word is a pure number or says what a share is a share of. Times are singular: xarray takes a variable
// in "days" for a length of time and decodes it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 36> words = {{
    {"1", ""},         {"ratio", ""},  {"share", ""},      {"fraction", ""},    {"probability", ""},
    {"index", ""},     {"count", ""},  {"z", ""},          {"log", ""},         {"return", ""},
    {"of", ""},        {"GDP", ""},    {"potential", ""},  {"income", ""},      {"output", ""},
    {"trade", ""},     {"cost", ""},   {"equivalent", ""}, {"%", "percent"},    {"percent", "percent"},
    {"pp", "percent"}, {"bp", "1e-4"}, {"year", "year"},   {"years", "year"},   {"yr", "year"},
    {"yrs", "year"},   {"y", "year"},  {"month", "month"}, {"months", "month"}, {"week", "week"},
    {"weeks", "week"}, {"day", "day"}, {"days", "day"},    {"hour", "hour"},    {"hours", "hour"},
    {"", ""},
}};

// The words of a factor between two "/"; false when one of them is not known.
bool translate(std::string_view factor, std::string& text) {
  std::string known;
  for (std::size_t first = 0; first <= factor.size();) {
    const std::size_t end = std::min(factor.find(' ', first), factor.size());
    const std::string_view word = factor.substr(first, end - first);
    const auto* found = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == word; });
    if (found == words.end()) return false;
    if (!known.empty() && !found->second.empty()) known += ' ';
    known += found->second;
    first = end + 1;
  }
  text += known.empty() ? "1" : known;
  return true;
}

}  // namespace

std::string cf_units(std::string_view unit) {
  std::string text;
  for (std::size_t first = 0; first <= unit.size();) {
    const std::size_t end = std::min(unit.find('/', first), unit.size());
    if (first != 0) text += '/';
    if (!translate(unit.substr(first, end - first), text)) return std::string(unit);
    first = end + 1;
  }
  return text;
}

}  // namespace moniac
