#include "models/market/market.h"

#include <algorithm>
#include <cmath>

#include "models/market/priced_outcomes.h"
#include "models/trade/policy/base_trade.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

constexpr std::size_t usa = 0, china = 1;  // in the order of regions
constexpr int deal = 0, breakdown = 2;     // in the order of outcomes

Names outcome_names() {
  return {"deal", "no_change", "breakdown"};
}
Names sector_names() {
  return {"agriculture", "technology", "manufacturing", "energy", "consumer", "mining"};
}
Names news_names() {
  return {"tariff_cut", "ip_win", "controls_tighten", "supply_relief", "green_coop"};
}

// A price is proportional to what outcomes are worth by their probabilities,
//
//   price     p ∝ 1 + Σ_o π_o v_o          so news π -> π' returns (1 + Σ π' v)/(1 + Σ π v) - 1, which has the mean 0
//                                          when π is the true probability: prices are a martingale in simple returns
//   equity    r = ln of that + σ √dt e     or -D Δ(risk premium) + σ √dt e, D years, in the place of the news
//   sectors   r_k = β_k r + Σ_d load_kd news_d/100 + √(σ_k² - β_k² σ²) √dt e_k
//   yuan      -b_fx Δπ_deal + b_t Δ(tariff of the USA on China)
//   σ, σ_k    times max(0.5, 1 + 0.25 (risk premium - 0.45 %)),  premium in %
//
// Beliefs are the probability of good relations in `uscn.deal_probability` (rational), follow it with
// π' = π + (1 - e^{-6 dt})(p - π) (adaptive), or wait for a dated event, in whose step an outcome is drawn with the
// probabilities believed before (event): its variance is then σ² dt and that of the outcomes' values.
class Market final : public Model {
  enum Belief { rational, adaptive, event };

  const int belief_rule =
      choice("belief", "rational", {"rational", "adaptive", "event"}, "Where the probabilities of outcomes come from");
  const double adapt_speed =
      param("belief_speed", 6, "1/year", positive(), "Speed of adaptive beliefs", illustrative());
  const std::vector<Date> event_on = dates("event_on", "One date: the outcome is known in the step that holds it");
  const std::vector<double> chances =
      numbers("event_probabilities", {0.5, 0.3, 0.2}, "", between(0, 1),
              "Probabilities of deal, no change and breakdown before the event", illustrative());

  const bool by_premium =
      choice("news_from", "outcomes", {"outcomes", "premium"},
             "What news about relations means for equities: outcomes with prices, or the risk premium") == 1;
  const double up = param("value_deal", 3.3, "%", between(-99, 1000), "Worth of a deal to equities",
                          published("S&P 500 on 12 May 2025, the talks of Geneva"));
  const double flat = param("value_no_change", 0, "%", between(-99, 1000), "Worth of no change", illustrative());
  const double down = param("value_breakdown", -2.7, "%", between(-99, 1000), "Worth of a breakdown",
                            published("S&P 500 on 10 October 2025, threat of 100 % tariffs"));
  const double duration = param("premium_duration", 4, "year", nonnegative(),
                                "Fall of equities per rise of the risk premium", illustrative());
  const double conflict_duration =
      param("premium_duration_conflict", 12, "year", nonnegative(), "The same in conflict", illustrative());

  const double sigma =
      param("volatility", 16, "%/year^0.5", nonnegative(), "Volatility of equities", illustrative()) / 100;
  const double calm =
      param("volatility_floor", 0.5, "", nonnegative(), "Lowest factor on volatilities", illustrative());
  const double nervous = param("volatility_premium", 0.25, "1/%", nonnegative(),
                               "Rise of that factor with the risk premium", illustrative());
  const double usual_premium =
      param("usual_premium", 0.45, "%", any_number(), "Risk premium at which the factor is 1", illustrative());

