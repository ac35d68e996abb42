#include "sim/app/shown_quantiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace moniac {

namespace {

// Index of the recorded quantile nearest to the wanted one; the lower of two equally near.
std::size_t nearest_quantile(const Results& results, double wanted) {
  const auto nearer = [&](double a, double b) { return std::abs(a - wanted) < std::abs(b - wanted); };
  const auto found = std::min_element(results.quantiles.begin(), results.quantiles.end(), nearer);
  return static_cast<std::size_t>(found - results.quantiles.begin());
}

}  // namespace

std::vector<std::size_t> shown_quantiles(const Results& results) {
  std::vector<std::size_t> shown;
  if (results.quantiles.empty()) return shown;
  for (const double wanted : {5.0, 50.0, 95.0}) {
    const std::size_t index = nearest_quantile(results, wanted);
    if (std::find(shown.begin(), shown.end(), index) == shown.end()) shown.push_back(index);
  }
  return shown;
}

std::string quantile_heading(double percent) {
  return percent == 50 ? "median" : fmt::format("{:g} %", percent);
}

}  // namespace moniac
