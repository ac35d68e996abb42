#include "models/local_debt/property.h"

#include <cmath>

#include "models/local_debt/provinces.h"
#include "sim/math/columns.h"
#include "sim/math/markov_chain.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// Houses of tier k: log price p, its momentum m a year, log fundamental f, sales V relative to the start.
//
//   m* = mu_R + theta (f - p) + demand - eta (mortgage rate - start) - z Dev
//   demand = shantytown cash + pull of the tier below - purchase limits
//   m' = phi m + (1 - phi) m* + sigma_R sqrt(1 - phi²) e,   phi = e^{-kappa dt}
//   p' = p + m' dt,   f' = f + (growth of incomes) dt - zs (land offered - 1) dt
//   ln V* = v + chi (m - m_ref) - Dev - limits + shantytown cash,   ln V' = ln V + (1 - e^{-k dt})(ln V* - ln V)
//   sales = sales_0 V' e^{eps p'}
//   Dev' = Dev + dt [-d Dev + a (m_d - m)+ + red lines],   large developers default at the rate lam e^{b Dev}
//
// R is a national regime, a Markov chain: boom, normal, bust. Without shocks p follows f with m = growth of incomes
// where mu is that growth. First order in dt: momentum exact, prices by Euler.
class Property final : public Model {
  static constexpr int tiers = 3;
  const Names regimes = {"boom", "normal", "bust"};

  // Prices
  const int regime0 = choice("regime", "bust", regimes, "Regime at the start");
  const std::vector<double> drift = numbers("regime_momentum", {12, 4, -6}, "%/year", any_number(),
                                            "Rise of prices to which each regime draws", illustrative());
  const std::vector<double> sd = numbers("regime_sd", {5, 3, 5}, "%/year", nonnegative(),
                                         "Stationary standard deviation of momentum in each regime", illustrative());
  const Matrix chain = matrix("regime_rates", {{-0.6, 0.5, 0.1}, {0.25, -0.45, 0.2}, {0.05, 0.3, -0.35}}, "1/year",
                              "Generator of the regimes: boom, normal, bust", illustrative());
  const double momentum0 = param("momentum", -6, "%/year", any_number(), "Rise of prices at the start",
                                 calibrated("70 cities, end of 2023 to 2024, as remembered"));
  const double fundamental0 =
      param("fundamental", -0.15, "", any_number(), "Log fundamental less log price at the start", illustrative());
  const double speed = param("momentum_speed", 1.2, "1/year", nonnegative(), "Speed at which momentum adjusts",
                             calibrated("autocorrelation of annual changes 0.3–0.4, 2014–25"));
  const double reversion = param("reversion", 0.2, "1/year", nonnegative(), "Pull of the fundamental", illustrative());
  const double by_rate =
      param("rate_sensitivity", 2, "", nonnegative(), "Fall of momentum per mortgage rate", illustrative());
  const double by_stress = param("stress_on_prices", 0.05, "1/year", nonnegative(),
                                 "Fall of momentum per stress of developers", illustrative());
  const double common =
      param("common_share", 0.5, "", between(0, 1), "Part of the variance that all tiers share", illustrative());
  const double shanty_price = param("shantytown_on_prices", 0.25, "1/year", nonnegative(),
                                    "Rise of momentum per shantytown cash over sales", illustrative());
  const double limit_price = param("limits_on_prices", 0.10, "1/year", nonnegative(),
                                   "Fall of momentum under purchase limits", illustrative());
  const double leak =
      param("limit_leak", 0.6, "", between(0, 1), "Part of demand that gets round them", illustrative());
  const double ripple =
      param("ripple", 0.3, "", nonnegative(), "Pull of a faster rise in the tier below", illustrative());
  const std::vector<double> shanty_split =
      numbers("shantytown_split", {0.05, 0.35, 0.60}, "", between(0, 1), "Shantytown cash by tier", illustrative());
  const double supply_effect = param("land_supply_effect", 0.02, "1/year", any_number(),
                                     "Fall of the fundamental per land offered beyond usual", illustrative());

