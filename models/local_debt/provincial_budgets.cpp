#include "models/local_debt/provincial_budgets.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moniac {

ProvincialBudgets::ProvincialBudgets(Declarations& declarations) : Model(declarations) {
  if (!sized()) return;
  check_totals();
  check_eligible();
  check_tiers();
}

double ProvincialBudgets::part_of_step(const std::string& name, double speed, const std::string& doc) {
  return -expm1(-param(name, speed, "1/year", nonnegative(), doc, illustrative()) * time().dt());
}

double ProvincialBudgets::part_of_time(const std::string& name, double years, const std::string& doc) {
  return -expm1(-time().dt() / param(name, years, "year", positive(), doc, illustrative()));
}

double ProvincialBudgets::total(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::string ProvincialBudgets::listed(const Names& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::vector<double> ProvincialBudgets::share_of(const std::vector<double>& values, double all) {
  const double sum = total(values);
  std::vector<double> shares;
  for (const double x : values) shares.push_back(sum > 0 ? all * x / sum : 0);
  return shares;
}

std::vector<double> ProvincialBudgets::cash_aimed_at() const {
  std::vector<double> amounts;
  for (std::size_t i = 0; i < std::min({gdp0.size(), own0.size(), transfers0.size()}); ++i)
    amounts.push_back(cash_target * (own0[i] + transfers0[i]) / 100 * gdp0[i]);
  return amounts;
}

double ProvincialBudgets::annual_transfers() const {
  double due = 0;
  for (std::size_t i = 0; i < std::min(gdp0.size(), transfers0.size()); ++i) due += transfers0[i] / 100 * gdp0[i];
  return due;
}

std::vector<double> ProvincialBudgets::sales_weights() const {
  std::vector<double> weights;
  for (std::size_t i = 0; i < std::min(land0.size(), tier0.size()); ++i) {
    double all = 0;
    for (std::size_t j = 0; j < std::min(land0.size(), tier0.size()); ++j) all += tier0[j] == tier0[i] ? land0[j] : 0;
    weights.push_back(all > 0 ? land0[i] / all : 0);
  }
  return weights;
}

bool ProvincialBudgets::has_size(const std::vector<double>& list, int size, const std::string& name) {
  return check_size(list, static_cast<std::size_t>(size), name);
}

bool ProvincialBudgets::sized() {
  bool all = has_size(stated, 3, "stated_totals");
  const auto ask = [&](const std::vector<double>& list, const char* name) { all = has_size(list, count, name) && all; };
  ask(gdp0, "gdp");
  ask(bonds0, "bonds");
  ask(lgfv0, "lgfv_debt");
  ask(eligible0, "eligible_debt");
  ask(arrears0, "arrears");
  ask(cash0, "cash");
  ask(own0, "own_revenue");
  ask(transfers0, "transfers");
  ask(spending0, "spending");
  ask(land0, "land_revenue");
  ask(tier0, "tier");
  return all;
}

void ProvincialBudgets::check_totals() {
  const auto agrees = [&](const std::vector<double>& values, double stated_total, const std::string& name) {
    check(std::abs(total(values) - stated_total) <= 0.01 * stated_total,
          name + " of the provinces sums to " + to_text(total(values)) + " CNY bn, but " + to_text(stated_total) +
              " are stated",
          {name, "stated_totals"});
  };
  agrees(gdp0, stated[0], "gdp");
  agrees(bonds0, stated[1], "bonds");
  agrees(lgfv0, stated[2], "lgfv_debt");
}

void ProvincialBudgets::check_eligible() {
  for (int i = 0; i < count; ++i)
    check(eligible0[at(i)] <= lgfv0[at(i)] * (1 + 1e-12),
          labels[at(i)] + " may swap " + to_text(eligible0[at(i)]) + " CNY bn of " + to_text(lgfv0[at(i)]) +
              " that its financing vehicles owe",
          {"eligible_debt", "lgfv_debt"});
}

void ProvincialBudgets::check_tiers() {
  const bool spans = tier0[0] == 0;
  bool told_apart = true;
  for (int i = 0; i < count; ++i) {
    const bool whole_number = tier0[at(i)] == tier(i), alike = (tier(i) == 0) == spans;
    check(whole_number, labels[at(i)] + " is of tier " + to_text(tier0[at(i)]) + ", not 0, 1, 2 or 3", {"tier"});
    check(alike, labels[at(i)] + " and " + labels[0] + " mix tier 0 with others", {"tier"});
    told_apart = told_apart && whole_number && alike;
  }
  if (!told_apart) return;
  for (int k = spans ? 0 : 1; k <= (spans ? 0 : 3); ++k) {
    double weights = 0;
    for (int i = 0; i < count; ++i) weights += tier(i) == k ? weight[at(i)] : 0;
    check(std::abs(weights - 1) < 1e-9,
          "the weights of provinces in sales of tier " + to_text(double(k)) + " sum to " + to_text(weights) +
              ", not to 1: none of that tier has land revenue",
          {"tier", "land_revenue"});
  }
}

}  // namespace moniac
