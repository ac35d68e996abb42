// Workloads w4a and w4b: equilibria of world trade.
#pragma once

namespace moniac {

/// w4a: one equilibrium of 31 regions and 40 sectors after tariffs of the first region and answers to it.
void run_trade_bench_large(double (*peak_megabytes)());
/// w4b: 1,000 equilibria of 6 regions and 6 sectors with drawn tariffs, eight side by side in each thread.
void run_trade_bench_draws(int threads, double (*peak_megabytes)());

}  // namespace moniac
