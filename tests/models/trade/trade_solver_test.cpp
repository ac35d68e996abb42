#include <cmath>
#include <limits>
#include <random>

#include "models/trade/trade_batch.h"
#include "tests/models/trade/trade_case.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

const std::vector<double> elasticity = {4, 5, 4, 4, 4.5, 3};

// A world of a given size with everything drawn, deficits included.
TradeTable random_table(std::size_t regions, std::size_t sectors, unsigned seed) {
  std::mt19937_64 random(seed);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  TradeTable table{
      .regions = numbered("R", regions), .sectors = numbered("S", sectors), .flow = {}, .tariff = {}, .input = {}};
  const TradeShape shape = table.shape();
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t i = 0; i < regions; ++i) {
      for (std::size_t j = 0; j < sectors; ++j) {
        const double trade = (0.2 + uniform()) * 10;
        table.flow.push_back(n == i ? trade * 3 * static_cast<double>(regions) : trade);
        table.tariff.push_back(n == i ? 0 : 0.2 * uniform());
      }
    }
  }
  for (std::size_t at = 0; at < shape.inputs(); ++at)
    table.input.push_back(0.6 * uniform() / static_cast<double>(sectors));
  return table;
}

TradePolicy random_policy(const TradeBase& base, unsigned seed) {
  std::mt19937_64 random(seed);
  TradePolicy policy = unchanged(base);
  for (std::size_t n = 0; n < base.shape.regions; ++n) {
    for (std::size_t i = 0; i < base.shape.regions; ++i) {
      for (std::size_t j = 0; j < base.shape.sectors; ++j) {
        const double raised = 0.3 * static_cast<double>(random() >> 11) * 0x1p-53;
        if (n != i) policy.tariff[base.shape.link(n, i, j)] += raised;
      }
    }
  }
  return policy;
}

TradePolicy us_china(const TradeBase& base, double us, double china) {
  TradePolicy policy = unchanged(base);
  for (std::size_t j = 0; j < 5; ++j) {
    policy.tariff[base.shape.link(0, 1, j)] += us;
    policy.tariff[base.shape.link(1, 0, j)] += china;
  }
  return policy;
}

// The damped fixed point of Alvarez and Lucas (2007), by libm: another road to the same equilibrium.
struct FixedPoint {
  std::vector<double> wage, price, spent;
};

FixedPoint fixed_point(const TradeBase& base, const std::vector<double>& theta, const TradePolicy& policy) {
  const TradeShape& shape = base.shape;
  FixedPoint at{.wage = std::vector<double>(shape.regions, 1.0),
                .price = std::vector<double>(shape.cells(), 1.0),
                .spent = base.expenditure};
  double world = 0;
  for (const double value_added : base.value_added) world += value_added;
  for (int sweep = 0; sweep < 4000; ++sweep) {
    std::vector<double> cost(shape.cells()), price(shape.cells()), output(shape.cells()), revenue(shape.regions);
    for (std::size_t i = 0; i < shape.regions; ++i) {
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        double log_cost = base.value_added_share[shape.cell(i, j)] * std::log(at.wage[i]);
        for (std::size_t k = 0; k < shape.sectors; ++k)
          log_cost += base.input[shape.input(i, k, j)] * std::log(at.price[shape.cell(i, k)]);
        cost[shape.cell(i, j)] = std::exp(log_cost);
      }
    }
    for (std::size_t n = 0; n < shape.regions; ++n) {
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        std::vector<double> share(shape.regions);
        double sum = 0;
        for (std::size_t i = 0; i < shape.regions; ++i) {
          const std::size_t link = shape.link(n, i, j);
          const double kappa = (1 + policy.tariff[link]) / (1 + base.tariff[link]) * policy.iceberg[link];
          share[i] = base.share[link] * std::pow(kappa * cost[shape.cell(i, j)], -theta[j]);
          sum += share[i];
        }
        price[shape.cell(n, j)] = std::pow(sum, -1 / theta[j]);
        for (std::size_t i = 0; i < shape.regions; ++i) {
          const double tariff = policy.tariff[shape.link(n, i, j)];
          const double flow = share[i] / sum / (1 + tariff) * at.spent[shape.cell(n, j)];
          output[shape.cell(i, j)] += flow;
          revenue[n] += tariff * flow;
        }
      }
    }
    at.price = price;
    double total = 0;
    for (std::size_t n = 0; n < shape.regions; ++n) {
      const double wage_bill = at.wage[n] * base.value_added[n];
      double paid = 0;
      for (std::size_t k = 0; k < shape.sectors; ++k) {
        double spent = base.final_share[shape.cell(n, k)] * (wage_bill + revenue[n] + base.deficit[n]);
        for (std::size_t j = 0; j < shape.sectors; ++j)
          spent += base.input[shape.input(n, k, j)] * output[shape.cell(n, j)];
        at.spent[shape.cell(n, k)] = spent;
        paid += base.value_added_share[shape.cell(n, k)] * output[shape.cell(n, k)];
      }
      at.wage[n] *= 1 + 0.3 * (paid / wage_bill - 1);
      total += at.wage[n] * base.value_added[n];
    }
    for (double& wage : at.wage) wage *= world / total;
  }
  return at;
}

}  // namespace

