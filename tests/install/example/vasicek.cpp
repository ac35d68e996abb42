// A user's own model, run by the installed engine.
#include <cmath>
#include <iostream>

#include "sim/engine/ensemble.h"

using namespace moniac;

// Mean-reverting short rate (Vasicek 1977), Euler scheme: r += speed (mean - r) dt + volatility sqrt(dt) z
class Vasicek final : public Model {
  const double initial = param("initial", 5.0, "%/year", between(-5, 50), "Rate at the start", illustrative());
  const double speed = param("speed", 0.25, "1/year", positive(), "Speed of return to the mean", illustrative());
  const double mean = param("mean", 3.0, "%/year", between(-5, 50), "Long-run level", illustrative());
  const double volatility = param("volatility", 1.0, "pp/year^0.5", nonnegative(), "Volatility", illustrative());
  const Shock news = normal_shock("news", "News about the rate");
  const Output rate = output("short_rate", "%/year", "Short-term interest rate");

 public:
  explicit Vasicek(Declarations& declarations) : Model(declarations) {}
  void start(Start& s) const override { s[rate] = initial; }
  void step(Step& s) const override {
    s[rate] = s.last(rate) + speed * (mean - s.last(rate)) * s.dt() + volatility * std::sqrt(s.dt()) * s[news];
  }
};

int main(int, char** words) {
  Catalogue catalogue;
  catalogue.add(model_type<Vasicek>("vasicek", "rates", "us", "Mean-reverting short rate"));
  const Results results = run(Plan::make(read_scenario(words[1]), catalogue)).results;
  for (const RecordedVariable& variable : results.variables) {
    std::cout << variable.name << " on " << iso(results.dates.back()) << ": " << variable.mean.back() << " ± "
              << variable.se.back() << ' ' << variable.unit << '\n';
  }
}
