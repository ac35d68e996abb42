#include "models/treasury/debt_limit.h"

#include "models/treasury/cash.h"
#include "models/treasury/starts.h"
#include "sim/math/columns.h"

namespace moniac {

namespace {

auto none(const View& s) {
  return Eigen::ArrayXd::Zero(s.lanes());
}

// A debt limit that binds from one date and is resolved on another, or by a hazard that grows as cash runs out.
//
//   phase 1, binding: used = min(EM, deficit + interest) is borrowed from the public while as much debt of the
//                     government's own funds is redeemed, so that debt under the limit stays; cash pays for the rest
//   X-date: cash <= 30 USD bn.   days left = (EM + cash - 30)/(deficit + interest a day)
//   hazard of resolution: l0 + (l1 - l0) clip(1 - days left/30, 0, 1)
//   phase 2, rebuild: cash approaches its target in a straight line over the rebuild
//
// One uniform draw a step.
class DebtLimit final : public Model {
  const TreasuryStart figures = treasury_start(
      choice("start", treasury_start_names().front(), treasury_start_names(), "Date whose figures are the defaults"));
  const std::vector<Date> binding_from = dates("binding_from", "One date: the limit binds from the step that holds it");
  const std::vector<Date> resolved_on =
      dates("resolved_on", "One date: the step that holds it is the first after the limit; else by hazard");
  const double measures0 = param("extraordinary_measures", 375, "USD bn", nonnegative(),
                                 "Room of extraordinary measures when the limit binds",
                                 calibrated("about 375 in 2025, 335 in January 2023, as remembered"));
  const double low_cash = param("xdate_cash", 30, "USD bn", nonnegative(), "Cash at which payments are at risk",
                                calibrated("practice of the "
                                           "Treasury and of estimates of the X-date"));
  const double calm_hazard = param("resolution_hazard", 0.5, "1/year", nonnegative(),
                                   "Hazard of resolution far from the X-date", illustrative());
  const double pressed_hazard = param("resolution_hazard_xdate", 20, "1/year", nonnegative(),
                                      "Hazard of resolution at the X-date", illustrative());
  const double near =
      param("xdate_days", 30, "days", positive(), "Days before the X-date in which it ramps up", illustrative());
  const double rebuild = param("rebuild", 15, "weeks", positive(), "Length of the rebuild of cash",
                               calibrated("13–17 weeks in 2023 and 2025")) *
                         7 / 365.25;
  const double tga_time =
      param("tga_time", 0.25, "year", positive(), "Time in which cash approaches its target otherwise", illustrative());

  const Input deficit = input("primary_deficit", 0.026 * figures.gdp * time().dt(), "USD bn/step", "Primary deficit");
  const Input other = input("other_financing", 0, "USD bn/step", "Debt without cash to spend");
  const Input interest = lagged_input("interest_due", 0, "USD bn/step", "Interest of the step");
  const Input cash = lagged_input("tga", figures.tga, "USD bn", "Cash of the Treasury");
  const Input debt = lagged_input("debt_public", figures.debt(), "USD bn", "Debt held by the public");

  const Output phase = output("debt_limit_phase", "index", "Debt limit: 0 off, 1 binding, 2 rebuild of cash");
  const Output xdate = output("xdate_flag", "index", "Whether cash is all but used up under the limit");
  const Output used = output("extraordinary_measures_used", "USD bn/step", "Room that measures made in the step");
  const Output measures = output("extraordinary_measures", "USD bn", "Room that is left");
  const Output approach =
      output("tga_approach", "ratio", "Share of the distance to the cash target that the step closes");
  const Output days_left = output("xdate_days_left", "days", "Days until the X-date at this step's pace; at most 365");
  // Half a dollar.
  const Output residual = identity("limit_identity_residual", 5e-10, "USD bn",
                                   "Debt under the limit less the limit in binding steps, lagged");

  const State rebuilding = state("rebuild_time", "Time since the resolution, years");
  const State limit = state("limit", "Debt held by the public when the limit began to bind, USD bn");
  const State spent = state("measures_spent", "Measures used since, USD bn");
  const Shock draw = uniform_shock("resolution", "Whether the limit is resolved");

  const int binds = time().step_of_only(binding_from);
  const int resolves = time().step_of_only(resolved_on);

