// Controls on capital flows, and how they leak.
#pragma once

#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/step.h"

namespace moniac {

/// Standing controls bind for ever; of what is added to them e^{-t/2 years} is left after t. States of the model that
/// owns it: what is asked for, and what of the tightening still binds.
class CapitalControls {
 public:
  CapitalControls(State asked, State binding, double dt) : asked_(asked), binding_(binding), kept_(exp(-dt / 2)) {}

  void start(Start& s, const ConstColumn& asked) const {
    s[asked_] = asked;
    s[binding_] = 0;
  }
  /// The share of flows that is held back in this step, 0 … 1.
  ScratchColumn effective(Step& s, double standing, const ConstColumn& asked) const {
    const auto tightened = named((asked - s.last(asked_)).max(0.0));
    s[asked_] = asked;
    s[binding_] = (kept_ * s.last(binding_) + tightened).min((asked - standing).max(0.0));
    return named((s[binding_] + asked.min(standing)).max(0.0).min(1.0));
  }

 private:
  State asked_;
  State binding_;
  double kept_;
};

}  // namespace moniac
