// A user's own model on the installed library.
#include <cmath>
#include <iostream>

#include "sim/model/model.h"

// Mean-reverting short rate (Vasicek 1977), Euler scheme: r += speed (mean - r) dt + volatility sqrt(dt) z
class Vasicek final : public moniac::Model {
  const double speed = param("speed", 0.25, "1/year", moniac::positive(), "Speed of return", moniac::illustrative());
  const double mean = param("mean", 3.0, "%/year", moniac::between(-5, 50), "Long-run level", moniac::illustrative());
  const moniac::Shock news = normal_shock("news", "News about the rate");
  const moniac::Output rate = output("short_rate", "%/year", "Short-term interest rate");

 public:
  explicit Vasicek(moniac::Declarations& declarations) : Model(declarations) {}
  void start(moniac::Start& s) const override { s[rate] = mean; }
  void step(moniac::Step& s) const override {
    s[rate] = s.last(rate) + speed * (mean - s.last(rate)) * s.dt() + std::sqrt(s.dt()) * s[news];
  }
};

int main() {
  moniac::Declarations declared("us", {.start = *moniac::parse_date("2025-12-01"), .steps = 24});
  const Vasicek model(declared);
  for (const auto& output : declared.outputs()) std::cout << "us." << output.name << " in " << output.unit << '\n';
}
