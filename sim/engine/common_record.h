// What two plans record alike, and so can be compared.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/plan.h"

namespace moniac {

/// A variable that both plans record, with the labels that both record of it.
struct CommonVariable {
  std::size_t a = 0, b = 0;             ///< into `recorded` of each plan
  Dimensions dimensions;                ///< with the labels of both, in A's order
  std::vector<int> values_a, values_b;  ///< into the recorded values of each; {0} of a scalar
  double factor = 1;                    ///< turns B's unit into A's
};

struct CommonRecord {
  std::vector<CommonVariable> variables;      ///< in A's order
  std::vector<std::size_t> dates_a, dates_b;  ///< into `recorded_steps` of each: the steps that both record
  std::vector<std::pair<std::size_t, std::size_t>> outcomes;  ///< indices of those of one name
  std::vector<std::string> left_out;                          ///< the rest, with the reason: "us.m2: only in A"
};

/// Of plans over the same steps.
CommonRecord common_record(const Plan& a, const Plan& b);

/// A plan that runs nothing and records the differences: so far as statistics are concerned, they are variables like
/// any other. Quantiles are those of A, and exact where they are exact in both.
Plan difference_plan(const Plan& a, const Plan& b, const CommonRecord& common);

}  // namespace moniac