TEST_CASE("sweeps and Newton's method meet") {
  for (const DeficitClosure closure : {DeficitClosure::world, DeficitClosure::zero, DeficitClosure::share}) {
    TradeSolver solver(base_2022(), elasticity, closure);
    const TradePolicy policy = us_china(solver.base(), 1.45, 1.25);
    const TradeEquilibrium swept = solver.solve(policy);
    const TradeEquilibrium& stepped = solver.solve_by_newton(policy);
    REQUIRE((swept.converged && stepped.converged));
    check_equal(swept.welfare, stepped.welfare, 1e-11);
    check_equal(swept.flow, stepped.flow, 1e-11);
  }
}

TEST_CASE("a policy has the same bits in a batch, whatever else is in it, as alone") {
  TradeSolver solver(base_2022(), elasticity, DeficitClosure::world);
  const TradeBase& base = solver.base();
  TradeBatch batch(solver);
  TradePolicies<TradeBatch::size> policies(unchanged(base));
  std::vector<TradePolicy> alone;
  for (unsigned k = 0; k < TradeBatch::size; ++k) alone.push_back(random_policy(base, k));
  alone[3].tariff[5] = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t k = 0; k < TradeBatch::size; ++k) policies.set(k, alone[k]);
  const std::vector<double> wage(8, 1.01);
  const auto everywhere = [](const std::vector<double>& one) { return on_all_lanes<TradeBatch::size>(one); };
  TradeEquilibrium at = sized(base.shape);
  const auto check_lane = [&](TradeEquilibria<TradeBatch::size>& found, std::size_t k, bool given) {
    CAPTURE(given, k);
    const TradeEquilibrium& expected =
        given ? solver.respond(alone[k], wage.data(), base.income.data()) : solver.solve(alone[k]);
    found.get(k, at);
    CHECK(at.converged == (k != 3));
    CHECK(expected.converged == (k != 3));
    if (k == 3) return;
    CHECK(at.flow == expected.flow);
    CHECK(at.welfare == expected.welfare);
    CHECK(at.iterations == expected.iterations);
  };
  for (const bool given : {false, true, true, false}) {  // the third time nothing is searched
    auto& found = given ? batch.respond(policies, everywhere(base.share), everywhere(wage), everywhere(base.income))
                        : batch.solve(policies, everywhere(base.share));
    for (std::size_t k = 0; k < TradeBatch::size; ++k) check_lane(found, k, given);
  }

  // A lane that is not asked is left alone, and found once it is asked.
  TradeBatch::Lanes asked = TradeBatch::Lanes::Ones();
  asked[5] = 0;
  alone[5] = random_policy(base, 50);
  policies.set(5, alone[5]);
  check_lane(batch.solve(policies, everywhere(base.share), asked), 4, false);
  check_lane(batch.solve(policies, everywhere(base.share)), 5, false);
}

TEST_CASE("Newton and the damped fixed point meet") {
  TradeSolver solver(base_2022(), elasticity, DeficitClosure::world);
  const TradePolicy policy = us_china(solver.base(), 1.45, 1.25);
  const FixedPoint other = fixed_point(solver.base(), elasticity, policy);
  const TradeEquilibrium& at = solver.solve(policy);
  REQUIRE(at.converged);
  check_equal(at.wage, other.wage);
  check_equal(at.price, other.price);
  check_equal(at.expenditure, other.spent);
}

