// What is believed about an uncertain parameter: distributions given by the numbers an economist would name.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace moniac {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// Every value between `low` and `high` alike.
struct UniformDistribution {
  double low;
  double high;
};

/// Normal by mean and standard deviation; cut off outside `low` … `high` and scaled up again when these are finite.
struct NormalDistribution {
  double mean;
  double sd;
  double low = -unbounded;
  double high = unbounded;
};

/// The logarithm is normal: median · exp(log_sd · z). Half of the values lie below `median`, two thirds between
/// median · e^(-log_sd) and median · e^(log_sd). Cut off outside `low` … `high` as the normal is.
struct LognormalDistribution {
  double median;
  double log_sd;
  double low = 0;
  double high = unbounded;
};

/// A density that rises linearly from `low` to `mode` and falls linearly to `high`.
struct TriangularDistribution {
  double low;
  double mode;
  double high;
};

/// low + (high - low) x with x beta distributed: density in proportion to x^(a-1) (1-x)^(b-1).
struct BetaDistribution {
  double a;
  double b;
  double low = 0;
  double high = 1;
};

/// One of `values`, which ascend strictly, with probabilities in proportion to `weights`.
struct DiscreteDistribution {
  std::vector<double> values;
  std::vector<double> weights;
};

using Distribution = std::variant<UniformDistribution, NormalDistribution, LognormalDistribution,
                                  TriangularDistribution, BetaDistribution, DiscreteDistribution>;

/// What is wrong with the parameters, as a sentence without a full stop ("low must be below high"); nothing when they
/// define a distribution. Numbers beyond 1e100, log_sd above 20 and shapes a, b outside 0.01 … 10000 are refused.
std::optional<std::string> problem(const Distribution& distribution);

/// The value below which the share `u` of the probability lies, 0 < u < 1, of a distribution without a problem. Always
/// finite and within the bounds. Errors: 1e-14 in units of the standard deviation (of the logarithm for lognormal),
/// 1e-12 with bounds; 1e-12 of the width for beta. The same bits in every build.
double quantile(const Distribution& distribution, double u);

}  // namespace moniac
