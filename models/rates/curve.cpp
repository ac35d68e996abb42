#include "models/rates/curve.h"

#include "models/rates/curve_model.h"
#include "sim/math/columns.h"

namespace moniac {

Curve::Curve(Declarations& declarations) : Model(declarations) {
  check(!pricing || (model_rate && own_supply), "measure Q needs short_rate: model and supply: ou",
        {"measure", "short_rate", "supply"});
  check(pillars.size() == tenors.size(), "five pillars: 3 months, 2, 5, 10 and 30 years", {"pillars"});
}

void Curve::start(Start& s) const {
  if (model_rate)
    s[rate] = rate0;
  else
    s[rate] = s[policy_rate];
  s[medium_run] = theta0;
  if (theta == from_rule && !pricing) s[medium_run] = anchor(s);
  s[duration] = 0;
  s[worry] = premia.usual_worry(s[posture]);
  s[start_worry] = s[worry];
  s[flow_premium] = 0;
  s[news] = 0;
  s[crisis] = 0;
  s[premium] = 0;
  for (int i = 0; i < 5; ++i) s[shift[i]] = 0;
  write_yields(s);
  for (int i = 0; i < 5; ++i)
    if (fit) s[shift[i]] = pillars[at(i)] - s[yields[at(i)]];
  if (fit) write_yields(s);
}

void Curve::step(Step& s) const {
  if (model_rate)
    step_jointly(s);
  else
    step_on_policy_rate(s);
  if (!own_supply) s[duration] = s[supply_read];
  for (int i = 0; i < 5; ++i) s[shift[i]] = shift_kept * s.last(shift[i]);
  step_premia(s);
  write_yields(s);
}

CurveDynamics Curve::dynamics() const {
  if (pricing) return {.drift = CurveDynamics::Drift::pricing};
  if (theta == ou) return {.drift = CurveDynamics::Drift::mean_reverting};
  if (theta == from_rule) return {.drift = CurveDynamics::Drift::rule, .anchor_weight = anchor_weight};
  return {.drift = CurveDynamics::Drift::anchored, .anchor_weight = anchor_weight, .anchor_speed = anchor_speed};
}

void Curve::step_on_policy_rate(Step& s) const {
  s[rate] = s[policy_rate];
  const double noise = sigma_theta / 100 * theta_step.innovation;
  const auto last = s.last(medium_run);
  if (theta == from_rule)
    s[medium_run] = anchor(s);
  else if (theta == ou)
    s[medium_run] = s[neutral] + theta_step.decay * (last - s[neutral]) + noise * s[theta_news];
  else
    s[medium_run] = (1 - theta_step.decay) * anchor(s) + theta_step.decay * last + noise * s[theta_news];
  s[duration] = supply_step.decay * s.last(duration) + supply_volatility * supply_step.innovation * s[supply_news];
}

void Curve::step_jointly(Step& s) const {
  const auto& m = joint.transition;
  const auto& root = joint.root;
  const auto mean = drawn_to(s);
  const auto r = s.last(rate);
  const auto t = s.last(medium_run);
  const auto d = s.last(duration);
  s[rate] = m[0][0] * r + m[0][1] * t + m[0][2] * d + joint.mean[0] * mean + root[0][0] * s[rate_news];
  s[medium_run] = m[1][0] * r + m[1][1] * t + m[1][2] * d + joint.mean[1] * mean + root[1][0] * s[rate_news] +
                  root[1][1] * s[theta_news];
  if (theta == from_rule && !pricing) s[medium_run] = anchor(s);
  s[duration] = m[2][2] * d + root[2][0] * s[rate_news] + root[2][1] * s[theta_news] + root[2][2] * s[supply_news];
}

// m of CurveDynamics.
ScratchColumn Curve::drawn_to(const View& s) const {
  if (pricing) return named(Eigen::ArrayXd::Constant(s.lanes(), 1.0));
  if (theta == ou) return named(s[neutral]);
  return belief(s);
}

// Worry at the start is at rest; the supply that it depends on is readable from step 1 on.
void Curve::step_premia(Step& s) const {
  s[start_worry] = s.last(start_worry);
  if (s.index() == 1) s[start_worry] *= TransientPremium::supply_factor(s[private_supply]);
  const ConstColumn last_worry(s.index() == 1 ? s[start_worry].data() : s.last(worry).data(), s.lanes());
  premia.advance_worry(last_worry, s[posture], s[private_supply], s[recovery], s[worry]);
  premia.advance_flows(s.last(flow_premium), s[flow_surprise], s[auction_surprise], s[flow_premium]);
  premia.advance_news(s.last(news), s[premium_news], s[risk_shock], s[news]);
  premia.advance_crisis(s.last(crisis), s[premium_jump], s[crisis]);
  s[premium] = s[worry] - s[start_worry] + s[flow_premium] + s[news] + s[crisis] + pressure_effect * s[pressure];
  if (pricing) s[premium] = 0;
}

void Curve::write_yields(const View& s) const {
  const auto x2 = named(rotation.medium_run * (s[medium_run] - rotation.mean));
  const auto x3 = named(rotation.supply * s[duration]);
  const auto x1 = named(s[rate] - rotation.mean - x2 - x3);
  s[residual] = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const CurvePoint& p = points[i];
    auto y = s[yields[i]];
    y = p.constant + p.rate * s[rate] + p.medium_run * s[medium_run] + p.supply * s[duration];
    s[residual] =
        (y - (p.factors_constant + p.factors[0] * x1 + p.factors[1] * x2 + p.factors[2] * x3)).abs().max(s[residual]);
  }
  write_premium(s);
  if (par) {
    std::array<Column, 5> columns = {s[yields[0]], s[yields[1]], s[yields[2]], s[yields[3]], s[yields[4]]};
    par_yields.write(s[rate], s[medium_run], s[duration], points, columns);
  }
  for (int i = 0; i < 5; ++i) s[yields[at(i)]] += s[shift[i]] + points[at(i)].premium_shape / 100 * s[premium];
  s[slope] = 100 * (s[yields[3]] - s[yields[1]]);
}

// y = expectations + premium in zero yields; the shift belongs to the premium.
void Curve::write_premium(const View& s) const {
  const CurvePoint& p = points[3];
  s[expected] = (1 - p.rate - p.medium_run) * s[neutral] + p.rate * s[rate] + p.medium_run * s[medium_run];
  s[term_premium] = 100 * (s[yields[3]] + s[shift[3]] - s[expected]) + s[premium];
}

ModelType curve() {
  return model_type<Curve>("curve", "rates", "us",
                           "Treasury curve: policy rate, medium-run rate and duration supply, arbitrage-free");
}

}  // namespace moniac
