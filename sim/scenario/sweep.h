// A sweep as the user wrote it: what varies, and how the cases are chosen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/model/variables.h"
#include "sim/scenario/document.h"

namespace moniac {

/// A value of the scenario that a sweep changes, with what it may become.
struct SweepAxis {
  enum class Law { values, uniform, normal, lognormal, triangular, beta };
  std::string address;  ///< as of --set: "us.policy_rate.phi_pi", "events.hike.at"
  Law law = Law::values;
  std::vector<double> numbers;  ///< of the law: low and high; mean and sd; median and sd of the logarithm; low, mode
                                ///< and high; a and b
  std::vector<double> within;   ///< low and high of what a normal, lognormal or beta law may give; or empty
  std::string unit;             ///< of numbers and within
  std::vector<Node> values;     ///< listed
  std::vector<double> weights;  ///< of the values; empty when they are alike
  Place place;
};

/// Correlations between the ranks of axes.
struct RankCorrelation {
  std::vector<std::size_t> axes;  ///< indices
  Matrix matrix;
  Place place;
};

struct SweepSpec {
  enum class Design { grid, list, latin_hypercube, sobol, morris };
  Design design = Design::grid;
  std::int64_t points = 0;            ///< of latin_hypercube and sobol; trajectories of morris
  std::int64_t levels = 4;            ///< of morris
  bool indices = false;               ///< sobol: with the cases that sensitivity indices need
  std::optional<std::uint64_t> seed;  ///< of the design; the ensemble's when not given
  std::vector<SweepAxis> axes;
  std::vector<std::vector<Node>> cases;  ///< of a list, [case][axis]
  std::vector<RankCorrelation> correlations;
  Place place;
};

}  // namespace moniac
