// How the model of attrition is set up: its checks, what its figures mean.
#include <cmath>

#include "models/diplomacy/attrition_model.h"
#include "models/diplomacy/linear_hazards.h"

namespace moniac {

// How fast h_i rises, 1/year², given what it is now.
double Attrition::rise(double hazard, int i, double now) const {
  const double growth = cost_growth[setter(i)];
  return hazard * growth / (1 + growth * now);
}

// Of any list: a wrong one is refused before it is used.
std::vector<double> Attrition::worth_by_status(std::size_t side) const {
  if (payoffs.size() != 4) return std::vector<double>(6, 0.0);
  const double wins = payoffs[0], concedes = payoffs[1];
  return {0, 0, side == 0 ? concedes : wins, side == 0 ? wins : concedes, payoffs[3], payoffs[2]};
}

bool Attrition::check_params() {
  bool whole = true;
  const auto two = [&](const std::vector<double>& list, const std::string& name) {
    whole = check_size(list, 2, name, "sides") && whole;
  };
  two(cost, "cost");
  two(prize, "prize");
  two(cost_growth, "cost_growth");
  two(demand, "demand");
  two(discount, "discount");
  two(stubborn, "stubborn");
  check_size(payoffs, 4, "payoffs", "outcomes");
  check(begins_on.size() <= 1 && ends_on.size() <= 1, "one date each", {"begin", "scripted_end"});
  if (mode == scripted) check(ends_on.size() == 1, "mode scripted needs the date of its end", {"mode", "scripted_end"});
  if (!whole) return false;
  if (cost_growth[0] > 0 || cost_growth[1] > 0) {
    check(mode == equilibrium || mode == behavioural, "costs that rise move hazards in equilibrium or behavioural only",
          {"mode", "cost_growth"});
    check(mode != behavioural || exponent == 1, "costs that rise need an exponent of 1, not " + to_text(exponent),
          {"exponent", "cost_growth"});
  }
  const double sum = demand[0] + demand[1];
  check(sum > 1, "the sides demand " + to_text(sum) + " of the cake together; up to 1 there is nothing to fight for",
        {"demand"});
  return sum > 1;
}

// What the figures mean without stress and crises, for `moniac plan`.
void Attrition::describe() {
  if (mode == scripted) return;
  const auto rounded = [](double x) { return to_text(std::round(1000 * x) / 1000); };
  if (mode == reputation) {
    note("without crises: the US concedes first with probability " + rounded(theory.first(0)) + ", China " +
         rounded(theory.first(1)) + ", deadlock " + rounded(theory.deadlock()) + "; at once " +
         rounded(theory.atom[0]) + " and " + rounded(theory.atom[1]) + ", else after " + rounded(theory.mean_years()) +
         " years on average");
    return;
  }
  BySide h{}, rises{};
  for (int i = 0; i < 2; ++i) {
    const auto side = static_cast<std::size_t>(i);
    const double ratio = cost[setter(i)] / prize[setter(i)];
    h[side] = mode == equilibrium ? ratio : base_hazard * pow(ratio, exponent);
    rises[side] = rise(h[side], i, 0);
  }
  if (h[0] + h[1] == 0) return;
  const LinearHazards hazards(h, rises);
  note("without stress and crises: the US concedes first with probability " + rounded(hazards.first(0)) + ", after " +
       rounded(hazards.mean_years()) + " years on average");
}

}  // namespace moniac
