#include "models/diplomacy/cascade.h"

#include "sim/math/bisection.h"
#include "sim/math/scalar.h"

namespace moniac {

double Thresholds::moved_by(double x) const {
  if (spread == 0) return x >= mean ? 1 : 0;
  return normal_cdf((x - mean) / spread);
}

std::vector<RestingShare> resting_shares(const Thresholds& thresholds) {
  constexpr int cells = 4096;
  const auto excess = [&](double r) { return thresholds.moved_by(r) - r; };
  std::vector<RestingShare> all;
  if (excess(0) <= 0) all.push_back({0, true});
  for (int cell = 0; cell < cells; ++cell) {
    const double low = static_cast<double>(cell) / cells, high = static_cast<double>(cell + 1) / cells;
    const double before = excess(low), after = excess(high);
    if (before > 0 && after <= 0)
      all.push_back({increasing_root([&](double r) { return 0 - excess(r); }, low, high), true});
    else if (before <= 0 && after > 0 && cell > 0)
      all.push_back({increasing_root(excess, low, high), false});
  }
  return all;
}

}  // namespace moniac
