#include "sim/units/units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace moniac {

namespace {

// A word of a unit: its size as a ratio of whole numbers, and the base unit it measures (empty for a pure number).
struct Word {
  std::string_view text;
  double numerator;
  double denominator;
  std::string_view base;
  bool scale = false;  // a multiple of what stands beside it, never of what follows a division
};

// Year = 12 months = 4 quarters = 365.25 days = 261 weekdays.
constexpr std::array words = {
    Word{"year", 1, 1, "year"},     Word{"years", 1, 1, "year"},     Word{"yr", 1, 1, "year"},
    Word{"yrs", 1, 1, "year"},      Word{"y", 1, 1, "year"},         Word{"quarter", 1, 4, "year"},
    Word{"quarters", 1, 4, "year"}, Word{"month", 1, 12, "year"},    Word{"months", 1, 12, "year"},
    Word{"week", 28, 1461, "year"}, Word{"weeks", 28, 1461, "year"}, Word{"day", 4, 1461, "year"},
    Word{"days", 4, 1461, "year"},  Word{"weekday", 1, 261, "year"}, Word{"weekdays", 1, 261, "year"},
    Word{"step", 1, 1, "step"},     Word{"steps", 1, 1, "step"},     Word{"k", 1e3, 1, "", true},
    Word{"m", 1e6, 1, "", true},    Word{"mn", 1e6, 1, "", true},    Word{"bn", 1e9, 1, "", true},
    Word{"tn", 1e12, 1, "", true},  Word{"%", 1, 100, ""},           Word{"percent", 1, 100, ""},
    Word{"pp", 1, 100, ""},         Word{"bp", 1, 10000, ""},        Word{"ratio", 1, 1, ""},
    Word{"share", 1, 1, ""},        Word{"fraction", 1, 1, ""},      Word{"probability", 1, 1, ""},
    Word{"index", 1, 1, ""},        Word{"count", 1, 1, ""},         Word{"z", 1, 1, ""},
    Word{"log", 1, 1, ""},          Word{"return", 1, 1, ""},        Word{"of", 1, 1, ""},
    Word{"GDP", 1, 1, ""},          Word{"potential", 1, 1, ""},     Word{"income", 1, 1, ""},
    Word{"output", 1, 1, ""},       Word{"trade", 1, 1, ""},         Word{"cost", 1, 1, ""},
    Word{"equivalent", 1, 1, ""},   Word{"USD", 1, 1, "USD"},        Word{"CNY", 1, 1, "CNY"},
    Word{"JPY", 1, 1, "JPY"},       Word{"EUR", 1, 1, "EUR"},        Word{"GBP", 1, 1, "GBP"},
    Word{"CHF", 1, 1, "CHF"},       Word{"CAD", 1, 1, "CAD"},        Word{"AUD", 1, 1, "AUD"},
    Word{"KRW", 1, 1, "KRW"},       Word{"TWD", 1, 1, "TWD"},        Word{"HKD", 1, 1, "HKD"},
    Word{"SGD", 1, 1, "SGD"},       Word{"INR", 1, 1, "INR"},        Word{"IDR", 1, 1, "IDR"},
    Word{"THB", 1, 1, "THB"},       Word{"MYR", 1, 1, "MYR"},        Word{"VND", 1, 1, "VND"},
    Word{"BRL", 1, 1, "BRL"},       Word{"MXN", 1, 1, "MXN"},        Word{"ARS", 1, 1, "ARS"},
    Word{"TRY", 1, 1, "TRY"},       Word{"ZAR", 1, 1, "ZAR"},        Word{"RUB", 1, 1, "RUB"},
    Word{"local", 1, 1, "local"},  // the currency of the economy at hand, whichever it is
};

const Word* find_word(std::string_view text) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.text == text; });
  return found == words.end() ? nullptr : &*found;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

double power_of_half(double x, int halves) {
  double result = halves % 2 == 0 ? 1 : std::sqrt(x);
  for (int i = 0; i < halves / 2; ++i) result *= x;
  return result;
}

// Multiplies `unit` by `word` to the power halves/2.
void multiply(Unit& unit, const Word& word, int halves) {
  const int size = std::abs(halves);
  const double numerator = power_of_half(word.numerator, size), denominator = power_of_half(word.denominator, size);
  unit.numerator *= halves > 0 ? numerator : denominator;
  unit.denominator *= halves > 0 ? denominator : numerator;
  if (word.base.empty()) return;
  int& exponent = unit.halves[std::string{word.base}];
  exponent += halves;
  if (exponent == 0) unit.halves.erase(std::string{word.base});
}

// No unit is longer or measures more; so every factor between two of them is an ordinary number.
constexpr std::size_t longest = 60;
constexpr double largest = 1e60;
constexpr int most_halves = 40;

bool is_measurable(const Unit& unit) {
  return unit.numerator <= largest && unit.denominator <= largest &&
         std::all_of(unit.halves.begin(), unit.halves.end(),
                     [](const auto& power) { return std::abs(power.second) <= most_halves; });
}

