#include "models/banks/banks.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "sim/math/columns.h"
#include "sim/math/eigenvalues.h"
#include "sim/math/hawkes.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

constexpr int most_classes = 16;

// Classes c of n_c like banks, or single banks with n_c = 1. Money is the class's, in USD bn.
//
//   losses     L' = L e^{-dt/(2 D)} + A (D dy - C dy^2/2)                             dy: change of the 5-year yield
//   deposits   dDep = -beta max(0, bill yield - 0.4 policy rate - c0) Dep dt          slow outflow
//   hazard     l = l_0 + exp(b0 + b1 L (1 - eta coverage)/E + b2 u + b3 max(spread, 0)/10)       of one bank
//   failures   Hawkes process (sim/math/hawkes.h): mu_c = n_c l_c, decay kappa, jumps alpha_cd
//   run        Dep/n u logistic((L/E - mid)/scale) (1 - e^{-365.25 nu dt})            at each bank that fails
//   facility   draw = take-up min(run, eligible A/n - B/n);   coverage = min(1, (eligible A - B)/(u Dep))
//   stress     1 - exp(-[k1 max(spread - max(spread_0, 0), 0)/50 + 10 k2 F + k3 max(L/E - (L/E)_0, 0)])
//              F' = F e^{-2 recovery dt} + failed assets/bank assets
//
// A bank that fails takes its part of every stock of its class along. One event shock, two uniforms per candidate.
class Banks final : public Model {
  using ByClass = std::array<double, most_classes>;

  // Banks at the start
  const Names classes =
      names("classes", {"gsib", "regional", "community"}, "Classes of like banks, or single banks; at most 16");
  const std::vector<double> count0 = numbers("banks", {8, 60, 4600}, "", positive(), "Banks in each class",
                                             calibrated("FDIC: 4,706 banks at the end of 2022, split as remembered"));
  const std::vector<double> assets0 =
      numbers("assets", {13000, 7000, 3600}, "USD bn", positive(), "Assets of each class", calibrated(system_2022));
  const std::vector<double> securities0 = numbers("securities", {3200, 1700, 1000}, "USD bn", nonnegative(),
                                                  "Securities of each class at cost", calibrated(system_2022));
  const std::vector<double> duration = numbers("duration", {4.6, 4.6, 4.6}, "year", positive(),
                                               "Duration of securities", calibrated("losses of 618 bn at +245 bp"));
  const std::vector<double> convexity = numbers("convexity", {28, 28, 28}, "", nonnegative(),
                                                "Convexity of securities, years squared", calibrated("the same"));
  const std::vector<double> deposits0 = numbers("class_deposits", {10500, 5800, 2900}, "USD bn", positive(),
                                                "Deposits of each class", calibrated(system_2022));
  const std::vector<double> uninsured = numbers("uninsured_share", {0.50, 0.45, 0.33}, "", between(0, 1),
                                                "Deposits above the insured amount", calibrated(system_2022));
  const std::vector<double> equity0 =
      numbers("equity", {1150, 690, 370}, "USD bn", positive(), "Equity of each class", calibrated(system_2022));
  const double system_losses = param("unrealised_losses", 481, "USD bn", any_number(),
                                     "Losses on securities at the start, split over classes by their securities",
                                     calibrated("FDIC QBP as remembered: 618 end of 2022, 478 of 2023, 481 of 2024"));
  const std::vector<double> losses0 =
      numbers("losses", split_by_securities(), "USD bn", any_number(),
              "Losses of each class at the start; instead of the split", illustrative());

  // Deposits and runs
  const double outflow =
      param("deposit_outflow", 0.03, "1/year", nonnegative(), "Outflow of deposits per pp of bills above their rate",
            calibrated("Drechsler, Savov and Schnabl 2017, as remembered"));
  const double tolerated = param("deposit_spread", 1, "pp", nonnegative(), "Spread that moves nobody", illustrative());
  const double deposit_beta =
      param("deposit_beta", 0.4, "", between(0, 1), "Interest on deposits over the policy rate", illustrative());
  const double run_mid =
      param("run_mid", 0.9, "", any_number(), "Losses over equity at which half run", illustrative());
  const double run_scale = param("run_scale", 0.15, "", positive(), "Width of the passage", illustrative());
  const double run_speed = param("run_speed", 0.3, "1/day", nonnegative(), "Speed at which who runs is out",
                                 calibrated("SVB: 42 of 173 bn on 9 March 2023, 100 queued for the 10th"));

