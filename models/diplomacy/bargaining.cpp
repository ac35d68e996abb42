#include "models/diplomacy/bargaining.h"

#include <algorithm>
#include <cmath>

#include "models/diplomacy/acquaintances.h"
#include "models/diplomacy/cascade.h"
#include "models/diplomacy/partner_queue.h"
#include "models/diplomacy/partner_table.h"
#include "sim/math/box_muller.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/model_time.h"

namespace moniac {

namespace {

constexpr double undecided = 0, complied = 1, refused = 2;
constexpr double open = 0, extended = 1, closed = 2;
constexpr double us_conceded = 2, cn_conceded = 3;  // of uscn.attrition_status

// J partners of weight w_j (import shares, summing to 1) get a turn one after another, the heaviest first, at the times
// of a Poisson process. In its turn a partner settles, refuses for good, or goes to the end of the queue. X_c and X_r
// are the shares of the others that have settled and refused, at the end of the last step: of all, by weight, or, where
// a partner has acquaintances, of these, one like the other (two know each other with probability z/(J - 1)).
//
//   chance      P(settle) = 1/(1 + e^{-u}),   P(refuse | not settled) = p_ref,
//               u = b0 + bd d_j + bt t/T + bG G + bW W + kc X_c - kr X_r - by (toughness - 1/2)
//   threshold   settles when X_c >= θ_j,  θ_j ~ N(μ - dG G - dW W, σ²);   refuses when X_r >= θr_j,  θr_j ~ N(μr, σr²)
//               both: the larger excess (Granovetter 1978, of either side)
//   example     G of the first mover: 1 a generous deal, -1/2 a harsh one, -1 a refusal; 0 while there is none
//   winner      W = 1 once China has conceded to the USA, -1 once the USA has conceded
//   window      T after the opening; with p_ext longer, once. The threat is carried out against those who refuse at
//               once, against the undecided when it closes. The queue goes on.
//
// The draws of turn n are its own, and so are those of partner j: turns fall at the same times however time is cut.
class Bargaining final : public Model {
  enum Reply { by_chance, by_threshold };
  enum FirstMove { generous, harsh, refusing };

  // Partners
  const Names named =
      names("partners",
            {"european_union", "mexico", "canada", "japan", "vietnam", "korea", "india", "united_kingdom", "thailand",
             "switzerland", "malaysia", "brazil", "indonesia", "philippines", "cambodia", "pakistan"},
            "Partners by name; China is left to the regime");
  const std::vector<double> named_weights =
      numbers("weights", {18.5, 15.5, 12.6, 4.5, 4.2, 4.0, 2.7, 2.1, 1.9, 1.9, 1.6, 1.3, 0.9, 0.4, 0.4, 0.2}, "%",
              positive(), "Their shares of US imports of goods, scaled with those of the others to 100 %",
              calibrated("imports of 2024, as remembered"));
  const std::vector<double> named_dependence =
      numbers("dependence", {0.12, 1, 0.8, 0.15, 1, 0.3, 0.1, 0.1, 0.5, 0.3, 0.5, 0.1, 0.1, 0.15, 0.9, 0.1}, "",
              between(0, 1), "d_j: exports to the USA over GDP, in 25 %, at most 1", illustrative());
  const Names homes = names(
      "partner_regions",
      {"EU27", "CAM", "CAM", "JPN", "EAS", "EAS", "GLS", "ROA", "EAS", "ROA", "EAS", "GLS", "EAS", "EAS", "EAS", "GLS"},
      "Their trade regions");
  const int others = integer("others", 54, between(0, 500),
                             "Further partners, all in GLS, with weights as 1/rank and d = u²/2, u uniform",
                             calibrated("seventy partners in all"));
  const double others_weight = param("others_weight", 14, "%", positive(), "Weight of the others together",
                                     calibrated("imports of 2024, as remembered"));

  // Queue and window
  const std::vector<Date> opened = dates("opened", "One date: talks begin; without it at the start");
  const double pace = param("turn_rate", 0.8, "1/week", nonnegative(), "Mean number of turns", illustrative());
  const double window = param("window", 90, "days", positive(), "T, from the opening",
                              published("9 April to 9 July 2025, announced on 9 April"));
  const double prolonged = param("extension", 30, "days", nonnegative(), "By how much the window is prolonged",
                                 published("9 July to 7 August 2025, rounded"));
  const double prolonging =
      param("extension_chance", 0.9, "", between(0, 1), "p_ext, that it is prolonged", illustrative());

