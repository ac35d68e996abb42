// moniac claims: what the scenarios say of each claim.
#include <fmt/format.h>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/ledger.h"
#include "sim/app/output_file.h"
#include "sim/app/text.h"
#include "sim/app/trial_files.h"
#include "sim/app/trial_runs.h"
#include "sim/app/verdict.h"

namespace moniac {

namespace {

// "27" names every part of claim 27, "27b" one.
bool is_named(const ClaimName& name, const std::string& wanted) {
  return wanted == name.text() || wanted == std::to_string(name.number);
}

// Those that --only names, or all.
std::vector<const Claim*> chosen(const ClaimCollection& collection, const Options& options) {
  std::vector<const Claim*> claims;
  for (const Claim& claim : collection.claims) {
    if (!options.only || is_named(claim.name, *options.only)) claims.push_back(&claim);
  }
  if (!claims.empty()) return claims;
  for (const UntestedClaim& claim : collection.untested) {
    if (options.only && is_named(claim.name, *options.only)) {
      throw ProgramError(exit_bad_data,
                         fmt::format("moniac: claim {} is not tested: {}", claim.name.text(), claim.reason));
    }
  }
  throw ProgramError(exit_bad_data, fmt::format("moniac: there is no claim {}", options.only.value_or("")));
}

}  // namespace

int claims_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string folder = options.arguments.empty() ? "claims" : options.arguments.front();
  Problems problems;
  const ClaimCollection collection = read_claims(folder, given_paths(options), problems);
  problems.raise();
  std::vector<ClaimTest> tests;
  std::int64_t paths = 0;
  for (const Claim* claim : chosen(collection, options)) {
    tests.emplace_back(*claim, catalogue, problems);
    paths += tests.back().paths();
  }
  problems.raise();
  if (options.output) check_free(*options.output, options, "; nothing was run");
  if (options.output) check_writable(*options.output);

  TrialRuns runs(options, paths, streams);
  std::vector<LedgerEntry> entries;
  for (const ClaimTest& test : tests) {
    entries.push_back(runs(fmt::format("claim {}", test.claim().name.text()), test.paths(),
                           [&](const Execution& execution) { return test.run(execution); }));
  }
  if (options.output) write_ledger(*options.output, entries);
  if (!options.quiet) {
    streams.out << printable(options.markdown ? ledger_markdown(entries, collection.untested) : ledger_table(entries))
                << std::flush;
    streams.err << runs.summary();
  }
  return exit_code_of(runs.worst());
}

}  // namespace moniac
