// Calibrations of the five economies that tests share.
#pragma once

#include "models/macro/macro_system.h"
#include "tests/support/reference.h"

namespace moniac::testing {

inline Five five(const nlohmann::json& numbers) {
  return {numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]};
}

inline QuarterlyMacro quarterly(const nlohmann::json& q) {
  return {.gap_persistence = five(q["gap_persistence"]),
          .rate_effect = five(q["rate_effect"]),
          .inflation_persistence = five(q["inflation_persistence"]),
          .gap_effect = five(q["gap_effect"]),
          .smoothing = five(q["smoothing"])};
}

inline MacroSystem completed(MacroSystem system, const nlohmann::json& q) {
  system.theta = five(q["anchoring"]);
  system.phi_pi = five(q["phi_pi"]);
  system.phi_y = five(q["phi_y"]);
  system.follow_us = five(q["follow_us"]);
  system.gap_volatility = five(q["gap_volatility"]);
  system.inflation_volatility = five(q["inflation_volatility"]);
  system.rate_volatility = five(q["rate_volatility"]);
  return system;
}

/// The calibration of tests/reference/macro/five_economies.json.
inline MacroSystem reference_system() {
  const auto file = reference("macro/five_economies.json");
  const auto& q = file["quarterly"];
  return completed({quarterly(q), exact_matrix(file["export_shares"].get<std::vector<std::vector<double>>>()), 1.5}, q);
}

struct Changes {
  double inflation_persistence_cn = 0.83;
  double anchoring_cn = 0.4;
  double trade_elasticity = 1.5;
};

/// The shipped calibration: it differs from the reference in how Chinese inflation persists and is anchored.
inline MacroSystem shipped_system(const Changes& changes = {}) {
  const auto file = reference("macro/five_economies.json");
  auto q = file["quarterly"];
  q["inflation_persistence"][cn] = changes.inflation_persistence_cn;
  q["anchoring"][cn] = changes.anchoring_cn;
  return completed({quarterly(q), exact_matrix(file["export_shares"].get<std::vector<std::vector<double>>>()),
                    changes.trade_elasticity},
                   q);
}

}  // namespace moniac::testing