  // Reply by chance
  const int reply_mode = choice("reply", "chance", {"chance", "threshold"}, "How a partner replies in its turn");
  const double b0 = param("base_reply", -1, "", any_number(), "b0", illustrative());
  const double bd = param("dependence_effect", 1.5, "", any_number(), "bd, of d_j", illustrative());
  const double bt = param("deadline_effect", 1, "", any_number(),
                          "bt, of the time since the opening over T, at most 1.5", illustrative());
  const double kc = param("imitation", 2, "", any_number(), "kc, of the share that has settled", illustrative());
  const double kr = param("solidarity", 2.5, "", any_number(), "kr, of the share that has refused", illustrative());
  const double by = param("toughness_effect", 1, "", any_number(), "by, of toughness", illustrative());
  const double toughness =
      param("toughness", 0.5, "", between(0, 1), "US terms: 0 generous, 1 maximal; 0.5 neutral", illustrative());
  const double refusal =
      param("refusal_chance", 0.1, "", between(0, 1), "p_ref, that who does not settle refuses", illustrative());

  // Whom a partner watches
  const double acquaintances = param(
      "acquaintances", 0, "count", between(0, 100),
      "z: mean number of others that a partner watches, at random and each alike; 0: all, by weight", illustrative());

  // Reply by threshold
  const double threshold_mean =
      param("threshold_mean", 0.45, "", any_number(), "μ: share of the others that must have settled", illustrative());
  const double threshold_spread = param("threshold_spread", 0.2, "", nonnegative(), "σ of partners", illustrative());
  const double refusal_mean =
      param("refusal_mean", 0.6, "", any_number(), "μr: share of the others that must have refused", illustrative());
  const double refusal_spread = param("refusal_spread", 0.2, "", nonnegative(), "σr of partners", illustrative());

  // Examples
  const Names movers = none_or(named);
  const int first_mover = choice("first_mover", "none", movers, "Partner that moves first, and by script") - 1;
  const int first_move = choice("first_move", "generous", {"generous", "harsh", "refusal"},
                                "What it does: a deal of either kind, or none");
  const std::vector<Date> moved_on = dates("first_move_date", "One date of it; without it before the first step");
  const double bg = param("example_effect", 0.6, "", any_number(), "bG, of the first move", illustrative());
  const double dg = param("example_shift", 0.1, "", any_number(), "dG, the same for thresholds", illustrative());
  const double bw = param("winner_effect", 0.6, "", any_number(), "bW, of who won the war of attrition",
                          illustrative("as strong as a generous first deal, as in thresholds"));
  const double dw = param("winner_shift", 0.1, "", any_number(), "dW, the same for thresholds", illustrative());

  const Input attrition = input("uscn.attrition_status", 0, "index", "2: the US conceded, 3: China did");

  const PartnerTable table{{named, named_weights, homes, others, others_weight}};
  const int size = static_cast<int>(table.names.size());
  const Acquaintances network{acquaintances > 0 ? size : 0};

  const Output complied_share = output("partners_complied", "ratio", "Weighted share of partners that have settled");
  const Output refused_share = output("partners_refused", "ratio", "Weighted share of partners that have refused");
  const Outputs settled = outputs("partners_settled", "exporter", exporter_regions(), "ratio",
                                  "Settled share of a region's partners, weighted");
  const Outputs threatened = outputs("partners_threatened", "exporter", exporter_regions(), "ratio",
                                     "Share of a region's partners against which the threat is carried out, weighted");
  const Output deals = output("partners_deals", "count", "Partners that have settled");
  const Outputs reply = outputs("partner_reply", "partner", table.names, "index", "0 undecided, 1 settled, 2 refused");

  const State deadline = state("window", "0 open, 1 prolonged, 2 closed");
  const State place = state("place", "Place in the queue whose turn is next");
  const State wait = state("wait", "What is left until the next turn, in mean waits");
  const States dependence = states("dependence", size, "d_j");
  const States ties = states("ties", network.numbers(), "Who knows whom, 48 partners in a number");
  const States threshold = states("threshold", 2 * size, "By threshold, as (θ - μ)/σ: to settle, then to refuse");

  const EventShock turn = event_shock("turn", "Wait for a turn, the reply");
  const EventShock nature = event_shock("partner", "Dependence and thresholds of a partner, drawn in the first step");
  const EventShock tie = event_shock("tie", "Which partners know each other, drawn in the first step");
  const Shock more_time = uniform_shock("more_time", "Whether the window is prolonged");

  const double opening = opened.empty() ? 0 : years_to(time(), opened[0]);
  const double turns_per_year = pace * 365.25 / 7;
  const int first_deadline = std::max(1, first_step_at(time(), opening + window / 365.25));
  const int last_deadline = std::max(1, first_step_at(time(), opening + (window + prolonged) / 365.25));
  const int move_step = moved_on.empty() ? 0 : time().step_of_only(moved_on);
  const double example = first_move == generous ? 1 : first_move == harsh ? -0.5 : -1;

 public:
  explicit Bargaining(Declarations& declarations) : Model(declarations) {
    check_params();
    if (reply_mode == by_threshold) describe();
  }

