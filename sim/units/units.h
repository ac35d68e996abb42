// Units of measure: parse, compare, convert.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moniac {

/// A product of powers of base units with a size. Base units: year (time), step, and one per currency.
/// `%`, `pp`, `bp`, `ratio`, `index`, `count`, `GDP` and the like are pure numbers that differ by their size only.
struct Unit {
  double numerator = 1;               ///< the unit is numerator/denominator base units; whole numbers where possible,
  double denominator = 1;             ///< so that a conversion rounds once
  std::map<std::string, int> halves;  ///< base unit -> twice its exponent, without zeros
  bool operator==(const Unit&) const = default;
};

/// Reads "%/year", "bn USD", "USD bn/step", "% of GDP", "JPY per USD", "1/year^1.5", "bp/sqrt(year)", "". Factors stand
/// side by side or with `*` or `·`; `/` and `per` divide by the one factor that follows; exponents are multiples of a
/// half. Years, quarters, months, weeks, days; k, mn (m), bn, tn. At most 60 bytes, a size of 1e60 and powers of 20.
/// Empty when the text is not a unit.
std::optional<Unit> parse_unit(std::string_view text);

/// Factor that turns a variable in `from` into one in `to` at a step of `dt` years; empty when they measure different
/// things. A flow per step equals a rate per year times dt: 60 USD bn/month is 60·12·dt USD bn/step.
std::optional<double> strict_conversion(std::string_view from, std::string_view to, double dt);

/// The same for a quantity that somebody wrote, with what is understood: an amount is accepted for a flow per step as
/// this step's amount. A bare %, pp or bp is accepted for a rate or a volatility per year (year^-0.5, ^-1, ^-1.5), as
/// markets quote them. 30 bn are no %, pp or bp.
std::optional<double> conversion(std::string_view from, std::string_view to, double dt);

/// Whether a number declared in `unit` must be written with a unit (%, %/year, bp and everything with a dimension).
bool needs_unit(std::string_view unit);

/// Whether the unit is an amount per step, summed over time.
bool is_flow(std::string_view unit);

/// Every word a unit may contain, for suggestions.
std::vector<std::string> unit_words();

}  // namespace moniac
