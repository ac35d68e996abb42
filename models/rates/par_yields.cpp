#include "models/rates/par_yields.h"

namespace moniac {

ParYields::ParYields(const SupplyAffine& curve, double longest) {
  for (int j = 1; j <= static_cast<int>(2 * longest); ++j)
    half_years_.push_back(log_discount(curve_point(curve, 0.5 * j), 1));
}

ParYields::Exponent ParYields::log_discount(const CurvePoint& point, double power) {
  const double scale = -power * point.maturity / 100;
  return {scale * point.constant, scale * point.rate, scale * point.medium_run, scale * point.supply};
}

void ParYields::add_discounts(const Exponent* exponents, std::size_t count, const State& state, Column& annuity,
                              Column& discount) {
  Scratch::current().kernels().add_exponentials(exponents->data(), count, state.size(), state.data(), annuity.data(),
                                                discount.data(), static_cast<std::size_t>(annuity.size()));
}

}  // namespace moniac