  const std::vector<double> beta = numbers("sector_beta", std::vector<double>(6, 1.0), "", any_number(),
                                           "Response of each sector to equities", illustrative());
  const std::vector<double> sector_sigma = numbers("sector_volatility", std::vector<double>(6, 22.0), "%/year^0.5",
                                                   nonnegative(), "Volatility of each sector", illustrative());
  const Matrix loading = matrix("sector_loadings",
                                {{2.0, 0, 0, 0.3, 0},
                                 {0.8, 0.8, -1.5, 0.7, 0},
                                 {1.0, 0.2, -0.3, 1.0, 0},
                                 {0.2, 0, 0, 0, 0.5},
                                 {0.6, 0, 0, 0.6, 0},
                                 {0, 0, 1.0, -0.5, 0}},
                                "%", "Response of each sector (row) to a unit of each kind of news",
                                illustrative("signs as argued in 2025"));

  const double yuan_deal =
      param("yuan_deal", 0.5, "%", any_number(), "Rise of the yuan from no deal to a deal", illustrative());
  const double yuan_tariff = param("yuan_tariff", 0.15, "", any_number(),
                                   "Fall of the log yuan per unit of the tariff of the USA on China", illustrative());

  const Input deal_chance = input("uscn.deal_probability", 0.5, "ratio", "Probability of good relations ahead");
  const Input premium = input("uscn.risk_premium", 0.45, "%", "Risk premium of US–China relations");
  const Input regime = input("uscn.regime", -1, "index", "Regime between the USA and China, 3: conflict; -1: none");
  const Inputs news = inputs("market.news", "kind", news_names(), 0, "index", "News of a kind in the step, in units");
  const BaseTrade base = base_trade();
  const Inputs tariff = inputs("trade.tariff_rate", base.pairs(), 0, "%", "Mean tariff on goods");

  const Outputs belief =
      outputs("belief", "outcome", outcome_names(), "ratio", "Probability of each outcome, as priced");
  const Output outcome =
      output("outcome", "index", "Outcome of the event: 0 deal, 1 no change, 2 breakdown; -1 before");
  const Output equity = output("equity", "ratio/step", "Log return of equities");
  const Output level = output("equity_index", "index", "Equities, 100 at the start");
  const Outputs sector = outputs("sector", "sector", sector_names(), "ratio/step", "Log return of a sector");
  const Output implied = output("implied_change", "ratio/step",
                                "Change of the probability of a deal that the return of equities would mean");
  const Output yuan = output("usdcny_shock", "ratio", "Log shock to the yuan, up: it falls");
  const Output volatility = output("volatility", "%/year", "Volatility of equities, a year");
  const State tariff_before = state("tariff_before", "Tariff of the USA on China, %");
  const State premium_before = state("premium_before", "Risk premium, %");

  const Shock noise = normal_shock("equity", "Other news about equities");
  const Shocks own_noise = normal_shocks("sectors", 6, "Other news about each sector");
  const Shock draw = uniform_shock("event", "Outcome of the event");

  const OutcomeValues values = {up / 100, flat / 100, down / 100};
  const int event_step = time().step_of_only(event_on);
  const double adapt = -expm1(-adapt_speed * time().dt());
  const double root = std::sqrt(time().dt());

 public:
  explicit Market(Declarations& declarations) : Model(declarations) {
    check(event_on.size() <= 1, "one date", {"event_on"});
    check(belief_rule != event || event_on.size() == 1, "beliefs wait for an event, but none is dated",
          {"belief", "event_on"});
    check(chances.size() == 3, "three probabilities", {"event_probabilities"});
    double sum = 0;
    for (const double chance : chances) sum += chance;
    check(chances.size() != 3 || std::abs(sum - 1) < 1e-9, "the probabilities do not sum to 1",
          {"event_probabilities"});
    check(up > down, "a deal is not worth more than a breakdown", {"value_deal", "value_breakdown"});
    const std::size_t sectors = sector_names().size();
    check(beta.size() == sectors, "one number per sector", {"sector_beta"});
    check(sector_sigma.size() == sectors, "one volatility per sector", {"sector_volatility"});
    for (std::size_t k = 0; k < std::min({sectors, beta.size(), sector_sigma.size()}); ++k)
      check(sector_sigma[k] / 100 >= std::abs(beta[k]) * sigma,
            sector_names()[k] + " varies less than what equities give it", {"sector_volatility", "sector_beta"});
    bool fits = loading.size() == sectors;
    for (const auto& row : loading) fits = fits && row.size() == news_names().size();
    check(fits, "a row for each of six sectors and a column for each of five kinds of news", {"sector_loadings"});
  }

