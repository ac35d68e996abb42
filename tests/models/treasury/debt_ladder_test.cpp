#include "models/treasury/debt_ladder.h"

#include <cmath>
#include <numeric>

#include "tests/support/catch.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::near;
using moniac::testing::reference;
using moniac::testing::Row;
using moniac::testing::rows;

namespace {

// One path of a chain, moved on and sold into as the reference says.
class Chain {
 public:
  Chain(MaturityChain chain, const std::vector<double>& face, const std::vector<double>& coupon)
      : chain_(std::move(chain)), face_(cells(face)), coupon_(cells(coupon)) {}

  double redemption() const { return chain_.outflow[0] * face_[0].value; }
  double debt() const { return sum(face_); }
  double coupons() const { return sum(coupon_); }
  double face(std::size_t k) const { return face_[k].value; }
  double weighted_maturity() const {
    double total = 0;
    for (std::size_t k = 0; k < face_.size(); ++k) total += face_[k].value * chain_.residual[k];
    return total / debt();
  }

  void roll_on() {
    for (std::vector<Cell>* part : {&face_, &coupon_}) {
      std::vector<Cell> now(part->size());
      roll(
          chain_, [&](int k) { return ConstColumn(&(*part)[static_cast<std::size_t>(k)].value, 1); },
          [&](int k) { return Column(&now[static_cast<std::size_t>(k)].value, 1); });
      *part = now;
    }
  }
  void sell(std::size_t k, double amount, double yield) {
    face_[k].value += amount;
    coupon_[k].value += amount * yield;
  }

 private:
  struct alignas(64) Cell {
    double value = 0;
  };
  static std::vector<Cell> cells(const std::vector<double>& values) {
    std::vector<Cell> result(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) result[i].value = values[i];
    return result;
  }
  static double sum(const std::vector<Cell>& values) {
    double total = 0;
    for (const Cell& cell : values) total += cell.value;
    return total;
  }

  MaturityChain chain_;
  std::vector<Cell> face_, coupon_;
};

std::vector<double> list(const nlohmann::json& values) {
  return values.get<std::vector<double>>();
}

void check_buckets(const nlohmann::json& known) {
  const double tolerance = 1e-12;
  const auto& p = known["parameters"];
  const double dt = p["dt"];
  std::vector<double> coupon = list(p["face"]);
  for (std::size_t k = 0; k < coupon.size(); ++k) coupon[k] *= double(p["coupon"][k]);
  Chain chain(MaturityChain::of_widths(list(p["width_years"]), dt), list(p["face"]), coupon);
  double gdp = p["gdp0"];
  for (const Row& row : rows(known["steps"])) {
    const auto step = static_cast<std::size_t>(row.at("step")) - 1;
    const double interest = dt * chain.coupons();
    const double redemption = chain.redemption();
    const double gross = redemption + double(p["primary_deficit"][step]) + interest + double(p["delta_tga"][step]);
    chain.roll_on();
    for (std::size_t k = 0; k < coupon.size(); ++k)
      chain.sell(k, double(p["issue_share"][k]) * gross, double(p["issue_yield"][k]));
    gdp *= 1 + double(p["gdp_growth_per_step"]);
    CHECK(redemption == near(row.at("redemption"), tolerance));
    CHECK(interest == near(row.at("interest"), tolerance));
    CHECK(gross == near(row.at("gross_issuance"), tolerance));
    CHECK(chain.debt() == near(row.at("debt"), tolerance));
    CHECK(chain.coupons() / chain.debt() == near(row.at("average_coupon"), tolerance));
    CHECK(chain.debt() / gdp == near(row.at("debt_to_gdp"), tolerance));
    for (std::size_t k = 0; k < coupon.size(); ++k)
      CHECK(chain.face(k) == near(row.at("face_" + std::to_string(k)), tolerance));
  }
}

}  // namespace

TEST_CASE("five buckets roll, pay and are refilled as in the reference") {
  check_buckets(reference("treasury/ladder.json")["buckets"]);
}

TEST_CASE("a ladder in its steady state stays in it") {
  const auto known = reference("treasury/ladder.json")["steady_state"];
  check_buckets(known);
  // F_k = G w_k/dt sum of the shares from k on, at gross issuance of 1,000 a quarter.
  const auto& p = known["parameters"];
  double share = 0;
  for (std::size_t k = p["face"].size(); k-- > 0;) {
    share += double(p["issue_share"][k]);
    CHECK(double(p["face"][k]) == near(1000 * double(p["width_years"][k]) / 0.25 * share, 1e-12));
  }
}