  // Failures
  const double floor = param("hazard_floor", 5e-4, "1/year", nonnegative(), "Hazard that no ratio explains",
                             calibrated("FDIC 2015–22: about 4 of 4,700 banks a year"));
  const double b0 = param("hazard_constant", -11.8, "", any_number(), "Logarithm of the hazard without losses",
                          calibrated("average bank 0.002 a year, SVB 25 a year"));
  const double b1 = param("hazard_losses", 9, "", nonnegative(), "Its rise with losses over equity",
                          calibrated("average bank 0.002 a year, SVB 25 a year"));
  const double b2 = param("hazard_uninsured", 6.5, "", nonnegative(), "Its rise with the uninsured share",
                          calibrated("average bank 0.002 a year, SVB 25 a year"));
  const double b3 =
      param("hazard_spread", 0.35, "", nonnegative(), "Its rise per 10 bp of EFFR above IORB", illustrative());
  const double decay = param("contagion_decay", 12, "1/year", positive(), "Decay of what failures excite",
                             illustrative("half-life of three weeks"));
  const Matrix excitation = matrix("excitation", {{0.5, 0.2, 0}, {8, 5, 0}, {0.5, 0.5, 0.5}}, "1/year",
                                   "Rise of a class's intensity (row) by a failure in another (column)",
                                   illustrative("branching radius 0.44"));

  // Lender of last resort
  const std::vector<Date> opens_on = dates("facility_open", "One date: the facility lends from the step that holds it");
  const std::vector<Date> closes_on = dates("facility_close", "One date: it lends no more from the step that holds it");
  const double eligible =
      param("eligible_share", 0.8, "", between(0, 1), "Securities that the facility takes at par", illustrative());
  const double take_up = param("take_up", 0.5, "", between(0, 1), "Part of the need that is drawn", illustrative());
  const double relief = param("facility_relief", 0.8, "", between(0, 1),
                              "Losses that full coverage takes out of the hazard", illustrative());
  const double term = param("facility_term", 1, "year", positive(), "Time in which loans are repaid",
                            published("BTFP: loans of up to one year"));
  const double resolution_share =
      param("resolution_loan_share", 0.55, "", between(0, 1), "Lent against resolution, in deposits of failed banks",
            calibrated("143 bn on 15 March 2023, deposits of SVB and Signature 262"));

  // Stress
  const double k1 = param("stress_spread", 0.6, "", nonnegative(), "Stress per 50 bp of spread", illustrative());
  const double k2 = param("stress_failures", 1, "", nonnegative(), "Stress per 10 % of assets failed", illustrative());
  const double k3 =
      param("stress_losses", 0.3, "", nonnegative(), "Stress per unit of losses over equity", illustrative());
  const double memory =
      param("stress_memory", 0.5, "year", positive(), "Time in which failures are forgotten", illustrative());

  // Inputs
  const Input y5 = input("y5", 3.72, "%/year", "5-year yield");
  const Input bill_yield = input("bill_yield", 3.6, "%/year", "Yield of bills");
  const Input policy_rate = input("policy_rate", 3.75, "%/year", "Upper bound of the policy range");
  const Input spread = input("effr_spread", -7, "bp", "Effective federal funds rate less interest on reserves");
  const Input bank_assets = input("bank_assets", 24500, "USD bn", "Assets of all banks");
  const Input recovery = input("uscn.recovery_speed", 1, "ratio", "Speed at which stress is forgotten");

  // Outputs
  const Outputs failures = outputs("bank_failures", "class", classes, "count", "Banks that fail in the step");
  const Outputs failed_assets = outputs("failed_assets", "class", classes, "USD bn/step", "Assets of banks that fail");
  const Outputs left = outputs("banks_left", "class", classes, "count", "Banks that have not failed");
  const Outputs losses = outputs("bank_losses", "class", classes, "USD bn", "Losses on securities, not yet realised");
  const Outputs deposits = outputs("bank_deposits", "class", classes, "USD bn", "Deposits");
  const Outputs hazard = outputs("bank_hazard", "class", classes, "1/year", "Hazard of one bank, contagion aside");
  const Output all_losses = output("unrealised_losses", "USD bn", "Losses of all banks on securities");
  const Output ratio = output("loss_equity", "ratio", "Losses over equity of all banks");
  const Output runs = output("run_outflow", "USD bn/step", "Deposits that ran");
  const Output loans = output("facility_loans", "USD bn", "Loans of the facility");
  const Output resolution = output("resolution_loans", "USD bn", "Loans against the resolution of failed banks");
  const Output draw = output("facility_draw", "USD bn/step", "Net lending: change of both");
  const Output stress = output("financial_stress", "ratio", "Financial stress: 0 none, 1 most");

  const States excess = states("excess", size(), "Intensity that earlier failures excite, by class");
  const States securities = states("securities", size(), "Securities at cost, USD bn");
  const States equity = states("equity", size(), "Equity, USD bn");
  const States assets = states("assets", size(), "Assets, USD bn");
  const States borrowed = states("borrowed", size(), "Loans of the facility by class, USD bn");
  const State y5_last = state("y5", "5-year yield, %");
  const State recent = state("recent_failures", "F: failed assets over all, as remembered");
  const State spread_start = state("spread_start", "Spread at the start, bp");
  const State ratio_start = state("loss_equity_start", "Losses over equity at the start");
  const EventShock candidates = event_shock("failures", "Candidates for failures: wait and type");

