#include "models/macro/macro_calibration.h"

#include "sim/math/cholesky.h"
#include "sim/math/eigenvalues.h"
#include "sim/math/scalar.h"
#include "sim/math/van_loan.h"

namespace moniac {

MacroCalibration::MacroCalibration(Declarations& declarations) : FiveEconomies(declarations) {
  judge_stability();
}

MacroSystem MacroCalibration::assembled() const {
  MacroSystem made({gap_persistence, rate_effect, inflation_persistence, gap_effect, smoothing}, exports_over_gdp(),
                   trade_elasticity);
  made.theta = anchoring;
  made.phi_pi = phi_pi;
  made.phi_y = phi_y;
  made.follow_us = follow_us;
  made.follow_us[us] = 0;
  made.gap_volatility = gap_volatility;
  made.inflation_volatility = inflation_volatility;
  made.rate_volatility = rate_volatility;
  return made;
}

std::vector<double> MacroCalibration::step_map() const {
  const LinearStep step = linear ? linear_step(system.drift(), system.covariance_rate(), time().dt())
                                 : linear_step(system.core_drift(), system.core_covariance_rate(), time().dt());
  ExactMatrix map(size(), 2 * size() + 10);
  map.leftCols(size()) = step.transition;
  map.middleCols(size(), 10) = step.input.leftCols(10);
  map.rightCols(size()) = std::get<ExactMatrix>(cholesky(step.covariance)) * Exact(noise);
  return row_major(map);
}

void MacroCalibration::judge_stability() {
  const double dt = time().dt();
  const double linear_radius = exp(spectral_abscissa(system.drift()) * dt);
  const double rule_radius = spectral_radius(system.core_and_rule_step(dt));
  const std::string verdict = "spectral radius of a step " + rounded(linear_radius) + " as one linear system, " +
                              rounded(rule_radius) +
                              " with rates that are held over a step and then follow the smooth rule; stable below 1";
  const bool stable = linear_radius < 1 && rule_radius < 1;
  check(stable || !refuses_unstable, "the economies have no stable long run: " + verdict,
        names_of({"gap_persistence", "rate_effect", "inflation_persistence", "gap_effect", "anchoring", "phi_pi",
                  "phi_y", "smoothing", "follow_us"}));
  note((stable ? "" : "unstable: ") + verdict);

  std::string roots = "slowest root of gap and inflation at the rate floor, 1/year:";
  for (int c = 0; c < 5; ++c)
    roots += std::string(c == 0 ? " " : ", ") + economies()[static_cast<std::size_t>(c)] + " " +
             rounded(system.root_at_floor(c));
  note(roots + "; cn with the saving of households " + rounded(system.root_at_floor_with_saving()) +
       ". Above 0 deflation feeds itself");
}

}  // namespace moniac