  // Sales
  const std::vector<double> sales0 =
      numbers("house_sales", {930, 6880, 3850}, "CNY bn/year", positive(), "Sales by tier at the start",
              calibrated("11,662 in 2023 (NBS), split by land revenue"));
  const double volume0 = param("volume_level", 0.2, "", any_number(), "Log sales at usual momentum",
                               calibrated("land revenue of 5.0 and 4.1 trn in 2024–25 (4.87, 4.15)"));
  const double by_momentum =
      param("volume_momentum", 2.5, "year", any_number(), "Rise of log sales with momentum", illustrative());
  const double usual = param("momentum_average", 4, "%/year", any_number(), "Usual momentum", illustrative()) / 100;
  const double volume_stress =
      param("stress_on_volume", 1, "", nonnegative(), "Fall of log sales per stress of developers", illustrative());
  const double limit_volume =
      param("limits_on_volume", 0.2, "", nonnegative(), "Fall of log sales under purchase limits", illustrative());
  const double shanty_volume = param("shantytown_on_volume", 0.5, "", nonnegative(),
                                     "Rise of log sales per shantytown cash over sales", illustrative());
  const double volume_moves = part_of_step("volume_speed", 3, "Speed at which sales adjust");
  const double value_elasticity =
      param("value_elasticity", 1, "", any_number(), "Elasticity of sales to prices", illustrative());
  const double construction =
      param("construction", 10, "%", any_number(), "Construction per sales volume, % of GDP", illustrative());
  const double construction_moves = -expm1(-time().dt() / param("construction_lag", 0.5, "year", positive(),
                                                                "Time in which construction follows", illustrative()));

  // Developers and wealth
  const double stress0 =
      param("developer_stress", 0.3, "index", nonnegative(), "Stress of developers at the start", illustrative());
  const double recovery =
      param("stress_recovery", 0.7, "1/year", nonnegative(), "Rate at which it fades", illustrative());
  const double from_fall =
      param("stress_from_prices", 1.5, "", nonnegative(), "Its rise with falling prices", illustrative());
  const double ease =
      param("stress_threshold", 3, "%/year", any_number(), "Rise of prices below which it builds up", illustrative()) /
      100;
  const double from_lines =
      param("stress_from_red_lines", 0.6, "1/year", nonnegative(), "Its rise with the three red lines", illustrative());
  const double default_rate = param("developer_default_rate", 0.3, "1/year", nonnegative(),
                                    "Large developers that default a year without stress", illustrative());
  const double default_stress =
      param("developer_default_stress", 1, "", any_number(), "Its rise with stress", illustrative());
  const double default_volume =
      param("default_on_volume", 0.05, "", nonnegative(), "Fall of log sales per default", illustrative());
  const double default_momentum =
      param("default_on_momentum", 1, "%/year", nonnegative(), "Fall of momentum per default", illustrative());
  const double default_wealth =
      param("default_on_wealth", 100, "CNY bn", nonnegative(), "Loss of households per default",
            illustrative("2,400 for a giant: Evergrande's liabilities"));
  const double wealth0 = param("housing_wealth", 350000, "CNY bn", positive(), "Housing wealth at the start",
                               calibrated("± 25 %, as remembered"));
  const double new_houses =
      param("new_houses", 0.01, "1/year", any_number(), "Growth of the stock of houses", illustrative());

  // Inputs
  const Input mortgage = lagged_input("lpr5y", 4.2, "%/year", "Loan prime rate, 5 years");
  const Input growth = lagged_input("gdp_growth", 5, "%/year", "Real growth over twelve months");
  const Input inflation = lagged_input("inflation", -0.5, "%/year", "Rise of the GDP deflator");
  const Inputs land_supply = lagged_inputs("land_supply", {{"tier", tier_names()}}, 1, "index", "Land offered");
  const Input shanty = input("policy.shanty", 0, "CNY bn/year", "Cash paid for shantytowns");
  const Inputs limits = inputs("policy.purchase_limit", "tier", tier_names(), 0, "ratio", "Purchase limits, 0 … 1");
  const Input red_lines = input("policy.red_lines", 0, "ratio", "Limits on developers' debt, 0 … 1");

