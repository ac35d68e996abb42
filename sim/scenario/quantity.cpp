// Quantities: a number with its unit, and lengths of time as steps.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/scenario/number.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/scenario.h"
#include "sim/units/units.h"

namespace moniac {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The first word of an unreadable unit that is no word of any unit.
std::string unknown_word(std::string_view unit) {
  const std::vector<std::string> known = unit_words();
  for (std::size_t i = 0; i < unit.size(); ++i) {
    if (!is_letter(unit[i])) continue;
    std::size_t end = i;
    while (end < unit.size() && is_letter(unit[end])) ++end;
    std::string word{unit.substr(i, end - i)};
    if (std::find(known.begin(), known.end(), word) == known.end()) return word;
    i = end;
  }
  return {};
}

std::string unit_remedy(std::string_view unit) {
  const std::string word = unknown_word(unit);
  if (const auto near = closest(word, unit_words())) return fmt::format("did you mean '{}'?", *near);
  return "units look like bp, %/year, USD bn, CNY bn/year, % GDP, JPY per USD, months";
}

// Length in steps, not yet rounded.
std::optional<double> exact_steps(const Quantity& quantity, const Calendar& time, const std::string& what,
                                  Problems& problems) {
  const std::optional<double> factor = conversion(quantity.unit, "years", time.dt());
  if (quantity.unit.empty() || !factor) {
    problems.add(quantity.place, fmt::format("{} = {} is not a length of time", what, to_text(quantity)),
                 "write for example 6 months, 2 years, 10 days");
    return {};
  }
  if (!(quantity.number > 0)) {
    problems.add(quantity.place, fmt::format("{} = {} must be longer than nothing", what, to_text(quantity)));
    return {};
  }
  const double steps = quantity.number * *factor / time.dt();
  if (steps > max_steps) {
    problems.add(quantity.place, fmt::format("{} = {} is more than {} steps", what, to_text(quantity), max_steps));
    return {};
  }
  return steps;
}

// number * factor, or number / n where the factor is 1/n: then the result is the nearest double, 70 % = 0.7.
double scaled(double number, double factor) {
  const double divisor = std::round(1 / factor);
  return factor < 1 && 1 / divisor == factor ? number / divisor : number * factor;
}

// Lengths given in different units of time meet up to rounding.
constexpr double time_tolerance = 1e-9;

}  // namespace

std::string to_text(const Quantity& quantity) {
  return to_text(quantity.number) + (quantity.unit.empty() ? "" : " " + quantity.unit);
}

std::optional<Quantity> read_quantity(const Node& node, const std::string& what, Problems& problems) {
  const auto text = read_number_text(node, what, problems);
  if (!text) return {};
  if (!parse_unit(text->rest)) {
    problems.add(node.place, fmt::format("{} = {}: unknown unit {}", what, in_quotes(node.text), in_quotes(text->rest)),
                 unit_remedy(text->rest));
    return {};
  }
  return Quantity{text->number, text->rest, node.place};
}

std::optional<Quantity> read_quantity(const Node& node, Problems& problems) {
  return read_quantity(node, "the quantity", problems);
}

std::optional<double> convert(const Quantity& quantity, const std::string& unit, double dt, const std::string& what,
                              Problems& problems) {
  if (quantity.unit.empty()) {
    if (quantity.number == 0 || !needs_unit(unit)) return quantity.number;
    problems.add(quantity.place, fmt::format("{} = {} has no unit", what, to_text(quantity)),
                 fmt::format("write {} {}", to_text(quantity.number), unit));
    return {};
  }
  if (const std::optional<double> factor = conversion(quantity.unit, unit, dt)) {
    const double value = scaled(quantity.number, *factor);
    if (std::isfinite(value)) return value;
    problems.add(quantity.place, fmt::format("{} = {} is too large for a number", what, to_text(quantity)));
    return {};
  }
  problems.add(quantity.place,
               unit.empty() ? fmt::format("{} = {} must be a pure number", what, to_text(quantity))
                            : fmt::format("{} = {} cannot be converted to {}", what, to_text(quantity), unit),
               unit.empty() ? fmt::format("write {}", to_text(quantity.number)) : fmt::format("give it in {}", unit));
  return {};
}

std::optional<int> read_steps(const Quantity& quantity, const Calendar& time, const std::string& what,
                              Problems& problems) {
  const auto steps = exact_steps(quantity, time, what, problems);
  if (!steps) return {};
  return std::max(static_cast<int>(std::ceil(*steps * (1 - time_tolerance))), 1);
}

std::optional<int> read_steps(const Quantity& quantity, const Calendar& time, Problems& problems) {
  return read_steps(quantity, time, "the duration", problems);
}

std::optional<Quantity> read_length(const Node& node, const std::string& what, const Calendar* time,
                                    Problems& problems) {
  auto length = read_quantity(node, what, problems);
  if (length && time) read_steps(*length, *time, what, problems);
  return length;
}

std::optional<double> read_share(const Node& node, const std::string& what, const std::string& remedy,
                                 Problems& problems) {
  const auto quantity = read_quantity(node, what, problems);
  const auto share = quantity ? convert(*quantity, "", 1, what, problems) : std::nullopt;
  if (!share || (*share >= 0 && *share <= 1)) return share;
  problems.add(node.place, fmt::format("{} = {} is outside 0 … 1", what, node.text), remedy);
  return {};
}

std::optional<int> read_whole_steps(const Quantity& quantity, const Calendar& time, const std::string& what,
                                    Problems& problems) {
  const auto steps = exact_steps(quantity, time, what, problems);
  if (!steps) return {};
  const double whole = std::round(*steps);
  if (whole >= 1 && std::abs(*steps - whole) <= time_tolerance * whole) return static_cast<int>(whole);
  const int below = static_cast<int>(std::floor(*steps));
  problems.add(quantity.place,
               fmt::format("{} = {} is {:.6g} steps of {}, not a whole number", what, to_text(quantity), *steps,
                           time.step_text()),
               below < 1 ? "a step is longer than that" : fmt::format("write a multiple of {}", time.step_text()));
  return {};
}

}  // namespace moniac
