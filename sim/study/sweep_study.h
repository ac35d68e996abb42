// A scenario with a sweep, ready to run: what all cases have in common, and what each changes.
#pragma once

#include "sim/engine/catalogue.h"
#include "sim/engine/plan.h"
#include "sim/study/case_table.h"

namespace moniac {

class SweepStudy {
 public:
  /// Throws ScenarioError holding what was `found` while the scenario was read, what is wrong with it and with its
  /// sweep, or else what is wrong with the cases of extreme values, each with its case.
  SweepStudy(const Scenario& scenario, const Catalogue& catalogue, Problems found = {});

  const Scenario& scenario() const { return scenario_; }
  /// Of the scenario as it stands, without the changes of any case.
  const Plan& base() const { return base_; }
  const CaseTable& table() const { return table_; }

  /// Of a case; from any thread. Throws ScenarioError that names the case.
  Plan plan(std::int64_t index) const;

  /// What is asked, with cases that are still to come.
  Results question() const;

 private:
  void check_corners() const;
  std::vector<Problem> of_case(std::vector<Problem> problems, std::int64_t index) const;

  const Scenario& scenario_;
  const Catalogue& catalogue_;
  Problems problems_;
  Plan base_;
  CaseTable table_;
  Scenario stem_;  ///< the scenario without its sweep
};

}  // namespace moniac
