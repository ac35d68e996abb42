// Premia on Treasury yields that come and go: worry about the US–China relation, flows, news.
#pragma once

#include <cmath>

#include "sim/math/columns.h"
#include "sim/math/ornstein_uhlenbeck.h"
#include "sim/model/step.h"

namespace moniac {

/// Premia on the 10-year yield in bp; other maturities move in proportion to their loading on duration supply.
///
///   w' = w̄ + (w - w̄) e^{-κ_w recovery dt},   w̄ = w_max (1 - posture) clip(private_supply/5 %, 0, 2)      worry
///   x' = x e^{-κ_x dt} + η flow_surprise + η_t auction_surprise                                        flows
///   n' = n e^{-κ_n dt} + sqrt((1 - e^{-2 κ_n dt})/(2 κ_n)) (σ_n z - σ_f risk_shock)                     news
///   c' = c e^{-κ_c dt} + scripted jumps                                                                crises
///
/// The news and the flight to safety σ_f are exact for any step.
class TransientPremium {
 public:
  struct Parameters {
    double most_worry;       ///< w_max, bp
    double worry_speed;      ///< κ_w, 1/year
    double flow_effect;      ///< η, bp per % of GDP
    double auction_effect;   ///< η_t
    double flow_speed;       ///< κ_x, 1/year
    double news_volatility;  ///< σ_n, bp/year^0.5
    double safety;           ///< σ_f, bp/year^0.5
    double news_speed;       ///< κ_n, 1/year
    double jump_speed;       ///< κ_c, 1/year
  };
  static constexpr double usual_supply = 5;  ///< % of GDP a year at which worry is w_max (1 - posture)

  TransientPremium(const Parameters& given, double dt)
      : p_(given),
        dt_(dt),
        flow_kept_(exp(-given.flow_speed * dt)),
        jump_kept_(exp(-given.jump_speed * dt)),
        news_(ornstein_uhlenbeck(given.news_speed, dt)) {}

  /// w̄ at the usual supply.
  ScratchColumn usual_worry(ConstColumn posture) const { return named(p_.most_worry * (1 - posture)); }
  /// The factor of w̄ for a supply in % of GDP a year.
  static ScratchColumn supply_factor(ConstColumn private_supply) {
    return named((private_supply / usual_supply).max(0.0).min(2.0));
  }

  void advance_worry(ConstColumn last, ConstColumn posture, ConstColumn private_supply, ConstColumn recovery,
                     Column worry) const {
    const auto kept = exp(-p_.worry_speed * dt_ * recovery);
    const auto drawn_to = named(usual_worry(posture) * supply_factor(private_supply));
    worry = drawn_to + kept * (last - drawn_to);
  }
  void advance_flows(ConstColumn last, ConstColumn flow_surprise, ConstColumn auction_surprise, Column flows) const {
    flows = flow_kept_ * last + p_.flow_effect * flow_surprise + p_.auction_effect * auction_surprise;
  }
  void advance_news(ConstColumn last, ConstColumn z, ConstColumn risk_shock, Column news) const {
    news = news_.decay * last + news_.innovation * (p_.news_volatility * z - p_.safety * risk_shock);
  }
  void advance_crisis(ConstColumn last, ConstColumn jump, Column crisis) const { crisis = jump_kept_ * last + jump; }

 private:
  Parameters p_;
  double dt_;
  double flow_kept_;
  double jump_kept_;
  OrnsteinUhlenbeck news_;
};

}  // namespace moniac