 public:
  explicit DebtLimit(Declarations& declarations) : Model(declarations) {
    check(binding_from.size() <= 1 && resolved_on.size() <= 1, "one date each", {"binding_from", "resolved_on"});
    if (binding_from.size() == 1 && resolved_on.size() == 1)
      check(binding_from[0] < resolved_on[0],
            "the limit is resolved on " + iso(resolved_on[0]) + ", before it binds on " + iso(binding_from[0]),
            {"binding_from", "resolved_on"});
  }

  void start(Start& s) const override {
    s[phase] = starts_bound() ? 1 : 0;
    if (starts_resolved()) s[phase] = 2;
    for (const Output zero : {xdate, used, residual}) s[zero] = 0;
    s[measures] = measures0;
    s[approach] = usual_approach(s.dt());
    s[days_left] = 365;
    for (const State zero : {rebuilding, limit, spent}) s[zero] = 0;
  }

  void step(Step& s) const override {
    const auto need = named(s[deficit] + s[interest] + s[other]);
    measure_distance(s, need);
    turn_phase(s);
    spend_measures(s, need);
    steer_cash(s);
    s[xdate] = (s[phase] == 1.0 && s[cash] <= low_cash).select(1.0, none(s));
    check_limit(s);
  }

 private:
  bool starts_bound() const { return binds == 0 && resolves > 0; }
  bool starts_resolved() const { return resolves == 0; }
  double usual_approach(double dt) const { return -expm1(-dt / tga_time); }

  void measure_distance(Step& s, const ScratchColumn& need) const {
    const auto room = (s.last(measures) + s[cash] - low_cash).max(0.0);
    s[days_left] = (365.25 * s.dt() * room / need.max(1e-9)).min(365.0);
  }

  void turn_phase(Step& s) const {
    s[rebuilding] = s.last(rebuilding) + s.dt();
    s[phase] = s.last(phase);
    s[phase] = (s[phase] == 2.0 && s.last(rebuilding) > rebuild * (1 - 1e-9)).select(0.0, s[phase]);
    if (s.index() == binds) s[phase] = 1;
    if (s.index() == resolves)
      resolve(s, s[phase] == 1.0);
    else if (resolved_on.empty()) {
      const auto hazard = named(calm_hazard + (pressed_hazard - calm_hazard) * (1 - s[days_left] / near).max(0.0));
      const auto chance = named(-expm1(-s.dt() * hazard));
      resolve(s, s[phase] == 1.0 && s.last(phase) == 1.0 && s[draw] < chance);
    }
  }

  template <class Condition>
  void resolve(Step& s, const Condition& now) const {
    s[rebuilding] = now.select(s.dt(), s[rebuilding]);
    s[phase] = now.select(2.0, s[phase]);
  }

  void spend_measures(Step& s, const ScratchColumn& need) const {
    const auto binding = s[phase] == 1.0;
    s[used] = binding.select(need.min(s.last(measures)), none(s));
    s[measures] = binding.select(s.last(measures) - s[used], none(s) + measures0);
  }

  // The rebuild closes the distance evenly: dt over the time that is left, from the step's beginning.
  void steer_cash(Step& s) const {
    const auto left = (rebuild - s[rebuilding] + s.dt()).max(s.dt());
    s[approach] = (s[phase] == 2.0).select(s.dt() / left, none(s) + usual_approach(s.dt()));
  }

  // The government's own funds give up what measures make room for, so debt under the limit is that of the public when
  // it began to bind, less measures spent and plus the debt since.
  void check_limit(Step& s) const {
    const auto bound_before = s.last(phase) == 1.0;
    const auto since_start = s.index() == 1 ? 1.0 : 0.0;
    const auto begins = named((s[phase] == 1.0).select((bound_before).select(since_start, 1 + none(s)), none(s)));
    s[limit] = (begins == 1.0).select(s[debt], s.last(limit));
    const auto excess = named((s[debt] - s.last(spent) - s[limit]).max(0.0));
    s[residual] = (s[phase] == 1.0 && begins == 0.0).select(excess, none(s));
    s[spent] = (begins == 1.0).select(s[used], s.last(spent) + s[used]);
  }
};

}  // namespace

ModelType debt_limit() {
  return model_type<DebtLimit>("debt_limit", "treasury", "us",
                               "Debt limit: extraordinary measures, X-date, resolution and rebuild of cash");
}

}  // namespace moniac
