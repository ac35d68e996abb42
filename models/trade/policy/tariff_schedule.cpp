// What tariffs are by law: layers, a lever, settlements with the USA, and the regime between the USA and China.
#include "models/trade/policy/tariff_schedule.h"

#include "models/trade/policy/base_trade.h"
#include "models/trade/policy/tariff_layers.h"
#include "sim/math/columns.h"
#include "sim/math/markov_chain.h"
#include "sim/math/scalar.h"
#include "sim/model/model_time.h"

namespace moniac {

namespace {

constexpr std::size_t usa = 0, china = 1;

// Additions to the base tariffs, as ratios, before exemptions and retaliation:
//
//   goods:   s_nij = layers_nij + lever_ni + settlement_i (n = USA)
//   settlement_i = e_i threat_i + (1 - s_i - e_i) pause + A_i
//                  s_i: share of the partners in i that have settled, e_i: against which the threat is carried out
//                  A_i' = A_i + (s_i' - s_i) r_i,    r_i = pause + (threat_i - pause)(1 - beta_i)(1 - m (1 - S))
//                  S: share settled before, so 1 - S is the discount of rank: m > 0 favours those who settle first
//
// USA <- China while `uscn.regime` is known (R = 0 … 3): a mean tariff T on goods that the regime pulls,
//
//   T' = T + (1 - e^{-k dt})(T*(R) - T) + 0.05 incidents [R >= 2],    k = 1.5 a year upwards, 0.5 downwards;  T <= 1.45
//   while `uscn.deal_rate` >= 0: T = deal_rate/100
//   tariff_j = max(0, tariff_j at the start + T - T_0)
//
// T is what is collected: neither exemptions nor the lag of collection act on it.
class TariffSchedule final : public Model {
  const BaseTrade base = base_trade();
  const std::size_t regions = base.regions.size(), sectors = base.sectors.size();
  const LayerLists lists{
      .instruments = names("layers", {}, "Instruments, one entry per phase: [section_301, section_301, section_232]"),
      .importers = names("layer_importers", {}, "Who levies it: a region, or all"),
      .exporters = names("layer_exporters", {}, "On imports from: a region, or all"),
      .sectors = names("layer_sectors", {}, "On what: a sector, or goods"),
      .rates =
          numbers("layer_rates", {}, "%", between(-100, 1000), "Rates, % of the value at the border", illustrative()),
      .announced = names("layer_announced", {}, "Dates of announcement; without it the days in force"),
      .from = names("layer_from", {}, "Dates from which they are in force"),
      .until = names("layer_until", {}, "Dates from which they are not any more, or open"),
      .stacks = names("layer_stacks", {},
                      "yes: adds to the others; no: of those the highest applies, beside the stack; without it yes")};
  const std::vector<TariffLayer> layers = read_layers(
      lists, base, [this](std::string message, Names where) { check(false, std::move(message), std::move(where)); });
  const LayerSchedule schedule{layers, base, time()};
  const bool buys_ahead = flag("front_loading", false, "Whether importers buy ahead of announced tariffs");
  const double response = param("front_loading_response", 0.25, "", nonnegative(),
                                "Rise of imports ahead of a tariff, per unit of its rise", illustrative());
  const double payback = param("front_loading_payback", 0.25, "year", positive(),
                               "Time in which imports are lower afterwards", illustrative());
  const FrontLoading front{layers, base, time(), buys_ahead ? response : 0, payback};

  const std::vector<double> threats =
      numbers("threat", std::vector<double>(regions, 0.0), "%", between(0, 1000),
              "Tariff with which the USA threatens each region, in the order of regions", illustrative());
  const std::vector<Date> threat_from = dates(
      "threat_from", "One date: the threat and the pause act from the step that holds it; without it from the start");
  const double pause = param("pause_rate", 10, "%", between(0, 1000), "Tariff on a threatened partner meanwhile",
                             published("Executive Order 14257 of April 2025, reciprocal tariff in the pause")) /
                       100;
  const std::vector<double> strength =
      numbers("bargaining_strength", std::vector<double>(regions, 0.5), "", between(0, 1),
              "Share of threat less pause that a settlement takes off, in the order of regions", illustrative());
  const double first_mover =
      param("first_mover", 0, "", between(-1, 1),
            "Discount of the first to settle; negative: those who settle early pay more", illustrative());

