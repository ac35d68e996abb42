#include "sim/app/findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/app/closing_table.h"
#include "sim/app/text.h"
#include "sim/app/trace_text.h"

namespace moniac {

namespace {

constexpr std::size_t most_failures = 3;  // named on stderr; the file lists all that were kept

std::string failures_text(const Results& results) {
  std::string text;
  const std::size_t shown = std::min(results.failures.size(), most_failures);
  for (std::size_t i = 0; i < shown; ++i) {
    text += "   " + failure_text(results.failures[i], results.time) + "\n";
  }
  return text;
}

std::string silent_triggers_text(const Results& results) {
  std::string text;
  for (const TriggerResult& trigger : results.triggers) {
    if (trigger.fired == 0) text += fmt::format("trigger {} never fired: {}\n", trigger.name, trigger.text);
  }
  return text;
}

std::string undefined_text(const Results& results) {
  std::string text;
  for (const OutcomeResult& outcome : results.outcomes) {
    if (outcome.undefined == 0) continue;
    text += fmt::format("outcome {}: on {} of {} paths a ratio that it tests had no value in some step\n", outcome.name,
                        grouped(outcome.undefined), grouped(outcome.paths));
  }
  return text;
}

}  // namespace

void print_findings(const Results& results, Streams& streams) {
  streams.out << closing_table(results) << std::flush;
  streams.err << failures_text(results) << undefined_text(results) << silent_triggers_text(results);
}

}  // namespace moniac