// Recursive descent over: unit = [per] factor { [* · / per] factor }, factor = word [^ exponent] | "1" | "sqrt(" word
// ")".
class UnitParser {
 public:
  explicit UnitParser(std::string_view text) : rest_(text) {}

  std::optional<Unit> parse() {
    if (rest_.size() > longest) return {};
    Unit unit;
    skip_blanks();
    bool first = true;
    while (!rest_.empty()) {
      const bool divides = take_word("per") || (!first && take("/"));
      if (!first && !divides && !take("*")) take("·");
      skip_blanks();
      if (!factor(unit, divides)) return {};
      first = false;
      skip_blanks();
    }
    return is_measurable(unit) ? std::optional{unit} : std::nullopt;
  }

 private:
  bool factor(Unit& unit, bool divides) {
    const int sign = divides ? -1 : 1;
    if (take("1")) return rest_.empty() || rest_[0] == ' ' || rest_[0] == '/';
    if (take("sqrt(") || take("√(")) {
      const Word* word = next_word();
      if (!word || word->scale || !take(")")) return false;
      multiply(unit, *word, sign);
      return true;
    }
    const Word* word = next_word();
    if (!word || (word->scale && divides)) return false;
    int halves = 2;
    if (take("^")) {
      if (word->scale || !exponent(halves)) return false;
    }
    multiply(unit, *word, sign * halves);
    return true;
  }

  // "2", "-1", "0.5", "1.5"
  bool exponent(int& halves) {
    const int sign = take("-") ? -1 : 1;
    if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') return false;
    halves = 2 * (rest_[0] - '0');
    rest_.remove_prefix(1);
    if (take(".5")) {
      ++halves;
    } else if (take(".")) {
      return false;
    }
    halves *= sign;
    return halves != 0;
  }

  const Word* next_word() {
    std::size_t length = 0;
    if (!rest_.empty() && rest_[0] == '%') {
      length = 1;
    } else {
      while (length < rest_.size() && is_letter(rest_[length])) ++length;
    }
    const Word* word = find_word(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return word;
  }

  bool take(std::string_view text) {
    if (rest_.substr(0, text.size()) != text) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  bool take_word(std::string_view text) {
    if (rest_.size() > text.size() && is_letter(rest_[text.size()])) return false;
    return take(text);
  }

  void skip_blanks() {
    while (take(" ")) {
    }
  }

  std::string_view rest_;
};

// The unit with a step written as dt years.
Unit in_years(Unit unit, double dt) {
  const auto found = unit.halves.find("step");
  if (found == unit.halves.end()) return unit;
  const int halves = found->second;
  unit.halves.erase(found);
  multiply(unit, Word{"", dt, 1, "year"}, halves);
  return unit;
}

double ratio(const Unit& from, const Unit& to) {
  return (from.numerator * to.denominator) / (from.denominator * to.numerator);
}

bool is_percent(const Unit& unit) {
  return unit.halves.empty() && (unit.denominator == 100 || unit.denominator == 10000) && unit.numerator == 1;
}

// "30 bn" alone counts something; no percentage is meant.
bool is_multiple(const Unit& unit) {
  return unit.halves.empty() && unit.numerator >= 1000;
}

bool is_annual(const Unit& unit) {
  const auto found = unit.halves.find("year");
  return unit.halves.size() == 1 && found != unit.halves.end() && found->second >= -3 && found->second <= -1;
}

}  // namespace

std::optional<Unit> parse_unit(std::string_view text) {
  return UnitParser{text}.parse();
}

std::optional<double> strict_conversion(std::string_view from, std::string_view to, double dt) {
  const std::optional<Unit> source = parse_unit(from), target = parse_unit(to);
  if (!source || !target) return {};
  if (source->halves == target->halves) return ratio(*source, *target);
  const Unit source_years = in_years(*source, dt), target_years = in_years(*target, dt);
  if (source_years.halves == target_years.halves) return ratio(source_years, target_years);
  return {};
}

std::optional<double> conversion(std::string_view from, std::string_view to, double dt) {
  const std::optional<Unit> source = parse_unit(from), target = parse_unit(to);
  if (!source || !target || (is_multiple(*source) && is_percent(*target))) return {};
  if (const auto factor = strict_conversion(from, to, dt)) return factor;
  if (is_flow(to)) {
    Unit amount = *target;
    multiply(amount, *find_word("step"), 2);
    if (source->halves == amount.halves) return ratio(*source, amount);
  }
  if (is_percent(*source) && is_annual(*target)) return ratio(*source, *target);
  return {};
}

bool needs_unit(std::string_view unit) {
  const std::optional<Unit> parsed = parse_unit(unit);
  return parsed && (!parsed->halves.empty() || parsed->numerator != parsed->denominator);
}

bool is_flow(std::string_view unit) {
  const std::optional<Unit> parsed = parse_unit(unit);
  if (!parsed) return false;
  const auto found = parsed->halves.find("step");
  return found != parsed->halves.end() && found->second == -2;
}

std::vector<std::string> unit_words() {
  std::vector<std::string> all = {"per", "sqrt"};
  for (const Word& word : words) all.emplace_back(word.text);
  return all;
}

}  // namespace moniac