  void start(Start& s) const override {
    s[outcome] = -1;
    if (belief_rule == event)
      for (int o = 0; o < belief.size; ++o) s[belief[o]] = chances[static_cast<std::size_t>(o)];
    else
      believe(s, s[deal_chance]);
    s[equity] = 0;
    s[level] = 100;
    for (int k = 0; k < sector.size; ++k) s[sector[k]] = 0;
    s[implied] = 0;
    s[yuan] = 0;
    remember(s);
  }

  void step(Step& s) const override {
    form_beliefs(s);
    const auto after = named(expected_value(values, [&](int o) { return s[belief[o]]; }));
    const auto before = named(expected_value(values, [&](int o) { return s.last(belief[o]); }));
    remember(s);
    const auto factor = named(s[volatility] / 100 * root);
    s[equity] = (by_premium ? by_premium_change(s) : log(after / before)) + factor * s[noise];
    const auto grown = expm1(s[equity]);
    s[level] = s.last(level) + s.last(level) * grown;
    s[implied] = implied_change(values, grown, before);
    for (int k = 0; k < sector.size; ++k) move_sector(s, k, factor);
    s[yuan] = yuan_tariff / 100 * (s[tariff_before] - s.last(tariff_before)) -
              yuan_deal / 100 * (s[belief[deal]] - s.last(belief[deal]));
  }

 private:
  template <class E>
  void believe(View& s, const E& chance) const {
    s[belief[deal]] = chance;
    s[belief[1]] = 0;
    s[belief[breakdown]] = 1 - s[belief[deal]];
  }

  void form_beliefs(Step& s) const {
    s[outcome] = s.last(outcome);
    if (belief_rule == rational) return believe(s, s[deal_chance]);
    const auto last = s.last(belief[deal]);
    if (belief_rule == adaptive) return believe(s, last + adapt * (s[deal_chance] - last));
    for (int o = 0; o < belief.size; ++o) s[belief[o]] = s.last(belief[o]);
    if (s.index() != event_step) return;
    const double first = chances[0], second = chances[0] + chances[1];
    s[outcome] = (s[draw] >= first).cast<double>() + (s[draw] >= second).cast<double>();
    for (int o = 0; o < belief.size; ++o) s[belief[o]] = (s[outcome] == double(o)).cast<double>();
  }

  void remember(View& s) const {
    s[tariff_before] = s[tariff[static_cast<int>(usa * base.regions.size() + china)]];
    s[premium_before] = s[premium];
    s[volatility] = 100 * sigma * (1 + nervous * (s[premium] - usual_premium)).max(calm);
  }

  ScratchColumn by_premium_change(const Step& s) const {
    const auto years = (s[regime] == 3.0).select(Eigen::ArrayXd::Constant(s.lanes(), conflict_duration), duration);
    return named(years * (s.last(premium_before) - s[premium]) / 100);
  }

  // `factor` is σ √dt of equities now; that of the sector's own noise is in proportion.
  void move_sector(Step& s, int k, const ScratchColumn& factor) const {
    const auto at = static_cast<std::size_t>(k);
    auto told = scratch_column();
    told = 0.0;
    for (int d = 0; d < news.size; ++d) told += loading[at][static_cast<std::size_t>(d)] / 100 * s[news[d]];
    const double total = sector_sigma[at] / 100, shared = beta[at] * sigma;
    const double own = sigma > 0 ? std::sqrt(std::max(total * total - shared * shared, 0.0)) / sigma : 0;
    s[sector[k]] = beta[at] * s[equity] + told + own * factor * s[own_noise[k]];
  }
};

}  // namespace

ModelType market() {
  return model_type<Market>("market", "market", "market",
                            "What markets make of relations between the USA and China: outcomes with prices, sectors");
}

}  // namespace moniac
