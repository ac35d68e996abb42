// The currency pairs whose numbers are known.
#pragma once

#include "sim/model/variables.h"

namespace moniac {

/// Sizes of jumps in the log of a rate: `rate` a year, normal with `mean` and `deviation`.
struct JumpNumbers {
  double rate;
  double mean;
  double deviation;
};

/// Numbers of one pair. x is the log of local currency per US dollar, volatilities are per root year.
struct PairPreset {
  std::string country;  ///< scope of the economy whose currency it is
  bool inverted;        ///< quoted as US dollars per unit of local currency
  double rate;          ///< as quoted
  double policy_rate;   ///< of the country, %/year
  double five_year;     ///< its five-year yield, %/year
  double total_sigma;   ///< of daily changes
  double diffusive_sigma;
  JumpNumbers all_jumps;  ///< with diffusive_sigma: stand for changing volatility as well
  JumpNumbers rare_jumps;
  double log_sigma_speed;       ///< 1/year
  double log_sigma_volatility;  ///< per root year
  double risk_loading;          ///< per standard deviation of world risk, per root year
  double anchor_speed;          ///< 1/year
  double yield_loading;         ///< log per 1.00 of the difference of five-year yields
  Source sigma_source;
};

/// "usdjpy", "eurusd", "gbpusd", "usdcny", "usdem".
const Names& pair_names();
PairPreset pair_preset(int pair);
/// The pair that a scope stands for, by its name or by its country's; "usdem" for all others.
std::string preset_pair(const std::string& scope);

}  // namespace moniac
