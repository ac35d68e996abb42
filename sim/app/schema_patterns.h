// What the reader understands as a number with a unit, as regular expressions made from the words of units.h. They are
// anchored and keep to the syntax that ECMAScript and Python share.
#pragma once

#include <string>
#include <vector>

namespace moniac {

/// Words of units that measure a currency, and those that measure time (a step among them).
std::vector<std::string> currency_words();
std::vector<std::string> time_words();

/// The currencies in a unit: "USD bn/year" has USD. In alphabetical order.
std::vector<std::string> currencies_of(const std::string& unit);

/// Whether the unit measures anything: "%/year" does, "%" is a pure number.
bool has_dimension(const std::string& unit);

/// A number as the reader takes it: decimal digits, no zero in front, no separators. Not anchored.
std::string number_pattern();

/// A number and a unit. Not anchored.
std::string quantity_pattern();

/// A text in which one of the words stands.
std::string containing(const std::vector<std::string>& words);

/// A text in which one of the words stands never or more than once: two may cancel, one cannot.
std::string not_exactly_one(const std::vector<std::string>& words);

/// A text whose number is not below zero, or above zero.
std::string not_negative_pattern();
std::string above_zero_pattern();

}  // namespace moniac
