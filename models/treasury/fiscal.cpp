#include "models/treasury/fiscal.h"

#include <chrono>

#include "models/treasury/starts.h"

namespace moniac {

namespace {

// What the government spends beyond its revenue, interest aside.
//
//   primary deficit = (2.6 % - 0.4 y) GDP dt - (tariffs - tariffs_0) + discretionary
//   fiscal impulse  = 100 [discretionary - (tariffs - tariffs_0)]/(GDP dt)       % of GDP, relative to the start
//
// y and GDP are last step's. With a path of the total deficit, interest is taken off it. No draws.
class Fiscal final : public Model {
  const TreasuryStart figures = treasury_start(
      choice("start", treasury_start_names().front(), treasury_start_names(), "Date whose figures are the defaults"));
  const double structural =
      param("structural_deficit", 2.6, "%", between(-50, 50), "Primary deficit in % of GDP at a closed output gap",
            calibrated("deficit of fiscal 2025, 1,776 bn, less net interest of 970 bn as remembered"));
  const double stabiliser =
      param("stabiliser", 0.4, "", between(0, 2), "Fall of the primary deficit in % of GDP per 1 % of output gap",
            calibrated("CBO on automatic stabilisers, order of magnitude"));
  const double target = param("tga_target", 850, "USD bn", nonnegative(), "Cash that the Treasury aims at",
                              published("Treasury financing estimates, 850 since 2023"));
  const Series target_path = series("tga_target_path", "USD bn", nonnegative(),
                                    "Cash that the Treasury aims at, by date; instead of tga_target");
  const Series total_path =
      series("total_deficit", "USD bn/year", any_number(), "Total deficit with interest, by date; instead of the rule");
  const std::vector<double> total = total_by_step();

  const Input gap = lagged_input("output_gap", 0, "%", "Output gap");
  const Input gdp = lagged_input("gdp_nominal", figures.gdp, "USD bn/year", "Nominal GDP");
  const Input tariffs = input("tariff_revenue", 0, "USD bn/step", "Revenue from tariffs");
  const Input discretionary = input("discretionary", 0, "USD bn/step", "Spending beyond the rule");
  const Input interest = lagged_input("interest_due", 0, "USD bn/step", "Interest of the step");

  const Output deficit = output("primary_deficit", "USD bn/step", "Primary deficit; negative is a surplus");
  const Output cash_target = output("tga_target", "USD bn", "Cash that the Treasury aims at");
  const Output impulse = output("fiscal_impulse", "%", "Fiscal impulse in % of GDP, relative to the start");
  const State tariffs0 = state("tariffs_start", "Revenue from tariffs at the start, USD bn a year");

 public:
  explicit Fiscal(Declarations& declarations) : Model(declarations) {}

  void start(Start& s) const override {
    s[tariffs0] = s[tariffs] / s.dt();
    s[deficit] = structural / 100 * figures.gdp * s.dt();
    s[impulse] = 0;
    s[cash_target] = aim(s.date());
  }

  void step(Step& s) const override {
    s[tariffs0] = s.last(tariffs0);
    const auto news = s[discretionary] - (s[tariffs] - s[tariffs0] * s.dt());
    if (total.empty())
      s[deficit] = (structural - stabiliser * s[gap]) / 100 * s[gdp] * s.dt() + news;
    else
      s[deficit] = total[static_cast<std::size_t>(s.index())] - s[interest] + news;
    s[impulse] = 100 * news / (s[gdp] * s.dt());
    s[cash_target] = aim(s.date());
  }

 private:
  double aim(Date date) const { return target_path.empty() ? target : target_path.at(date); }

  // The path day by day, so that a step of any length spends what falls into it.
  std::vector<double> total_by_step() const {
    std::vector<double> amounts;
    if (total_path.empty()) return amounts;
    amounts.push_back(0);
    for (int k = 1; k <= time().steps; ++k) {
      const auto days = (time().date(k) - time().date(k - 1)).count();
      double rate = 0;
      for (Date day = time().date(k - 1) + std::chrono::days(1); day <= time().date(k); day += std::chrono::days(1))
        rate += total_path.at(day);
      amounts.push_back(rate / static_cast<double>(days) * time().dt());
    }
    return amounts;
  }
};

}  // namespace

ModelType fiscal() {
  return model_type<Fiscal>("fiscal", "treasury", "us",
                            "Primary deficit by rule or by path, cash target of the Treasury");
}

}  // namespace moniac
