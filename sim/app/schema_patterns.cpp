#include "sim/app/schema_patterns.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/units/units.h"

namespace moniac {

namespace {

using Words = std::vector<std::string>;

bool is_time(const std::string& base) {
  return base == "year" || base == "step";
}

// The words that are units by themselves: without `per` and `sqrt`.
Words plain_words() {
  Words words;
  for (const std::string& word : unit_words()) {
    if (parse_unit(word)) words.push_back(word);
  }
  return words;
}

// Words such as bn: multiples of what stands beside them, never divided by.
Words scale_words() {
  Words words;
  for (const std::string& word : plain_words()) {
    if (!parse_unit("count/" + word)) words.push_back(word);
  }
  return words;
}

template <class Predicate>
Words words_of_base(Predicate matches) {
  Words words;
  for (const std::string& word : plain_words()) {
    const Unit unit = *parse_unit(word);
    if (!unit.halves.empty() && matches(unit.halves.begin()->first)) words.push_back(word);
  }
  return words;
}

// One of the words, whole.
std::string word_pattern(const Words& words) {
  return fmt::format("(?:{})(?![A-Za-z])", fmt::join(words, "|"));
}

// The grammar of UnitParser in units.cpp: factors side by side, with * or ·, or behind / or per.
std::string unit_pattern() {
  const Words scales = scale_words();
  Words measures;
  for (const std::string& word : plain_words()) {
    if (word != "%" && std::find(scales.begin(), scales.end(), word) == scales.end()) measures.push_back(word);
  }
  const std::string scale = word_pattern(scales);
  const std::string word = fmt::format("(?:%|{})", word_pattern(measures));
  const std::string exponent = R"((?:\^-?(?:[1-9](?:\.5)?|0\.5))?)";
  const std::string factor = fmt::format("(?:1(?=$|[ /])|(?:sqrt|√)\\({1}\\)|{0}|{1}{2})", scale, word, exponent);
  const std::string divided = fmt::format(" *(?:per(?![A-Za-z])|/) *(?!{})", scale);
  return fmt::format("(?! *[/*·])(?:(?:{}| *[*·] *| *){})+", divided, factor);
}

// A word with what stands in front of it, so that `y` is not found in `yr`.
std::string found_word(const Words& words) {
  Words letters;
  for (const std::string& word : words) {
    if (word != "%") letters.push_back(word);
  }
  return "[^A-Za-z]" + word_pattern(letters);
}

}  // namespace

Words currency_words() {
  return words_of_base([](const std::string& base) { return !is_time(base); });
}

Words time_words() {
  return words_of_base(is_time);
}

Words currencies_of(const std::string& unit) {
  Words words;
  for (const auto& [base, exponent] : parse_unit(unit).value_or(Unit{}).halves) {
    if (!is_time(base)) words.push_back(base);
  }
  return words;
}

bool has_dimension(const std::string& unit) {
  return !parse_unit(unit).value_or(Unit{}).halves.empty();
}

std::string number_pattern() {
  return R"([-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?![0-9]))";
}

std::string quantity_pattern() {
  return fmt::format("{}{} *", number_pattern(), unit_pattern());
}

std::string containing(const Words& words) {
  return found_word(words);
}

std::string not_exactly_one(const Words& words) {
  const std::string word = found_word(words);
  return fmt::format("^(?!(?:(?!{0}).)*{0}(?:(?!{0}).)*$)", word);
}

std::string not_negative_pattern() {
  return R"(^(?!-0*\.?0*[1-9]))";
}

std::string above_zero_pattern() {
  return R"(^\+?0*\.?0*[1-9])";
}

}  // namespace moniac
