// A deal that cuts a tariff in phases and springs back.
#include "models/trade/policy/phased_deal.h"

#include "sim/math/columns.h"

namespace moniac {

namespace {

// A tariff between two countries falls at dated milestones as long as what was promised is done:
//
//   THREAT 0 ─signed─► TRUCE 1 ─milestone k, compliance >= threshold─► TRUCE, rate r_k ─last one─► COMPLETE 3
//                        ▲  └────────── compliance < threshold ───────► BREACH 2, rate held for the grace
//                        └───────────── cured, probability c ◄───────────┤
//   THREAT 0, snap-back rate + penalty ◄── not cured ────────────────────┘
//
// Compliance is Beta(4, 1), drawn by inversion as u^(1/4). A milestone that falls into the grace passes without a cut.
// Two uniforms a step: compliance, and whether a breach is cured.
class PhasedDeal final : public Model {
  const std::vector<Date> signed_on = dates("signed", "One date: the deal is in force from the step that holds it");
  const double first_rate =
      param("signed_rate", 30, "%", between(0, 1000), "Tariff from the signing on", illustrative());
  const std::vector<Date> milestones = dates("milestones", "Dates on which compliance is judged");
  const std::vector<double> rates =
      numbers("rates", {}, "%", between(0, 1000), "Tariff from each milestone on, not increasing", illustrative());
  const double threshold =
      param("threshold", 0.75, "", between(0, 1), "Least compliance that passes a milestone", illustrative());
  const double grace = param("grace", 90, "days", nonnegative(), "From a breach to its end", illustrative()) / 365.25;
  const double cure = param("cure", 0.4, "", between(0, 1), "Probability that a breach is cured", illustrative());
  const double snap_rate = param("snap_rate", 145, "%", between(0, 1000), "Tariff after a breach that is not cured",
                                 published("peak of April 2025"));
  const double penalty = param("penalty", 0, "pp", nonnegative(), "What comes on top of it", illustrative());

  const Output rate = output("deal_rate", "%", "Tariff that the deal sets; -1: none");
  const Output phase = output("deal_phase", "index", "0 threat, 1 truce, 2 breach, 3 complete");
  const State left = state("grace_left", "Time until a breach ends, years");
  const Shock compliance = uniform_shock("compliance", "What is done of what was promised");
  const Shock cured = uniform_shock("cure", "Whether a breach is cured");

  const int signing = signed_on.empty() ? -1 : time().step_of(signed_on[0]).value_or(-1);

 public:
  explicit PhasedDeal(Declarations& declarations) : Model(declarations) {
    check(signed_on.size() <= 1, "one date", {"signed"});
    check(milestones.size() == rates.size(), "one rate per milestone", {"milestones", "rates"});
    for (std::size_t k = 0; k < std::min(milestones.size(), rates.size()); ++k) check_milestone(k);
  }

  void start(Start& s) const override {
    s[rate] = -1;
    s[phase] = 0;
    s[left] = 0;
  }

  void step(Step& s) const override {
    s[rate] = s.last(rate);
    s[phase] = s.last(phase);
    s[left] = s.last(left) - s.dt();
    end_grace(s);
    if (s.index() == signing) sign(s);
    for (std::size_t k = 0; k < milestones.size(); ++k)
      if (s.time().step_of(milestones[k]) == s.index()) judge(s, k);
  }

 private:
  void check_milestone(std::size_t k) {
    const double before = k == 0 ? first_rate : rates[k - 1];
    check(
        rates[k] <= before,
        "the tariff rises from " + to_text(before) + " to " + to_text(rates[k]) + " % at a milestone: a deal only cuts",
        {"rates"});
    if (k == 0 && !signed_on.empty())
      check(milestones[0] > signed_on[0], "the first milestone is not after the signing", {"milestones", "signed"});
    if (k > 0 && time().step_of(milestones[k]).has_value())
      check(time().step_of(milestones[k]) != time().step_of(milestones[k - 1]),
            "two milestones fall into one step: " + iso(milestones[k - 1]) + " and " + iso(milestones[k]),
            {"milestones"});
  }

  void sign(Step& s) const {
    s[rate] = first_rate;
    s[phase] = 1;
  }

  void judge(Step& s, std::size_t k) const {
    const auto done = named(s[compliance].sqrt().sqrt());
    const auto judged = named((s[phase] == 1.0).cast<double>());
    const auto pass = judged == 1.0 && done >= threshold;
    const auto fail = judged == 1.0 && done < threshold;
    s[rate] = pass.select(rates[k], s[rate]);
    s[left] = fail.select(grace, s[left]);
    s[phase] = fail.select(2.0, s[phase]);
    if (k + 1 == milestones.size()) s[phase] = pass.select(3.0, s[phase]);
  }

  // A grace ends in the first step whose end is as late or later.
  void end_grace(Step& s) const {
    const auto over = s.last(phase) == 2.0 && s[left] <= 1e-9;
    const auto saved = over && s[cured] < cure;
    const auto lost = over && s[cured] >= cure;
    s[rate] = lost.select(snap_rate + penalty, s[rate]);
    s[phase] = saved.select(1.0, s[phase]);
    s[phase] = lost.select(0.0, s[phase]);
  }
};

}  // namespace

ModelType phased_deal() {
  return model_type<PhasedDeal>("phased_deal", "trade/policy", "uscn",
                                "A deal that cuts a tariff in phases and springs back");
}

}  // namespace moniac