  const double dt = time().dt();
  const double run_done = -expm1(-365.25 * run_speed * dt);
  const double repaid = -expm1(-dt / term);
  const int opens = time().step_of_only(opens_on);
  const int closes = time().step_of_only(closes_on);
  const HawkesProcess process{std::vector<double>(classes.size(), decay), excitation, dt};

 public:
  explicit Banks(Declarations& declarations) : Model(declarations) { check_params(); }

  void start(Start& s) const override {
    for (int c = 0; c < size(); ++c) {
      s[left[c]] = count0[at(c)];
      s[assets[c]] = assets0[at(c)];
      s[securities[c]] = securities0[at(c)];
      s[equity[c]] = equity0[at(c)];
      s[losses[c]] = losses0[at(c)];
      s[deposits[c]] = deposits0[at(c)];
      s[excess[c]] = 0;
      s[borrowed[c]] = 0;
      s[failures[c]] = 0;
      s[failed_assets[c]] = 0;
    }
    measure_hazard(s, opens == 0 && closes > 0);
    for (const Output zero : {runs, loans, resolution, draw, stress}) s[zero] = 0;
    s[recent] = 0;
    s[y5_last] = s[y5];
    s[spread_start] = s[spread].max(0.0);
    measure_losses(s);
    s[ratio_start] = s[ratio];
  }

  void step(Step& s) const override {
    s[spread_start] = s.last(spread_start);
    s[ratio_start] = s.last(ratio_start);
    const bool lends = s.index() >= opens && s.index() < closes;
    carry(s, lends);
    measure_hazard(s, lends);
    draw_failures(s, lends);
    s[loans] = 0;
    for (int c = 0; c < size(); ++c) s[loans] += s[borrowed[c]];
    s[draw] = s[loans] + s[resolution] - s.last(loans) - s.last(resolution);
    measure_losses(s);
    measure_stress(s);
  }

 private:
  static constexpr const char* system_2022 = "system at the end of 2022 as remembered, split by class assumed";

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  int size() const { return static_cast<int>(classes.size()); }

  std::vector<double> split_by_securities() const {
    const double all = std::accumulate(securities0.begin(), securities0.end(), 0.0);
    std::vector<double> split;
    for (const double held : securities0) split.push_back(all > 0 ? system_losses * held / all : 0);
    return split;
  }

  // Stocks, losses after the change of yields, deposits after the slow outflow; loans fall due once the window is shut.
  void carry(Step& s, bool lends) const {
    const auto above = (s[bill_yield] - deposit_beta * s[policy_rate] - tolerated).max(0.0);
    const auto stays = exp(-outflow * dt * above);
    const auto change = named((s[y5] - s.last(y5_last)) / 100);
    for (int c = 0; c < size(); ++c) {
      for (const State stock : {securities[c], equity[c], assets[c]}) s[stock] = s.last(stock);
      s[left[c]] = s.last(left[c]);
      s[deposits[c]] = s.last(deposits[c]) * stays;
      const double years = duration[at(c)];
      s[losses[c]] = exp(-dt / (2 * years)) * s.last(losses[c]) +
                     s[securities[c]] * change * (years - convexity[at(c)] / 2 * change);
      s[borrowed[c]] = (lends ? 1 : 1 - repaid) * s.last(borrowed[c]);
    }
    s[resolution] = (1 - repaid) * s.last(resolution);
    s[y5_last] = s[y5];
  }

  void measure_hazard(View& s, bool lends) const {
    for (int c = 0; c < size(); ++c) {
      const double u = uninsured[at(c)];
      auto rate = s[hazard[c]];
      rate = s[losses[c]] / s[equity[c]].max(1e-9);
      if (lends) {
        const auto capacity = (eligible * s[securities[c]] - s[borrowed[c]]).max(0.0);
        rate *= 1 - relief * (capacity / (u * s[deposits[c]]).max(1e-9)).min(1.0);
      }
      rate = floor + exp(b0 + b1 * rate + b2 * u + b3 / 10 * s[spread].max(0.0));
    }
  }

