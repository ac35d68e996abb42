// Partners that queue for a settlement with the USA.
#include "models/trade/policy/bargaining_queue.h"

#include <algorithm>
#include <numeric>

#include "models/diplomacy/partner_queue.h"
#include "models/trade/policy/base_trade.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/model_time.h"

namespace moniac {

namespace {

// Status of a partner.
constexpr double waiting = 0, settled = 1, threatened = 2;

// K partners of some regions wait; at most `slots` of them talk at once, in the order of log(deficit share) + 0.5 Z,
// drawn once. A partner in talks settles with hazard
//
//   h = h0 exp(b1 exposure + b2 proximity - b3 demand gap)          per year; exposure = US share of exports x threat
//
// where proximity is 1 in the 15 days before an expiry, else 0; over a step P = 1 - exp(-∫h), exact at any length. At
// an expiry everyone who has not settled is given more time with probability p_ext, or leaves the queue and the threat
// is carried out. Per step and partner: a uniform for a settlement, one for an extension.
class BargainingQueue final : public Model {
  const BaseTrade base = base_trade();
  const Dimension exporters{"exporter", {base.regions.begin() + 1, base.regions.end()}};
  const std::size_t regions = exporters.labels.size();
  const std::vector<double> partners =
      numbers("partners", {0, 1, 1, 13, 2, 7, 46}, "count", between(0, 100),
              "Partners in each region but the USA, in the order of regions; China is left to the regime",
              calibrated("countries of the table's regions, 70 in all"));
  const std::vector<double> threats = numbers("threat", {0, 24, 20, 32, 25, 15, 20}, "%", between(0, 1000),
                                              "Tariff with which the USA threatens them, by region",
                                              calibrated("annex of Executive Order 14257, rounded means"));
  const std::vector<Date> opened = dates("opened", "One date: talks begin; without it at the start");
  const int slots =
      integer("slots", 20, between(1, 1000), "Partners in talks at once", calibrated("settlements of 2025"));
  const double h0 = param("base_hazard", 0.3, "1/year", nonnegative(), "Hazard h0", calibrated("settlements of 2025"));
  const double b1 = param("exposure_effect", 1, "", any_number(), "b1, of exposure", illustrative());
  const double b2 = param("deadline_effect", 2, "", between(0, 10), "b2, of the last days before an expiry",
                          calibrated("settlements of 2025"));
  const double b3 = param("demand_effect", 1, "", any_number(), "b3, of the demand gap", illustrative());
  const double gap =
      param("demand_gap", 0, "", any_number(), "Rate asked less rate offered, over the threat", illustrative());
  const double near =
      param("deadline_days", 15, "days", nonnegative(), "Days before an expiry that press", illustrative());
  const std::vector<double> expiries =
      numbers("expiries", {90, 115, 121}, "days", positive(), "Expiries, in days from the opening",
              published("9 July, 1 August and 7 August 2025 after 9 April"));
  const double extension =
      param("extension", 0.8, "", between(0, 1), "Probability of more time at an expiry", illustrative());

  const Outputs share = outputs("partners_settled", {exporters}, "ratio", "Share of partners that have settled");
  const Outputs hit =
      outputs("partners_threatened", {exporters}, "ratio", "Share of partners against which the threat is carried out");
  const Output count = output("partners_deals", "count", "Partners that have settled");

  const std::vector<Partner> home = partners_by_region();
  const int size = static_cast<int>(home.size());
  const States status = states("status", size, "0 waiting or in talks, 1 settled, 2 threat carried out");
  const States order = states("order", size, "Partners in the order in which they get to talk");
  const Shocks priority = normal_shocks("priority", size, "Place in the queue, drawn in the first step");
  const Shocks agreement = uniform_shocks("agreement", size, "Whether a partner settles");
  const Shocks more_time = uniform_shocks("more_time", size, "Whether a partner is given more time");

  const double opening = opened.empty() ? 0 : years_to(time(), opened[0]);
  const std::vector<double> importance = log_deficit_shares();
  const std::vector<std::vector<double>> chances = settlement_chances();

 public:
  explicit BargainingQueue(Declarations& declarations) : Model(declarations) {
    check(partners.size() == regions, "one number per region but the USA", {"partners"});
    check(threats.size() == regions, "one rate per region but the USA", {"threat"});
    check(opened.size() <= 1, "one date", {"opened"});
  }

  void start(Start& s) const override {
    for (int k = 0; k < size; ++k) {
      s[status[k]] = waiting;
      s[order[k]] = k;
    }
    report(s);
  }

