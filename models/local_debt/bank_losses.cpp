// What distress costs banks, and what they then cannot pay each other.
#include <algorithm>
#include <cmath>

#include "models/local_debt/local_debt_model.h"

namespace moniac {

void LocalDebt::charge_banks(Step& s, const Sums& sum) const {
  s[bank_loss] = bank_share * loss_given * sum.fallen;
  for (int b = 0; b < groups; ++b) s[capital[b]] = s.last(capital[b]) - group_share[at(b)] * s[bank_loss];
  clear_banks(s, sum);
  losses.push(s, s[bank_loss]);
  Column year = scratch_column();
  losses.sum(s, year);
  s[stress] = -expm1(-5 * year / 30000);
}

// Financing vehicles owe and are owed nothing, so that each pays what an extension leaves; bank groups clear as a
// network in every step in which a province fell into distress.
void LocalDebt::clear_banks(Step& s, const Sums& sum) const {
  for (int b = 0; b < groups; ++b) s[unpaid_claims[b]] = 0;
  s[clearing_residual] = 0;
  if (!clears) return;
  for (Eigen::Index path = 0; path < s.lanes(); ++path)
    if (sum.fallen(path) > 0) clear(s, path);
}

// Capital before is outside assets e and claims less debts; where somebody cannot pay, what is left after clearing:
//
//   e_b = max(0, capital_b + owed_b - claims_b),   capital_b' = max(0, e_b + received_b - owed_b)
//
// Without costs of default the groups together keep what they had: sum of capital' = sum of e.
void LocalDebt::clear(Step& s, Eigen::Index path) const {
  ClearingNetwork::Banks owed{}, outside{};
  for (int b = 0; b < groups; ++b) owed[at(b)] = network.owed(b);
  for (int b = 0; b < groups; ++b)
    outside[at(b)] = std::max(0.0, s[capital[b]](path) + network.owed(b) - network.received(b, owed));
  const ClearingNetwork::Banks paid = network.payments(outside);
  if (paid == owed) return;
  double loss = 0, gap = 0;
  for (int b = 0; b < groups; ++b) {
    const double left = std::max(0.0, outside[at(b)] + network.received(b, paid) - owed[at(b)]);
    loss += s.last(capital[b])(path) - left;
    gap += left - outside[at(b)];
    s[capital[b]](path) = left;
    s[unpaid_claims[b]](path) = owed[at(b)] - paid[at(b)];
  }
  s[bank_loss](path) = loss;
  if (asset_recovery == 1 && claim_recovery == 1) s[clearing_residual](path) = std::abs(gap);
}

}  // namespace moniac
