// The model of curve.h: what it declares. Its steps are in curve.cpp.
#pragma once

#include <array>

#include "models/rates/curve_dynamics.h"
#include "models/rates/curve_points.h"
#include "models/rates/par_yields.h"
#include "models/rates/transient_premium.h"
#include "sim/math/columns.h"
#include "sim/math/ornstein_uhlenbeck.h"
#include "sim/model/model.h"

namespace moniac {

// The Treasury curve in three Gaussian factors: the short rate r, the medium-run rate θ ("the dots") and the supply D
// of duration to private holders. Under Q
//
//   dr = [a (θ - r) + ψ D] dt + σ_r dW_r,   dθ = b (θ̄_Q - θ) dt + σ_θ dW_θ,   dD = -κ_D D dt + σ_D dW_D
//
// (Vayanos and Vila 2021, Greenwood and Vayanos 2014 in reduced form), so that every yield is linear:
//   y(τ) = constant(τ) + B_r(τ)/τ r + B_θ(τ)/τ θ + B_D(τ)/τ D + Δ0(τ) e^{-κ_Δ t},
// where Δ0 is what the start curve misses of the pillars. Under P the short rate is the policy rate (`short_rate:
// policy`, whose jumps at meetings the pricing treats as shocks) or dr = a (θ - r) dt + σ_r dW_r (`model`), and
//   anchored:   dθ = b_P (θ* - θ) dt + σ_θ dW_θ,   θ* = (1 - w)(r* + perceived target) + w r
//   ou:         dθ = b (r* + target - θ) dt + σ_θ dW_θ
//   from_rule:  θ = (1 - w)(r* + perceived target) + w r
// each stepped exactly. The expectations part of a yield is the same formula with mean r* + target, ψ = 0 and no
// volatility; the term premium is the rest. Transient premia (transient_premium.h) and τ_p per index point of political
// pressure add to all yields in the shape of B_D(τ)/τ, as deviations from the start; not under Q. Four draws a step.
class Curve final : public Model {
  static constexpr std::array<double, 5> tenors = {0.25, 2, 5, 10, 30};
  enum Theta { ou, from_rule, anchored };

  const int short_rate = choice("short_rate", "policy", {"policy", "model"}, "Where the short rate comes from");
  const int theta = choice("theta", "anchored", {"ou", "from_rule", "anchored"}, "Dynamics of the medium-run rate");
  const int supply = choice("supply", "input", {"input", "ou"}, "Duration supply: read, or an own process");
  const int measure = choice("measure", "P", {"P", "Q"},
                             "Measure of the simulation; Q for pricing, with short_rate: "
                             "model, supply: ou");
  const bool model_rate = short_rate == 1;
  const bool own_supply = supply == 1;
  const bool pricing = measure == 1;

  const double a = param("rate_speed", 0.45, "1/year", positive(), "a: speed of the short rate towards the medium run",
                         calibrated("fit to the curve of December 2025, within 15 bp"));
  const double b = param("medium_run_speed", 0.10, "1/year", positive(), "b: speed of the medium-run rate under Q",
                         calibrated("same fit"));
  const double mean_q = param("medium_run_mean_q", 6.16, "%/year", between(-10, 30),
                              "Mean of the medium-run rate under Q; holds the term premium", calibrated("same fit"));
  const double theta0 =
      param("theta0", 3.31, "%/year", between(-10, 30), "Medium-run rate at the start", calibrated("same fit"));
  const double rate0 =
      param("rate0", 3.63, "%/year", between(-10, 30), "Short rate at the start, for short_rate: model",
            calibrated("effective federal funds rate, 12 bp below the upper bound; FEDFUNDS January 2026: 3.64"));
  const double sigma_r = param("rate_volatility", 95, "bp/year^0.5", nonnegative(), "Volatility of the short rate",
                               illustrative("monthly changes 2015–25"));
  const double sigma_theta = param("medium_run_volatility", 90, "bp/year^0.5", nonnegative(),
                                   "Volatility of the medium-run rate", illustrative("monthly changes 2015–25"));
  const double rho =
      param("correlation", 0.25, "", between(-1, 1), "Correlation of short and medium-run rate", illustrative());
  const double supply_speed = param("supply_speed", 0.08, "1/year", positive(), "Reversion of duration supply",
                                    illustrative("persistent: Greenwood and Vayanos 2014"));
  const double supply_volatility = param("supply_volatility", 0.75, "%/year^0.5", nonnegative(),
                                         "Volatility of duration supply, % of GDP", illustrative());
  const double supply_loading = param(
      "supply_loading", 6.0, "bp", nonnegative(), "Rise of the 10-year yield per 1 % of GDP of 10-year equivalents",
      calibrated("range 3–8: Williams 2014, Gagnon 2016, Li and Wei 2013, Bonis, Ihrig and Wei 2017"));
  const double anchor_weight = param("anchor_weight", 0.35, "", between(0, 1),
                                     "w: weight of the short rate in the medium-run rate", illustrative());
  const double anchor_speed =
      param("anchor_speed", 0.5, "1/year", positive(), "b_P: speed of the anchored medium-run rate", illustrative());