  // Outputs
  const Outputs price = outputs("house_price", "tier", tier_names(), "index", "Price of houses, 1 at the start");
  const Outputs momentum = outputs("house_momentum", "tier", tier_names(), "%/year", "Rise of house prices");
  const Outputs sales = outputs("house_sales", "tier", tier_names(), "CNY bn/year", "Sales of houses");
  const Output index = output("house_price_index", "index", "Prices of all tiers by sales at the start");
  const Output wealth = output("housing_wealth", "CNY bn", "Housing wealth");
  const Output gap = output("property_investment_gap", "%", "Construction, % of GDP relative to the start");
  const Output defaults = output("developer_defaults", "count", "Large developers that default in the step");
  const Output regime = output("property_regime", "index", "0 boom, 1 normal, 2 bust");
  const Output stress = output("developer_stress", "index", "Stress of developers");

  const States log_price = states("log_price", tiers, "Log price");
  const States fundamental = states("fundamental", tiers, "Log fundamental");
  const States log_volume = states("log_volume", tiers, "Log sales at prices of the start");
  const State mortgage0 = state("mortgage_start", "Mortgage rate at the start, %/year");

  const Shock common_shock = normal_shock("common", "News about prices everywhere");
  const Shocks tier_shock = normal_shocks("tier", tiers, "News about prices of a tier");
  const Shock regime_shock = uniform_shock("regime", "Change of regime");
  const Shock default_shock = uniform_shock("developer_count", "Number of defaults");

  const double phi = exp(-speed * time().dt());
  const std::vector<double> share = shares_of(sales0);
  const MarkovChain regime_chain = valid_chain();

 public:
  explicit Property(Declarations& declarations) : Model(declarations) {
    check(drift.size() == 3 && sd.size() == 3, "there are three regimes: boom, normal, bust",
          {"regime_momentum", "regime_sd"});
    check(sales0.size() == 3 && shanty_split.size() == 3, "there are three tiers", {"house_sales", "shantytown_split"});
    double all = 0;
    for (const double x : shanty_split) all += x;
    check(std::abs(all - 1) < 1e-9, "shantytown cash by tier sums to " + to_text(all) + ", not to 1",
          {"shantytown_split"});
  }

  void start(Start& s) const override {
    for (int k = 0; k < tiers; ++k) {
      s[log_price[k]] = 0;
      s[fundamental[k]] = fundamental0;
      s[log_volume[k]] = 0;
      s[momentum[k]] = momentum0;
      s[price[k]] = 1;
      s[sales[k]] = sales0[at(k)];
    }
    s[index] = 1;
    s[wealth] = wealth0;
    s[gap] = 0;
    s[defaults] = 0;
    s[regime] = regime0;
    s[stress] = stress0;
    s[mortgage0] = 0;
  }

  void step(Step& s) const override {
    s[mortgage0] = s.index() == 1 ? named(1.0 * s[mortgage]) : named(1.0 * s.last(mortgage0));
    const auto before = s.last(regime);
    regime_chain.advance(named(1.0 * before), named(1.0 * s[regime_shock]), s[regime]);
    count_defaults(s);
    const auto pull = named(by_index(before, drift) / 100 - by_rate / 100 * (s[mortgage] - s[mortgage0]) -
                            by_stress * s.last(stress));
    const auto deviation = named(std::sqrt(1 - phi * phi) / 100 * by_index(before, sd));
    s[index] = 0;
    for (int k = 0; k < tiers; ++k) {
      const auto cash = named(shanty_split[at(k)] * s[shanty] / s.last(sales[k]));
      move_price(s, k, pull, deviation, cash);
      move_sales(s, k, cash);
      s[index] += share[at(k)] * s[price[k]];
    }
    strain(s);
    build(s);
    s[wealth] = s.last(wealth) * (s[index] / s.last(index)) * (1 + new_houses * s.dt()) - default_wealth * s[defaults];
  }

