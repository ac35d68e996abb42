// Clearing payments in a network of banks that owe each other.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace moniac {

/// What the banks of a network pay each other when some cannot pay all they owe: the greatest vector p with
///
///   p_i = owed_i                              if e_i + Σ_j Π_ji p_j >= owed_i
///   p_i = α e_i + β Σ_j Π_ji p_j              otherwise,       owed_i = Σ_j L_ij,  Π_ij = L_ij / owed_i
///
/// α = β = 1 is Eisenberg and Noe (2001); with the costs of default α, β < 1 it is Rogers and Veraart (2013). Found by
/// the algorithm of fictitious defaults in at most n rounds.
class ClearingNetwork {
 public:
  static constexpr int most_banks = 32;
  using Banks = std::array<double, most_banks>;

  /// `liabilities` L >= 0, square with zeros on the diagonal, row owes column, at most 32 banks. `asset_recovery` α
  /// and `claim_recovery` β in 0 … 1 are what a default leaves of outside assets and of claims on banks.
  ClearingNetwork(const std::vector<std::vector<double>>& liabilities, double asset_recovery, double claim_recovery);

  /// What is wrong with `liabilities` of `size` banks, in words; empty when they fit the constructor.
  static std::string fault(const std::vector<std::vector<double>>& liabilities, int size);

  int size() const { return size_; }
  double owed(int bank) const { return owed_[index(bank)]; }

  /// The payments for outside assets `external` e >= 0. Does not allocate.
  Banks payments(const Banks& external) const;
  /// Σ_j Π_ji p_j, what bank i receives.
  double received(int bank, const Banks& payments) const;
  /// Whether bank i pays less than it owes.
  bool defaults(int bank, const Banks& payments) const { return payments[index(bank)] < owed_[index(bank)]; }

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  bool falls_short(int bank, const Banks& external, const Banks& payments) const;
  void solve(const std::array<bool, most_banks>& defaulted, const Banks& external, Banks& paid) const;

  int size_;
  double asset_recovery_;
  double claim_recovery_;
  Banks owed_{};
  std::vector<double> shares_;  // Π, row-major
};

}  // namespace moniac
