#include "models/diplomacy/stress_index.h"

#include <array>
#include <limits>

#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

enum class Centre { start, zero, year_ago };

struct Term {
  const char* name;
  const char* unit;
  const char* doc;
  double scale;
  double sign;
  Centre centre;
};

constexpr std::size_t terms = 4;
using Terms = std::array<Term, terms>;

constexpr Terms of_usa = {{
    {"term_premium_10y", "bp", "Term premium, 10 years", 30, 1, Centre::start},
    {"issuance_gap", "%/year", "Private supply of Treasuries, deviation from the start", 2, 1, Centre::zero},
    {"financial_stress", "ratio", "Stress of banks", 0.10, 1, Centre::zero},
    {"unemployment", "%", "Unemployment", 1, 1, Centre::start},
}};
constexpr Terms of_china = {{
    {"lgfv_spread", "bp", "Spread of financing vehicles", 50, 1, Centre::start},
    {"house_price_index", "index", "Prices of houses", 5, -1, Centre::year_ago},
    {"export_demand_gap", "%", "Demand for exports relative to the start", 1, -1, Centre::zero},
    {"distress_share", "%", "Debt of provinces in distress", 5, 1, Centre::zero},
}};

// z = clip(Σ_k w_k (x_k - c_k)/s_k, -3, 3): with weights of 1/4 each, z = 1 where all four are a scale above their
// centre c_k. c_k is the value at the start, or 0; of house prices x_k is the log change over twelve months and c_k the
// one at the start, g_0, so that 100 ln(p_t/p_0) + g_0 (1 - t) is the change in the first year. What no model makes and
// no lever sets adds 0.
class StressIndex final : public Model {
  const bool china = choice("side", scope() == "cn" ? "china" : "usa", {"usa", "china"}, "Whose terms make it") == 1;
  const Terms& of = china ? of_china : of_usa;

  const std::vector<double> weight =
      numbers("weight", std::vector<double>(terms, 0.25), "", nonnegative(), "Weight of each term", illustrative());
  const std::vector<double> scale =
      numbers("scale", scales(), "", positive(), "What counts as one, in the unit of each term",
              illustrative("the order of a standard deviation of the past"));
  const double house_change =
      param("house_price_change", -6, "%", any_number(), "Log change of house prices in the year before the start",
            illustrative("as the momentum of property"));

  const std::array<Input, terms> x = declare();
  const Output stress = output("stress", "z", "How strained the side is: 0 as at the start, at most 3 either way");
  const Output bounded = clamp("stress_at_bound", "Stress beyond 3 either way counts as 3");
  const States centre = states("centre", terms, "Values at the start");
  const int year = steps_in(1, time().dt());
  const MovingWindow log_prices{states("log_prices", china ? year + 1 : 1, "Log house prices of a year, newest first")};

 public:
  explicit StressIndex(Declarations& declarations) : Model(declarations) {
    check(weight.size() == terms, "four weights", {"weight"});
    check(scale.size() == terms, "four scales", {"scale"});
  }

  void start(Start& s) const override {
    for (std::size_t k = 0; k < terms; ++k) {
      s[centre[int(k)]] = 0;
      if (of[k].centre == Centre::start) s[centre[int(k)]] = s[x[k]];
    }
    const auto price = log_price(s);
    for (int i = 0; i < log_prices.size(); ++i)
      s[log_prices.value(i)] = price - house_change / 100 * (double(i) / double(year));
    measure(s);
  }

  void step(Step& s) const override {
    for (std::size_t k = 0; k < terms; ++k) s[centre[int(k)]] = s.last(centre[int(k)]);
    log_prices.push(s, log_price(s));
    measure(s);
  }

 private:
  std::vector<double> scales() const {
    std::vector<double> all;
    for (const Term& term : of) all.push_back(term.scale);
    return all;
  }

  std::array<Input, terms> declare() {
    std::array<Input, terms> declared;
    for (std::size_t k = 0; k < terms; ++k) {
      const double missing = of[k].centre == Centre::year_ago ? std::numeric_limits<double>::quiet_NaN() : 0;
      declared[k] = input(of[k].name, missing, of[k].unit, of[k].doc);
    }
    return declared;
  }

  // 0 where there are none.
  ScratchColumn log_price(const View& s) const {
    auto price = scratch_column();
    price = 1.0;
    if (china) price = (s[x[1]] == s[x[1]]).select(s[x[1]], price);
    return log(price);
  }

  ScratchColumn deviation(const View& s, std::size_t k) const {
    switch (of[k].centre) {
      case Centre::start:
        return named(s[x[k]] - s[centre[int(k)]]);
      case Centre::zero:
        return named(s[x[k]] - 0);
      case Centre::year_ago:
        break;
    }
    const auto change = named(100 * (s[log_prices.value(0)] - s[log_prices.value(year)]) - house_change);
    return named((s[x[k]] == s[x[k]]).select(change, 0.0));
  }

  void measure(View& s) const {
    auto z = scratch_column();
    z = 0.0;
    for (std::size_t k = 0; k < terms; ++k) z += of[k].sign * weight[k] / scale[k] * deviation(s, k);
    s[bounded] = (z.abs() > 3.0).cast<double>();
    s[stress] = z.max(-3.0).min(3.0);
  }
};

}  // namespace

ModelType stress_index() {
  return model_type<StressIndex>("stress_index", "diplomacy", "us",
                                 "How strained the USA or China is: four deviations in one number");
}

}  // namespace moniac
