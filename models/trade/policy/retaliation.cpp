// Tariffs in answer to tariffs.
#include "models/trade/policy/retaliation.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/trade/policy/base_trade.h"
#include "sim/math/columns.h"

namespace moniac {

namespace {

// When n raises its tariffs on goods of i by a, its mean over the goods it buys from i, i answers with probability p_i:
//
//   target_in += r_i a,   r_i given (proportional), or x_ni/x_in (value_match: the answer collects what the rise takes)
//
// on the goods that i answers on, which x_in then counts,
//
// and when n takes back a share of what it has added, i takes back 0.9 times that share of its answer. The answer is in
// force after a lag of some days: in the first step that ends so many days or more after the beginning of the step in
// which the other moved. Moves in the meantime come into force with it. One uniform a step for each pair.
//
// Tariffs by law count (trade.tariff_statutory), so an answer is not answered.
class Retaliation final : public Model {
  const BaseTrade base = base_trade();
  const std::size_t regions = base.regions.size();
  const bool value_match =
      choice("mode", "proportional", {"proportional", "value_match"}, "How large an answer is") == 1;
  const std::vector<double> chance =
      numbers("probability", {.02, 1, .02, .1, .02, .5, .02, .02}, "", between(0, 1),
              "Probability that each region answers a rise, in the order of regions", illustrative());
  const std::vector<double> size = numbers("response", {.5, .76, .5, .5, .5, .3, .5, .5}, "", nonnegative(),
                                           "Answer per unit of the rise, by region; not with value_match",
                                           published("PIIE: China 12.3 pp for 16.2 pp, 2018–20; others illustrative"));
  const double lag_up = param("lag", 5, "days", nonnegative(), "From a rise to the answer",
                              published("China's answers of April 2025 came within five days"));
  const double lag_down =
      param("lag_down", 15, "days", nonnegative(), "From relief to relief in answer", illustrative());
  const double followed = param("relief", 0.9, "", between(0, 1), "Share of relief that is followed", illustrative());
  const double cap = param("tariff_cap", 200, "%", nonnegative(), "Highest answer", illustrative()) / 100;

  const Names answering = names(
      "answer_regions", {}, "Regions that answer on some goods alone, one entry per region and sector; others on all");
  const Names answered = names("answer_sectors", {}, "The sector of each entry");
  const std::vector<bool> on = goods_answered();

  const Inputs statutory =
      inputs("trade.tariff_statutory", base.cells(), 0, "ratio", "Tariff by law less the base tariff");
  const Outputs answer =
      outputs("retaliation", base.pairs(), "ratio", "Tariff added in answer on the goods in its scope");
  const Outputs scope = outputs("retaliation_scope", {base.importers(), {"sector", base.sectors}}, "ratio",
                                "1 where answers of the importer fall on the good, else 0");
  const int pairs = static_cast<int>(regions * regions);
  const States raised = states("raised", pairs, "Mean statutory addition of n on goods of i, from the start");
  const States target = states("target", pairs, "Answer of i to n that is decided");
  const States waiting = states("waiting", pairs, "Steps until it is in force, 0: nothing waits");
  const Shocks draws = uniform_shocks("answer", pairs, "Whether a rise is answered");

 public:
  explicit Retaliation(Declarations& declarations) : Model(declarations) {
    check(chance.size() == regions, "one probability per region", {"probability"});
    check(size.size() == regions, "one number per region", {"response"});
    check(answering.size() == answered.size(), "one sector for each region", {"answer_sectors", "answer_regions"});
    for (const std::string& name : answering)
      check(index_of(base.regions, name).has_value(), "'" + name + "' is no region", {"answer_regions"});
    for (const std::string& name : answered) {
      const auto sector = index_of(base.sectors, name);
      check(sector && base.is_goods(*sector), "'" + name + "' is no sector of goods", {"answer_sectors"});
    }
  }

  void start(Start& s) const override {
    write_scope(s);
    for (int pair = 0; pair < pairs; ++pair) {
      measure(s, pair);
      for (const State zero : {target[pair], waiting[pair]}) s[zero] = 0;
      s[answer[pair]] = 0;
    }
  }

  void step(Step& s) const override {
    write_scope(s);
    for (std::size_t n = 0; n < regions; ++n)
      for (std::size_t i = 0; i < regions; ++i) respond(s, n, i);
  }

