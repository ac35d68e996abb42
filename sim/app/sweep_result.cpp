#include "sim/app/sweep_result.h"

#include <vector>

#include "sim/study/sweep_sensitivity.h"

namespace moniac {

Results collect(const SweepStudy& study, const SweepJournal& journal, int threads) {
  Results sweep = study.question();
  std::vector<CaseHalves> halves;
  journal.visit([&](CaseResult result) {
    halves.push_back({std::move(result.first_half), std::move(result.second_half)});
    append_case(sweep, std::move(result.results));
  });
  add_sensitivity(sweep, halves, study.table(), threads);
  return sweep;
}

}  // namespace moniac
