// When a peg is attacked: closed forms of the first and second generation of models.
#pragma once

namespace moniac {

/// Credit grows at rate g until the shadow rate reaches the peg (Flood and Garber 1984, log-linear money demand with
/// semi-elasticity η): money M and reserves R in local currency at the peg.
struct CreditAttack {
  double money;
  double reserves;
  double growth;  ///< g > 0 per year
  double eta;     ///< years

  double shadow_gap() const;         ///< log of the shadow rate over the peg, now
  double collapse_time() const;      ///< years
  double exhaustion_time() const;    ///< years until reserves would be gone without an attack
  double reserves_attacked() const;  ///< that the attack takes
};

/// The linear model of the same paper: M/S = a0 - a1 i, credit grows by `growth` a year.
struct LinearCreditAttack {
  double credit;
  double reserves;
  double growth;
  double a0;
  double a1;
  double foreign_rate;

  double demand() const { return a0 - a1 * foreign_rate; }
  double peg() const { return (credit + reserves) / demand(); }
  double shadow_rate() const { return credit / demand() + a1 * growth / (demand() * demand()); }
  double collapse_time() const { return reserves / growth - a1 / demand(); }
  double reserves_attacked() const { return a1 * growth / demand(); }
};

/// P(τ <= t) of the first time at which a Brownian motion with `drift` and `sigma` has risen by `distance` (inverse
/// Gaussian; for a negative drift e^{2 drift distance/σ²} of the mass is ever reached).
double first_passage(double distance, double drift, double sigma, double t);
/// t with first_passage = probability; infinite where it is never reached.
double first_passage_quantile(double distance, double drift, double sigma, double probability);

/// The inverse of normal_cdf on (0, 1), by bisection.
double inverse_normal_cdf(double probability);

/// Speculators who see the strength θ of a peg with noise s attack below a threshold (Morris and Shin 1998, 2003). The
/// attack of mass A succeeds when A > θ; c is the cost of attacking over its gain.
struct GlobalGame {
  double private_deviation;  ///< s
  double public_deviation;   ///< of a public signal; 0: none

  /// θ* below which the peg falls: 1 - c without public signal, else the root of
  /// α (θ - y) - √β Φ⁻¹(θ) = √(α + β) Φ⁻¹(c), α = 1/public², β = 1/s².
  double threshold(double c, double public_signal) const;
  /// The signal x* below which a speculator attacks.
  double signal_threshold(double c, double public_signal) const;
  bool unique() const;  ///< α/√β <= √(2π)
  /// Mass that attacks a peg of strength θ when the signal threshold is x*.
  double attack(double theta, double signal_threshold) const;
};

/// The limit of small noise when both the reward and the critical mass depend on θ: the root of
/// (peg - f0 - f1 θ)(1 - a θ) = cost (Heinemann 2000, correcting Morris and Shin 1998).
double state_dependent_threshold(double peg, double cost, double f0, double f1, double a);

}  // namespace moniac
