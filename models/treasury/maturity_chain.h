// Debt by residual maturity: a chain of slots that flow towards redemption.
#pragma once

#include <vector>

namespace moniac {

/// Per step the fraction min(1, dt/w_k) of slot k moves to slot k-1, that of slot 0 is redeemed. Slot k holds debt that
/// matures between W_{k-1} and W_k = w_0 + … + w_k years; a dollar that enters it lives W_k years on average. Wide
/// slots are buckets; slots of one step each, through which everything moves in lockstep, are cohorts: both conserve
/// every dollar, and are the same code.
struct MaturityChain {
  std::vector<double> outflow;   ///< min(1, dt/w_k)
  std::vector<double> life;      ///< W_k, years
  std::vector<double> residual;  ///< mean time to maturity of what a slot holds, years

  int size() const { return static_cast<int>(life.size()); }

  /// Slots of these widths in years.
  static MaturityChain of_widths(const std::vector<double>& widths, double dt);
  /// One slot for each step of `dt` years, up to `years`.
  static MaturityChain of_steps(double years, double dt);

  /// Weights by slot of one dollar sold with a tenor of `years`: split between the two slots around it, so that its
  /// mean life is exact; in the first or last slot where it is shorter or longer than all.
  std::vector<double> sold(double years) const;
  /// Outstanding amounts by slot: each in the slot whose range holds its residual maturity.
  std::vector<double> held(const std::vector<double>& years, const std::vector<double>& amounts) const;
};

/// Moves every slot on by one step: now_k = (1 - f_k) last_k + f_{k+1} last_{k+1}. `last` and `now` give the column of
/// a slot.
template <class Last, class Now>
void roll(const MaturityChain& chain, const Last& last, const Now& now) {
  const int n = chain.size();
  for (int k = 0; k < n; ++k) {
    const double stays = 1 - chain.outflow[static_cast<std::size_t>(k)];
    if (k + 1 == n)
      now(k) = stays * last(k);
    else if (stays == 0 && chain.outflow[static_cast<std::size_t>(k) + 1] == 1)
      now(k) = last(k + 1);
    else
      now(k) = stays * last(k) + chain.outflow[static_cast<std::size_t>(k) + 1] * last(k + 1);
  }
}

}  // namespace moniac
