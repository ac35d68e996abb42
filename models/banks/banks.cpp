#include "models/banks/banks.h"

#include <algorithm>

#include "models/banks/banks_model.h"
#include "sim/math/columns.h"
#include "sim/math/hawkes.h"
#include "sim/math/scalar.h"

namespace moniac {

Banks::Banks(Declarations& declarations) : Model(declarations) {
  check_params();
}

void Banks::start(Start& s) const {
  for (int c = 0; c < size(); ++c) {
    s[left[c]] = count0[at(c)];
    s[assets[c]] = assets0[at(c)];
    s[securities[c]] = securities0[at(c)];
    s[equity[c]] = equity0[at(c)];
    s[losses[c]] = losses0[at(c)];
    s[deposits[c]] = deposits0[at(c)];
    s[excess[c]] = 0;
    s[borrowed[c]] = 0;
    s[failures[c]] = 0;
    s[failed_assets[c]] = 0;
  }
  measure_hazard(s, opens == 0 && closes > 0);
  for (const Output zero : {runs, loans, resolution, draw, stress}) s[zero] = 0;
  s[recent] = 0;
  s[y5_last] = s[y5];
  s[spread_start] = s[spread].max(0.0);
  measure_losses(s);
  s[ratio_start] = s[ratio];
}

void Banks::step(Step& s) const {
  s[spread_start] = s.last(spread_start);
  s[ratio_start] = s.last(ratio_start);
  const bool lends = s.index() >= opens && s.index() < closes;
  carry(s, lends);
  measure_hazard(s, lends);
  draw_failures(s, lends);
  s[loans] = 0;
  for (int c = 0; c < size(); ++c) s[loans] += s[borrowed[c]];
  s[draw] = s[loans] + s[resolution] - s.last(loans) - s.last(resolution);
  measure_losses(s);
  measure_stress(s);
}

// Stocks, losses after the change of yields, deposits after the slow outflow; loans fall due once the window is shut.
void Banks::carry(Step& s, bool lends) const {
  const auto above = (s[bill_yield] - deposit_beta * s[policy_rate] - tolerated).max(0.0);
  const auto stays = exp(-outflow * dt * above);
  const auto change = named((s[y5] - s.last(y5_last)) / 100);
  for (int c = 0; c < size(); ++c) {
    for (const State stock : {securities[c], equity[c], assets[c]}) s[stock] = s.last(stock);
    s[left[c]] = s.last(left[c]);
    s[deposits[c]] = s.last(deposits[c]) * stays;
    const double years = duration[at(c)];
    s[losses[c]] = exp(-dt / (2 * years)) * s.last(losses[c]) +
                   s[securities[c]] * change * (years - convexity[at(c)] / 2 * change);
    s[borrowed[c]] = (lends ? 1 : 1 - repaid) * s.last(borrowed[c]);
  }
  s[resolution] = (1 - repaid) * s.last(resolution);
  s[y5_last] = s[y5];
}

void Banks::measure_hazard(View& s, bool lends) const {
  for (int c = 0; c < size(); ++c) {
    const double u = uninsured[at(c)];
    auto rate = s[hazard[c]];
    rate = s[losses[c]] / s[equity[c]].max(1e-9);
    if (lends) {
      const auto capacity = (eligible * s[securities[c]] - s[borrowed[c]]).max(0.0);
      rate *= 1 - relief * (capacity / (u * s[deposits[c]]).max(1e-9)).min(1.0);
    }
    rate = floor + exp(b0 + b1 * rate + b2 * u + b3 / 10 * s[spread].max(0.0));
  }
}

void Banks::draw_failures(Step& s, bool lends) const {
  for (int c = 0; c < size(); ++c) s[failures[c]] = 0;
  for (int c = 0; c < size(); ++c) s[failed_assets[c]] = 0;
  s[runs] = 0;
  for (Eigen::Index path = 0; path < s.lanes(); ++path) {
    ByClass baseline, now;
    for (int c = 0; c < size(); ++c) {
      now[at(c)] = s.last(excess[c])(path);
      baseline[at(c)] = s[left[c]](path) * s[hazard[c]](path);
    }
    const auto uniforms = [&] {
      const EventDraws drawn = s.next_event(candidates, path);
      return HawkesUniforms{drawn[0], drawn[1]};
    };
    const auto fails = [&](std::size_t type) {
      const int c = static_cast<int>(type);
      if (s[left[c]](path) < 1) return false;
      resolve(s, c, path, lends);
      baseline[type] = s[left[c]](path) * s[hazard[c]](path);
      return true;
    };
    process.step(now.data(), baseline.data(), uniforms, fails);
    for (int c = 0; c < size(); ++c) s[excess[c]](path) = now[at(c)];
  }
}

// One bank of the class fails: what runs is in part met by the facility, the bank leaves with its part of every
// stock, and its loans pass to whoever takes it over.
void Banks::resolve(Step& s, int c, Eigen::Index path, bool lends) const {
  const double part = 1 / s[left[c]](path);
  const double lost = s[losses[c]](path) / s[equity[c]](path);
  const double run = run_done / (1 + exp((run_mid - lost) / run_scale));
  const double ran = part * s[deposits[c]](path) * uninsured[at(c)] * run;
  s[runs](path) += ran;
  if (lends) {
    const double capacity = part * std::max(eligible * s[securities[c]](path) - s[borrowed[c]](path), 0.0);
    s[borrowed[c]](path) += take_up * std::min(ran, capacity);
  }
  s[resolution](path) += resolution_share * part * s[deposits[c]](path);
  s[failures[c]](path) += 1;
  s[left[c]](path) -= 1;
  s[failed_assets[c]](path) += part * s[assets[c]](path);
  for (const State stock : {securities[c], equity[c], assets[c]}) s[stock](path) *= 1 - part;
  for (const Output stock : {losses[c], deposits[c]}) s[stock](path) *= 1 - part;
}

void Banks::measure_losses(View& s) const {
  s[all_losses] = 0;
  s[ratio] = 0;
  for (int c = 0; c < size(); ++c) {
    s[all_losses] += s[losses[c]];
    s[ratio] += s[equity[c]];
  }
  s[ratio] = s[all_losses] / s[ratio].max(1e-9);
}

void Banks::measure_stress(Step& s) const {
  s[recent] = s.last(recent) * exp(-dt / memory * s[recovery]);
  for (int c = 0; c < size(); ++c) s[recent] += s[failed_assets[c]] / s[bank_assets];
  const auto scarce = k1 / 50 * (s[spread] - s[spread_start]).max(0.0);
  const auto lost = k3 * (s[ratio] - s[ratio_start]).max(0.0);
  s[stress] = 0 - expm1(-(scarce + 10 * k2 * s[recent] + lost));
}

ModelType banks() {
  return model_type<Banks>("banks", "banks", "us",
                           "Bank stress: losses on securities, runs, failures that spread, a lender of last resort");
}

}  // namespace moniac