TEST_CASE("a random world of 31 regions and 40 sectors keeps its accounts", "[slow]") {
  std::vector<double> theta;
  for (int j = 0; j < 40; ++j) theta.push_back(3 + 0.17 * j);
  const TradeTable table = random_table(31, 40, 5);
  REQUIRE(problems_of(table).empty());
  TradeSolver solver(calibrated(table), theta, DeficitClosure::world);
  const TradePolicy policy = random_policy(solver.base(), 6);
  const TradeEquilibrium& at = solver.solve(policy);
  REQUIRE(at.converged);
  check_accounts(solver.base(), at, policy);
}

TEST_CASE("every closure keeps the accounts, with export taxes too") {
  for (const DeficitClosure closure : {DeficitClosure::world, DeficitClosure::zero, DeficitClosure::share}) {
    TradeSolver solver(base_2022(), elasticity, closure);
    const TradeBase& base = solver.base();
    TradePolicy policy = us_china(base, 0.5, 0.3);
    for (const std::size_t exporter : {0u, 2u, 4u}) policy.export_tax[base.shape.link(1, exporter, 3)] = 0.25;
    const TradeEquilibrium& at = solver.solve(policy);
    REQUIRE(at.converged);
    check_accounts(base, at, policy);
    CHECK(at.export_yield[4] > 0);
    CHECK(at.export_yield[1] == 0);
    for (std::size_t n = 1; n < base.shape.regions; ++n) {
      if (closure == DeficitClosure::zero) CHECK(std::abs(at.deficit[n]) < 1e-9 * base.value_added[n]);
      if (closure == DeficitClosure::share && base.regions[n] != "USA")
        CHECK(at.deficit[n] / at.income[n] == Approx(base.deficit[n] / base.income[n]).epsilon(1e-9));
    }
  }
}

TEST_CASE("a tax on exports moves shares as a control of the same weight does, and pays the exporter") {
  TradeSolver solver(base_2022(), elasticity, DeficitClosure::world);
  TradePolicy control = unchanged(solver.base()), tax = control;
  const std::size_t link = solver.base().shape.link(1, 4, 3);
  control.iceberg[link] = 1.25;
  tax.export_tax[link] = 0.25;
  const double with_control = solver.solve(control).welfare[4];
  CHECK(solver.solve(tax).welfare[4] > with_control);
  const std::vector<double> wage(solver.base().shape.regions, 1.0);
  const std::vector<double> shares = solver.respond(control, wage.data(), solver.base().income.data()).share;
  check_equal(solver.respond(tax, wage.data(), solver.base().income.data()).share, shares);
}

TEST_CASE("hats do not depend on the unit of money or the order of regions and sectors") {
  const TradeTable table = random_table(4, 3, 7);
  const TradeShape shape = table.shape();
  const std::vector<double> theta = {3, 4.5, 6};
  TradeSolver solver(calibrated(table), theta, DeficitClosure::world);
  const TradePolicy policy = random_policy(solver.base(), 8);
  const TradeEquilibrium at = solver.solve(policy);

  TradeTable scaled = table;
  for (double& flow : scaled.flow) flow *= 7;
  TradeSolver scaled_solver(calibrated(scaled), theta, DeficitClosure::world);
  check_equal(scaled_solver.solve(policy).welfare, at.welfare);

  TradeTable turned = table;  // region n is region n + 1, sector j is sector j + 1
  TradePolicy turned_policy = policy;
  const auto next_region = [&](std::size_t n) { return (n + 1) % shape.regions; };
  const auto next_sector = [&](std::size_t j) { return (j + 1) % shape.sectors; };
  std::vector<double> turned_theta(theta);
  for (std::size_t j = 0; j < shape.sectors; ++j) turned_theta[j] = theta[next_sector(j)];
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      for (std::size_t i = 0; i < shape.regions; ++i) {
        const std::size_t to = shape.link(n, i, j), from = shape.link(next_region(n), next_region(i), next_sector(j));
        turned.flow[to] = table.flow[from];
        turned.tariff[to] = table.tariff[from];
        turned_policy.tariff[to] = policy.tariff[from];
      }
      for (std::size_t k = 0; k < shape.sectors; ++k)
        turned.input[shape.input(n, k, j)] = table.input[shape.input(next_region(n), next_sector(k), next_sector(j))];
    }
  }
  TradeSolver turned_solver(calibrated(turned), turned_theta, DeficitClosure::world);
  const TradeEquilibrium& turned_at = turned_solver.solve(turned_policy);
  for (std::size_t n = 0; n < shape.regions; ++n)
    CHECK(turned_at.welfare[n] == Approx(at.welfare[next_region(n)]).epsilon(1e-12));
}

