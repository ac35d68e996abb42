// Outcomes of scripted paths.
#pragma once

#include <cmath>
#include <stdexcept>
#include <string>

#include "tests/sim/engine/test_models.h"

namespace moniac::test {

/// The answer to an outcome that was asked for.
inline const OutcomeResult& outcome(const Results& results, const std::string& name) {
  for (const OutcomeResult& answer : results.outcomes) {
    if (answer.name == name) return answer;
  }
  throw std::runtime_error("not asked: " + name);
}

/// us.copy and cn.copy by step, and these outcomes.
inline Results ask(const std::string& us, const std::string& cn, const std::string& outcomes) {
  return run(plan_of("models: {us.copier: {}, cn.copier: {}}\nlevers: {us.source: {" + schedule_of(us) +
                         "}, cn.source: {" + schedule_of(cn) + "}}\noutcomes:\n" + outcomes,
                     64))
      .results;
}

/// Standard error of a share of `n` paths.
inline double se_of(double p, double n) {
  return std::sqrt(p * (1 - p) / n);
}

}  // namespace moniac::test
