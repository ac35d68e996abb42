#include "bench/trade_bench.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <future>

#include "models/trade/trade_batch.h"

namespace moniac {

namespace {

// The k-th uniform of a seed: SplitMix64.
double uniform(std::uint64_t seed, std::uint64_t k) {
  std::uint64_t z = seed + (k + 1) * 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

struct World {
  TradeBase base;
  std::vector<double> elasticity;
};

// The generated world of the workload; final spending is drawn, output and deficits follow.
World world(std::size_t regions, std::size_t sectors, std::uint64_t seed) {
  std::uint64_t k = 0;
  const auto u = [&] { return uniform(seed, k++); };
  const TradeShape shape{.regions = regions, .sectors = sectors};
  World made{.base = {.regions = std::vector<std::string>(regions),
                      .sectors = std::vector<std::string>(sectors),
                      .shape = shape,
                      .share = std::vector<double>(shape.links()),
                      .tariff = std::vector<double>(shape.links()),
                      .value_added_share = std::vector<double>(shape.cells()),
                      .input = std::vector<double>(shape.inputs()),
                      .final_share = std::vector<double>(shape.cells()),
                      .expenditure = std::vector<double>(shape.cells()),
                      .value_added = std::vector<double>(regions),
                      .deficit = std::vector<double>(regions),
                      .income = std::vector<double>(regions)},
             .elasticity = std::vector<double>(sectors)};
  TradeBase& base = made.base;
  for (double& share : base.value_added_share) share = 0.3 + 0.4 * u();
  for (double& input : base.input) input = u();
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t j = 0; j < sectors; ++j) {
      double sum = 0;
      for (std::size_t i = 0; i < sectors; ++i) sum += base.input[shape.input(n, i, j)];
      for (std::size_t i = 0; i < sectors; ++i)
        base.input[shape.input(n, i, j)] *= (1 - base.value_added_share[shape.cell(n, j)]) / sum;
    }
  }
  for (double& share : base.final_share) share = 0.1 + u();
  for (std::size_t n = 0; n < regions; ++n) {
    double sum = 0;
    for (std::size_t j = 0; j < sectors; ++j) sum += base.final_share[shape.cell(n, j)];
    for (std::size_t j = 0; j < sectors; ++j) base.final_share[shape.cell(n, j)] /= sum;
  }
  for (double& theta : made.elasticity) theta = 3 + 7 * u();
  for (std::size_t link = 0; link < shape.links(); ++link) {
    const double drawn = 0.2 * u();
    const std::size_t i = link / sectors % regions, n = link / sectors / regions;
    base.tariff[link] = n == i ? 0 : drawn;
  }
  for (std::size_t link = 0; link < shape.links(); ++link) {
    const std::size_t i = link / sectors % regions, n = link / sectors / regions;
    base.share[link] = (0.05 + u()) * (n == i ? 3 * static_cast<double>(regions) : 1);
  }
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t j = 0; j < sectors; ++j) {
      double sum = 0;
      for (std::size_t i = 0; i < regions; ++i) sum += base.share[shape.link(n, i, j)];
      for (std::size_t i = 0; i < regions; ++i) base.share[shape.link(n, i, j)] /= sum;
    }
  }
  for (double& income : base.income) income = (0.5 + u()) * 100;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell)
    base.expenditure[cell] = base.final_share[cell] * base.income[cell / sectors] * 2;
  base.value_added.assign(regions, 1.0);
  TradeSolver spending(base, made.elasticity, DeficitClosure::zero);
  const std::vector<double> wages(regions, 1.0);
  const TradeEquilibrium& at = spending.respond(unchanged(base), wages.data(), base.income.data());
  base.expenditure = at.expenditure;
  for (std::size_t n = 0; n < regions; ++n) {
    base.value_added[n] = 0;
    for (std::size_t j = 0; j < sectors; ++j)
      base.value_added[n] += base.value_added_share[shape.cell(n, j)] * at.output[shape.cell(n, j)];
    base.deficit[n] = base.income[n] - base.value_added[n] - at.revenue[n];
  }
  return made;
}

