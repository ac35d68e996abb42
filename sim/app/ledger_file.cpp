// The ledger as a file for other programs.
#include <numeric>

#include "sim/app/ledger.h"
#include "sim/app/output_file.h"
#include "sim/app/version.h"
#include "sim/output/csv_row.h"
#include "sim/output/table_file.h"

namespace moniac {

namespace {

std::string ledger_csv(const std::vector<LedgerEntry>& entries) {
  std::string text = "claim,source,measure,expected,setting,verdict,estimate,se,slight,unit,paths\n";
  for (const LedgerEntry& entry : entries) {
    const Claim& claim = *entry.claim;
    for (const ClaimFinding& finding : entry.findings) {
      text += csv_row(claim.number, claim.source, entry.measure, expected_text(claim), finding.setting,
                      verdict_word(entry, finding), finding.evidence.estimate, finding.evidence.se,
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

// Columns over one axis, a value of each row.
template <class Rows>
class Columns {
 public:
  Columns(TableFile& table, std::string axis, const Rows& rows) : table_(table), axis_(std::move(axis)), rows_(rows) {}

  template <class Value>
  void add(const std::string& name, const std::string& words, const Value& value) const {
    std::vector<std::decay_t<decltype(value(rows_.front()))>> values;
    for (const auto& row : rows_) values.push_back(value(row));
    table_.columns.push_back({.name = name, .words = words, .axes = {axis_}, .values = std::move(values)});
  }

 private:
  TableFile& table_;
  const std::string axis_;
  const Rows& rows_;
};

void add_claims(TableFile& table, const std::vector<LedgerEntry>& entries) {
  std::vector<std::int64_t> numbers;
  for (const LedgerEntry& entry : entries) numbers.push_back(entry.claim->number);
  table.axes.push_back({.name = "claim", .words = "Number of the claim", .axes = {}, .values = numbers});
  const Columns columns(table, "claim", entries);
  columns.add("source", "Who says it", [](const LedgerEntry& entry) { return entry.claim->source; });
  columns.add("says", "What is claimed", [](const LedgerEntry& entry) { return entry.claim->says; });
  columns.add("mechanism", "By which mechanism", [](const LedgerEntry& entry) { return entry.claim->mechanism; });
  columns.add("fact", "What is known of it", [](const LedgerEntry& entry) { return entry.claim->fact; });
  columns.add("assumed", "The parameter that is the claim, where it is true by construction",
              [](const LedgerEntry& entry) { return entry.claim->assumed; });
  columns.add("measure", "What is measured", [](const LedgerEntry& entry) { return entry.measure; });
  columns.add("expected", "What the claim says of it",
              [](const LedgerEntry& entry) { return expected_text(*entry.claim); });
  columns.add("unit", "Unit of the estimate; empty of a probability",
              [](const LedgerEntry& entry) { return entry.unit; });
  columns.add("paths", "Paths that count", [](const LedgerEntry& entry) { return entry.paths_used; });
}

void add_findings(TableFile& table, const std::vector<LedgerEntry>& entries) {
  std::vector<Row> rows;
  for (const LedgerEntry& entry : entries) {
    for (const ClaimFinding& finding : entry.findings) rows.push_back({entry, finding});
  }
  std::vector<std::int64_t> numbers(rows.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  table.axes.push_back({.name = "finding", .words = "Number of the finding", .axes = {}, .values = numbers});
  const Columns columns(table, "finding", rows);
  columns.add("of_claim", "Number of the claim", [](const Row& row) { return row.entry.claim->number; });
  columns.add("setting", "Parameter at an end of its plausible range; empty as the scenario has them",
              [](const Row& row) { return row.finding.setting; });
  columns.add("verdict", "Verdict", [](const Row& row) { return verdict_word(row.entry, row.finding); });
  columns.add("estimate", "Estimate", [](const Row& row) { return row.finding.evidence.estimate; });
  columns.add("se", "Standard error of the estimate", [](const Row& row) { return row.finding.evidence.se; });
  columns.add("slight", "A smaller effect counts as none", [](const Row& row) { return row.finding.evidence.slight; });
}

}  // namespace

void write_ledger(const std::string& path, const std::vector<LedgerEntry>& entries) {
  if (!names_hdf5(path)) return write_text(path, ledger_csv(entries));
  TableFile table{
      .format = "moniac-ledger", .title = "Claims ledger", .version = version_text(), .axes = {}, .columns = {}};
  add_claims(table, entries);
  add_findings(table, entries);
  write_table(path, table);
}

}  // namespace moniac