  void step(Step& s) const override {
    for (int k = 0; k < size; ++k) {
      s[status[k]] = s.last(status[k]);
      s[order[k]] = s.last(order[k]);
    }
    if (s.index() == 1) line_up(s);
    talk(s);
    if (expires_in(s.index())) expire(s);
    report(s);
  }

 private:
  std::vector<Partner> partners_by_region() const {
    std::vector<Partner> all;
    for (std::size_t r = 0; r < std::min(partners.size(), regions); ++r)
      all.insert(all.end(), static_cast<std::size_t>(partners[r]), {r, 1 / partners[r]});
    return all;
  }

  std::vector<double> log_deficit_shares() const {
    std::vector<double> all;
    for (std::size_t r = 0; r < regions; ++r) {
      const double deficit = base.goods_flow(0, r + 1) - base.goods_flow(r + 1, 0);
      all.push_back(log(std::max(deficit, 1e-3) / std::max(r < partners.size() ? partners[r] : 0, 1.0)));
    }
    return all;
  }

  double us_share_of_exports(std::size_t region) const {
    double to_usa = 0, all = 0;
    for (std::size_t n = 0; n < base.regions.size(); ++n) {
      for (std::size_t j = 0; n != region && j < base.sectors.size(); ++j) {
        const double flow = base.flow[base.at(n, region, j)];
        all += flow;
        if (n == 0) to_usa += flow;
      }
    }
    return to_usa / all;
  }

  // By step and region: the probability that a partner in talks settles.
  std::vector<std::vector<double>> settlement_chances() const {
    std::vector<std::vector<double>> all;
    for (int step = 0; step <= time().steps; ++step) {
      std::vector<double>& chance = all.emplace_back();
      double pressed = 0, before = opening;  // expiries may be closer than the days that press
      for (const double days : expiries) {
        const double end = opening + days / 365.25;
        pressed += time_within(time(), step, std::max(before, end - near / 365.25), end);
        before = std::max(before, end);
      }
      const double open = time_within(time(), step, opening, time().dt() * time().steps);
      for (std::size_t r = 0; r < regions; ++r) {
        const double exposure = r < threats.size() ? us_share_of_exports(r + 1) * threats[r] / 100 : 0;
        chance.push_back(-expm1(-h0 * exp(b1 * exposure - b3 * gap) * (open + expm1(b2) * pressed)));
      }
    }
    return all;
  }

  bool expires_in(int step) const {
    return std::any_of(expiries.begin(), expiries.end(),
                       [&](double days) { return first_step_at(time(), opening + days / 365.25) == step; });
  }

  double score(const Step& s, int partner, Eigen::Index path) const {
    return importance[home[static_cast<std::size_t>(partner)].region] + 0.5 * s[priority[partner]](path);
  }

  void line_up(Step& s) const {
    for (Eigen::Index path = 0; path < s.lanes(); ++path) {
      for (int k = 0; k < size; ++k) {
        int ahead = 0;
        for (int m = 0; m < size; ++m) {
          const double other = score(s, m, path), own = score(s, k, path);
          ahead += other > own || (other == own && m < k);
        }
        s[order[ahead]](path) = k;
      }
    }
  }

  void talk(Step& s) const {
    const std::vector<double>& chance = chances[static_cast<std::size_t>(s.index())];
    for (Eigen::Index path = 0; path < s.lanes(); ++path) {
      const auto partner_at = [&](int place) { return static_cast<int>(s[order[place]](path)); };
      talk_in_turn(
          size, 0, slots, [&](int place) { return s[status[partner_at(place)]](path) == waiting; },
          [&](int place) {
            const int k = partner_at(place);
            if (s[agreement[k]](path) < chance[home[static_cast<std::size_t>(k)].region]) s[status[k]](path) = settled;
          });
    }
  }

  void expire(Step& s) const {
    for (int k = 0; k < size; ++k)
      s[status[k]] = (s[status[k]] == waiting && s[more_time[k]] >= extension).select(threatened, s[status[k]]);
  }

  void report(View& s) const {
    const auto stands = [&](double standing) {
      return [&s, this, standing](int k) { return (s[status[k]] == standing).cast<double>(); };
    };
    write_shares(s, share, home, stands(settled));
    write_shares(s, hit, home, stands(threatened));
    s[count] = 0;
    for (int k = 0; k < size; ++k) s[count] += stands(settled)(k);
  }
};

}  // namespace

ModelType bargaining_queue() {
  return model_type<BargainingQueue>("bargaining_queue", "trade/policy", "us",
                                     "Partners that queue for a settlement of their tariffs with the USA");
}

}  // namespace moniac
