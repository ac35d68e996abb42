// Strict reading of numbers: one way to write each, never a guess.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/document.h"

namespace moniac {

/// A number and what follows it: "25bp" is 25 and "bp". Decimal digits only: no octal-looking zeros, hexadecimal,
/// separators, NaN or infinity. Adds a problem with the remedy otherwise; `what` names the thing in messages.
struct NumberText {
  double number = 0;
  std::string rest;
};
std::optional<NumberText> read_number_text(const Node& node, const std::string& what, Problems& problems);

/// A number without a unit.
std::optional<double> read_plain_number(const Node& node, const std::string& what, Problems& problems);

/// A whole number from `low` to `high`, written in digits.
std::optional<std::int64_t> read_integer(const Node& node, const std::string& what, std::int64_t low, std::int64_t high,
                                         Problems& problems);

/// The same over all of uint64, for seeds.
std::optional<std::uint64_t> read_unsigned(const Node& node, const std::string& what, Problems& problems);

}  // namespace moniac
