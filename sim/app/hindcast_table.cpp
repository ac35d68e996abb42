// The record of the hindcasts for people, as a page, and for other programs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "sim/app/hindcast.h"
#include "sim/app/text.h"
#include "sim/output/csv_row.h"

namespace moniac {

namespace {

const std::vector<std::string> header = {"hindcast",   "observed", "dates", "inside 50 %", "inside 90 %",
                                         "CRPS ratio", "against",  "hits",  "misses"};
const std::string none = "–";

std::string share(std::int64_t part, std::int64_t whole) {
  return fmt::format("{:.0f} %", 100 * static_cast<double>(part) / static_cast<double>(whole));
}

// Where all paths agree, but for rounding, there is no band that a number could lie in.
bool has_band(const NumberScore& number) {
  return number.high_90 - number.low_90 > 1e-9 * std::abs(number.median);
}

bool is_hit(const OutcomeScore& fact) {
  return fact.probability > 0.5;
}

std::int64_t hits_of(const HindcastResult& result) {
  const auto& facts = result.scorecard.outcomes;
  return std::count_if(facts.begin(), facts.end(), is_hit);
}

// The benchmark of a variable.
const char* benchmark(const HindcastResult& result, const std::string& variable) {
  return result.hindcast->walk.contains(variable) ? "random walk" : "no change";
}

// The numbers of `result` that have a band, by variable.
std::vector<VariableScore> banded(const HindcastResult& result) {
  std::vector<NumberScore> numbers;
  std::copy_if(result.scorecard.numbers.begin(), result.scorecard.numbers.end(), std::back_inserter(numbers), has_band);
  return over_dates(numbers);
}

std::vector<std::string> variable_row(const HindcastResult& result, const VariableScore& score,
                                      const std::vector<VariableScore>& banded) {
  const auto bands =
      std::find_if(banded.begin(), banded.end(), [&](const auto& one) { return one.name == score.name; });
  const bool any = bands != banded.end();
  return {result.hindcast->name,
          score.name,
          std::to_string(score.dates),
          any ? share(bands->inside_50, bands->dates) : none,
          any ? share(bands->inside_90, bands->dates) : none,
          score.benchmark > 0 ? fixed(score.crps / score.benchmark, 2) : none,
          benchmark(result, score.name),
          "",
          ""};
}

std::vector<std::vector<std::string>> rows(const HindcastResult& result) {
  std::vector<std::vector<std::string>> rows;
  const std::vector<VariableScore> bands = banded(result);
  for (const VariableScore& score : over_dates(result.scorecard.numbers)) {
    rows.push_back(variable_row(result, score, bands));
  }
  const auto facts = static_cast<std::int64_t>(result.scorecard.outcomes.size());
  if (facts == 0) return rows;
  const std::int64_t hits = hits_of(result);
  rows.push_back({result.hindcast->name, counted(facts, "stated fact"), "", "", "", "", "", std::to_string(hits),
                  std::to_string(facts - hits)});
  return rows;
}

// All hindcasts together.
struct Sums {
  std::int64_t numbers = 0, inside_50 = 0, inside_90 = 0;  // of those with a band
  std::int64_t variables = 0, better = 0;
  std::int64_t facts = 0, hits = 0;