TEST_CASE("a tariff on nothing does nothing") {
  TradeTable table = random_table(3, 2, 9);
  const std::size_t link = table.shape().link(0, 1, 1);
  table.flow[link] = 0;
  REQUIRE(problems_of(table).empty());
  TradeSolver solver(calibrated(table), {4, 4}, DeficitClosure::world);
  TradePolicy policy = unchanged(solver.base());
  policy.tariff[link] = 3;
  for (const double welfare : solver.solve(policy).welfare) CHECK(welfare == Approx(1).epsilon(1e-14));
}

TEST_CASE("one policy after another is both at once") {
  const TradeTable table = random_table(3, 3, 10);
  const std::vector<double> theta = {3, 4, 5};
  TradeSolver solver(calibrated(table), theta, DeficitClosure::world);
  const TradeBase& base = solver.base();
  const TradePolicy first = random_policy(base, 11);
  TradePolicy both = first;
  for (std::size_t j = 0; j < 3; ++j) both.tariff[base.shape.link(2, 0, j)] += 0.4;
  const TradeEquilibrium at_first = solver.solve(first);
  const TradeEquilibrium at_both = solver.solve(both);

  TradeTable after = table;
  after.flow = at_first.flow;
  after.tariff = first.tariff;
  TradeSolver from_there(calibrated(after), theta, DeficitClosure::world);
  const TradeEquilibrium& at = from_there.solve(both);
  for (std::size_t n = 0; n < 3; ++n) {
    CHECK(at.welfare[n] * at_first.welfare[n] == Approx(at_both.welfare[n]).epsilon(1e-11));
    CHECK(at.wage[n] * at_first.wage[n] == Approx(at_both.wage[n]).epsilon(1e-11));
  }
}

TEST_CASE("a region split in two like halves is what it was") {
  const TradeTable table = random_table(2, 2, 12);
  TradeTable split = table;  // region 1 into 1 and 2, which trade with each other as with themselves
  split.regions = numbered("R", 3);
  const TradeShape whole = table.shape(), halves = split.shape();
  split.flow.assign(halves.links(), 0.0);
  split.tariff.assign(halves.links(), 0.0);
  split.input.assign(halves.inputs(), 0.0);
  const auto parent = [](std::size_t n) { return n == 0 ? 0u : 1u; };
  const auto size = [](std::size_t n) { return n == 0 ? 1.0 : n == 1 ? 0.3 : 0.7; };
  const auto divide = [&](const std::vector<double>& from, std::vector<double>& to, bool amounts) {
    for (std::size_t n = 0; n < 3; ++n) {
      for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 2; ++j)
          to[halves.link(n, i, j)] = from[whole.link(parent(n), parent(i), j)] * (amounts ? size(n) * size(i) : 1);
      }
    }
  };
  divide(table.flow, split.flow, true);
  divide(table.tariff, split.tariff, false);
  for (std::size_t n = 0; n < 3; ++n) {
    for (std::size_t k = 0; k < 2; ++k) {
      for (std::size_t j = 0; j < 2; ++j)
        split.input[halves.input(n, k, j)] = table.input[whole.input(parent(n), k, j)];
    }
  }
  TradeSolver solver(calibrated(table), {4, 3}, DeficitClosure::world);
  TradeSolver split_solver(calibrated(split), {4, 3}, DeficitClosure::world);
  const TradePolicy policy = random_policy(solver.base(), 13);
  TradePolicy split_policy = unchanged(split_solver.base());
  divide(policy.tariff, split_policy.tariff, false);
  const TradeEquilibrium& at = solver.solve(policy);
  const TradeEquilibrium& split_at = split_solver.solve(split_policy);
  for (std::size_t n = 0; n < 3; ++n) CHECK(split_at.welfare[n] == Approx(at.welfare[parent(n)]).epsilon(1e-12));
}

