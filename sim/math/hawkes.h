// Hawkes processes: events that raise the intensity of further events, by type and with exponential decay.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/math/exact.h"
#include "sim/math/scalar.h"

namespace moniac {

/// Which event of a Hawkes process is next, judged by two uniforms.
struct HawkesUniforms {
  double wait;  ///< gives the time of the candidate
  double type;  ///< accepts it and chooses its type
};

/// Intensities λ_c = μ_c + x_c of n types of events, with
///
///   dx_c = -κ_c x_c dt + Σ_d α_cd dN_d        (Hawkes 1971; for constant μ: dλ_c = κ_c(μ_c - λ_c)dt + Σ α_cd dN_d)
///
/// A step of any length is exact in law. Candidates come at the rate Σ_c (μ_c + max(x_c, 0)), which bounds the
/// intensity until the next of them; one at time t is an event of type c with probability λ_c(t) over the bound
/// (thinning, Ogata 1981). It holds for unequal κ and for λ below μ, where inverting the waiting time (Dassios and
/// Zhao 2013) would need a case of its own. Without candidates nothing but the decay is computed.
class HawkesProcess {
 public:
  /// `decay` κ > 0 in 1/year, `excitation` α >= 0 in 1/year, row = type excited, column = type of the event. `dt` in
  /// years.
  HawkesProcess(std::vector<double> decay, std::vector<std::vector<double>> excitation, double dt)
      : decay_(std::move(decay)), excitation_(std::move(excitation)), dt_(dt) {
    for (const double speed : decay_) remaining_.push_back(exp(-speed * dt));
  }

  /// n_cd = α_cd / κ_c: the mean number of events of type c that one of type d causes directly.
  ExactMatrix branching() const {
    ExactMatrix ratios = exact_matrix(excitation_);
    for (Eigen::Index c = 0; c < ratios.rows(); ++c) ratios.row(c) /= Exact(decay_[static_cast<std::size_t>(c)]);
    return ratios;
  }

  /// One step. `excess` is x, read and written; `baseline` is μ >= 0, which `happened` may change from an event on.
  /// `draw()` gives the uniforms of the next candidate; `happened(c)` is told of each event of type c and answers
  /// whether it can be: where it cannot, because nobody is left to fail, the intensity of c was 0 all along.
  template <class Draw, class Happened>
  void step(double* excess, const double* baseline, Draw draw, Happened happened) const {
    const std::size_t types = decay_.size();
    double left = dt_;
    while (true) {
      double bound = 0;
      for (std::size_t c = 0; c < types; ++c) bound += baseline[c] + std::max(excess[c], 0.0);
      const HawkesUniforms uniforms = draw();
      const double wait = -log(uniforms.wait) / bound;
      if (!(wait < left)) break;  // also where the bound is 0 or not a number
      left -= wait;
      double level = uniforms.type * bound;
      std::size_t type = types;
      for (std::size_t c = 0; c < types; ++c) {
        excess[c] *= exp(-decay_[c] * wait);
        level -= baseline[c] + excess[c];
        if (level < 0 && type == types) type = c;
      }
      if (type == types || !happened(type)) continue;
      for (std::size_t c = 0; c < types; ++c) excess[c] += excitation_[c][type];
    }
    for (std::size_t c = 0; c < types; ++c) excess[c] *= left == dt_ ? remaining_[c] : exp(-decay_[c] * left);
  }

 private:
  std::vector<double> decay_;
  std::vector<std::vector<double>> excitation_;
  double dt_;
  std::vector<double> remaining_;  // e^{-κ dt}
};

/// One type of event with intensity λ = μ + x, dx = -κ x dt + α dN, α < κ. Events fall where the compensator since the
/// last one,
///
///   G(τ) = μ τ + x (1 - e^{-κτ})/κ,
///
/// reaches a threshold, Exp(1) for each event (time change of a point process). Thresholds carry over from step to
/// step, so while μ stays the same events fall at the same times however time is cut into steps.
class HawkesClock {
 public:
  struct State {
    double excess;     ///< x >= 0, 1/year
    double threshold;  ///< what is left of it
  };
  /// What holds from an event on.
  struct Next {
    double threshold;
    double baseline;  ///< μ, 1/year
  };

  /// `decay` κ > 0 and `excitation` α >= 0 in 1/year.
  HawkesClock(double decay, double excitation) : decay_(decay), excitation_(excitation) {}

  /// Moves on by `years`. `happened(elapsed)` is told of each event, `elapsed` years after the beginning, and gives
  /// what is next.
  template <class Happened>
  void advance(State& now, double baseline, double years, Happened happened) const {
    double elapsed = 0;
    double whole = compensator(now.excess, baseline, years);
    while (now.threshold < whole) {
      const double passed = std::min(wait(now, baseline), years - elapsed);
      elapsed += passed;
      now.excess = now.excess * exp(-decay_ * passed) + excitation_;
      const Next next = happened(elapsed);
      now.threshold = next.threshold;
      baseline = next.baseline;
      whole = compensator(now.excess, baseline, years - elapsed);
    }
    now.threshold -= whole;
    now.excess *= exp(-decay_ * (years - elapsed));
  }

 private:
  double compensator(double excess, double baseline, double years) const {
    return baseline * years - excess * expm1(-decay_ * years) / decay_;
  }

  // G(τ) = threshold by Newton's method. G is concave and τ_0 = threshold/λ lies below the root, so the iterates rise
  // to it.
  double wait(const State& now, double baseline) const {
    double tau = now.threshold / (baseline + now.excess);
    while (true) {
      const double slope = baseline + now.excess * exp(-decay_ * tau);
      const double step = (now.threshold - compensator(now.excess, baseline, tau)) / slope;
      if (!(step > 1e-15 * tau)) return tau;
      tau += step;
    }
  }

  double decay_;
  double excitation_;
};

}  // namespace moniac
