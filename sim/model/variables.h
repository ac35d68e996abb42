// Handles that a model's members hold, and what each declaration records.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/model/calendar.h"
#include "sim/model/dimensions.h"

namespace moniac {

// --- handles: indices into the declarations of one model --------------------------------------------------------

struct Input {
  int id = -1;
};
struct Output {
  int id = -1;
};
struct State {
  int id = -1;
};
struct Shock {
  int id = -1;
};
/// Uniforms of events that happen any number of times in a step.
struct EventShock {
  int id = -1;
};

/// n consecutive handles: the values of a variable in the order of its dimensions, or the draws of one shock.
template <class Handle>
struct Group {
  int first = -1;
  int size = 0;
  Handle operator[](int i) const { return {first + i}; }
};
using Inputs = Group<Input>;
using Outputs = Group<Output>;
using States = Group<State>;
using Shocks = Group<Shock>;

using Names = std::vector<std::string>;
using Matrix = std::vector<std::vector<double>>;  ///< rows

/// Values at dates, in date order. `linear` interpolates between dates and is flat outside; otherwise a value holds
/// from its date on.
struct Series {
  struct Point {
    Date date;
    double value;
    bool operator==(const Point&) const = default;
  };
  std::vector<Point> points;
  bool linear = false;

  bool empty() const { return points.empty(); }
  /// The value in force at `date`; before the first date the first value.
  double at(Date date) const;
  bool operator==(const Series&) const = default;
};

// --- declarations ------------------------------------------------------------------------------------------------

/// The values a number may take, in the declared unit.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;

  bool contains(double x) const { return (low_open ? x > low : x >= low) && (high_open ? x < high : x <= high); }
  /// "> 0", "0 … 1", "any number".
  std::string text() const;
  bool operator==(const Range&) const = default;
};
inline Range any_number() {
  return {};
}
inline Range positive() {
  return {.low = 0, .low_open = true};
}
inline Range nonnegative() {
  return {.low = 0};
}
inline Range between(double low, double high) {
  return {.low = low, .high = high};
}
inline Range at_least(double low) {
  return {.low = low};
}

/// How far a default can be trusted, and where it comes from.
enum class Status { published, calibrated, illustrative };
struct Source {
  Status status = Status::illustrative;
  std::string text;  ///< citation or the data it was fitted to; empty for illustrative numbers
};
inline Source published(std::string text) {
  return {Status::published, std::move(text)};
}
inline Source calibrated(std::string text) {
  return {Status::calibrated, std::move(text)};
}
inline Source illustrative(std::string text = {}) {
  return {Status::illustrative, std::move(text)};
}
std::string to_string(Status status);

/// The value of a parameter. Which alternative is in use is fixed by the kind of the declaration.
using Value = std::variant<double, std::int64_t, bool, std::string, std::vector<double>, Matrix, Names, Series,
                           std::vector<Date>>;
/// The value as a scenario would write it, without unit: "0.25", "[1, 2]", "{2022-03-17: 0.5}".
std::string to_text(const Value& value);
/// The shortest text that reads back as x.
std::string to_text(double x);

enum class ParamKind { number, integer, flag, choice, numbers, matrix, names, series, dates };

struct ParamDecl {
  std::string name;
  ParamKind kind = ParamKind::number;
  Value fallback = 0.0;
  std::string unit;  ///< of number, numbers, matrix, series; empty for a pure number
  Range range;       ///< of every number in the value
  Names choices;     ///< of `choice`
  std::string doc;
  Source source;
};

struct InputDecl {
  std::string name;  ///< local to the instance's scope, or absolute when dotted
  std::string unit;
  std::string doc;
  std::optional<double> fallback;  ///< in `unit`; without it the input must be wired
  bool lagged = false;             ///< reads last step's value: no edge in the order
  Dimensions dimensions;           ///< none of a scalar
  int first = 0;                   ///< id of the first handle
};

struct OutputDecl {
  enum class Kind { plain, additive, identity, clamp };
  std::string name;
  std::string unit;  ///< "…/step" makes it a flow: an amount per step
  std::string doc;
  Kind kind = Kind::plain;
  double tolerance = 0;  ///< of an identity: the largest residual that is rounding
  Dimensions dimensions;
  int first = 0;
};

struct StateDecl {
  std::string name;
  std::string doc;
  int size = 1;
  int first = 0;
};

struct ShockDecl {
  enum class Law { normal, uniform, events };
  std::string name;
  Law law = Law::normal;
  std::string doc;
  int draws = 1;
  int first = 0;
};

/// Number of handles a declaration takes.
inline int width(const InputDecl& d) {
  return static_cast<int>(value_count(d.dimensions));
}
inline int width(const OutputDecl& d) {
  return static_cast<int>(value_count(d.dimensions));
}
inline int width(const StateDecl& d) {
  return d.size;
}
inline int width(const ShockDecl& d) {
  return d.draws;
}

}  // namespace moniac
