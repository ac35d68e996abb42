// The ledger for people, as a page, and for other programs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "sim/app/ledger.h"
#include "sim/app/text.h"
#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

const char* word(ClaimVerdict verdict) {
  switch (verdict) {
    case ClaimVerdict::supported:
      return "supported";
    case ClaimVerdict::contradicted:
      return "contradicted";
    case ClaimVerdict::undecided:
      return "undecided";
    case ClaimVerdict::negligible:
      return "negligible";
  }
  return "";
}

std::string estimate_text(const LedgerEntry& entry, const Evidence& evidence) {
  if (entry.claim->observed) return to_text(*entry.claim->observed);
  const bool varies = evidence.se > 1e-9 * std::abs(evidence.estimate);  // rather than rounding
  const int decimals = varies ? decimals_for(evidence.se, 2) : decimals_for(evidence.estimate, 3);
  return fmt::format("{} ± {}{}{}", fixed(evidence.estimate, decimals), fixed(evidence.se, decimals),
                     entry.unit.empty() ? "" : " ", entry.unit);
}

std::string flip_text(const LedgerEntry& entry) {
  if (entry.findings.size() == 1) return "–";
  const ClaimFinding* flip = entry.flip();
  return flip == nullptr ? "none of those tried" : fmt::format("{}: {}", flip->setting, word(flip->verdict));
}

std::string counts_text(const std::vector<LedgerEntry>& entries) {
  std::map<std::string, std::int64_t> counts;
  for (const LedgerEntry& entry : entries) ++counts[verdict_word(entry)];
  std::string text;
  for (const auto& [verdict, count] : counts) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, verdict);
  std::set<std::int64_t> numbers;
  for (const LedgerEntry& entry : entries) numbers.insert(entry.claim->name.number);
  const std::string claims = counted(static_cast<std::int64_t>(numbers.size()), "claim");
  if (numbers.size() == entries.size()) return fmt::format("{}: {}\n", claims, text);
  return fmt::format("{} in {} tests: {}\n", claims, entries.size(), text);
}

std::string cut(const std::string& text, std::size_t most) {
  if (static_cast<std::size_t>(character_count(text)) <= most) return text;
  std::size_t end = 0;
  for (std::size_t i = 0; i + 1 < most; ++i) end += std::max<std::size_t>(character_length(text.substr(end)), 1);
  return text.substr(0, end) + "…";
}

}  // namespace

std::string verdict_word(const LedgerEntry& entry, const ClaimFinding& finding) {
  return entry.claim->assumed.empty() ? word(finding.verdict) : "assumed by construction";
}

std::string verdict_word(const LedgerEntry& entry) {
  return verdict_word(entry, entry.main());
}

std::string expected_text(const Claim& claim) {
  const char* const words[] = {"positive", "negative", "none"};
  if (claim.expected != Expectation::Kind::range) return words[static_cast<std::size_t>(claim.expected)];
  return fmt::format("{} to {}", to_text(*claim.low), to_text(*claim.high));
}

std::string ledger_table(const std::vector<LedgerEntry>& entries) {
  TextTable table("rlllll");
  table.add({"claim", "", "verdict", "estimate ± s.e.", "expected", "flips with"});
  for (const LedgerEntry& entry : entries) {
    table.add({entry.claim->name.text(), cut(entry.claim->says, 48), verdict_word(entry),
               estimate_text(entry, entry.main().evidence), expected_text(*entry.claim), flip_text(entry)});
  }
  return table.text() + "\n" + counts_text(entries);
}

std::string ledger_markdown(const std::vector<LedgerEntry>& entries, const std::vector<UntestedClaim>& untested) {
  MarkdownTable table({"claim", "says", "measured", "expected", "estimate ± s.e.", "verdict", "flips with"});
  for (const LedgerEntry& entry : entries) {
    const Claim& claim = *entry.claim;
    std::string says = fmt::format("[{}] {} *{}*", claim.source, claim.says, claim.mechanism);
    if (!claim.fact.empty()) says += fmt::format(" **Fact:** {}", claim.fact);
    std::string verdict = verdict_word(entry);
    if (!claim.assumed.empty()) verdict += fmt::format(": `{}`", claim.assumed);
    table.add({fmt::format("[{}](../claims/{})", claim.name.text(), claim.file), says, entry.measure,
               expected_text(claim), estimate_text(entry, entry.main().evidence), verdict, flip_text(entry)});
  }
  std::string text = "<!-- written by moniac claims --markdown -->\n\n# Claims ledger\n\n" + counts_text(entries) +
                     "\n" + table.text();
  if (untested.empty()) return text;
  MarkdownTable others({"claim", "says", "why not"});
  for (const UntestedClaim& claim : untested) {
    others.add({claim.name.text(), fmt::format("[{}] {}", claim.source, claim.says), claim.reason});
  }
  return text + "\n## Not tested\n\n" + others.text();
}

}  // namespace moniac
