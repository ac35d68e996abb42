#include "models/fx/fx_rate.h"

#include <functional>

#include "tests/models/fx/sample.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;
using nlohmann::json;

namespace {

// The textbook's rate: no preset's effects, only what `more` adds.
Params plain(double s0, double sigma, Params more = {}) {
  Params params = {{"initial", s0},         {"sigma", 100 * sigma},           {"measure", word("martingale")},
                   {"jumps", word("none")}, {"volatility", word("constant")}, {"preserve_sigma", false},
                   {"risk_loading", 0.0}};
  for (auto& [name, value] : more) params[name] = value;
  return params;
}

using Rates = std::pair<double, double>;  // domestic, foreign, decimals

// Runs a million paths in blocks and shows each block at the end.
void simulate(const Params& params, const Rates& rates, StepUnit unit, int steps,
              const std::function<void(const Harness&)>& see, int blocks = 16) {
  for (int block = 0; block < blocks; ++block) {
    Harness run(fx_rate(), fx_grid(unit, steps), params, "usdjpy", 65536);
    run.set("jp.policy_rate", 100 * rates.first);
    run.set("us.policy_rate", 100 * rates.second);
    run.seed(static_cast<std::uint64_t>(1000 + block));
    run.start();
    run.run(steps);
    see(run);
  }
}

// Steps that last `years` when everything that is quoted per year is multiplied by `pace`: 52 weeks are not a year.
struct Grid {
  StepUnit unit;
  int steps;
  double pace;
  int blocks;
};

std::vector<Grid> long_steps_and_weeks(double years) {
  const bool whole = years == std::floor(years);
  const int weeks = static_cast<int>(std::lround(52 * years));
  const double week = fx_grid(StepUnit::week, 1).dt();
  return {{whole ? StepUnit::year : StepUnit::quarter, static_cast<int>(std::lround((whole ? 1 : 4) * years)), 1, 16},
          {StepUnit::week, weeks, years / (weeks * week), 4}};
}

json cases(const char* file) {
  return reference(file)["cases"];
}

double number(const json& j, const char* name) {
  return j[name].get<double>();
}

double probability(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

// P(max of x0 + nu t + sigma W reaches b above within t), reflection principle.
double hits(double distance, double nu, double sigma, double t) {
  const double root = sigma * std::sqrt(t);
  return probability((nu * t - distance) / root) +
         std::exp(2 * nu * distance / (sigma * sigma)) * probability((-nu * t - distance) / root);
}

}  // namespace

TEST_CASE("in martingale measure options cost what Garman and Kohlhagen say, in long steps and weeks") {
  for (const json& c : cases("fx/options.json")) {
    const json &in = c["inputs"], &expected = c["expected"];
    const double t = number(in, "T"), k = number(in, "K"), discount = std::exp(-number(in, "r_d") * t);
    for (const auto& [unit, steps, pace, blocks] : long_steps_and_weeks(t)) {
      Sample forward(number(expected, "forward")), call, put;
      simulate(
          plain(number(in, "S0"), number(in, "sigma") * std::sqrt(pace)),
          {pace * number(in, "r_d"), pace * number(in, "r_f")}, unit, steps,
          [&](const Harness& run) {
            forward.add(run["rate"]);
            call.add(discount * (run["rate"] - k).max(0.0));
            put.add(discount * (k - run["rate"]).max(0.0));
          },
          blocks);
      forward.check_mean(number(expected, "forward"));
      call.check_mean(number(expected, "call"));
      put.check_mean(number(expected, "put"));
    }
  }
}

TEST_CASE("Merton's jumps give his options, cumulants and distribution, in long steps and weeks") {
  for (const json& c : cases("fx/merton.json")) {
    const json &in = c["inputs"], &expected = c["expected"];
    const double t = number(in, "T"), k = number(in, "K"), discount = std::exp(-number(in, "r_d") * t);
    const double s0 = number(in, "S0");
    for (const auto& [unit, steps, pace, blocks] : long_steps_and_weeks(t)) {
      Sample forward(s0), call, put, logs, below;
      simulate(
          plain(s0, number(in, "sigma") * std::sqrt(pace),
                {{"jumps", word("merton")},
                 {"jump_rate", pace * number(in, "lambda_")},
                 {"jump_mean", number(in, "mu_J")},
                 {"jump_deviation", number(in, "sigma_J")}}),
          {pace * number(in, "r_d"), pace * number(in, "r_f")}, unit, steps,
          [&](const Harness& run) {
            forward.add(run["rate"]);
            call.add(discount * (run["rate"] - k).max(0.0));
            put.add(discount * (k - run["rate"]).max(0.0));
            logs.add(logs_of(run["rate"] / s0));
            below.add((run["rate"] <= k).cast<double>());
          },
          blocks);
      forward.check_mean(number(expected, "E_S_T"));
      call.check_mean(number(expected, "call"));
      put.check_mean(number(expected, "put"));
      below.check_mean(number(expected, "prob_S_T_le_K"));
      logs.check_mean(number(expected, "mean_log_return"));
      logs.check_variance(number(expected, "var_log_return"));
      CHECK(logs.skewness() == Approx(number(expected, "skewness")).margin(4 * std::sqrt(6 / logs.count())));
      CHECK(logs.excess_kurtosis() ==
            Approx(number(expected, "excess_kurtosis")).margin(6 * std::sqrt(24 / logs.count())));
    }
  }
}

TEST_CASE("Kou's jumps give his cumulants and distribution") {
  for (const json& c : cases("fx/kou.json")) {
    const json &in = c["inputs"], &expected = c["expected"];
    Sample logs, low, high;
    simulate(
        plain(100, number(in, "sigma"),
              {{"jumps", word("kou")},
               {"jump_rate", number(in, "lambda_")},
               {"jump_up", number(in, "p_up")},
               {"jump_up_decay", number(in, "eta1")},
               {"jump_down_decay", number(in, "eta2")}}),
        {number(in, "r_d"), number(in, "r_f")}, StepUnit::month, 12,
        [&](const Harness& run) {
          const Eigen::ArrayXd x = logs_of(run["rate"] / 100);
          logs.add(x);
          low.add((x <= -0.05).cast<double>());
          high.add((x <= 0.10).cast<double>());
        },
        8);
    logs.check_mean(number(expected, "mean_log_return"));
    logs.check_variance(number(expected, "var_log_return"));
    low.check_mean(number(expected, "prob_log_return_le_minus_5pct"));
    high.check_mean(number(expected, "prob_log_return_le_plus_10pct"));
    CHECK(logs.skewness() == Approx(number(expected, "skewness")).margin(6 * std::sqrt(6 / logs.count())));
    CHECK(logs.excess_kurtosis() ==
          Approx(number(expected, "excess_kurtosis")).margin(10 * std::sqrt(24 / logs.count())));
  }
}

TEST_CASE("Heston's variance gives his options and the moments of the square-root process, in months and weeks") {
  for (const json& c : cases("fx/heston.json")) {
    const json &in = c["inputs"], &expected = c["expected"];
    const double t = number(in, "T"), k = number(in, "K"), discount = std::exp(-number(in, "r_d") * t);
    const double s0 = number(in, "S0"), forward = s0 * std::exp((number(in, "r_d") - number(in, "r_f")) * t);
    const Grid months = {StepUnit::month, static_cast<int>(std::lround(12 * t)), 1, 16};
    for (const auto& [unit, steps, pace, blocks] : {months, long_steps_and_weeks(t).back()}) {
      Sample price(forward), call, above, v;
      simulate(
          plain(s0, 0,
                {{"volatility", word("heston")},
                 {"heston_start", pace * number(in, "v0")},
                 {"heston_speed", pace * number(in, "kappa")},
                 {"heston_mean", pace * number(in, "theta")},
                 {"heston_volatility", pace * number(in, "xi")},
                 {"volatility_correlation", number(in, "rho")}}),
          {pace * number(in, "r_d"), pace * number(in, "r_f")}, unit, steps,
          [&](const Harness& run) {
            price.add(run["rate"]);
            call.add(discount * (run["rate"] - k).max(0.0));
            above.add((run["rate"] > k).cast<double>());
            v.add(run["volatility_state"] / pace);
          },
          blocks);
      price.check_mean(forward);
      call.check_mean(number(expected, "call"));
      above.check_mean(number(expected, "prob_S_gt_K"));
      v.check_mean(number(expected, "mean_v_T"));
      v.check_variance(number(expected, "var_v_T"));
    }
  }
}

TEST_CASE("the pull to the anchor is exact whatever the step") {
  for (const StepUnit unit : {StepUnit::week, StepUnit::month, StepUnit::year}) {
    const Calendar time = fx_grid(unit, 8);
    Params params =
        plain(150, 0, {{"measure", word("physical")}, {"anchor_speed", 0.7}, {"beta", 0.5}, {"yield_loading", 0.0}});
    Harness run(fx_rate(), time, params);
    run.set("anchor", 120);
    run.set("jp.policy_rate", 1);
    run.set("us.policy_rate", 4);
    run.start();
    run.run(8);
    const double t = 8 * time.dt(), kept = std::exp(-0.7 * t);
    const double x = std::log(120) + kept * std::log(150.0 / 120) - 0.5 * 0.03 * (1 - kept) / 0.7;
    CHECK(run.at("rate") == Approx(std::exp(x)).epsilon(1e-12));
  }
}

TEST_CASE("around the anchor the rate has the law of Ornstein and Uhlenbeck at any step") {
  const json c = cases("fx/barriers.json")[4];
  REQUIRE(c["kind"] == "ou_one_sided");
  for (const StepUnit unit : {StepUnit::year, StepUnit::quarter}) {
    Sample x;
    const double sigma = 0.1, kappa = 2;
    // The anchor undoes the convexity term -sigma²/2.
    Harness run(fx_rate(), fx_grid(unit, 4), plain(1, sigma, {{"measure", word("physical")}, {"anchor_speed", kappa}}),
                "usdjpy", 262144);
    run.set("anchor", std::exp(sigma * sigma / (2 * kappa)));
    run.seed(5);
    run.start();
    run.run(unit == StepUnit::year ? 1 : 4);
    x.add(logs_of(run["rate"]));
    x.check_mean(number(c["expected"], "transition_mean"));
    x.check_variance(number(c["expected"], "transition_var"));
  }
}

TEST_CASE("with the bridge a barrier is touched as often as by the continuous path, at day, week and month") {
  const json barriers = cases("fx/barriers.json");
  const json one = barriers[0], under = barriers[1];
  CHECK(hits(std::log(160.0 / 145), -0.005, 0.1, 1) == Approx(number(one["expected"], "prob_hit")).epsilon(1e-9));
  constexpr int paths = 65536;
  for (const auto& [unit, steps] : {std::pair{StepUnit::weekday, 261}, {StepUnit::week, 52}, {StepUnit::month, 12}}) {
    const Calendar time = fx_grid(unit, steps);
    Harness run(fx_rate(), time, plain(145, 0.1, {{"upper_barrier", 160.0}}), "usdjpy", paths);
    run.set("jp.policy_rate", 0);
    run.set("us.policy_rate", 0);
    run.seed(7);
    run.start();
    run.run(steps);
    check_share(run.mean("touched_upper"), hits(std::log(160.0 / 145), -0.005, 0.1, steps * time.dt()), paths);
  }
  // Half a year, downwards, with a drift of -2 %.
  Harness run(fx_rate(), fx_grid(StepUnit::month, 6), plain(145, 0.11, {{"lower_barrier", 130.0}}), "usdjpy", 262144);
  run.set("jp.policy_rate", 0);
  run.set("us.policy_rate", 2);
  run.seed(9);
  run.start();
  run.run(6);
  check_share(run.mean("touched_lower"), number(under["expected"], "prob_hit"), 262144);
}

TEST_CASE("watched at the ends of steps only, a barrier is touched as often as the discrete recursion says") {
  for (const json& c : cases("fx/barriers.json")) {
    if (c["kind"] != "discrete_monitor_upper") continue;
    const int n = c["inputs"]["n_steps"].get<int>();
    const Calendar time = fx_grid(n == 12 ? StepUnit::month : StepUnit::week, n);
    const double sigma = 0.1 / std::sqrt(n * time.dt());  // the same law over n steps of any length
    Harness run(fx_rate(), time,
                plain(100, sigma, {{"upper_barrier", 100 * std::exp(0.0984)}, {"monitoring", word("at_steps")}}),
                "usdjpy", 131072);
    run.set("jp.policy_rate", 0);
    run.set("us.policy_rate", 0);
    run.seed(11);
    run.start();
    run.run(n);
    check_share(run.mean("touched_upper"), number(c["expected"], "prob_hit_discrete"), 131072);
  }
}

TEST_CASE("a corridor is left as often, as soon and on the side that theory says") {
  for (const json& c : cases("fx/barriers.json")) {
    if (c["kind"] != "gbm_two_sided") continue;
    const json &in = c["inputs"], &expected = c["expected"];
    constexpr int paths = 32768, weeks = 260;
    const Calendar time = fx_grid(StepUnit::week, weeks);
    Harness run(fx_rate(), time,
                plain(number(in, "S0"), number(in, "sigma"),
                      {{"lower_barrier", number(in, "lower")}, {"upper_barrier", number(in, "upper")}}),
                "usdjpy", paths);
    run.set("jp.policy_rate", 0);
    run.set("us.policy_rate", -100 * number(in, "mu"));
    run.seed(13);
    run.start();
    Eigen::ArrayXd left = Eigen::ArrayXd::Zero(paths), up_first = left;
    double mean_time = 0, by_horizon = 0;
    const double horizon = number(in, "T") / time.dt();
    for (int k = 1; k <= weeks; ++k) {
      const double share_before = left.mean();
      run.step();
      up_first += (1 - left) * run["touched_upper"] * (1 - 0.5 * run["touched_lower"]);
      left = run["touched_upper"].max(run["touched_lower"]);
      mean_time += (1 - (share_before + left.mean()) / 2) * time.dt();
      if (k - 1 <= horizon && horizon < k) by_horizon = share_before + (horizon - k + 1) * (left.mean() - share_before);
    }
    check_share(by_horizon, number(expected, "prob_exit_by_T"), paths);
    check_share(up_first.mean(), number(expected, "prob_exit_up_first"), paths);
    CHECK(mean_time == Approx(number(expected, "mean_exit_time")).margin(4 * 0.45 / std::sqrt(paths)));
  }
}

TEST_CASE("with a pull to the anchor short steps find the first passage") {
  for (const json& c : cases("fx/barriers.json")) {
    if (c["kind"] != "ou_one_sided") continue;
    const json &in = c["inputs"], &expected = c["expected"];
    constexpr int paths = 16384;
    const double kappa = number(in, "kappa"), sigma = number(in, "sigma");
    const int days = static_cast<int>(261 * number(in, "T"));
    Harness run(fx_rate(), fx_grid(StepUnit::weekday, days),
                plain(std::exp(number(in, "x0")), sigma,
                      {{"measure", word("physical")},
                       {"anchor_speed", kappa},
                       {"upper_barrier", std::exp(number(in, "barrier"))}}),
                "usdjpy", paths);
    run.set("anchor", std::exp(number(in, "theta") + sigma * sigma / (2 * kappa)));
    run.seed(17);
    run.start();
    run.run(days);
    check_share(run.mean("touched_upper"), number(expected, "prob_hit_by_T"), paths);
  }
}

TEST_CASE("the volatility of a year is that of the preset, however it is made up") {
  constexpr int paths = 131072;
  for (const char* pair : {"usdjpy", "eurusd", "usdcny"}) {
    Harness run(fx_rate(), fx_grid(StepUnit::month, 12), {{"anchor_speed", 0.0}}, pair, paths);
    run.seed(19);
    run.start();
    const double x0 = std::log(run.at("rate"));
    double shared = 0;
    for (const ParamDecl& p : run.declared().params())
      if (p.name == "risk_loading") shared = std::get<double>(p.fallback);
    run.run(12);
    Sample x;
    x.add(logs_of(run["rate"]) - x0);
    const double sigma = pair == std::string("usdjpy") ? 0.105 : pair == std::string("eurusd") ? 0.096 : 0.042;
    x.check_variance(sigma * sigma - shared * shared);  // the shared shock stands still here
  }
}

TEST_CASE("dollars rise against the yen when US yields rise, and the euro is quoted upside down") {
  Harness yen(fx_rate(), fx_grid(StepUnit::month, 2), {{"sigma", 0.0}, {"jumps", word("none")}, {"risk_loading", 0.0}});
  yen.start();
  const double before = yen.at("rate");
  yen.set("us.y5", 3.7 + 1);
  yen.step();
  CHECK(std::log(yen.at("rate") / before) == Approx(0.06));
  Harness euro(fx_rate(), fx_grid(StepUnit::month, 2), {{"sigma", 0.0}, {"jumps", word("none")}, {"risk_loading", 0.0}},
               "eurusd");
  euro.start();
  euro.set("us.y5", 3.7 + 1);
  euro.step();
  CHECK(std::log(euro.at("rate") / 1.17) == Approx(-0.05));
}

TEST_CASE("a peg stands still until it collapses") {
  Harness run(fx_rate(), fx_grid(StepUnit::month, 12), {{"pegged", true}, {"initial", 25.0}}, "usdthb", 64);
  run.seed(23);
  run.start();
  run.run(3);
  CHECK(((run["rate"] - 25.0).abs() < 1e-12).all());
  CHECK((run["regime"] == 2.0).all());
  run.set("collapse", 18);
  run.step();
  CHECK(run.at("rate") == Approx(25 * std::exp(0.18)));
  run.set("collapse", 0);
  run.step();
  CHECK((run["regime"] == 3.0).all());
  CHECK(run.variance("rate") > 0);
}

TEST_CASE("exchange rates refuse numbers that have no meaning") {
  const Calendar time = fx_grid(StepUnit::month, 12);
  CHECK_THROWS_WITH(Harness(fx_rate(), time, {{"jump_up_decay", 1.0}}), Catch::Contains("jump_up_decay"));
  CHECK_THROWS_WITH(Harness(fx_rate(), time, {{"momentum", 1.0}}), Catch::Contains("momentum"));
  CHECK_THROWS_WITH(Harness(fx_rate(), time, {{"upper_barrier", 100.0}}), Catch::Contains("not above"));
  CHECK_THROWS_WITH(Harness(fx_rate(), time, {{"jumps", word("kou")}, {"jump_rate", 30.0}}),
                    Catch::Contains("at most one expected"));
}
