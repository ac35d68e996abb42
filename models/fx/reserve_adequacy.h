// How many reserves an emerging market needs.
#pragma once

namespace moniac {

/// USD bn, trade per year.
struct ExternalPosition {
  double exports;
  double broad_money;
  double short_term_debt;
  double other_liabilities;
};

/// Weights of the IMF's metric for emerging markets (Assessing Reserve Adequacy, 2015; weights as remembered).
struct AdequacyWeights {
  double exports;
  double broad_money;
  double short_term_debt;
  double other_liabilities;
};

/// Controls on capital outflows halve the weight of broad money.
constexpr AdequacyWeights adequacy_weights(bool fixed_rate, bool capital_controls) {
  const double money = capital_controls ? 0.5 : 1;
  if (fixed_rate) return {0.10, 0.10 * money, 0.30, 0.20};
  return {0.05, 0.05 * money, 0.30, 0.15};
}

/// Reserves that the metric asks for, USD bn; 100–150 % of it is adequate.
constexpr double adequate_reserves(const AdequacyWeights& w, const ExternalPosition& p) {
  return w.exports * p.exports + w.broad_money * p.broad_money + w.short_term_debt * p.short_term_debt +
         w.other_liabilities * p.other_liabilities;
}
/// Months of imports that reserves pay for; `imports` per year.
constexpr double import_cover(double reserves, double imports) {
  return reserves / (imports / 12);
}

}  // namespace moniac
