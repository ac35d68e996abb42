// What the results of a sweep say about its axes.
#pragma once

#include <vector>

#include "sim/results/results.h"
#include "sim/study/case_table.h"

namespace moniac {

/// Responses of a case over two disjoint halves of its paths; empty when there is one path only.
struct CaseHalves {
  std::vector<double> first, second;
};

/// Whether the design has the cases for it: sobol with indices, or morris.
bool asks_for_sensitivity(const CaseTable& table);

/// Adds the measures of every response, and in words those at the last date. `halves` by case. Does nothing for other
/// designs.
void add_sensitivity(Results& sweep, const std::vector<CaseHalves>& halves, const CaseTable& table, int threads);

}  // namespace moniac
