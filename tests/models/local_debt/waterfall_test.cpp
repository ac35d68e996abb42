#include "models/local_debt/waterfall.h"

#include <cmath>
#include <random>

#include "tests/support/catch.h"

using namespace moniac;

namespace {

constexpr Eigen::Index lanes = 1024;

// Amounts of all sizes between 0 and 1000, one in eight of them zero.
Eigen::ArrayXd amounts(std::mt19937& draw) {
  std::uniform_real_distribution<double> exponent(-3, 3);
  return Eigen::ArrayXd::NullaryExpr(lanes, [&] { return draw() % 8 == 0 ? 0.0 : std::pow(10, exponent(draw)); });
}

}  // namespace

TEST_CASE("what pays for a need sums to it, in order and within limits") {
  std::mt19937 draw(23);
  Scratch scratch(best_kernels(), lanes);
  scratch.use(lanes);
  for (int round = 0; round < 20; ++round) {
    scratch.rewind();
    const Eigen::ArrayXd sign = amounts(draw), size = amounts(draw);
    const auto need = named((sign < 1).select(-size, size));
    const Eigen::ArrayXd old_bonds = amounts(draw), quota = amounts(draw), lending = amounts(draw),
                         cash = amounts(draw), investment = amounts(draw), debt = amounts(draw);
    const Waterfall paid = pay(need, old_bonds, quota, lending, cash, investment, debt);
    const Eigen::ArrayXd unpaid = paid.unpaid(), surplus = paid.surplus();
    const Eigen::ArrayXd sum = paid.bonds + paid.lent + paid.cash + paid.cut + unpaid - paid.prepaid - surplus;
    const Eigen::ArrayXd rounding = 1e-12 * need.abs();
    CHECK(((sum - need).abs() <= rounding).all());

    const Eigen::ArrayXd limits[] = {old_bonds + quota, lending, cash, investment};
    const Eigen::ArrayXd uses[] = {paid.bonds, paid.lent, paid.cash, paid.cut, unpaid};
    for (int i = 0; i < 4; ++i) {
      CHECK((uses[i] >= 0 && uses[i] <= limits[i] * (1 + 1e-15)).all());
      for (int later = i + 1; later < 5; ++later)
        CHECK((uses[i] >= limits[i] * (1 - 1e-15) || uses[later] <= rounding).all());
    }
    CHECK((unpaid >= -rounding).all());

    // What is over prepays debt first; nothing is both lacking and over.
    CHECK((paid.prepaid >= 0 && paid.prepaid <= debt && surplus >= 0).all());
    CHECK((surplus == 0 || paid.prepaid == debt).all());
    CHECK((need <= 0 || paid.prepaid + surplus <= rounding).all());
    CHECK((need >= 0 || paid.prepaid + surplus >= -need * (1 - 1e-12)).all());
  }
}

TEST_CASE("a need that every source can meet takes refinancing alone, and a negative one no source") {
  Scratch scratch(best_kernels(), 64);
  scratch.use(64);
  const Eigen::ArrayXd hundred = Eigen::ArrayXd::Constant(64, 100);
  const Waterfall small = pay(named(0.6 * hundred), hundred, hundred, hundred, hundred, hundred, hundred);
  CHECK((small.bonds == 60 && small.lent == 0 && small.cash == 0 && small.cut == 0).all());
  const Waterfall over = pay(named(-1.5 * hundred), hundred, hundred, hundred, hundred, hundred, hundred);
  CHECK((over.bonds == 0 && over.lent == 0 && over.prepaid == 100 && over.surplus() == 50).all());
  const Waterfall large = pay(named(7 * hundred), hundred, hundred, hundred, hundred, hundred, hundred);
  CHECK((large.bonds == 200 && large.lent == 100 && large.cash == 100 && large.cut == 100 && large.unpaid() == 200)
            .all());
}
