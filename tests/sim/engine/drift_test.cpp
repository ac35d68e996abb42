#include "sim/engine/drift.h"

#include <algorithm>
#include <cmath>

#include "tests/sim/engine/test_models.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;

namespace {

Drift drift_of(const std::string& name, const std::string& sections, int steps = 12) {
  const std::vector<Drift> all = drifts(twelve_months(sections), steps, test_catalogue(), best_kernels());
  const auto found = std::find_if(all.begin(), all.end(), [&](const Drift& drift) { return drift.name == name; });
  REQUIRE(found != all.end());
  return *found;
}

}  // namespace

TEST_CASE("without shocks a process follows its expectation, and its spread is that of the shocks") {
  const Drift x = drift_of("us.x", "models: {us.autoregression: {initial: 4 %, persistence: 0.8}}\n", 10);
  CHECK(x.start == 4);
  CHECK(x.end == Approx(4 * std::pow(0.8, 10)).epsilon(1e-14));
  const double sd = std::sqrt((1 - std::pow(0.64, 10)) / 0.36);
  CHECK(std::abs(x.shocked_sd - sd) < 4 * sd / std::sqrt(2 * 512));
}

TEST_CASE("levers stay as they are at the start, and events and impositions do not happen") {
  const std::string copier = "models: {us.copier: {}, us.autoregression: {}}\n";
  CHECK(drift_of("us.copy", copier + "levers: {us.source: {2025-01-31: 5 %, 2025-03-31: 9 %}}\n").end == 5);
  CHECK(drift_of("us.copy", copier + "events: [{at: 2025-03-31, set: {us.source: 9 %}}]\n").end == 7);
  CHECK(drift_of("us.x", copier + "impose: {us.x: {2025-03-31: 9 %}}\n").end == 0);
}

TEST_CASE("a flow is compared with its first step") {
  const Drift flow = drift_of("world.total", "models: {us.contributor: {amount: 3 USD bn}}\n");
  CHECK(flow.start == 3);
  CHECK(flow.end == 3);
}
