#include <array>

#include "models/economies/policy_presets.h"
#include "models/rates/curve.h"
#include "models/rates/curve_points.h"
#include "sim/math/columns.h"
#include "sim/math/ornstein_uhlenbeck.h"

namespace moniac {

namespace {

constexpr std::array<double, 3> tenors = {2, 5, 10};
const Names& countries() {
  static const Names names = {"cn", "jp", "ea", "em"};
  return names;
}

struct Pillars {
  std::vector<double> yields;  ///< %/year for 2, 5 and 10 years
  Source source;
};

Pillars pillars_of(int country) {
  switch (country) {
    case 0:
      return {{1.40, 1.60, 1.85}, illustrative("December 2025: 10 years ChinaBond as remembered, shorter assumed")};
    case 1:
      return {{1.10, 1.50, 2.07}, illustrative("December 2025: 10 years MoF Japan as remembered, shorter assumed")};
    case 2:
      return {{2.10, 2.40, 2.85}, illustrative("December 2025: 10 years Bundesbank as remembered, shorter assumed")};
    default:
      return {{6.3, 6.5, 6.8}, illustrative()};
  }
}

// The curve of `curve` without supply and without volatility: yields are the average of the expected path
//
//   y(τ) = n + B_r(τ)/τ (r - n) + B_θ(τ)/τ (θ - n) + Δ0(τ)
//
// with neutral rate n, policy rate r, medium-run rate θ' = θ* + (θ - θ*) e^{-b_P dt}, θ* = (1 - w) n + w r, which
// starts at θ*. Δ0 fits the start curve and stays; the term premium is Δ0 at 10 years. No draws. In Japan a cap on the
// 10-year yield takes what is above it out of the term premium; the stock of bonds that the central bank has to hold
// for it follows from the effect of supply on the US curve, 6 bp per 1 % of GDP.
class CurveSimple final : public Model {
  const int country =
      choice("preset", preset_country(), countries(), "Economy whose numbers are the defaults of all others");
  const PolicyPreset bank = policy_preset(country + 1);
  const Pillars start_curve = pillars_of(country);

  const double a = param("rate_speed", 0.45, "1/year", positive(), "a: speed of the short rate towards the medium run",
                         illustrative("that of the US curve"));
  const double b = param("medium_run_speed", 0.10, "1/year", positive(), "b: speed of the medium-run rate in pricing",
                         illustrative("that of the US curve"));
  const double anchor_weight = param("anchor_weight", 0.35, "", between(0, 1),
                                     "w: weight of the policy rate in the medium-run rate", illustrative());
  const double anchor_speed =
      param("anchor_speed", 0.5, "1/year", positive(), "b_P: speed of the medium-run rate", illustrative());
  const std::vector<double> pillars = numbers("pillars", start_curve.yields, "%/year", between(-10, 100),
                                              "Yields at the start for 2, 5 and 10 years", start_curve.source);
  const bool has_lpr = country == 0;
  const double lpr_spread =
      has_lpr ? param("lpr5y_spread", 2.10, "pp", between(-5, 10), "5-year loan prime rate over the policy rate",
                      calibrated("3.50 % less 1.40 % from 2025-05-20"))
              : 0;

  const bool has_cap = country == 1;
  const double purchase_effect =
      has_cap ? param("purchase_effect", 6, "bp", positive(),
                      "Fall of the 10-year yield per 1 % of GDP of 10-year bonds that the central bank holds",
                      illustrative("that of the US curve"))
              : 0;

  const Input policy_rate = input("policy_rate", bank.i0.value, "%/year", "Policy rate");
  const Input neutral = input("neutral_rate", bank.natural_rate.value + bank.inflation_target.value, "%/year",
                              "Natural rate plus target of inflation");

  const Input cap = has_cap ? input("yield_cap_10y", 100, "%/year", "Cap on the 10-year yield; 100: none") : Input{};

  const Output medium_run = output("medium_run_rate", "%/year", "Expected medium-run rate");
  const std::array<Output, 3> yields = {output("y2", "%/year", "2-year yield"), output("y5", "%/year", "5-year yield"),
                                        output("y10", "%/year", "10-year yield")};
  const Output term_premium = output("term_premium_10y", "bp", "10-year yield less its expectations part");
  const Output lpr = has_lpr ? output("lpr5y", "%/year", "5-year loan prime rate") : Output{};

  const Output purchases =
      has_cap ? output("yield_cap_purchases", "%", "Bonds held for the cap, % of GDP in 10-year equivalents")
              : Output{};

  const Output cap_holds =
      has_cap ? clamp("at_yield_cap", "The cap holds the 10-year yield below what the curve asks for") : Output{};

  const States shift = states("pillar_shift", 3, "Shift of each yield to its pillar, percent");

  const std::array<CurvePoint, 3> points = curve_points({.rate_speed = a,
                                                         .endpoint_speed = b,
                                                         .supply_speed = 1,
                                                         .supply_effect = 0,
                                                         .endpoint_mean = 0,
                                                         .rate_volatility = 0,
                                                         .endpoint_volatility = 0,
                                                         .supply_volatility = 0,
                                                         .correlation = 0},
                                                        tenors);
  const double kept = ornstein_uhlenbeck(anchor_speed, time().dt()).decay;

 public:
  explicit CurveSimple(Declarations& declarations) : Model(declarations) {
    check(pillars.size() == tenors.size(), "three pillars: 2, 5 and 10 years", {"pillars"});
  }

  void start(Start& s) const override {
    s[medium_run] = anchor(s);
    for (int i = 0; i < 3; ++i) {
      const auto k = static_cast<std::size_t>(i);
      s[shift[i]] = pillars[k] - expected(s, points[k]);
    }
    write(s);
  }

  void step(Step& s) const override {
    s[medium_run] = (1 - kept) * anchor(s) + kept * s.last(medium_run);
    for (int i = 0; i < 3; ++i) s[shift[i]] = s.last(shift[i]);
    write(s);
  }

 private:
  std::string preset_country() const {
    const std::string economy = preset_economy(scope());
    return economy == "us" ? "em" : economy;
  }

  ScratchColumn anchor(const View& s) const {
    return named((1 - anchor_weight) * s[neutral] + anchor_weight * s[policy_rate]);
  }

  ScratchColumn expected(const View& s, const CurvePoint& p) const {
    return named((1 - p.rate - p.medium_run) * s[neutral] + p.rate * s[policy_rate] + p.medium_run * s[medium_run]);
  }

  void write(const View& s) const {
    for (int i = 0; i < 3; ++i) {
      const auto k = static_cast<std::size_t>(i);
      s[yields[k]] = expected(s, points[k]) + s[shift[i]];
    }
    s[term_premium] = 100 * s[shift[2]];
    if (has_lpr) s[lpr] = s[policy_rate] + lpr_spread;
    if (has_cap) hold_cap(s);
  }

  void hold_cap(const View& s) const {
    const auto above = named((s[yields[2]] - s[cap]).max(0.0));
    s[yields[2]] -= above;
    s[term_premium] -= 100 * above;
    s[purchases] = 100 / purchase_effect * above;
    s[cap_holds] = (above > 0).cast<double>();
  }
};

}  // namespace

ModelType curve_simple() {
  return model_type<CurveSimple>("curve_simple", "rates", "ea",
                                 "Yields of another economy: expected path of its policy rate and a fixed shift");
}

}  // namespace moniac