  void start(Start& s) const override {
    for (int k = 0; k < size; ++k) {
      s[reply[k]] = undecided;
      s[dependence[k]] = 0;  // drawn in the first step, like the thresholds
      s[threshold[k]] = s[threshold[size + k]] = 0;
    }
    for (int i = 0; i < ties.size; ++i) s[ties[i]] = 0;
    s[deadline] = open;
    s[place] = 0;
    s[wait] = 0;
    if (move_step == 0) move_first(s);
    report(s);
  }

  void step(Step& s) const override {
    keep(s);
    if (s.index() == 1) draw_partners(s);
    if (s.index() == 1 && acquaintances > 0) draw_ties(s);
    if (s.index() == move_step) move_first(s);
    for (Eigen::Index path = 0; path < s.lanes(); ++path) take_turns(s, path);
    pass_deadlines(s);
    report(s);
  }

 private:
  // --- set-up ---

  static Names none_or(const Names& list) {
    Names all = {"none"};
    all.insert(all.end(), list.begin(), list.end());
    return all;
  }

  double weight_of(int k) const { return table.weight[static_cast<std::size_t>(k)]; }

  // --- a step ---

  void keep(Step& s) const {
    for (int k = 0; k < size; ++k) {
      s[reply[k]] = s.last(reply[k]);
      s[dependence[k]] = s.last(dependence[k]);
      s[threshold[k]] = s.last(threshold[k]);
      s[threshold[size + k]] = s.last(threshold[size + k]);
    }
    for (int i = 0; i < ties.size; ++i) s[ties[i]] = s.last(ties[i]);
    s[deadline] = s.last(deadline);
    s[place] = s.last(place);
    s[wait] = s.last(wait);
  }

  void draw_partners(Step& s) const {
    for (Eigen::Index path = 0; path < s.lanes(); ++path) {
      s[wait](path) = 0 - log(s.next_event(turn, path)[0]);
      for (int k = 0; k < size; ++k) {
        const EventDraws drawn = s.next_event(nature, path);
        const auto j = static_cast<std::size_t>(k);
        s[dependence[k]](path) = j < named_dependence.size() ? named_dependence[j] : 0.5 * drawn[0] * drawn[0];
        const auto [to_settle, to_refuse] = box_muller(drawn[1], drawn[2]);
        s[threshold[k]](path) = to_settle;
        s[threshold[size + k]](path) = to_refuse;
      }
    }
  }

  // Each pair with probability z/(J - 1), eight pairs in an event.
  void draw_ties(Step& s) const {
    const double chance = acquaintances / (size - 1);
    for (Eigen::Index path = 0; path < s.lanes(); ++path) {
      EventDraws drawn{};
      std::size_t used = drawn.size();
      network.draw([&](int i) -> double& { return s[ties[i]](path); },
                   [&] {
                     if (used == drawn.size()) {
                       drawn = s.next_event(tie, path);
                       used = 0;
                     }
                     return drawn[used++] < chance;
                   });
    }
  }

  void move_first(View& s) const {
    if (first_mover >= 0) s[reply[first_mover]] = first_move == refusing ? refused : complied;
  }

  // Before its move the first mover is in no queue.
  bool waits(const Step& s, int k, Eigen::Index path) const {
    return s[reply[k]](path) == undecided && !(k == first_mover && s.index() < move_step);
  }

  void take_turns(Step& s, Eigen::Index path) const {
    const double end = s.index() * s.dt();
    double left = time_within(s.time(), s.index(), opening, end);
    while (s[wait](path) < turns_per_year * left) {
      left -= s[wait](path) / turns_per_year;
      const EventDraws drawn = s.next_event(turn, path);
      s[wait](path) = 0 - log(drawn[0]);
      s[place](path) = talk_in_turn(
          size, static_cast<int>(s[place](path)), 1,
          [&](int at) { return waits(s, table.heaviest_first[static_cast<std::size_t>(at)], path); },
          [&](int at) {
            const int k = table.heaviest_first[static_cast<std::size_t>(at)];
            s[reply[k]](path) = reply_of(s, k, path, end - left - opening, drawn);
          });
    }
    s[wait](path) -= turns_per_year * left;
  }

  // X_c and X_r as partner k sees them.
  struct Seen {
    double settled;
    double refused;
  };
  Seen seen_by(const Step& s, int k, Eigen::Index path) const {
    double settled_ones = s.last(complied_share)(path), refused_ones = s.last(refused_share)(path);
    double rest = 1 - weight_of(k);
    if (acquaintances > 0) {
      settled_ones = refused_ones = rest = 0;
      network.each(
          k, [&](int i) { return s[ties[i]](path); },
          [&](int j) {
            settled_ones += s.last(reply[j])(path) == complied;
            refused_ones += s.last(reply[j])(path) == refused;
            rest += 1;
          });
    }
    return rest > 0 ? Seen{settled_ones / rest, refused_ones / rest} : Seen{0, 0};
  }

