// What models assume about the central bank of each economy; the one home of neutral rates and targets.
#pragma once

#include <string>

#include "sim/model/variables.h"

namespace moniac {

/// A number with its standing.
struct Sourced {
  double value;
  Source source;
};

/// The rule and its circumstances in one economy.
struct PolicyPreset {
  Sourced phi_pi;
  Sourced phi_y;
  Sourced smoothing;  ///< of a quarter
  Sourced follow_us;
  Sourced natural_rate;      ///< %/year
  Sourced inflation_target;  ///< %/year
  Sourced volatility;        ///< pp/year^0.5
  Sourced chi_pressure;      ///< pp
  Sourced chi_stress;        ///< pp
  Sourced chi_fx;            ///< pp
  Sourced elb;               ///< %/year
  Sourced increment;         ///< pp
  Sourced meetings_per_year;
  Sourced max_moves;
  Sourced i0;  ///< %/year
  bool no_cut_if_fx;
};

/// "us", "cn", "jp", "ea", "em".
const Names& economies();

/// The economy whose numbers a scope starts from: itself when it is one of the five, else the United States.
std::string preset_economy(const std::string& scope);

/// The numbers of economies()[economy].
PolicyPreset policy_preset(int economy);

}  // namespace moniac
