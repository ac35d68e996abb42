// The ledger as a file for other programs.
#include "sim/app/ledger.h"
#include "sim/app/output_file.h"
#include "sim/app/version.h"
#include "sim/output/csv_row.h"
#include "sim/output/table_file.h"

namespace moniac {

namespace {

std::string ledger_csv(const std::vector<LedgerEntry>& entries) {
  std::string text = "claim,part,source,measure,expected,setting,verdict,estimate,se,slight,unit,paths\n";
  for (const LedgerEntry& entry : entries) {
    const Claim& claim = *entry.claim;
    for (const ClaimFinding& finding : entry.findings) {
      text += csv_row(claim.name.number, claim.name.part, claim.source, entry.measure, expected_text(claim),
                      finding.setting, verdict_word(entry, finding), finding.evidence.estimate, finding.evidence.se,
                      finding.evidence.slight, entry.unit, entry.paths_used);
    }
  }
  return text;
}

// A finding with the claim that it is of.
struct Row {
  const LedgerEntry& entry;
  const ClaimFinding& finding;
};

void add_claims(TableFile& table, const std::vector<LedgerEntry>& entries) {
  std::vector<std::int64_t> numbers;
  for (const LedgerEntry& entry : entries) numbers.push_back(entry.claim->name.number);
  table.add_axis("claim", "Number of the claim", numbers);
  const auto add = [&](const char* name, const char* words, const auto& value) {
    table.add_column(name, words, "claim", entries, value);
  };
  add("part", "Letter of the part; empty of a claim that is one",
      [](const LedgerEntry& entry) { return entry.claim->name.part; });
  add("source", "Who says it", [](const LedgerEntry& entry) { return entry.claim->source; });
  add("says", "What is claimed", [](const LedgerEntry& entry) { return entry.claim->says; });
  add("mechanism", "By which mechanism", [](const LedgerEntry& entry) { return entry.claim->mechanism; });
  add("fact", "What is known of it", [](const LedgerEntry& entry) { return entry.claim->fact; });
  add("assumed", "The parameter that is the claim, where it is true by construction",
      [](const LedgerEntry& entry) { return entry.claim->assumed; });
  add("measure", "What is measured", [](const LedgerEntry& entry) { return entry.measure; });
  add("expected", "What the claim says of it", [](const LedgerEntry& entry) { return expected_text(*entry.claim); });
  add("unit", "Unit of the estimate; empty of a probability", [](const LedgerEntry& entry) { return entry.unit; });
  add("paths", "Paths that count", [](const LedgerEntry& entry) { return entry.paths_used; });
}

void add_findings(TableFile& table, const std::vector<LedgerEntry>& entries) {
  std::vector<Row> rows;
  for (const LedgerEntry& entry : entries) {
    for (const ClaimFinding& finding : entry.findings) rows.push_back({entry, finding});
  }
  table.add_axis("finding", "Number of the finding", row_numbers(rows.size()));
  const auto add = [&](const char* name, const char* words, const auto& value) {
    table.add_column(name, words, "finding", rows, value);
  };
  add("of_claim", "Number of the claim", [](const Row& row) { return row.entry.claim->name.number; });
  add("of_part", "Letter of its part", [](const Row& row) { return row.entry.claim->name.part; });
  add("setting", "Parameter at an end of its plausible range; empty as the scenario has them",
      [](const Row& row) { return row.finding.setting; });
  add("verdict", "Verdict", [](const Row& row) { return verdict_word(row.entry, row.finding); });
  add("estimate", "Estimate", [](const Row& row) { return row.finding.evidence.estimate; });
  add("se", "Standard error of the estimate", [](const Row& row) { return row.finding.evidence.se; });
  add("slight", "A smaller effect counts as none", [](const Row& row) { return row.finding.evidence.slight; });
}

}  // namespace

void write_ledger(const std::string& path, const std::vector<LedgerEntry>& entries) {
  if (!names_hdf5(path)) return write_text(path, ledger_csv(entries));
  TableFile table{.format = "moniac-ledger", .title = "Claims ledger", .version = version_text()};
  add_claims(table, entries);
  add_findings(table, entries);
  write_table(path, table);
}

}  // namespace moniac
