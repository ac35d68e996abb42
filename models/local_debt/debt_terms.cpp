#include "models/local_debt/debt_terms.h"

#include <algorithm>

namespace moniac {

DebtTerms::DebtTerms(Declarations& declarations) : ProvincialBudgets(declarations) {
  check(least_spread <= spread0 && spread0 <= most_spread, "the spread is outside its bounds",
        {"spread", "spread_minimum", "spread_maximum"});
  check_swaps();
  check_banks();
}

std::vector<double> DebtTerms::swap_flags() const {
  std::vector<double> flags(at(count), swap_to.empty() ? 1 : 0);
  for (const std::string& name : swap_to) {
    const auto found = std::find(labels.begin(), labels.end(), name);
    if (found != labels.end()) flags[at(static_cast<int>(found - labels.begin()))] = 1;
  }
  return flags;
}

ClearingNetwork DebtTerms::interbank_network() {
  const std::string fault = ClearingNetwork::fault(interbank, groups);
  check(fault.empty(), fault, {"interbank"});
  return {fault.empty() ? interbank : Matrix{}, asset_recovery, claim_recovery};
}

void DebtTerms::check_swaps() {
  for (const std::string& name : swap_to)
    check(std::find(labels.begin(), labels.end(), name) != labels.end(),
          "unknown province '" + name + "'; there are " + listed(labels), {"swap_to"});
}

void DebtTerms::check_banks() {
  has_size(group_share, groups, "bank_group_shares");
  has_size(capital0, groups, "bank_capital");
  check(std::abs(total(group_share) - 1) < 1e-9,
        "shares of bank groups sum to " + to_text(total(group_share)) + ", not to 1", {"bank_group_shares"});
}

}  // namespace moniac