  const double most_worry =
      param("worry_max", 25, "bp", nonnegative(), "Worry premium at a posture of 0 and usual supply", illustrative());
  const double worry_speed =
      param("worry_speed", 2, "1/year", nonnegative(), "Speed of worry, times uscn.recovery_speed", illustrative());
  const double flow_effect = param(
      "flow_effect", 15, "bp", nonnegative(), "Transient premium per 1 % of GDP that foreigners sell unexpectedly",
      illustrative("range 8–75: Warnock and Warnock 2009; Beltran, Kretchmer, Marquez and Thomas 2013"));
  const double flow_speed =
      param("flow_speed", 4, "1/year", nonnegative(), "Fading of the premium on flows", illustrative());
  const double auction_effect =
      param("auction_effect", 0.3, "", nonnegative(), "Transient premium per bp of auction surprise", illustrative());
  const double pressure_effect = param("pressure_effect", 10, "bp", nonnegative(),
                                       "τ_p: premium per index point of political pressure", illustrative());
  const double premium_volatility =
      param("premium_volatility", 50, "bp/year^0.5", nonnegative(), "Volatility of the premium",
            calibrated("monthly changes of the 10-year yield 2015–25: 19–23.5 bp"));
  const double premium_speed =
      param("premium_speed", 0.7, "1/year", positive(), "Fading of news about the premium", illustrative());
  const double safety = param("flight_to_safety", 20.8, "bp/year^0.5", nonnegative(),
                              "Fall of the premium per shock to world risk; 6 bp for one a month", illustrative());
  const double jump_speed = param("jump_speed", 14.5, "1/year", nonnegative(), "Fading of scripted jumps",
                                  illustrative("half-life of 2 to 3 weeks in April 2025"));

  const bool fit = flag("fit", true, "Whether the start curve is shifted to the pillars");
  const std::vector<double> pillars =
      numbers("pillars", {3.59, 3.45, 3.70, 4.14, 4.81}, "%/year", between(-10, 50),
              "Yields at the start for 3 months, 2, 5, 10 and 30 years",
              published("DGS2, DGS10, DGS30 end and TB3MS mean of December 2025; 5 years interpolated"));
  const double shift_decay =
      param("shift_decay", 0, "1/year", nonnegative(), "κ_Δ: decay of the shift to the pillars", illustrative());
  const bool par = flag("par", false, "Yields as semi-annual par yields instead of continuous zero yields");

  const Input policy_rate = model_rate ? Input{} : input("policy_rate", 3.75, "%/year", "Policy rate");
  const Input neutral = input("neutral_rate", 2.8, "%/year", "Natural rate plus target of inflation");
  const Input perceived = input("perceived_target", 2, "%/year", "Target of inflation that the public perceives");
  const Input announced = input("inflation_target", 2, "%/year", "Announced target of inflation");
  const Input supply_read = own_supply ? Input{}
                                       : lagged_input("duration_supply", 0, "%",
                                                      "Duration supply, deviation in % of GDP of 10-year equivalents");

  const Input posture = input("uscn.posture", 0.5, "ratio", "Posture of the US and China: 1 détente, 0 confrontation");
  const Input recovery = input("uscn.recovery_speed", 1, "ratio", "Factor on the speed at which worry moves");
  const Input pressure = input("political_pressure", 0, "index", "Political pressure on the central bank");
  const Input risk_shock = input("world.risk_shock", 0, "index", "Shock to risk appetite in the step");
  const Input premium_jump = input("premium_jump", 0, "bp/step", "Scripted jump of the premium on the 10-year yield");
  const Input private_supply = lagged_input("private_supply", TransientPremium::usual_supply, "%/year",
                                            "Net supply to private investors over 13 weeks, % of GDP");
  const Input flow_surprise = lagged_input("flow_surprise", 0, "%/step", "Unexpected sales by foreigners, % of GDP");
  const Input auction_surprise = lagged_input("auction_surprise", 0, "bp/step", "Surprise of the step's auctions");

