#include "models/trade/purchase_commitments.h"

#include <algorithm>
#include <cmath>

#include "sim/math/scalar.h"

namespace moniac {

namespace {

constexpr double lowest_ratio = 0.2;  // of what buyers pay to the customs value
constexpr double tolerance = 1e-11;   // of ln x
constexpr int most_rounds = 60;

// The search for one subsidy: u = ln((1+t') / (1+t)) <= 0 at which ln x is what was promised.
struct Subsidy {
  double tariff;  // t without it
  double lowest;  // u at the lowest ratio
  double u = 0;   // now
  double slope;   // ∂ ln x / ∂ u, the last secant
  double last_u = 0;
  double last_missing = 0;

  double new_tariff() const { return u == 0 ? tariff : (1 + tariff) * exp(u) - 1; }
  bool kept(double missing) const {
    return std::abs(missing) < tolerance || (u == 0 && missing < 0) || (u == lowest && missing > 0);
  }
  void move(double missing) {
    if (u != last_u && missing != last_missing) slope = std::min(-(missing - last_missing) / (u - last_u), -0.05);
    last_u = u;
    last_missing = missing;
    u = std::clamp(u + missing / slope, lowest, 0.0);
  }
};

// The answer at given spending on the sector: shares s and s* give u = -ln(s* (1-s) / (s (1-s*))) / θ.
Subsidy first_guess(double tariff, double share, double missing, double elasticity) {
  const double promised = std::min(share * exp(missing), 0.99);
  Subsidy subsidy{.tariff = tariff, .lowest = log(lowest_ratio / (1 + tariff)), .slope = -1 - elasticity * (1 - share)};
  subsidy.last_missing = missing;
  const double guess = -log(promised * (1 - share) / (share * (1 - promised))) / elasticity;
  subsidy.u = std::clamp(guess, subsidy.lowest, 0.0);
  return subsidy;
}

}  // namespace

const TradeEquilibrium& solve_with_commitments(TradeSolver& solver, TradePolicy& policy,
                                               const std::vector<PurchaseCommitment>& commitments,
                                               const double* share) {
  const TradeEquilibrium* at = &solver.solve(policy, share);
  if (!at->converged || commitments.empty()) return *at;
  const auto missing = [&](std::size_t c) { return log(commitments[c].value / at->flow[commitments[c].link]); };
  std::vector<Subsidy> subsidies;
  for (std::size_t c = 0; c < commitments.size(); ++c) {
    const std::size_t link = commitments[c].link;
    subsidies.push_back(first_guess(policy.tariff[link], at->share[link], missing(c),
                                    solver.elasticity()[link % solver.base().shape.sectors]));
  }
  for (int round = 0; round < most_rounds; ++round) {
    for (std::size_t c = 0; c < commitments.size(); ++c) policy.tariff[commitments[c].link] = subsidies[c].new_tariff();
    at = &solver.solve(policy, share);
    if (!at->converged) return *at;
    bool kept = true;
    for (std::size_t c = 0; c < commitments.size(); ++c) kept = subsidies[c].kept(missing(c)) && kept;
    if (kept) return *at;
    for (std::size_t c = 0; c < commitments.size(); ++c) subsidies[c].move(missing(c));
  }
  return solver.give_up();
}

}  // namespace moniac
