// The claims ledger: what the scenarios say of each claim.
#pragma once

#include <string>
#include <vector>

#include "sim/app/claim.h"
#include "sim/engine/catalogue.h"
#include "sim/engine/ensemble.h"

namespace moniac {

/// What came out under one setting of the drivers.
struct ClaimFinding {
  std::string setting;  ///< "us.banks.k1 = 0.3"; empty with the parameters of the scenario
  Evidence evidence;
  ClaimVerdict verdict = ClaimVerdict::undecided;
};

struct LedgerEntry {
  const Claim* claim = nullptr;
  std::string measure;                 ///< what is measured, of an event its conditions
  std::string unit;                    ///< empty of an event, whose estimate is a probability or a difference of two
  std::vector<ClaimFinding> findings;  ///< with the scenario's parameters, then with each end of each driver
  std::int64_t paths = 0, paths_used = 0;
  Verdict runs = Verdict::ok;

  const ClaimFinding& main() const { return findings.front(); }
  /// The driver whose plausible range makes another verdict; null when none does.
  const ClaimFinding* flip() const;
};

/// A claim with every plan that it takes, checked.
class ClaimTest {
 public:
  /// Mistakes go to `problems`, each as far as can be at its line of the claim.
  ClaimTest(const Claim& claim, const Catalogue& catalogue, Problems& problems);

  const Claim& claim() const { return claim_; }
  /// Of all plans together.
  std::int64_t paths() const { return static_cast<std::int64_t>(plan_count()) * claim_.scenario.paths; }
  LedgerEntry run(const Execution& execution) const;

 private:
  std::size_t variants() const { return 1 + 2 * claim_.drivers.size(); }
  std::size_t corners() const { return (claim_.has_change() ? 2U : 1U) * (claim_.given.empty() ? 1U : 2U); }
  /// None of a claim on data.
  std::size_t plan_count() const { return claim_.observed ? 0 : variants() * corners(); }
  const Change* driver(std::size_t variant) const;
  Plan plan(std::size_t index, Problems problems = {}) const;
  LedgerEntry simulate(const Execution& execution) const;
  void read_expected(Problems& problems);
  double in_unit(const Quantity& quantity, Problems& problems) const;

  const Claim& claim_;
  const Catalogue& catalogue_;
  std::string measure_, unit_;
  Expectation expected_;
  std::optional<double> slight_;
};

/// "supported", "assumed by construction".
std::string verdict_word(const LedgerEntry& entry);
std::string verdict_word(const LedgerEntry& entry, const ClaimFinding& finding);
/// "positive", "0.5 to 1".
std::string expected_text(const Claim& claim);

std::string ledger_table(const std::vector<LedgerEntry>& entries);
/// A page of the documentation, with the claims that are not tested.
std::string ledger_markdown(const std::vector<LedgerEntry>& entries, const std::vector<UntestedClaim>& untested);
/// Writes a row for each claim and setting, as CSV or HDF5 by the name. Throws OutputError.
void write_ledger(const std::string& path, const std::vector<LedgerEntry>& entries);

}  // namespace moniac
