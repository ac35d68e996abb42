// Units of measure as other programs read them.
#pragma once

#include <string>
#include <string_view>

namespace moniac {

/// `unit` in the words of UDUNITS, as the CF conventions ask for: "%/year" -> "percent/year", "% of GDP" -> "percent",
/// "bp" -> "1e-4", "ratio" -> "1". Units with a word that UDUNITS does not know (money, steps, roots) are returned as
/// they are.
std::string cf_units(std::string_view unit);

}  // namespace moniac