  const Output rate = output("curve_short_rate", "%/year", "Short rate that the curve starts from");
  const Output medium_run = output("medium_run_rate", "%/year", "Expected medium-run rate");
  const std::array<Output, 5> yields = {output("y3m", "%/year", "3-month yield"),
                                        output("y2", "%/year", "2-year yield"), output("y5", "%/year", "5-year yield"),
                                        output("y10", "%/year", "10-year yield"),
                                        output("y30", "%/year", "30-year yield")};
  const Output slope = output("slope_2y10y", "bp", "10-year less 2-year yield");
  const Output expected = output("expected_10y", "%/year", "Expectations part of the 10-year yield");
  const Output term_premium = output("term_premium_10y", "bp", "10-year yield less its expectations part");

  const Output worry = output("worry", "bp", "Worry premium in the 10-year yield");
  const Output flow_premium = output("flow_premium", "bp", "Premium on flows in the 10-year yield");

  const SupplyAffine priced = with_loading_10y({.rate_speed = a,
                                                .endpoint_speed = b,
                                                .supply_speed = supply_speed,
                                                .supply_effect = 0,
                                                .endpoint_mean = mean_q / 100,
                                                .rate_volatility = sigma_r / 1e4,
                                                .endpoint_volatility = sigma_theta / 1e4,
                                                .supply_volatility = supply_volatility,
                                                .correlation = rho},
                                               supply_loading / 1e4);
  const std::array<CurvePoint, 5> points = curve_points(priced, tenors);
  const Rotation rotation{priced};
  const ParYields par_yields{priced, par ? tenors.back() : 0};
  const OrnsteinUhlenbeck theta_step = ornstein_uhlenbeck(theta == anchored ? anchor_speed : b, time().dt());
  const OrnsteinUhlenbeck supply_step = ornstein_uhlenbeck(supply_speed, time().dt());
  const JointStep joint = joint_step(priced, dynamics(), time().dt());
  const TransientPremium premia{{.most_worry = most_worry,
                                 .worry_speed = worry_speed,
                                 .flow_effect = flow_effect,
                                 .auction_effect = auction_effect,
                                 .flow_speed = flow_speed,
                                 .news_volatility = premium_volatility,
                                 .safety = safety,
                                 .news_speed = premium_speed,
                                 .jump_speed = jump_speed},
                                time().dt()};
  const double shift_kept = exp(-shift_decay * time().dt());

  const Output residual = identity("curve_identity_residual", 1e-12 * rotation.size(), "%/year",
                                   "Largest difference of yields by loadings and by independent factors");

  const State duration = state("duration_supply", "Duration supply in force, % of GDP");
  const States shift = states("pillar_shift", 5, "Shift of each yield to its pillar, percent");

  const State start_worry = state("start_worry", "Worry premium at the start, bp");
  const State news = state("premium_news", "News in the premium, bp");
  const State crisis = state("crisis_premium", "What is left of scripted jumps, bp");
  const State premium = state("transient_premium", "All transient premia less those of the start, bp");

  const Shock rate_news = normal_shock("rate_news", "News about the short rate");
  const Shock theta_news = normal_shock("medium_run_news", "News about the medium-run rate");
  const Shock supply_news = normal_shock("supply_news", "News about duration supply");
  const Shock premium_news = normal_shock("premium_news", "News about the premium");

 public:
  explicit Curve(Declarations& declarations);
  void start(Start& s) const override;
  void step(Step& s) const override;

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  // The mean that the medium-run rate is drawn to by beliefs about r* and the target, before the weight of r.
  ScratchColumn belief(const View& s) const { return named(s[neutral] + s[perceived] - s[announced]); }
  ScratchColumn anchor(const View& s) const { return named((1 - anchor_weight) * belief(s) + anchor_weight * s[rate]); }

  CurveDynamics dynamics() const;
  void step_on_policy_rate(Step& s) const;
  void step_jointly(Step& s) const;
  ScratchColumn drawn_to(const View& s) const;
  void step_premia(Step& s) const;
  void write_yields(const View& s) const;
  void write_premium(const View& s) const;
};

}  // namespace moniac