double squares(const std::vector<double>& wage) {
  double sum = 0;
  for (const double w : wage) sum += (w - 1) * (w - 1);
  return sum;
}

}  // namespace

void run_trade_bench_large(double (*peak_megabytes)()) {
  const World made = world(31, 40, 20240101);
  TradePolicy policy = unchanged(made.base);
  for (std::size_t i = 1; i < 31; ++i) {
    for (std::size_t j = 0; j < 40; ++j) {
      policy.tariff[made.base.shape.link(0, i, j)] += 0.25;
      policy.tariff[made.base.shape.link(i, 0, j)] += 0.10;
    }
  }
  TradeSolver solver(made.base, made.elasticity, DeficitClosure::world);
  std::array<double, 7> seconds{};
  for (double& one : seconds) {
    const auto begin = std::chrono::steady_clock::now();
    solver.solve(policy);
    one = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
  std::sort(seconds.begin(), seconds.end());
  const TradeEquilibrium& at = solver.solve(policy);
  std::printf("RESULT W4a moniac_1t t=%.5f mem=%.0f w0=%.12f sum_sq=%.12f sweeps=%d\n", seconds[3], peak_megabytes(),
              at.wage[0], squares(at.wage), at.iterations);
}

namespace {

// Draws first … last - 1 of the workload, eight side by side: mean of the first wage and of the squares.
struct Draws {
  double wage = 0, squares = 0;

  Draws(const World& made, std::size_t first, std::size_t last) {
    TradeBatch batch(TradeSolver(made.base, made.elasticity, DeficitClosure::world));
    TradePolicies<TradeBatch::size> policies(unchanged(made.base));
    const TradeBatch::Vector share = on_all_lanes<TradeBatch::size>(made.base.share);
    for (std::size_t d = first; d < last; d += TradeBatch::size) {
      for (std::size_t lane = 0; lane < TradeBatch::size; ++lane) draw(made.base, d + lane, lane, policies.tariff);
      const auto& found = batch.solve(policies, share);
      for (Eigen::Index lane = 0; lane < Eigen::Index{TradeBatch::size}; ++lane) {
        wage += found.wage[0][lane] / draws;
        for (const TradeBatch::Lanes& w : found.wage) squares += (w[lane] - 1) * (w[lane] - 1) / draws;
      }
    }
  }

  static constexpr std::size_t draws = 1000;
  static constexpr std::uint64_t seed = 77;

 private:
  static void draw(const TradeBase& base, std::size_t d, std::size_t lane, TradeBatch::Vector& tariff) {
    for (std::size_t link = 0; link < base.shape.links(); ++link) {
      const std::size_t i = link / 6 % 6, n = link / 36;
      if (n == i) continue;
      const double raised = base.tariff[link] + 0.3 * uniform(seed, 1000000 + d * 216 + link);
      tariff[link][static_cast<Eigen::Index>(lane)] = raised;
    }
  }
};

}  // namespace

void run_trade_bench_draws(int threads, double (*peak_megabytes)()) {
  const World made = world(6, 6, Draws::seed);
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::future<Draws>> parts;
  const std::size_t batches = Draws::draws / TradeBatch::size, workers = static_cast<std::size_t>(threads);
  for (std::size_t k = 0; k < workers; ++k)
    parts.push_back(std::async(std::launch::async, [&made, workers, k] {
      return Draws(made, batches * k / workers * TradeBatch::size, batches * (k + 1) / workers * TradeBatch::size);
    }));
  double wage = 0, sum = 0;
  for (std::future<Draws>& part : parts) {
    const Draws done = part.get();
    wage += done.wage;
    sum += done.squares;
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::printf("RESULT W4b moniac%s t=%.4f mem=%.0f w0=%.10f sum_sq=%.10f\n", threads == 1 ? "_1t" : "", seconds.count(),
              peak_megabytes(), wage, sum);
}

}  // namespace moniac
