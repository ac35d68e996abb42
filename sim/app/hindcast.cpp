#include "sim/app/hindcast.h"

namespace moniac {

HindcastResult run(const Hindcast& hindcast, const Catalogue& catalogue, const Execution& execution) {
  const Plan plan = Plan::make(hindcast.scenario, catalogue);
  const SampledRun run = run_sampled(plan, execution);
  return {.hindcast = &hindcast,
          .scorecard = score(plan, run, hindcast.observed, hindcast.walk),
          .paths_used = run.outcome.results.paths_used,
          .runs = run.outcome.verdict};
}

}  // namespace moniac
