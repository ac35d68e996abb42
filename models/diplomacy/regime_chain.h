// The regimes between the USA and China, and the rates at which they change.
#pragma once

#include "sim/math/uniformisation.h"
#include "sim/model/variables.h"

namespace moniac {

constexpr std::size_t detente = 0, talking = 1, confrontation = 2, conflict = 3;

/// detente, talks, confrontation, conflict.
inline Names regime_names() {
  return {"detente", "talks", "confrontation", "conflict"};
}

/// What moves the rates, as it stands at the beginning of a step. All are 0 at rest.
struct RegimeConditions {
  double tension = 0;      ///< (λ - μ_R/(1-n))/μ_R: incidents above their mean
  double us_strain = 0;    ///< z of the USA
  double cn_strain = 0;    ///< z of China
  double call = 0;         ///< 1 in a step with a dated talk
  double channel = 0;      ///< 1 while a channel is open in confrontation
  double stuck_years = 0;  ///< since the regime became confrontation
  double escalation = 1;   ///< factor on the rates to confrontation
};

/// q_ij = q0_ij e^{b_ij · x}: proportional hazards.
struct RegimeChain {
  StateRates<4> at_rest;          ///< q0, 1/year
  double escalation_tension = 0;  ///< b of détente and talks -> confrontation, of tension
  double escalation_strain = 0;   ///< the same, of us_strain
  double talks_us_strain = 0;     ///< b of confrontation -> talks
  double talks_cn_strain = 0;
  double talks_call = 0;        ///< b of détente -> talks, of call
  double hold_call = 0;         ///< b of talks -> confrontation, of call
  double conflict_tension = 0;  ///< b of confrontation -> conflict
  double conflict_strain = 0;
  double conflict_channel = 0;
  double hardening = 0;  ///< fall of confrontation -> talks, 1/year of confrontation

  StateRates<4> rates(const RegimeConditions& x) const {
    StateRates<4> q = at_rest;
    const double worse = x.escalation * exp(escalation_tension * x.tension + escalation_strain * x.us_strain);
    q[detente][confrontation] *= worse;
    q[talking][confrontation] *= worse * exp(hold_call * x.call);
    q[detente][talking] *= exp(talks_call * x.call);
    q[confrontation][talking] *=
        exp(talks_us_strain * x.us_strain + talks_cn_strain * x.cn_strain - hardening * x.stuck_years);
    q[confrontation][conflict] *=
        exp(conflict_tension * x.tension + conflict_strain * x.us_strain + conflict_channel * x.channel);
    return q;
  }
};

}  // namespace moniac
