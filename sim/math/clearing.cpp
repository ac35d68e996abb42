#include "sim/math/clearing.h"

#include <algorithm>
#include <cassert>

namespace moniac {

ClearingNetwork::ClearingNetwork(const std::vector<std::vector<double>>& liabilities, double asset_recovery,
                                 double claim_recovery)
    : size_(static_cast<int>(liabilities.size())), asset_recovery_(asset_recovery), claim_recovery_(claim_recovery) {
  assert(size_ <= most_banks);
  for (std::size_t i = 0; i < liabilities.size(); ++i) {
    for (const double amount : liabilities[i]) owed_[i] += amount;
    for (const double amount : liabilities[i]) shares_.push_back(owed_[i] > 0 ? amount / owed_[i] : 0.0);
  }
}

std::string ClearingNetwork::fault(const std::vector<std::vector<double>>& liabilities, int size) {
  const auto fits = [&](const auto& list) { return list.size() == static_cast<std::size_t>(size); };
  if (size > most_banks || !fits(liabilities) || !std::all_of(liabilities.begin(), liabilities.end(), fits))
    return "liabilities need a row and a column for each of " + std::to_string(size) + " banks, " +
           std::to_string(most_banks) + " at most";
  for (std::size_t i = 0; i < liabilities.size(); ++i)
    for (const double owed : liabilities[i])
      if (!(owed >= 0) || liabilities[i][i] != 0) return "liabilities are negative, or a bank owes itself";
  return {};
}

double ClearingNetwork::received(int bank, const Banks& payments) const {
  double sum = 0;
  for (int j = 0; j < size_; ++j) sum += shares_[index(j * size_ + bank)] * payments[index(j)];
  return sum;
}

// The margin keeps rounding from calling a bank that just breaks even a default.
bool ClearingNetwork::falls_short(int bank, const Banks& external, const Banks& payments) const {
  constexpr double margin = 1e-13;
  return external[index(bank)] + received(bank, payments) < owed(bank) * (1 - margin);
}

ClearingNetwork::Banks ClearingNetwork::payments(const Banks& external) const {
  Banks paid = owed_;
  std::array<bool, most_banks> defaulted{};
  // A default only lowers what others receive, so the set of defaults grows until it is stable.
  for (bool more = true; more;) {
    more = false;
    std::array<bool, most_banks> found = defaulted;
    for (int i = 0; i < size_; ++i) {
      if (defaulted[index(i)] || !falls_short(i, external, paid)) continue;
      found[index(i)] = true;
      more = true;
    }
    defaulted = found;
    if (more) solve(defaulted, external, paid);
  }
  return paid;
}

// (I - β Π_DDᵀ) p_D = α e_D + β Π_SDᵀ owed_S over the defaulted banks D, all others S paying what they owe. The columns
// of the matrix are weakly diagonally dominant with nonpositive entries off the diagonal (an M-matrix), so that
// elimination needs no pivoting; a pivot without anything left belongs to a closed group of banks with nothing to pay
// from.
void ClearingNetwork::solve(const std::array<bool, most_banks>& defaulted, const Banks& external, Banks& paid) const {
  std::array<int, most_banks> member{};
  int count = 0;
  for (int i = 0; i < size_; ++i)
    if (defaulted[index(i)]) member[index(count++)] = i;

  std::array<Banks, most_banks> matrix;
  Banks right;
  for (int r = 0; r < count; ++r) {
    const int bank = member[index(r)];
    double claims = 0;
    for (int j = 0; j < size_; ++j)
      if (!defaulted[index(j)]) claims += shares_[index(j * size_ + bank)] * owed(j);
    right[index(r)] = asset_recovery_ * external[index(bank)] + claim_recovery_ * claims;
    for (int c = 0; c < count; ++c) {
      const double share = shares_[index(member[index(c)] * size_ + bank)];
      matrix[index(r)][index(c)] = (r == c ? 1.0 : 0.0) - claim_recovery_ * share;
    }
  }
  for (int k = 0; k < count; ++k) {
    const double pivot = matrix[index(k)][index(k)];
    for (int r = k + 1; r < count; ++r) {
      const double factor = pivot > 0 ? matrix[index(r)][index(k)] / pivot : 0.0;
      for (int c = k; c < count; ++c) matrix[index(r)][index(c)] -= factor * matrix[index(k)][index(c)];
      right[index(r)] -= factor * right[index(k)];
    }
  }
  for (int k = count - 1; k >= 0; --k) {
    double sum = right[index(k)];
    for (int c = k + 1; c < count; ++c) sum -= matrix[index(k)][index(c)] * paid[index(member[index(c)])];
    const double pivot = matrix[index(k)][index(k)];
    const double solved = pivot > 0 ? sum / pivot : 0.0;
    paid[index(member[index(k)])] = std::clamp(solved, 0.0, owed(member[index(k)]));
  }
}

}  // namespace moniac
