#include "models/diplomacy/cascade.h"

#include "sim/math/bisection.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

// p_0, p_1, … of a Poisson number, until what is left is below rounding.
std::vector<double> poisson_law(double mean) {
  std::vector<double> law = {exp(0 - mean)};
  for (double k = 1; k <= mean + 1 || law.back() > 1e-18; ++k) law.push_back(law.back() * mean / k);
  return law;
}

std::vector<double> powers(double x, int highest) {
  std::vector<double> all = {1};
  for (int i = 0; i < highest; ++i) all.push_back(all.back() * x);
  return all;
}

// For k = 0, 1, …: F(m/k) by m.
std::vector<std::vector<double>> replies(const Thresholds& thresholds, int degrees) {
  std::vector<std::vector<double>> all;
  for (int k = 0; k < degrees; ++k) {
    all.emplace_back();
    for (int m = 0; m <= k; ++m) all.back().push_back(thresholds.moved_by(k > 0 ? static_cast<double>(m) / k : 0));
  }
  return all;
}

// The reply expected where each of n acquaintances has moved with probability q, given it by their number.
double expected(const std::vector<double>& reply, int n, const std::vector<double>& q,
                const std::vector<double>& not_q) {
  double sum = 0, ways = 1;
  for (int m = 0; m <= n; ++m) {
    const auto moved = static_cast<std::size_t>(m), still = static_cast<std::size_t>(n - m);
    sum += ways * q[moved] * not_q[still] * reply[moved];
    ways *= static_cast<double>(n - m) / (m + 1);
  }
  return sum;
}

}  // namespace

double Thresholds::moved_by(double x) const {
  if (spread == 0) return x >= mean ? 1 : 0;
  return normal_cdf((x - mean) / spread);
}

std::vector<RestingShare> resting_shares(const Thresholds& thresholds) {
  constexpr int cells = 4096;
  const auto excess = [&](double r) { return thresholds.moved_by(r) - r; };
  std::vector<RestingShare> all;
  if (excess(0) <= 0) all.push_back({0, true});
  for (int cell = 0; cell < cells; ++cell) {
    const double low = static_cast<double>(cell) / cells, high = static_cast<double>(cell + 1) / cells;
    const double before = excess(low), after = excess(high);
    if (before > 0 && after <= 0)
      all.push_back({increasing_root([&](double r) { return 0 - excess(r); }, low, high), true});
    else if (before <= 0 && after > 0 && cell > 0)
      all.push_back({increasing_root(excess, low, high), false});
  }
  return all;
}

NetworkCascade network_cascade(const Thresholds& thresholds, double acquaintances, double seed) {
  const std::vector<double> law = poisson_law(acquaintances);
  const int degrees = static_cast<int>(law.size());
  const std::vector<std::vector<double>> reply = replies(thresholds, degrees);
  // Σ_k weight_k E F(m/k), where m of k - unseen acquaintances may have moved.
  const auto mean_reply = [&](double q, int unseen, auto weight) {
    const std::vector<double> moved = powers(q, degrees), still = powers(1 - q, degrees);
    double sum = 0;
    for (int k = unseen; k < degrees; ++k) {
      const auto at = static_cast<std::size_t>(k);
      sum += weight(k) * law[at] * expected(reply[at], k - unseen, moved, still);
    }
    return sum;
  };
  double q = seed;
  for (double before = -1; q > before + 1e-15;) {  // rises until it rests
    before = q;
    q = seed + (1 - seed) * mean_reply(before, 1, [&](int k) { return k / acquaintances; });
  }
  double spread = 0;
  for (std::size_t k = 1; k < law.size(); ++k)
    spread += static_cast<double>(k * (k - 1)) * reply[k][1] * law[k] / acquaintances;
  return {.moved = seed + (1 - seed) * mean_reply(q, 0, [](int) { return 1.0; }), .neighbour = q, .spread = spread};
}

}  // namespace moniac
