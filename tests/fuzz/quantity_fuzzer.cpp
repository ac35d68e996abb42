// A quantity on the first line, on the second the unit that it is wanted in.
#include <cmath>

#include "sim/scenario/utf8.h"
#include "sim/units/units.h"
#include "tests/fuzz/properties.h"

namespace {

using namespace moniac;

bool is_size(double x) {
  return std::isfinite(x) && x > 0;
}

void check_unit(const std::string& text) {
  const std::optional<Unit> unit = parse_unit(text);
  if (!unit) return;
  promise(is_size(unit->numerator) && is_size(unit->denominator), "the size of unit '" + text + "' is a number");
  promise(conversion(text, text, 0.25) == 1.0, "unit '" + text + "' is itself");
}

// A conversion and its inverse exist together and undo each other.
void check_factors(const std::string& from, const std::string& to, double dt) {
  const auto there = strict_conversion(from, to, dt), back = strict_conversion(to, from, dt);
  const std::string both = "'" + from + "' -> '" + to + "'";
  promise(there.has_value() == back.has_value(), both + " can be undone");
  if (!there) return;
  promise(is_size(*there) && is_size(*back), both + " has a factor");
  promise(std::abs(*there * *back - 1) < 1e-15, both + " and back is the same");
  promise(conversion(from, to, dt) == there, both + " is what is understood");
}

void check_conversion(const Quantity& quantity, const std::string& unit, double dt) {
  Problems problems;
  const std::optional<double> value = convert(quantity, unit, dt, "it", problems);
  promise(value.has_value() == problems.empty(), "a quantity is converted, or there is a problem");
  if (!value) return check_problems(problems.list());
  promise(std::isfinite(*value), "what was converted is a number");
  const std::optional<double> back = strict_conversion(unit, quantity.unit, dt);
  // Tiny numbers have fewer digits.
  if (quantity.unit.empty() || !back || std::abs(*value) < 1e-290 || std::abs(quantity.number) < 1e-290) return;
  promise(std::abs(*value * *back / quantity.number - 1) < 1e-14, "there and back is the same quantity");
}

void check_quantity(const std::string& text, const std::string& unit, const std::vector<Calendar>& grids) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  node.place = {std::make_shared<const SourceText>(SourceText{"quantity", text}), 1, 1, character_count(text)};
  Problems problems;
  const std::optional<Quantity> quantity = read_quantity(node, problems);
  promise(quantity.has_value() == problems.empty(), "a quantity is read, or there is a problem");
  if (!quantity) return check_problems(problems.list());
  promise(std::isfinite(quantity->number), "a quantity is a number");
  check_unit(quantity->unit);
  for (const Calendar& grid : grids) {
    check_factors(quantity->unit, unit, grid.dt());
    if (parse_unit(unit)) check_conversion(*quantity, unit, grid.dt());
    Problems found;
    const std::optional<int> steps = read_steps(*quantity, grid, found);
    promise(steps.has_value() == found.empty() && steps.value_or(1) > 0, "a length of time is steps, or a problem");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<Calendar> grids = {{.unit = StepUnit::month},
                                              {.unit = StepUnit::weekday},
                                              {.unit = StepUnit::day, .every = 7},
                                              {.unit = StepUnit::year}};
  const std::string text(data, data + size);
  if (first_unreadable(text)) return -1;  // the reader refuses it before
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string unit = text.substr(std::min(end + 1, text.size()));
  check_unit(unit);
  check_quantity(text.substr(0, end), unit, grids);
  return 0;
}