 private:
  int pair_of(std::size_t importer, std::size_t exporter) const {
    return static_cast<int>(importer * regions + exporter);
  }

  static std::optional<std::size_t> index_of(const Names& all, const std::string& name) {
    const auto found = std::find(all.begin(), all.end(), name);
    if (found == all.end()) return {};
    return static_cast<std::size_t>(found - all.begin());
  }

  // By [region][sector]; of wrong entries nothing, which the constructor reports.
  std::vector<bool> goods_answered() const {
    std::vector<bool> fall(regions * base.sectors.size());
    for (std::size_t i = 0; i < regions; ++i) {
      const bool on_all = std::find(answering.begin(), answering.end(), base.regions[i]) == answering.end();
      for (std::size_t j = 0; j < base.sectors.size(); ++j)
        fall[i * base.sectors.size() + j] = on_all && base.is_goods(j);
    }
    for (std::size_t entry = 0; entry < std::min(answering.size(), answered.size()); ++entry) {
      const auto i = index_of(base.regions, answering[entry]), j = index_of(base.sectors, answered[entry]);
      if (i && j) fall[*i * base.sectors.size() + *j] = true;
    }
    return fall;
  }

  void write_scope(View& s) const {
    for (int cell = 0; cell < scope.size; ++cell) s[scope[cell]] = on[static_cast<std::size_t>(cell)] ? 1.0 : 0.0;
  }

  // What i buys from n of the goods that it answers on, USD bn/year.
  double answered_flow(std::size_t i, std::size_t n) const {
    double flow = 0;
    for (std::size_t j = 0; j < base.sectors.size(); ++j)
      if (on[i * base.sectors.size() + j]) flow += base.flow[base.at(i, n, j)];
    return flow;
  }

  // Steps from a move until its answer is in force.
  int steps_of(double days) const {
    return std::max(0, static_cast<int>(std::ceil(days / 365.25 / time().dt() - 1e-9)) - 1);
  }

  void measure(View& s, int pair) const {
    const std::size_t n = static_cast<std::size_t>(pair) / regions, i = static_cast<std::size_t>(pair) % regions;
    Column mean = s[raised[pair]];
    mean = 0.0;
    for (std::size_t j = 0; n != i && j < base.sectors.size(); ++j)
      mean += base.weight(n, i, j) * s[statutory[static_cast<int>(base.at(n, i, j))]];
  }

  // The answer of i to n: a tariff of importer i on exporter n.
  void respond(Step& s, std::size_t n, std::size_t i) const {
    const int from = pair_of(n, i), back = pair_of(i, n);
    measure(s, from);
    if (n == i) {
      s[target[back]] = s[waiting[back]] = s[answer[back]] = 0;
      return;
    }
    const double r = value_match ? base.goods_flow(n, i) / answered_flow(i, n) : size[i];
    const auto was = s.last(raised[from]);
    const auto now = s[raised[from]];
    const auto decided = s.last(target[back]);
    const auto rise = (now - was).max(0.0);
    const auto fall = (was - now).max(0.0);
    const auto more = (s[draws[from]] < chance[i]).select(r * rise, Eigen::ArrayXd::Zero(s.lanes()));
    const auto given_up =
        (fall > 0.0).select((fall / was.max(fall)).min(1.0) * followed, Eigen::ArrayXd::Zero(s.lanes()));
    s[target[back]] = (decided * (1 - given_up) + more).min(cap);
    come_into_force(s, back);
  }

  void come_into_force(Step& s, int back) const {
    const auto decided = s[target[back]];
    const auto held = s.last(answer[back]);
    const auto left = s.last(waiting[back]);
    const auto lag = (decided > held).select(Eigen::ArrayXd::Constant(s.lanes(), steps_of(lag_up)), steps_of(lag_down));
    s[waiting[back]] = (left > 0.0).select(left - 1, lag);
    s[waiting[back]] = (decided == held).select(0.0, s[waiting[back]]);
    s[answer[back]] = (s[waiting[back]] <= 0.0).select(decided, held);
  }
};

}  // namespace

ModelType retaliation() {
  return model_type<Retaliation>("retaliation", "trade/policy", "trade", "Tariffs in answer to tariffs");
}

}  // namespace moniac
