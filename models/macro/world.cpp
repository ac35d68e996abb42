#include "models/macro/macro_core.h"
#include "sim/math/columns.h"
#include "sim/math/ornstein_uhlenbeck.h"

namespace moniac {

namespace {

// The mood of world markets: a shock z ~ N(0, 1) per step, and the level that it leaves behind,
//   risk' = e^{-k dt} risk + sqrt(1 - e^{-2 k dt}) z,
// an Ornstein–Uhlenbeck process with variance 1 in the long run, exact for any step. Positive is flight to safety.
class World final : public Model {
  const double speed =
      param("risk_speed", 4, "1/year", positive(), "Speed at which the level of risk fades", illustrative());
  const Output shock = output("risk_shock", "index", "Shock to risk appetite in the step, N(0, 1); positive is fear");
  const Output level = output("risk", "index", "Level of risk aversion, variance 1 in the long run");
  const Shock news = normal_shock("news", "News about risk");
  const OrnsteinUhlenbeck risk = ornstein_uhlenbeck(speed, time().dt());
  const double to_unit_variance = std::sqrt(2 * speed) * risk.innovation;

 public:
  explicit World(Declarations& declarations) : Model(declarations) {}

  void start(Start& s) const override {
    s[shock] = 0;
    s[level] = 0;
  }

  void step(Step& s) const override {
    s[shock] = s[news];
    s[level] = risk.decay * s.last(level) + to_unit_variance * s[news];
  }
};

}  // namespace

ModelType world() {
  return model_type<World>("world", "macro", "world", "Risk appetite that all markets share");
}

}  // namespace moniac
