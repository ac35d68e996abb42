#include "models/treasury/maturity_chain.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace moniac {

MaturityChain MaturityChain::of_widths(const std::vector<double>& widths, double dt) {
  MaturityChain chain;
  double life = 0;
  for (const double width : widths) {
    life += width;
    chain.outflow.push_back(std::min(1.0, dt / width));
    chain.life.push_back(life);
    chain.residual.push_back(life - width / 2);
  }
  return chain;
}

MaturityChain MaturityChain::of_steps(double years, double dt) {
  MaturityChain chain;
  const auto slots = std::max(1L, std::lround(years / dt));
  for (long k = 1; k <= slots; ++k) {
    chain.outflow.push_back(1);
    chain.life.push_back(static_cast<double>(k) * dt);
    chain.residual.push_back(static_cast<double>(k) * dt);
  }
  return chain;
}

std::vector<double> MaturityChain::sold(double years) const {
  std::vector<double> weights(life.size());
  const auto above = static_cast<std::size_t>(std::lower_bound(life.begin(), life.end(), years) - life.begin());
  if (above == 0 || above == life.size()) {
    weights[std::min(above, life.size() - 1)] = 1;
    return weights;
  }
  const double share = (years - life[above - 1]) / (life[above] - life[above - 1]);
  weights[above - 1] = 1 - share;
  weights[above] = share;
  return weights;
}

std::vector<double> MaturityChain::held(const std::vector<double>& years, const std::vector<double>& amounts) const {
  assert(years.size() == amounts.size());
  std::vector<double> total(life.size());
  for (std::size_t i = 0; i < years.size(); ++i) {
    const auto slot = static_cast<std::size_t>(std::lower_bound(life.begin(), life.end(), years[i]) - life.begin());
    total[std::min(slot, total.size() - 1)] += amounts[i];
  }
  return total;
}

}  // namespace moniac
