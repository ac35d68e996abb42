#include "sim/app/verdict.h"

#include <fmt/format.h>

#include "sim/app/closing_table.h"
#include "sim/app/exit_code.h"
#include "sim/app/provenance.h"
#include "sim/app/text.h"

namespace moniac {

namespace {

std::string producer_of(const Plan& plan, const std::string& variable) {
  for (const Variable& candidate : plan.variables) {
    if (candidate.name != variable || candidate.placed < 0) continue;
    const Placed& placed = plan.placed[static_cast<std::size_t>(candidate.placed)];
    return placed.key + " (" + placed.type + ")";
  }
  return "the sum of its contributions";
}

std::string breach_text(const Plan& plan, const Results& results) {
  const IdentityResult& worst = *worst_identity(results);
  const std::string of_case = results.cases ? fmt::format("case {}, ", worst.of_case) : "";
  return fmt::format(
      "an identity does not hold, which is a mistake of the model: {} = {:.3g} {}, of which {:.3g} is tolerated\n"
      "   model {}, {}path {}, step {} ({})",
      worst.name, worst.maximum, worst.unit, worst.tolerance, producer_of(plan, worst.name), of_case, worst.path,
      worst.step, iso(results.time.date(worst.step)));
}

std::string failed_text(const Plan& plan, const Results& results) {
  return fmt::format("{} of {} paths failed, more than ensemble.max_failed = {:g} % allows", grouped(results.failed),
                     grouped(results.failed + results.paths_used), 100 * plan.max_failed);
}

// The options of rerun that show where it went wrong.
std::string rerun_options(const Results& results, Verdict verdict) {
  if (verdict == Verdict::too_many_failed) return "--failed";
  const IdentityResult& worst = *worst_identity(results);
  const std::string of_case = results.cases ? fmt::format("--case {} ", worst.of_case) : "";
  return fmt::format("{}--path {} --trace", of_case, worst.path);
}

}  // namespace

int exit_code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return exit_ok;
    case Verdict::too_many_failed:
      return exit_bad_data;
    case Verdict::identity_breach:
      return exit_bug;
  }
  return exit_bug;
}

std::string verdict_text(const Plan& plan, const Results& results) {
  switch (judge(plan, results)) {
    case Verdict::ok:
      return {};
    case Verdict::too_many_failed:
      return failed_text(plan, results);
    case Verdict::identity_breach:
      return breach_text(plan, results);
  }
  return {};
}

std::string verdict_message(const Plan& plan, const Results& results, const std::string& file) {
  const Verdict verdict = judge(plan, results);
  if (verdict == Verdict::ok) return {};
  return fmt::format("moniac: {}\n   to see it: moniac rerun {} {}\n   the results are in {}\n",
                     verdict_text(plan, results), shell_word(file), rerun_options(results, verdict), file);
}

}  // namespace moniac