  void draw_failures(Step& s, bool lends) const {
    for (int c = 0; c < size(); ++c) s[failures[c]] = 0;
    for (int c = 0; c < size(); ++c) s[failed_assets[c]] = 0;
    s[runs] = 0;
    for (Eigen::Index path = 0; path < s.lanes(); ++path) {
      ByClass baseline, now;
      for (int c = 0; c < size(); ++c) {
        now[at(c)] = s.last(excess[c])(path);
        baseline[at(c)] = s[left[c]](path) * s[hazard[c]](path);
      }
      const auto uniforms = [&] {
        const EventDraws drawn = s.next_event(candidates, path);
        return HawkesUniforms{drawn[0], drawn[1]};
      };
      const auto fails = [&](std::size_t type) {
        const int c = static_cast<int>(type);
        if (s[left[c]](path) < 1) return false;
        resolve(s, c, path, lends);
        baseline[type] = s[left[c]](path) * s[hazard[c]](path);
        return true;
      };
      process.step(now.data(), baseline.data(), uniforms, fails);
      for (int c = 0; c < size(); ++c) s[excess[c]](path) = now[at(c)];
    }
  }

  // One bank of the class fails: what runs is in part met by the facility, the bank leaves with its part of every
  // stock, and its loans pass to whoever takes it over.
  void resolve(Step& s, int c, Eigen::Index path, bool lends) const {
    const double part = 1 / s[left[c]](path);
    const double lost = s[losses[c]](path) / s[equity[c]](path);
    const double run = run_done / (1 + exp((run_mid - lost) / run_scale));
    const double ran = part * s[deposits[c]](path) * uninsured[at(c)] * run;
    s[runs](path) += ran;
    if (lends) {
      const double capacity = part * std::max(eligible * s[securities[c]](path) - s[borrowed[c]](path), 0.0);
      s[borrowed[c]](path) += take_up * std::min(ran, capacity);
    }
    s[resolution](path) += resolution_share * part * s[deposits[c]](path);
    s[failures[c]](path) += 1;
    s[left[c]](path) -= 1;
    s[failed_assets[c]](path) += part * s[assets[c]](path);
    for (const State stock : {securities[c], equity[c], assets[c]}) s[stock](path) *= 1 - part;
    for (const Output stock : {losses[c], deposits[c]}) s[stock](path) *= 1 - part;
  }

  void measure_losses(View& s) const {
    s[all_losses] = 0;
    s[ratio] = 0;
    for (int c = 0; c < size(); ++c) {
      s[all_losses] += s[losses[c]];
      s[ratio] += s[equity[c]];
    }
    s[ratio] = s[all_losses] / s[ratio].max(1e-9);
  }

  void measure_stress(Step& s) const {
    s[recent] = s.last(recent) * exp(-dt / memory * s[recovery]);
    for (int c = 0; c < size(); ++c) s[recent] += s[failed_assets[c]] / s[bank_assets];
    const auto scarce = k1 / 50 * (s[spread] - s[spread_start]).max(0.0);
    const auto lost = k3 * (s[ratio] - s[ratio_start]).max(0.0);
    s[stress] = 0 - expm1(-(scarce + 10 * k2 * s[recent] + lost));
  }

  void check_params() {
    check(size() >= 1 && size() <= most_classes, to_text(double(size())) + " classes; there may be 1 to 16",
          {"classes"});
    const auto sized = [&](const std::vector<double>& list, const std::string& name) {
      check_size(list, classes.size(), name, "classes", {"classes"});
    };
    sized(count0, "banks");
    sized(assets0, "assets");
    sized(securities0, "securities");
    sized(duration, "duration");
    sized(convexity, "convexity");
    sized(deposits0, "class_deposits");
    sized(uninsured, "uninsured_share");
    sized(equity0, "equity");
    sized(losses0, "losses");
    check(opens_on.size() <= 1 && closes_on.size() <= 1, "one date each", {"facility_open", "facility_close"});
    if (opens_on.size() == 1 && closes_on.size() == 1)
      check(opens_on[0] < closes_on[0],
            "the facility closes on " + iso(closes_on[0]) + ", before it opens on " + iso(opens_on[0]),
            {"facility_open", "facility_close"});
    check_excitation();
  }

  void check_excitation() {
    bool square = static_cast<int>(excitation.size()) == size(), possible = true;
    for (const auto& row : excitation) {
      square = square && static_cast<int>(row.size()) == size();
      for (const double alpha : row) possible = possible && alpha >= 0;
    }
    check(square, "excitation needs a row and a column for each of " + to_text(double(size())) + " classes",
          {"excitation", "classes"});
    check(possible, "an excitation is negative", {"excitation"});
    if (!square || !possible) return;
    const double radius = spectral_radius(process.branching());
    check(radius < 1, "the branching radius is " + to_text(radius) + "; from 1 on failures never end",
          {"excitation", "contagion_decay"});
    note("branching radius " + to_text(radius));
  }
};

}  // namespace

ModelType banks() {
  return model_type<Banks>("banks", "banks", "us",
                           "Bank stress: losses on securities, runs, failures that spread, a lender of last resort");
}

}  // namespace moniac
