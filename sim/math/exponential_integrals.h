// Integrals of exponential decays, without the cancellation of their textbook forms at small speed times time.
#pragma once

namespace moniac {

/// B(k, τ) = ∫₀^τ e^{-k s} ds = (1 - e^{-kτ})/k; τ at k = 0. Speed k >= 0, time τ >= 0.
double decay_integral(double speed, double time);

/// ∫₀^τ B(k, s) ds = (τ - B(k, τ))/k; τ²/2 at k = 0.
double decay_integral_sum(double speed, double time);

/// ∫₀^τ B(j, s) B(k, s) ds = [τ - B(j, τ) - B(k, τ) + B(j + k, τ)]/(j k); τ³/3 at j = k = 0. The expanded form loses
/// all digits for slow decays; relative error here below 1e-14.
double decay_integral_product(double speed_1, double speed_2, double time);

/// ∫₀^τ e^{-j s} B(k, s) ds: the covariance of a decaying variable with the integral of another one.
double decay_integral_covariance(double speed, double integral_speed, double time);

}  // namespace moniac
