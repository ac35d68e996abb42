#include "models/economies/policy_presets.h"

#include <algorithm>

namespace moniac {

namespace {

Source gpm6() {
  return illustrative("order of magnitude of GPM6 (Carabenciov et al. 2013, IMF WP/13/87)");
}
Source taylor() {
  return published("Taylor 1993");
}
Source smoothing_elsewhere() {
  return illustrative("range of Coibion and Gorodnichenko 2012");
}

PolicyPreset united_states() {
  return {.phi_pi = {1.5, taylor()},
          .phi_y = {0.5, taylor()},
          .smoothing = {0.85, calibrated("upper half of .79–.85, Clarida, Galí and Gertler 2000")},
          .follow_us = {0, illustrative("the leader")},
          .natural_rate = {0.8, calibrated("Holston–Laubach–Williams estimates .7–1.2")},
          .inflation_target = {2, published("FOMC, statement on longer-run goals, 2012")},
          .volatility = {0.6, illustrative()},
          .chi_pressure = {0.5, illustrative()},
          .chi_stress = {1.0, illustrative()},
          .chi_fx = {0, illustrative()},
          .elb = {0.125, illustrative("middle of the range 0–0.25 of 2008–15 and 2020–22")},
          .increment = {0.25, published("FOMC decisions 2015–2025: multiples of 25 bp")},
          .meetings_per_year = {8, published("FOMC calendar")},
          .max_moves = {3, published("largest FOMC step 2022: 75 bp")},
          .i0 = {3.75, published("FOMC, upper bound of the range from 2025-12-11")},
          .no_cut_if_fx = false};
}

PolicyPreset china() {
  return {.phi_pi = {1.3, gpm6()},
          .phi_y = {0.4, gpm6()},
          .smoothing = {0.90, smoothing_elsewhere()},
          .follow_us = {0.15, illustrative("direction: Shambaugh 2004, Rey 2015")},
          .natural_rate = {0.6, illustrative()},
          .inflation_target = {1, illustrative("below the announced 2 %: what outcomes of 2023–25 suggest")},
          .volatility = {0.3, illustrative()},
          .chi_pressure = {0.2, illustrative()},
          .chi_stress = {0.5, illustrative()},
          .chi_fx = {0.5, illustrative()},
          .elb = {0.50, illustrative()},
          .increment = {0.10, calibrated("7-day reverse repo moves of 10 bp, 2020–25")},
          .meetings_per_year = {12, illustrative("monthly decision")},
          .max_moves = {2, illustrative()},
          .i0 = {1.40, published("PBoC, 7-day reverse repo from 2025-05-08")},
          .no_cut_if_fx = true};
}

PolicyPreset japan() {
  return {.phi_pi = {1.5, gpm6()},
          .phi_y = {0.5, gpm6()},
          .smoothing = {0.92, smoothing_elsewhere()},
          .follow_us = {0.05, illustrative("direction: Shambaugh 2004, Rey 2015")},
          .natural_rate = {-0.25, calibrated("middle of the Bank of Japan's range −1…+0.5")},
          .inflation_target = {2, published("Bank of Japan, January 2013")},
          .volatility = {0.2, illustrative()},
          .chi_pressure = {0, illustrative()},
          .chi_stress = {0.3, illustrative()},
          .chi_fx = {0.3, illustrative()},
          .elb = {-0.10, published("Bank of Japan, balance rate 2016–24")},
          .increment = {0.25, illustrative()},
          .meetings_per_year = {8, published("Bank of Japan calendar")},
          .max_moves = {2, illustrative()},
          .i0 = {0.75, illustrative("Bank of Japan from 2025-12-22, not checked against a series")},
          .no_cut_if_fx = false};
}

PolicyPreset euro_area() {
  return {.phi_pi = {1.5, gpm6()},
          .phi_y = {0.5, gpm6()},
          .smoothing = {0.88, smoothing_elsewhere()},
          .follow_us = {0.20, illustrative("direction: Obstfeld, Shambaugh and Taylor 2005, Rey 2015")},
          .natural_rate = {0.0, calibrated("Holston–Laubach–Williams estimates −.5–.5")},
          .inflation_target = {2, published("ECB strategy review, July 2021")},
          .volatility = {0.4, illustrative()},
          .chi_pressure = {0, illustrative()},
          .chi_stress = {0.7, illustrative()},
          .chi_fx = {0.1, illustrative()},
          .elb = {-0.50, published("ECB deposit rate 2019–22")},
          .increment = {0.25, calibrated("ECB decisions 2022–25")},
          .meetings_per_year = {8, published("ECB calendar")},
          .max_moves = {2, illustrative()},
          .i0 = {2.00, published("ECBDFR, September 2025")},
          .no_cut_if_fx = false};
}

PolicyPreset emerging_markets() {
  return {.phi_pi = {1.6, gpm6()},
          .phi_y = {0.4, gpm6()},
          .smoothing = {0.80, smoothing_elsewhere()},
          .follow_us = {0.40, illustrative("direction: Shambaugh 2004, Rey 2015")},
          .natural_rate = {2.0, illustrative()},
          .inflation_target = {4, illustrative("an average of announced targets")},
          .volatility = {1.0, illustrative()},
          .chi_pressure = {0, illustrative()},
          .chi_stress = {0.5, illustrative()},
          .chi_fx = {1.5, illustrative()},
          .elb = {1.0, illustrative()},
          .increment = {0.25, illustrative()},
          .meetings_per_year = {8, illustrative()},
          .max_moves = {2, illustrative()},
          .i0 = {6.0, illustrative("its neutral rate")},
          .no_cut_if_fx = false};
}

}  // namespace

const Names& economies() {
  static const Names names = {"us", "cn", "jp", "ea", "em"};
  return names;
}

std::string preset_economy(const std::string& scope) {
  const Names& known = economies();
  return std::find(known.begin(), known.end(), scope) == known.end() ? known.front() : scope;
}

PolicyPreset policy_preset(int economy) {
  switch (economy) {
    case 1:
      return china();
    case 2:
      return japan();
    case 3:
      return euro_area();
    case 4:
      return emerging_markets();
    default:
      return united_states();
  }
}

}  // namespace moniac