  double reply_of(const Step& s, int k, Eigen::Index path, double years, const EventDraws& drawn) const {
    const Seen others_did = seen_by(s, k, path);
    const double g = first_mover >= 0 && s.index() >= move_step ? example : 0;
    const double status = s[attrition](path), w = status == cn_conceded ? 1 : status == us_conceded ? -1 : 0;
    if (reply_mode == by_threshold) {
      const double mean = threshold_mean - dg * g - dw * w;
      const double to_settle = others_did.settled - (mean + threshold_spread * s[threshold[k]](path));
      const double to_refuse = others_did.refused - (refusal_mean + refusal_spread * s[threshold[size + k]](path));
      if (std::max(to_settle, to_refuse) < 0) return undecided;
      return to_settle >= to_refuse ? complied : refused;
    }
    const double u = b0 + bd * s[dependence[k]](path) + bt * std::min(1.5, years * 365.25 / window) + bg * g + bw * w +
                     kc * others_did.settled - kr * others_did.refused - by * (toughness - 0.5);
    if (drawn[1] * (1 + exp(0 - u)) < 1) return complied;
    return drawn[2] < refusal ? refused : undecided;
  }

  void pass_deadlines(Step& s) const {
    if (s.index() == first_deadline)
      s[deadline] = (s[more_time] < prolonging).select(extended, Eigen::ArrayXd::Constant(s.lanes(), closed));
    if (s.index() == last_deadline) s[deadline] = closed;
  }

  void report(View& s) const {
    const auto has = [&s, this](double standing) {
      return [&s, this, standing](int k) { return (s[reply[k]] == standing).cast<double>(); };
    };
    s[complied_share] = s[refused_share] = s[deals] = 0;
    for (int k = 0; k < size; ++k) {
      s[complied_share] += weight_of(k) * has(complied)(k);
      s[refused_share] += weight_of(k) * has(refused)(k);
      s[deals] += has(complied)(k);
    }
    write_shares(s, settled, table.homes, has(complied));
    write_shares(s, threatened, table.homes, [&](int k) {
      return (s[reply[k]] == refused || (s[reply[k]] == undecided && s[deadline] == closed)).template cast<double>();
    });
  }

  // --- what is refused, what is said ---

  void check_params() {
    const auto one_each = [&](std::size_t count, const std::string& name) {
      check(count == named.size(),
            name + " has " + std::to_string(count) + " entries for " + std::to_string(named.size()) + " partners",
            {name, "partners"});
    };
    one_each(named_weights.size(), "weights");
    one_each(named_dependence.size(), "dependence");
    one_each(homes.size(), "partner_regions");
    for (const std::string& home : homes)
      check(home != "CHN" && std::count(exporter_regions().begin(), exporter_regions().end(), home) == 1,
            "partners live in JPN, EU27, EAS, CAM, ROA or GLS, not in " + home, {"partner_regions"});
    for (const std::string& name : named)
      check(std::count(table.names.begin(), table.names.end(), name) == 1 && name != "none",
            "partner " + name + " is named twice, or none, or like one of the others", {"partners"});
    check(size > 0, "no partners", {"partners", "others"});
    check(acquaintances <= std::max(0, size - 1),
          "a partner cannot know more than the " + std::to_string(size - 1) + " others", {"acquaintances"});
    check(opened.size() <= 1 && moved_on.size() <= 1, "one date each", {"opened", "first_move_date"});
    if (first_mover < 0) check(moved_on.empty(), "the date of a first move without a first mover", {"first_move_date"});
  }

  // Where thresholds alone come to rest, of very many partners, for `moniac plan`.
  void describe() {
    note("where thresholds alone leave many partners: " + rest(0) + "; after a generous first deal " + rest(1) +
         "; a harsh one " + rest(-0.5) + "; a refusal " + rest(-1));
  }

  std::string rest(double g) const {
    const auto percent = [](double share) { return to_text(std::round(1000 * share) / 10) + " %"; };
    const Thresholds thresholds{threshold_mean - dg * g, threshold_spread};
    if (acquaintances > 0) {
      const NetworkCascade found = network_cascade(thresholds, acquaintances, 0);
      return percent(found.moved) + " (spread " + to_text(std::round(100 * found.spread) / 100) + ")";
    }
    std::string text;
    for (const RestingShare& at : resting_shares(thresholds))
      text += (text.empty() ? "" : ", ") + percent(at.share) + (at.stable ? "" : " (tipping point)");
    return text;
  }
};

}  // namespace

ModelType bargaining() {
  return model_type<Bargaining>("bargaining", "diplomacy", "us",
                                "Partners that settle with the USA or refuse, each with an eye on the others");
}

}  // namespace moniac
