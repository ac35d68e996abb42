// The model of bargaining.h: what it declares. Its steps are in bargaining.cpp, how it is set up in
// bargaining_setup.cpp.
#pragma once

#include <algorithm>

#include "models/diplomacy/acquaintances.h"
#include "models/diplomacy/partner_table.h"
#include "sim/model/model.h"
#include "sim/model/model_time.h"

namespace moniac {

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
  static constexpr double undecided = 0, complied = 1, refused = 2;
  static constexpr double open = 0, extended = 1, closed = 2;
  static constexpr double us_conceded = 2, cn_conceded = 3;  // of uscn.attrition_status
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
  explicit Bargaining(Declarations& declarations);
  void start(Start& s) const override;
  void step(Step& s) const override;

 private:
  double weight_of(int k) const { return table.weight[static_cast<std::size_t>(k)]; }

  // X_c and X_r as partner k sees them.
  struct Seen {
    double settled;
    double refused;
  };

  // bargaining.cpp
  void keep(Step& s) const;
  void draw_partners(Step& s) const;
  void draw_ties(Step& s) const;
  void move_first(View& s) const;
  bool waits(const Step& s, int k, Eigen::Index path) const;
  void take_turns(Step& s, Eigen::Index path) const;
  Seen seen_by(const Step& s, int k, Eigen::Index path) const;
  double reply_of(const Step& s, int k, Eigen::Index path, double years, const EventDraws& drawn) const;
  void pass_deadlines(Step& s) const;
  void report(View& s) const;

  // bargaining_setup.cpp
  static Names none_or(const Names& list);
  void check_params();
  void describe();
  std::string rest(double g) const;
};

}  // namespace moniac
