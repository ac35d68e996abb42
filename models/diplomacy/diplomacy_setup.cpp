// How the model of diplomacy is set up: its rates at rest, its checks, what they mean.
#include <algorithm>
#include <cmath>
#include <string>

#include "models/diplomacy/counted_changes.h"
#include "models/diplomacy/diplomacy_model.h"
#include "sim/math/first_passage.h"
#include "sim/math/matrix_exponential.h"

namespace moniac {

namespace {

std::string percent(double share) {
  return to_text(std::round(1000 * share) / 10);
}

}  // namespace

double Diplomacy::of_regime(const std::vector<double>& list, std::size_t regime) {
  return regime < list.size() ? list[regime] : 0;
}

double Diplomacy::stationary_intensity(std::size_t at) const {
  return excitation < decay ? of_regime(baseline, at) / (1 - excitation / decay) : 0;
}

// Of any matrix: a wrong one is refused before it is used.
StateRates<4> Diplomacy::given_rates() const {
  StateRates<4> q{};
  for (std::size_t i = 0; i < std::min<std::size_t>(4, rates_given.size()); ++i)
    for (std::size_t j = 0; j < std::min<std::size_t>(4, rates_given[i].size()); ++j) q[i][j] = rates_given[i][j];
  return q;
}

bool Diplomacy::check_params() {
  const ExactMatrix square = exact_matrix(same_length(rates_given));
  const auto fault = generator_fault(square);
  check(!fault, "the generator of regimes: " + fault.value_or(""), {"generator"});
  const bool sized = square.rows() == 4 && square.cols() == 4;
  check(sized, "the generator needs a row and a column for each of 4 regimes", {"generator"});
  if (!fault && sized) check(rates_given[3][3] == 0, "the generator of regimes leaves conflict", {"generator"});
  check(branching < 1, "the branching ratio is " + to_text(branching) + "; from 1 on incidents never end",
        {"excitation", "decay"});
  const auto four = [&](const std::vector<double>& list, const std::string& name) {
    return check_size(list, 4, name, "regimes");
  };
  bool whole = four(baseline, "incident_rates");
  whole = four(premiums, "regime_premium") && whole;
  whole = four(postures, "regime_posture") && whole;
  const bool graded = severities.size() == 3 && flips.size() == 3;
  check(graded, "one number for each of 3 severities", {"severity", "flip"});
  if (graded)
    check(std::abs(severities[0] + severities[1] + severities[2] - 1) < 1e-9, "shares of severities do not sum to 1",
          {"severity"});
  check(crisis_rates.size() == sides, "one rate for each of 2 sides", {"crisis_rate"});
  return !fault && sized && whole && graded && branching < 1;
}

// A matrix of rows of the same length; empty when they are not.
Matrix Diplomacy::same_length(const Matrix& rows) {
  for (const auto& row : rows)
    if (row.size() != rows.front().size()) return {};
  return rows;
}

// What the rates mean, for `moniac plan`.
void Diplomacy::describe() {
  const StateRates<4> q = with_flips(chain.rates({}), 1);
  if (share_after_ten_years(q, conflict) >= 1) return;
  const bool counted = rates_given == regime_generator(channel_defaults);
  const auto ten_years = [&](const std::string& name, std::size_t at) {
    const auto share = [&](const StateRates<4>& rates) { return share_after_ten_years(rates, at); };
    return name + " " + percent(share(q)) + (counted ? " ± " + percent(counting_error(q, share)) : "") + " %";
  };
  note("at rest, flips included: " + ten_years("détente", detente) + ", " + ten_years("talks", talking) + ", " +
       ten_years("confrontation", confrontation) + " of the time after ten years; " +
       ten_years("conflict within ten years", conflict));
  if (counted) note("±: standard errors from 20 changes of regime; rates to conflict are taken as given");
  if (q[1][3] > 0 && q[2][3] > 0)
    note("years to conflict on average: " + to_text(std::round(mean_years_to_conflict(q))));
}

// Of the paths without conflict; of conflict of all.
double Diplomacy::share_after_ten_years(const StateRates<4>& rates, std::size_t at) const {
  StateLaw<4> law{};
  law[start_regime] = 1;
  const StateLaw<4> then = law_after(rates, law, 10);
  return at == conflict ? then[conflict] : then[at] / (1 - then[conflict]);
}

double Diplomacy::mean_years_to_conflict(const StateRates<4>& q) const {
  ExactMatrix between = ExactMatrix::Zero(3, 3);
  for (Eigen::Index i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 4; ++j) {
      const auto from = static_cast<std::size_t>(i);
      if (j == from) continue;
      between(i, i) -= q[from][j];
      if (j < 3) between(i, static_cast<Eigen::Index>(j)) += q[from][j];
    }
  const ExactMatrix years = years_before_absorption(between);
  double mean = 0;
  for (Eigen::Index i = 0; i < 3; ++i) mean += years(static_cast<Eigen::Index>(start_regime), i).value;
  return mean;
}

}  // namespace moniac
