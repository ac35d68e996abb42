#include "models/trade/held_flows.h"

#include <algorithm>
#include <cmath>

#include "sim/math/scalar.h"

namespace moniac {

namespace {

constexpr double lowest_ratio = 0.2;  // of what buyers pay to the customs value
constexpr double ban = 1e6;           // times the cost of a border that nothing may cross
constexpr double tolerance = 1e-11;   // of ln flow
constexpr double flattest = 0.05;     // least response of a flow that a secant is believed

double& lever_of(TradePolicy& policy, const HeldFlow& flow) {
  if (flow.by == HeldBy::subsidy) return policy.tariff[flow.link];
  return flow.by == HeldBy::cost ? policy.iceberg[flow.link] : policy.export_tax[flow.link];
}

// e^u times what buyers pay beside it: d is a factor, t' and e are shares of a value.
double moved(double without, double u, HeldBy by) {
  if (u == 0) return without;
  return by == HeldBy::cost ? without * exp(u) : (1 + without) * exp(u) - 1;
}

}  // namespace

double HeldFlows::missing(const HeldFlow& flow, const TradePolicy& policy, const TradeEquilibrium& at) const {
  if (flow.by == HeldBy::subsidy) return log(flow.target / at.flow[flow.link]);
  const std::size_t exporter = flow.link / shape_.sectors % shape_.regions;
  const double cost = at.cost[shape_.cell(exporter, flow.link % shape_.sectors)];
  return log(flow.target / (at.flow[flow.link] / (1 + policy.export_tax[flow.link]) / cost));
}

void HeldFlows::remember(TradePolicy& policy) {
  for (Search& search : searches_) search = {.flow = search.flow, .without = lever_of(policy, search.flow)};
}

// At given spending on the sector a share s becomes s* where ln κ moves by -ln(s* (1-s) / (s (1-s*))) / θ, and a small
// one at which a limit is reached by -ln(s*/s) / θ.
void HeldFlows::begin(const TradeSolver& solver, const TradePolicy& policy, const TradeEquilibrium& at) {
  for (Search& search : searches_) {
    const HeldFlow& flow = search.flow;
    const double elasticity = solver.elasticity()[flow.link % shape_.sectors];
    const double share = at.share[flow.link];
    search.last_missing = search.missing = missing(flow, policy, at);
    search.slope = 0 - elasticity * (1 - share) - (flow.by == HeldBy::cost ? 0 : 1);
    if (flow.by == HeldBy::subsidy) {
      search.lowest = log(lowest_ratio / (1 + search.without));
      const double promised = std::min(share * exp(search.missing), 0.99);
      search.u = 0 - log(promised * (1 - share) / (share * (1 - promised))) / elasticity;
    } else {
      search.highest = log(ban);
      search.u = 0 - search.missing / elasticity;
    }
    search.u = std::clamp(search.u, search.lowest, search.highest);
  }
}

void HeldFlows::apply(TradePolicy& policy) const {
  for (const Search& search : searches_)
    lever_of(policy, search.flow) = moved(search.without, search.u, search.flow.by);
}

void HeldFlows::release(TradePolicy& policy) const {
  for (const Search& search : searches_) lever_of(policy, search.flow) = search.without;
}

bool HeldFlows::held(const TradePolicy& policy, const TradeEquilibrium& at) {
  bool all = true;
  for (Search& search : searches_) {
    search.missing = missing(search.flow, policy, at);
    const bool as_asked = std::abs(search.missing) < tolerance;
    const bool at_bound =
        (search.u == search.lowest && search.missing > 0) || (search.u == search.highest && search.missing < 0);
    all = all && (as_asked || at_bound);
  }
  return all;
}

void HeldFlows::move() {
  for (Search& search : searches_) {
    if (search.u != search.last_u && search.missing != search.last_missing)
      search.slope = std::min((search.last_missing - search.missing) / (search.u - search.last_u), -flattest);
    search.last_u = search.u;
    search.last_missing = search.missing;
    search.u = std::clamp(search.u + search.missing / search.slope, search.lowest, search.highest);
  }
}

}  // namespace moniac
