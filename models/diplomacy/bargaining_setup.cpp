// How the model of bargaining is set up: its checks, where its thresholds come to rest.
#include <algorithm>
#include <cmath>

#include "models/diplomacy/bargaining_model.h"
#include "models/diplomacy/cascade.h"

namespace moniac {

Names Bargaining::none_or(const Names& list) {
  Names all = {"none"};
  all.insert(all.end(), list.begin(), list.end());
  return all;
}

void Bargaining::check_params() {
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
void Bargaining::describe() {
  note("where thresholds alone leave many partners: " + rest(0) + "; after a generous first deal " + rest(1) +
       "; a harsh one " + rest(-0.5) + "; a refusal " + rest(-1));
}

std::string Bargaining::rest(double g) const {
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

}  // namespace moniac
