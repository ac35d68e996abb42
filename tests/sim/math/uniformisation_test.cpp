#include "sim/math/uniformisation.h"

#include <cmath>

#include "sim/math/first_passage.h"
#include "sim/math/matrix_exponential.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

template <std::size_t n>
StateRates<n> rates_of(const nlohmann::json& matrix) {
  StateRates<n> rates{};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) rates[i][j] = matrix.at(i).at(j);
  return rates;
}

template <std::size_t n>
StateLaw<n> in_state(std::size_t i) {
  StateLaw<n> law{};
  law[i] = 1;
  return law;
}

template <std::size_t n>
double sum(const StateLaw<n>& law) {
  double all = 0;
  for (const double p : law) all += p;
  return all;
}

// A generator with rates of very different size.
const StateRates<4> uneven{{{0, 0.57, 0.96, 0}, {0.89, 0, 1650, 0.0005}, {0.13, 2.19, 0, 0.005}, {0, 0, 0, 0}}};

}  // namespace

TEST_CASE("transition probabilities are those of the reference, from a day to a decade") {
  const auto known = reference("diplomacy/regimes.json");
  const double tolerance = known.at("tolerance");
  const auto rates = rates_of<3>(known.at("rates"));
  for (const auto& row : known.at("transitions"))
    for (std::size_t i = 0; i < 3; ++i) {
      const StateLaw<3> law = law_after(rates, in_state<3>(i), row.at("years"));
      for (std::size_t j = 0; j < 3; ++j)
        CHECK(std::abs(law[j] - row.at("probabilities").at(i).at(j).get<double>()) <= tolerance);
    }
  const StateLaw<3> late = law_after(rates, in_state<3>(0), 1000);
  for (std::size_t j = 0; j < 3; ++j)
    CHECK(std::abs(late[j] - known.at("stationary").at(j).get<double>()) <= tolerance);
  const auto& two = known.at("two_states");
  CHECK(law_after(rates_of<2>(two.at("rates")), in_state<2>(0), two.at("years"))[1] ==
        near(two.at("there"), tolerance));
  CHECK(law_after(rates_of<2>(two.at("rates")), in_state<2>(1), two.at("years"))[0] == near(two.at("back"), tolerance));
}

TEST_CASE("first passages are those of the reference: by a time, on average, and what comes before") {
  const auto known = reference("diplomacy/regimes.json").at("first_passage");
  const double tolerance = known.at("tolerance");
  const auto rates = rates_of<4>(known.at("rates"));
  for (const auto& row : known.at("conflict_within"))
    for (std::size_t i = 0; i < 3; ++i)
      CHECK(law_after(rates, in_state<4>(i), row.at("years"))[3] ==
            near(row.at("from").at(i), std::max(tolerance, 1e-16 / row.at("from").at(i).get<double>())));
  const ExactMatrix whole = exact_matrix(known.at("rates").get<std::vector<std::vector<double>>>());
  const ExactMatrix years = years_before_absorption(whole.topLeftCorner(3, 3));
  for (Eigen::Index i = 0; i < 3; ++i) {
    CHECK(years.row(i).sum().value == near(known.at("mean_years").at(std::size_t(i)), tolerance));
    for (Eigen::Index j = 0; j < 3; ++j)
      CHECK(years(i, j).value == near(known.at("years_in").at(std::size_t(i)).at(std::size_t(j)), tolerance));
  }
  // To confrontation, made absorbing.
  const auto& passage = known.at("confrontation");
  const StateRates<3> stopped{{{0, 0.3, 0.2}, {0.7, 0, 0.6}, {0, 0, 0}}};
  const ExactMatrix before = exact_matrix(passage.at("rates").get<std::vector<std::vector<double>>>());
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(law_after(stopped, in_state<3>(i), 1)[2] == near(passage.at("within_1_year").at(i), tolerance));
    CHECK(law_after(stopped, in_state<3>(i), 5)[2] == near(passage.at("within_5_years").at(i), tolerance));
    CHECK(years_before_absorption(before).row(Eigen::Index(i)).sum().value ==
          near(passage.at("mean_years").at(i), tolerance));
  }
}

TEST_CASE("laws stay laws: no negative probability, a sum of 1, for rates of any size") {
  for (const double years : {0.0, 1e-9, 1 / 365.25, 1 / 12.0, 1.0, 40.0})
    for (std::size_t i = 0; i < 4; ++i) {
      const StateLaw<4> law = law_after(uneven, in_state<4>(i), years);
      const double parts = std::max(1.0, 1652.8 * years / 20);
      CHECK(std::abs(sum(law) - 1) < 1e-14 * parts);
      for (const double p : law) CHECK(p >= 0);
    }
  CHECK(std::abs(law_after(uneven, in_state<4>(3), 10)[3] - 1) < 1e-11);
  CHECK(law_after(StateRates<4>{}, in_state<4>(1), 10) == in_state<4>(1));
}

TEST_CASE("k steps of dt are one of k dt, and the row is that of the matrix exponential") {
  const StateRates<4> rates{{{0, 0.57, 0.74, 0}, {0.89, 0, 1.20, 0.0005}, {0.13, 2.19, 0, 0.005}, {0, 0, 0, 0}}};
  Eigen::Matrix4d generator;
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j) generator(i, j) = rates[std::size_t(i)][std::size_t(j)];
  for (int i = 0; i < 4; ++i) generator(i, i) = -generator.row(i).sum();
  const ExactMatrix whole = transition_matrix(generator.cast<Exact>(), 1);
  for (std::size_t i = 0; i < 4; ++i) {
    StateLaw<4> stepped = in_state<4>(i);
    for (int k = 0; k < 52; ++k) stepped = law_after(rates, stepped, 1.0 / 52);
    const StateLaw<4> once = law_after(rates, in_state<4>(i), 1);
    for (std::size_t j = 0; j < 4; ++j) {
      CHECK(std::abs(stepped[j] - once[j]) < 1e-14);
      CHECK(std::abs(once[j] - whole(Eigen::Index(i), Eigen::Index(j)).value) < 1e-14);
    }
  }
}

TEST_CASE("a uniform picks the state whose part of the unit interval holds it, never one past the last") {
  const StateLaw<4> law{0.25, 0, 0.5, 0.25};
  CHECK(pick_state(law, 0.0) == 0);
  CHECK(pick_state(law, 0.2499) == 0);
  CHECK(pick_state(law, 0.25) == 2);
  CHECK(pick_state(law, 0.7499) == 2);
  CHECK(pick_state(law, 0.75) == 3);
  CHECK(pick_state(StateLaw<4>{0.25, 0.25, 0.25, 0.2}, 0.999999) == 3);
}
