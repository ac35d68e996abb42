// From the finished cases of a sweep to its results.
#pragma once

#include "sim/output/sweep_journal.h"
#include "sim/study/sweep_study.h"

namespace moniac {

/// Puts all cases of the study together, with what their sensitivity is; the journal has them.
Results collect(const SweepStudy& study, const SweepJournal& journal, int threads);

}  // namespace moniac
