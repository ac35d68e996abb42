#include "sim/app/drift_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/app/text.h"
#include "sim/engine/drift.h"

namespace moniac {

namespace {

constexpr double years = 5;
constexpr double share_of_sd = 0.3;

// Standard deviations that a variable moves; infinite where shocks do not touch it.
double ratio(const Drift& drift) {
  return std::abs(drift.end - drift.start) / drift.shocked_sd;
}

// A difference that is rounding is none, whatever the standard deviation.
bool moves(const Drift& drift) {
  const double moved = std::abs(drift.end - drift.start);
  return moved > share_of_sd * drift.shocked_sd && moved > 1e-9 * std::max(1.0, std::abs(drift.start));
}

std::string row_number(double x, double spread) {
  return fixed(x, decimals_for(spread, 3));
}

}  // namespace

std::string drift_text(const Scenario& scenario, const Catalogue& catalogue) {
  const Calendar& time = scenario.time;
  const int steps = std::min(time.steps, static_cast<int>(std::ceil(years / time.dt() - 1e-9)));
  std::vector<Drift> moving = drifts(scenario, steps, catalogue, best_kernels());
  const std::size_t all = moving.size();
  std::erase_if(moving, [](const Drift& drift) { return !moves(drift); });
  std::stable_sort(moving.begin(), moving.end(), [](const Drift& a, const Drift& b) { return ratio(a) > ratio(b); });

  std::string text = fmt::format("without shocks and events from {} to {}: {} of {} move more than {} of their s.d.\n",
                                 iso(time.start), iso(time.date(steps)), moving.size(),
                                 counted(static_cast<std::int64_t>(all), "variable"), share_of_sd);
  if (moving.empty()) return text;
  TextTable table("llrrrrr");
  table.add({"", "", "start", "end", "moved", "s.d. with shocks", "ratio"});
  for (const Drift& drift : moving) {
    const double moved = drift.end - drift.start;
    table.add({drift.name, drift.unit, row_number(drift.start, moved), row_number(drift.end, moved),
               row_number(moved, moved), drift.shocked_sd > 0 ? row_number(drift.shocked_sd, drift.shocked_sd) : "0",
               drift.shocked_sd > 0 ? fixed(ratio(drift), 2) : "-"});
  }
  return text + "\n" + table.text();
}

}  // namespace moniac