 private:
  // Poisson by inversion; more than eight in a step do not matter at any rate in range.
  void count_defaults(Step& s) const {
    const auto rate = named(default_rate * s.dt() * exp(default_stress * s.last(stress)));
    auto chance = scratch_column(), reached = scratch_column();
    chance = exp(-rate);
    reached = chance;
    s[defaults] = 0;
    for (int n = 1; n <= 8; ++n) {
      s[defaults] += (s[default_shock] >= reached).cast<double>();
      chance *= rate / n;
      reached += chance;
    }
  }

  void move_price(Step& s, int k, const ScratchColumn& pull, const ScratchColumn& deviation,
                  const ScratchColumn& cash) const {
    const auto m = s.last(momentum[k]) / 100;
    auto target = scratch_column();
    target = pull + reversion * (s.last(fundamental[k]) - s.last(log_price[k])) + shanty_price * cash -
             limit_price * (1 - leak) * s[limits[k]];
    if (k + 1 < tiers) target += ripple / 100 * (s.last(momentum[k + 1]) - s.last(momentum[k])).max(0.0);
    const auto e = std::sqrt(common) * s[common_shock] + std::sqrt(1 - common) * s[tier_shock[k]];
    const auto now = named(phi * m + (1 - phi) * target + deviation * e - default_momentum / 100 * s[defaults]);
    s[momentum[k]] = 100 * now;
    s[log_price[k]] = s.last(log_price[k]) + now * s.dt();
    s[fundamental[k]] = s.last(fundamental[k]) + (s[growth] + s[inflation]) * (s.dt() / 100) -
                        supply_effect * s.dt() * (s[land_supply[k]] - 1);
    s[price[k]] = exp(s[log_price[k]]);
  }

  void move_sales(Step& s, int k, const ScratchColumn& cash) const {
    const auto normal = volume0 + by_momentum * (s.last(momentum[k]) / 100 - usual) - volume_stress * s.last(stress) -
                        limit_volume * s[limits[k]] + shanty_volume * cash;
    const auto before = s.last(log_volume[k]);
    s[log_volume[k]] = before + volume_moves * (normal - before) - default_volume * s[defaults];
    s[sales[k]] = sales0[at(k)] * exp(s[log_volume[k]] + value_elasticity * s[log_price[k]]);
  }

  void strain(Step& s) const {
    auto mean = scratch_column();
    mean = 0;
    for (int k = 0; k < tiers; ++k) mean += share[at(k)] / 100 * s.last(momentum[k]);
    s[stress] = s.last(stress) +
                s.dt() * (from_fall * (ease - mean).max(0.0) + from_lines * s[red_lines] - recovery * s.last(stress));
  }

  void build(Step& s) const {
    auto volume = scratch_column();
    volume = 0;
    for (int k = 0; k < tiers; ++k) volume += share[at(k)] * exp(s[log_volume[k]]);
    s[gap] = s.last(gap) + construction_moves * (construction * (volume - 1) - s.last(gap));
  }

  double part_of_step(const std::string& name, double rate, const std::string& doc) {
    return -expm1(-param(name, rate, "1/year", nonnegative(), doc, illustrative()) * time().dt());
  }
  static std::vector<double> shares_of(const std::vector<double>& values) {
    double all = 0;
    for (const double x : values) all += x;
    std::vector<double> shares;
    for (const double x : values) shares.push_back(x / all);
    return shares;
  }

  MarkovChain valid_chain() {
    ExactMatrix generator = ExactMatrix::Zero(3, 3);
    std::optional<std::string> fault;
    if (chain.size() != 3 || chain[0].size() != 3)
      fault = "it is not 3 x 3";
    else
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) generator(i, j) = Exact{chain[at(i)][at(j)]};
    if (!fault) fault = generator_fault(generator);
    if (fault) {
      check(false, "the rates of regimes are no generator: " + *fault, {"regime_rates"});
      generator.setZero();
    }
    return {generator, time().dt()};
  }
};

}  // namespace

ModelType property() {
  return model_type<Property>("property", "local_debt", "cn",
                              "Prices and sales of houses in three tiers, developers, construction");
}

}  // namespace moniac