TEST_CASE("a prohibitive cost ends trade, and a small elasticity freezes it") {
  const TradeTable table{.regions = {"A", "B"},
                         .sectors = {"goods"},
                         .flow = {80, 20, 20, 80},
                         .tariff = {0, 0, 0, 0},
                         .input = {0.5, 0.5}};
  TradeSolver solver(calibrated(table), {4}, DeficitClosure::world);
  TradePolicy ban = unchanged(solver.base());
  ban.iceberg = {1, 1e6, 1e6, 1};
  const TradeEquilibrium& autarky = solver.solve(ban);
  REQUIRE(autarky.converged);
  CHECK(autarky.flow[1] < 1e-20);
  CHECK(autarky.welfare[0] == Approx(std::pow(0.8, 1 / (4 * 0.5))).epsilon(1e-10));  // π^(1/θg)

  TradeSolver rigid(calibrated(table), {1e-6}, DeficitClosure::world);
  TradePolicy tariff = unchanged(rigid.base());
  tariff.tariff[1] = 0.5;
  CHECK(rigid.solve(tariff).share[1] == Approx(0.2).epsilon(1e-5));
}

TEST_CASE("revenue has a greatest tariff, and welfare a smaller one") {
  TradeSolver solver(base_2022(), elasticity, DeficitClosure::world);
  const TradeBase& base = solver.base();
  std::vector<double> revenue, welfare;
  for (int percent = 0; percent <= 400; percent += 20) {
    TradePolicy policy = unchanged(base);
    for (std::size_t i = 1; i < base.shape.regions; ++i) {
      for (std::size_t j = 0; j < 5; ++j) policy.tariff[base.shape.link(0, i, j)] += percent / 100.0;
    }
    const TradeEquilibrium& at = solver.solve(policy);
    REQUIRE(at.converged);
    revenue.push_back(at.revenue[0] / at.price_index[0]);
    welfare.push_back(at.welfare[0]);
  }
  const auto top = [](const std::vector<double>& y) { return std::max_element(y.begin(), y.end()) - y.begin(); };
  CHECK(top(revenue) > top(welfare));
  CHECK(top(revenue) < static_cast<std::ptrdiff_t>(revenue.size()) - 1);
  CHECK(top(welfare) > 0);
}

TEST_CASE("the envelope is the short run at first, the long run in the end, and never cheaper between") {
  const std::vector<double> short_run(6, 1.5);
  const TradeBase base = base_2022();
  const Envelope envelope(base, short_run, elasticity);
  std::vector<double> used_to(base.shape.links());
  check_equal(shares_of(envelope, used_to), base.share);

  TradeSolver quick(base, short_run, DeficitClosure::world), slow(base, elasticity, DeficitClosure::world);
  const TradePolicy policy = us_china(base, 1.0, 0.2);
  const TradeEquilibrium& long_run = slow.solve(policy);
  for (std::size_t n = 0; n < base.shape.regions; ++n) {
    for (std::size_t i = 0; i < base.shape.regions; ++i) {
      for (std::size_t j = 0; j < base.shape.sectors; ++j) {
        const std::size_t link = base.shape.link(n, i, j);
        used_to[link] =
            std::log((1 + policy.tariff[link]) / (1 + base.tariff[link]) * long_run.cost[base.shape.cell(i, j)]);
      }
    }
  }
  const std::vector<double> shares = shares_of(envelope, used_to);
  check_equal(quick.solve(policy, shares.data()).welfare, long_run.welfare);

  std::vector<double> shifted = used_to;
  for (double& habit : shifted) habit += 0.3;
  check_equal(shares_of(envelope, shifted), shares);

  const std::vector<double> wage(base.shape.regions, 1.0);
  const std::vector<double> at_once = quick.respond(policy, wage.data(), base.income.data()).price_index;
  const std::vector<double> in_time = slow.respond(policy, wage.data(), base.income.data()).price_index;
  for (std::size_t n = 0; n < base.shape.regions; ++n) CHECK(at_once[n] >= in_time[n]);
}

TEST_CASE("what does not converge says so") {
  TradeSolver solver(base_2022(), elasticity, DeficitClosure::world);
  TradePolicy policy = unchanged(solver.base());
  policy.tariff[solver.base().shape.link(0, 1, 3)] = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(solver.solve(policy).converged);
  CHECK(solver.solve(unchanged(solver.base())).converged);
}