  const std::vector<double> regime_tariffs = numbers(
      "regime_tariffs", {30, 32, 45, 100}, "%", between(0, 200),
      "Tariff of the USA on China to which each regime tends: detente, talks, confrontation, conflict", illustrative());
  const double incident_rise = param("incident_rise", 5, "pp", nonnegative(),
                                     "Rise with an incident in confrontation or conflict", illustrative());
  const double speed_up = param("regime_speed_up", 1.5, "1/year", positive(), "Speed of a rise", illustrative());
  const double speed_down = param("regime_speed_down", 0.5, "1/year", positive(), "Speed of a fall", illustrative());
  const double regime_cap =
      param("regime_cap", 145, "%", positive(), "Highest tariff under a regime", published("peak of April 2025"));
  const double exempt = param("exempt_share", 0.25, "", between(0, 1),
                              "Share of imports exempt, here to know the tariff on China at the start",
                              calibrated("Yale Budget Lab, statutory and collected averages of summer 2025"));

  const Inputs lever = inputs("trade.tariff_add", base.pairs(), 0, "pp", "Tariff added by a lever on all goods");
  const Dimension partners{"exporter", {base.regions.begin() + 1, base.regions.end()}};
  const Inputs settled = inputs("us.partners_settled", {partners}, 0, "ratio", "Share of partners that have settled");
  const Inputs threatened =
      inputs("us.partners_threatened", {partners}, -1, "ratio",
             "Share of partners against which the threat is carried out; -1: all that have not settled");
  const Input regime = input("uscn.regime", -1, "index", "Regime between the USA and China, 0 to 3; -1: none");
  const Input incidents = input("uscn.severe_incidents", 0, "count", "Incidents of severity two or more");
  const Input deal = input("uscn.deal_rate", -1, "%", "Tariff of the USA on China set by a deal; -1: none");

  const Outputs statutory =
      outputs("tariff_statutory", base.cells(), "ratio", "Tariff by law less the base tariff, before retaliation");
  const Outputs announced =
      outputs("tariff_announced", base.pairs(), "pp", "Announced change of the mean tariff on goods, not yet in force");
  const Outputs ahead = outputs("front_loading", base.pairs(), "ratio", "Imports bought ahead, 1 = as otherwise");
  const Output china_tariff =
      output("us_china_tariff", "%", "Mean tariff of the USA on China's goods by regime or deal");
  const States bargain = states("bargain", static_cast<int>(regions) - 1, "Sum of settled rates times shares, A_i");
  const States share = states("settled_before", static_cast<int>(regions) - 1, "Share settled at the end of the step");

  const int threat_begins =
      threat_from.empty() ? 0 : std::max(0, first_step_at(time(), years_to(time(), threat_from[0])));
  const double up = -expm1(-speed_up * time().dt()), down = -expm1(-speed_down * time().dt());

 public:
  explicit TariffSchedule(Declarations& declarations) : Model(declarations) {
    check(threat_from.size() <= 1, "one date", {"threat_from"});
    check(threats.size() == regions, "one rate per region", {"threat"});
    check(strength.size() == regions, "one number per region", {"bargaining_strength"});
    check(regime_tariffs.size() == 4, "one rate per regime", {"regime_tariffs"});
    check(lowest_tariff() >= -1, "layers add up to a tariff of less than -100 %", {"layer_rates"});
  }

  void start(Start& s) const override {
    s[china_tariff] = 100 * tariff_at_start();
    for (int i = 0; i < share.size; ++i) {
      s[share[i]] = s[settled[i]];
      s[bargain[i]] = s[settled[i]] * (pause + room(i) * (1 - first_mover));
    }
    write(s);
  }

