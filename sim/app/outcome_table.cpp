#include "sim/app/outcome_table.h"

#include <fmt/format.h>

#include "sim/app/shown_quantiles.h"
#include "sim/app/text.h"
#include "sim/results/first_passage.h"

namespace moniac {

namespace {

// Two digits of the interval; four where a share is stated and has none.
int share_decimals(const OutcomeResult& outcome) {
  const double width = outcome.high - outcome.low;
  return width > 0 ? decimals_for(width, 2) : 4;
}

// A share of the paths with its standard error.
std::string share_text(double share, const OutcomeResult& outcome) {
  const int decimals = share_decimals(outcome);
  return fmt::format("{:.{}f} ± {:.{}f}", share, decimals, outcome.se, decimals);
}

std::string interval_text(const OutcomeResult& outcome) {
  const int decimals = share_decimals(outcome);
  return fmt::format("{:.{}f} … {:.{}f}", outcome.low, decimals, outcome.high, decimals);
}

// The mean of the numbers in a bucket, and what is stated of it.
std::string numbers_text(const OutcomeResult& bucket) {
  std::string text = "no path";
  if (bucket.mean) {
    const int decimals = decimals_for(bucket.mean_se.value_or(*bucket.mean), 2);
    text = fixed(*bucket.mean, decimals);
    if (bucket.mean_se) text += " ± " + fixed(*bucket.mean_se, decimals);
    text += " " + bucket.unit;
  }
  return bucket.stated ? fmt::format("{}, stated {:.6g} {}", text, *bucket.stated, bucket.unit) : text;
}

std::vector<std::string> passage_row(const OutcomeResult& outcome, const Results& results) {
  std::vector<std::string> row = {outcome.name, share_text(censored_share(outcome), outcome)};
  for (const std::size_t q : shown_quantiles(results)) {
    const std::optional<int> step = passage_quantile(outcome, results.quantiles[q]);
    row.push_back(step ? iso(results.time.date(*step)) : "not reached");
  }
  return row;
}

}  // namespace

std::string outcomes_table(const Results& results) {
  if (results.outcomes.empty()) return {};
  TextTable table("llll");
  table.add({"outcome", "probability ± s.e.", "95 % interval", ""});
  for (const OutcomeResult& outcome : results.outcomes) {
    table.add({outcome.name, share_text(outcome.probability, outcome), interval_text(outcome), outcome.text});
  }
  return "\n" + table.text();
}

std::string buckets_table(const Results& results) {
  TextTable table("ll");
  table.add({"bucket", "mean in it ± s.e."});
  bool any = false;
  for (const OutcomeResult& outcome : results.outcomes) {
    if (outcome.bucket_of.empty()) continue;
    table.add({outcome.name, numbers_text(outcome)});
    any = true;
  }
  return any ? "\n" + table.text() : "";
}

std::string passages_table(const Results& results) {
  std::vector<std::string> heading = {"first passage", "never ± s.e."};
  for (const std::size_t q : shown_quantiles(results)) heading.push_back(quantile_heading(results.quantiles[q]));
  TextTable table(std::string(heading.size(), 'l'));
  table.add(heading);
  bool any = false;
  for (const OutcomeResult& outcome : results.outcomes) {
    if (outcome.first_passage.empty()) continue;
    table.add(passage_row(outcome, results));
    any = true;
  }
  return any ? "\n" + table.text() : "";
}

}  // namespace moniac