  void add(const HindcastResult& result) {
    for (const VariableScore& score : banded(result)) {
      numbers += score.dates;
      inside_50 += score.inside_50;
      inside_90 += score.inside_90;
    }
    for (const VariableScore& score : over_dates(result.scorecard.numbers)) {
      ++variables;
      if (score.crps < score.benchmark) ++better;
    }
    facts += static_cast<std::int64_t>(result.scorecard.outcomes.size());
    hits += hits_of(result);
  }
};

std::string sums_text(const std::vector<HindcastResult>& results) {
  Sums sums;
  for (const HindcastResult& result : results) sums.add(result);
  std::string text = counted(static_cast<std::int64_t>(results.size()), "hindcast");
  if (sums.numbers > 0) {
    text += fmt::format("; of {} {} inside the central 50 % of the paths and {} inside 90 %",
                        counted(sums.numbers, "number"), share(sums.inside_50, sums.numbers),
                        share(sums.inside_90, sums.numbers));
  }
  if (sums.variables > 0) {
    text += fmt::format("; {} of {} better than the benchmark", sums.better, counted(sums.variables, "variable"));
  }
  if (sums.facts > 0) text += fmt::format("; {} of {} hit", sums.hits, counted(sums.facts, "stated fact"));
  return text + "\n";
}

std::string came(const OutcomeScore& fact) {
  if (fact.observed == "1") return "yes";
  return fact.observed == "0" ? "no" : fact.observed;
}

std::string facts_text(const HindcastResult& result) {
  if (result.scorecard.outcomes.empty()) return "";
  MarkdownTable table({"stated fact", "in words", "came", "probability of what came", ""});
  for (const OutcomeScore& fact : result.scorecard.outcomes) {
    table.add({fact.name, fact.text, came(fact), fixed(fact.probability, 3), is_hit(fact) ? "hit" : "miss"});
  }
  return table.text() + "\n";
}

// What lay outside of the central 90 %.
std::string numbers_text(const HindcastResult& result) {
  MarkdownTable table({"outside of 90 %", "date", "observed", "forecast"});
  bool any = false;
  for (const NumberScore& number : result.scorecard.numbers) {
    if (!has_band(number) || number.inside_90()) continue;
    const int decimals = decimals_for(number.high_90 - number.low_90, 3);
    table.add({number.name, iso(number.date),
               fixed(number.observed, decimals) + (number.unit.empty() ? "" : " ") + number.unit,
               fmt::format("{} to {}", fixed(number.low_90, decimals), fixed(number.high_90, decimals))});
    any = true;
  }
  return any ? table.text() + "\n" : "";
}

// The scenario's file as seen from docs.
std::string scenario_link(const Hindcast& hindcast) {
  return ("../hindcasts" / std::filesystem::path(hindcast.scenario_file)).lexically_normal().string();
}

std::string episode_text(const HindcastResult& result) {
  const Hindcast& hindcast = *result.hindcast;
  std::string text =
      fmt::format("\n## {}\n\n![{}](images/hindcasts/{}.png)\n\n", hindcast.episode, hindcast.episode, hindcast.name);
  text += fmt::format("[{}](../hindcasts/{}.yaml), {} of [its scenario]({}). Observed: {}\n\n", hindcast.name,
                      hindcast.name, counted(result.paths_used, "path"), scenario_link(hindcast), hindcast.source);
  return text + facts_text(result) + numbers_text(result) + hindcast.note + "\n";
}

}  // namespace

std::string hindcast_table(const std::vector<HindcastResult>& results) {
  TextTable table("llrrrrlrr");
  table.add(header);
  for (const HindcastResult& result : results) {
    for (const std::vector<std::string>& row : rows(result)) table.add(row);
  }
  return table.text() + "\n" + sums_text(results);
}

std::string hindcast_markdown(const std::vector<HindcastResult>& results) {
  MarkdownTable table(header);
  std::string episodes;
  for (const HindcastResult& result : results) {
    for (const std::vector<std::string>& row : rows(result)) table.add(row);
    episodes += episode_text(result);
  }
  return "<!-- written by moniac hindcast --markdown -->\n\n# Hindcasts\n\n" + sums_text(results) +
         "\nWhat the columns say: [hold past episodes against what came about](howto/hindcast.md).\n\n" + table.text() +
         episodes;
}

std::string hindcast_csv(const std::vector<HindcastResult>& results) {
  std::string text =
      "hindcast,episode,name,unit,date,observed,start,median,q5,q25,q75,q95,crps,benchmark,benchmark_crps,"
      "fact,probability,hit\n";
  for (const HindcastResult& result : results) {
    const Hindcast& hindcast = *result.hindcast;
    for (const NumberScore& n : result.scorecard.numbers) {
      text +=
          csv_row(hindcast.name, hindcast.episode, n.name, n.unit, iso(n.date), n.observed, n.start, n.median, n.low_90,
                  n.low_50, n.high_50, n.high_90, n.crps, benchmark(result, n.name), n.benchmark, "", "", "");
    }
    for (const OutcomeScore& fact : result.scorecard.outcomes) {
      text += csv_row(hindcast.name, hindcast.episode, fact.name, "", "", fact.observed, "", "", "", "", "", "", "", "",
                      "", fact.text, fact.probability, is_hit(fact) ? "1" : "0");
    }
  }
  return text;
}

}  // namespace moniac
