#include "sim/results/first_passage.h"

#include "sim/results/proportion.h"

namespace moniac {

std::optional<int> passage_quantile(const OutcomeResult& outcome, double percent) {
  const double wanted = percent * static_cast<double>(outcome.paths);
  std::int64_t passed = 0;
  for (std::size_t k = 0; k < outcome.first_passage.size(); ++k) {
    passed += outcome.first_passage[k];
    if (passed > 0 && 100 * static_cast<double>(passed) >= wanted) return static_cast<int>(k);
  }
  return {};
}

double censored_share(const OutcomeResult& outcome) {
  return proportion(outcome.paths - outcome.hits, outcome.paths).probability;
}

}  // namespace moniac
