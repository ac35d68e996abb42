#include "sim/app/mixture_table.h"

#include <fmt/format.h>

#include <cmath>

#include "sim/app/text.h"

namespace moniac {

namespace {

std::string scenarios_text(const std::vector<MixedRun>& parts) {
  TextTable table("lrrl");
  table.add({"scenario", "probability", "paths", ""});
  for (const MixedRun& part : parts)
    table.add({part.name, fmt::format("{:.6g} %", 100 * part.probability), grouped(part.run.outcome.results.paths_used),
               part.text});
  return table.text();
}

std::string outcomes_text(const Results& results, const std::vector<MixedRun>& parts) {
  if (results.outcomes.empty()) return {};
  TextTable table("lr" + std::string(parts.size(), 'r'));
  std::vector<std::string> heading = {"probability of", "mixed"};
  for (const MixedRun& part : parts) heading.push_back("in " + part.name);
  table.add(heading);
  for (std::size_t o = 0; o < results.outcomes.size(); ++o) {
    std::vector<std::string> row = {results.outcomes[o].name, fixed(results.outcomes[o].probability, 4)};
    for (const MixedRun& part : parts) row.push_back(fixed(part.run.outcome.results.outcomes[o].probability, 4));
    table.add(row);
  }
  return "\n" + table.text();
}

}  // namespace

std::string mixture_table(const Results& results, const std::vector<MixedRun>& parts) {
  return fmt::format("{}effective sample size: {} of {} paths\n{}", scenarios_text(parts),
                     grouped(std::llround(results.weighting->kish)), grouped(results.paths_used),
                     outcomes_text(results, parts));
}

}  // namespace moniac