TEST_CASE("cohorts mature on their date as in the reference") {
  const auto known = reference("treasury/ladder.json")["cohort"];
  const auto& p = known["parameters"];
  const double dt = p["dt"];
  const auto slots = p["slots"].get<std::size_t>();
  std::vector<double> face(slots), coupon(slots);
  for (const auto& group : p["initial"]) {
    face[group[0].get<std::size_t>() - 1] = group[1];
    coupon[group[0].get<std::size_t>() - 1] = double(group[1]) * double(group[2]);
  }
  Chain chain(MaturityChain::of_steps(dt * static_cast<double>(slots), dt), face, coupon);
  for (const Row& row : rows(known["steps"])) {
    const auto step = static_cast<std::size_t>(row.at("step")) - 1;
    const double interest = dt * chain.coupons();
    const double redemption = chain.redemption();
    const double gross = redemption + double(p["primary_deficit"][step]) + interest + double(p["delta_tga"][step]);
    chain.roll_on();
    for (const auto& issue : p["issue"])
      chain.sell(issue[0].get<std::size_t>() - 1, double(issue[1]) * gross, double(issue[2]));
    CHECK(redemption == near(row.at("redemption"), 1e-12));
    CHECK(interest == near(row.at("interest"), 1e-12));
    CHECK(gross == near(row.at("gross_issuance"), 1e-12));
    CHECK(chain.debt() == near(row.at("debt"), 1e-12));
    CHECK(chain.coupons() / chain.debt() == near(row.at("average_coupon"), 1e-12));
    CHECK(chain.weighted_maturity() == near(row.at("wam"), 1e-12));
    for (std::size_t k = 0; k < slots; ++k)
      CHECK(chain.face(k) == Approx(row.at("face_" + std::to_string(k))).epsilon(1e-12).margin(1e-12));
  }
}

TEST_CASE("the mean life of what is sold is its tenor, in buckets and in cohorts") {
  for (const MaturityChain& chain : {MaturityChain::of_widths({1, 1, 1, 2, 2, 2, 1, 10, 10}, 1.0 / 12),
                                     MaturityChain::of_steps(30, 7 / 365.25), MaturityChain::of_steps(30, 1.0 / 12)})
    for (const double tenor : {2.0, 3.0, 5.0, 7.0, 9.3, 10.0, 20.0, 30.0}) {
      const std::vector<double> weights = chain.sold(tenor);
      double life = 0, sum = 0;
      for (std::size_t k = 0; k < weights.size(); ++k) {
        CHECK(weights[k] >= 0);
        sum += weights[k];
        life += weights[k] * chain.life[k];
      }
      CHECK(sum == near(1, 1e-14));
      CHECK(life == Approx(tenor).epsilon(0).margin(chain.outflow[0] == 1 ? 7 / 365.25 / 2 : 1e-12));
    }
}

TEST_CASE("outstanding debt goes to the slot whose range holds its maturity") {
  const MaturityChain chain = MaturityChain::of_widths({1, 2, 3, 4, 20}, 0.25);
  const std::vector<double> face =
      chain.held({.11, .366, .751, 1.492, 2.5, 3.997, 8.499, 17.619, 40}, std::vector<double>(9, 100.0));
  CHECK(face == std::vector<double>{300, 200, 100, 100, 200});
}

TEST_CASE("reinvesting redemptions neither grows nor shrinks the debt in any direction: the largest root is 1") {
  // Power iteration on the transition with redemptions sold again at the reference's shares.
  const auto p = reference("treasury/ladder.json")["buckets"]["parameters"];
  Chain chain(MaturityChain::of_widths(list(p["width_years"]), p["dt"]), list(p["face"]),
              std::vector<double>(p["face"].size()));
  double last = chain.debt();
  for (int k = 0; k < 2000; ++k) {
    const double redemption = chain.redemption();
    chain.roll_on();
    for (std::size_t i = 0; i < p["face"].size(); ++i) chain.sell(i, double(p["issue_share"][i]) * redemption, 0);
    CHECK(chain.debt() == near(last, 1e-13));
    last = chain.debt();
  }
}

TEST_CASE("yields of tenors are linear between maturities and flat outside") {
  CHECK(yield_weights(0.1)[0] == 1);
  CHECK(yield_weights(7)[2] == Approx(0.6));
  CHECK(yield_weights(7)[3] == Approx(0.4));
  CHECK(yield_weights(30)[4] == 1);
  CHECK(yield_weights(50)[4] == 1);
}
