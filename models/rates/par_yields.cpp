#include "models/rates/par_yields.h"

namespace moniac {

ParYields::ParYields(const SupplyAffine& curve, double longest) {
  for (int j = 1; j <= static_cast<int>(2 * longest); ++j) half_years_.push_back(curve_point(curve, 0.5 * j));
}

void ParYields::discount_factor(const CurvePoint& point, double power, Column r, Column theta, Column supply,
                                Column& out) {
  const double scale = -power * point.maturity / 100;
  out = scale * (point.constant + point.rate * r + point.medium_run * theta + point.supply * supply);
  Scratch::current().kernels().exp(out.data(), out.data(), static_cast<std::size_t>(out.size()));
}

}  // namespace moniac