  void step(Step& s) const override {
    pull(s);
    auto before = scratch_column();
    before = 0.0;
    for (int i = 0; i < share.size; ++i) before += s.last(share[i]) / share.size;
    for (int i = 0; i < share.size; ++i) {
      s[share[i]] = s[settled[i]];
      const auto news = (s[settled[i]] - s.last(share[i])).max(0.0);
      s[bargain[i]] = s.last(bargain[i]) + news * (pause + room(i) * (1 - first_mover * (1 - before)));
    }
    write(s);
  }

 private:
  double tariff_at_start() const {
    double mean = base.goods_tariff(usa, china);
    for (std::size_t j = 0; j < sectors; ++j)
      mean += base.weight(usa, china, j) * (1 - exempt) * schedule.added(0)[base.at(usa, china, j)];
    return mean;
  }

  double lowest_tariff() const {
    double lowest = 0;
    for (int step = 0; step <= time().steps; ++step)
      for (std::size_t cell = 0; cell < base.tariff.size(); ++cell)
        lowest = std::min(lowest, base.tariff[cell] + schedule.added(step)[cell]);
    return lowest;
  }

  // What a settlement without discount pays more than the pause: r_i = pause + room (1 - m (1 - S)).
  double room(int i) const {
    const std::size_t region = static_cast<std::size_t>(i) + 1;
    return (threats[region] / 100 - pause) * (1 - strength[region]);
  }

  void pull(Step& s) const {
    const auto aim = by_index(s[regime].max(0.0), regime_tariffs);
    const auto last = s.last(china_tariff);
    const auto speed = (aim > last).select(Eigen::ArrayXd::Constant(s.lanes(), up), down);
    const auto jump = (s[regime] >= 2).select(incident_rise * s[incidents], Eigen::ArrayXd::Zero(s.lanes()));
    s[china_tariff] = (last + speed * (aim - last) + jump).min(regime_cap);
    s[china_tariff] = (s[regime] < 0).select(last, s[china_tariff]);
    s[china_tariff] = (s[deal] >= 0).select(s[deal], s[china_tariff]);
  }

  void write(View& s) const {
    const std::vector<double>& added = schedule.added(s.index());
    for (std::size_t n = 0; n < regions; ++n) {
      for (std::size_t i = 0; i < regions; ++i) {
        const std::size_t pair = n * regions + i;
        s[announced[static_cast<int>(pair)]] = schedule.announced(s.index())[pair];
        s[ahead[static_cast<int>(pair)]] = front.multiplier(s.index(), pair);
        for (std::size_t j = 0; j < sectors; ++j) write_cell(s, n, i, j, added[base.at(n, i, j)]);
      }
    }
    write_china(s);
  }

  void write_cell(View& s, std::size_t n, std::size_t i, std::size_t j, double layered) const {
    Column cell = s[statutory[static_cast<int>(base.at(n, i, j))]];
    if (n == i || !base.is_goods(j)) {
      cell = 0.0;
      return;
    }
    cell = layered + s[lever[static_cast<int>(n * regions + i)]] / 100;
    if (n != usa || threats[i] == 0 || s.index() < threat_begins) return;
    const int partner = static_cast<int>(i) - 1;
    const auto waiting = 1 - s[settled[partner]];
    const auto hit = (s[threatened[partner]] < 0).select(waiting, s[threatened[partner]]);
    cell += threats[i] / 100 * hit + pause * (waiting - hit).max(0.0) + s[bargain[partner]];
  }

  void write_china(View& s) const {
    for (std::size_t j = 0; j < sectors; ++j) {
      if (!base.is_goods(j)) continue;
      const std::size_t cell = base.at(usa, china, j);
      const double t0 = base.tariff[cell], at_start = t0 + (1 - exempt) * schedule.added(0)[cell];
      Column value = s[statutory[static_cast<int>(cell)]];
      const auto moved = (at_start - tariff_at_start() + s[china_tariff] / 100).max(0.0) - t0;
      value = (s[regime] >= 0 || s[deal] >= 0).select(moved, value);
    }
  }
};

}  // namespace

ModelType tariff_schedule() {
  return model_type<TariffSchedule>(
      "tariff_schedule", "trade/policy", "trade",
      "Tariffs by law: layers, a lever, settlements, the regime between the USA and China");
}

}  // namespace moniac
