#include "sim/app/attribution_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/app/comparison_table.h"
#include "sim/app/text.h"

namespace moniac {

namespace {

constexpr std::size_t most_numbers = 20;  // about a screen with their inputs; the file holds the rest

double scale_of(const AttributedNumber& number) {
  double scale = std::max(std::abs(number.in_a.value), std::abs(number.in_b.value));
  for (const PairedMean& mean : number.contributions) scale = std::max(scale, std::abs(mean.value));
  return scale;
}

// What is left of an effect that is none is rounding.
PairedMean without_rounding(const PairedMean& mean, const AttributedNumber& number) {
  const double rounding = 1e-12 * scale_of(number);
  return {std::abs(mean.value) <= rounding ? 0 : mean.value, mean.se <= rounding ? 0 : mean.se};
}

bool differs(const AttributedNumber& number) {
  return std::any_of(number.contributions.begin(), number.contributions.end(), [&](const PairedMean& mean) {
    const PairedMean rest = without_rounding(mean, number);
    return rest.value != 0 || rest.se != 0;
  });
}

std::string inputs_text(const Attribution& attribution) {
  TextTable table("lll");
  table.add({"inputs that differ", "A", "B"});
  for (const ChangedInputs& change : attribution.changes) {
    const bool is_group = change.inputs.size() > 1 || change.inputs.front().name != change.name;
    if (is_group) table.add({change.name, "", ""});
    for (const InputDifference& input : change.inputs) {
      table.add({(is_group ? "  " : "") + input.name, shortened_input(input.a), shortened_input(input.b)});
    }
  }
  return table.text();
}

// Two digits of the largest standard error, or five of a number without any.
int decimals_of(const AttributedNumber& number) {
  double se = number.difference.se;
  for (const PairedMean& mean : number.contributions) se = std::max(se, mean.se);
  return se > 1e-12 * scale_of(number) ? decimals_for(se, 2) : decimals_for(scale_of(number), 5);
}

std::string share_text(double part, double whole) {
  if (part == 0) return whole == 0 ? "" : "0 %";
  const double percent = 100 * part / whole;
  return std::abs(percent) < 1000 ? fmt::format("{:.0f} %", percent) : "";
}

void add_number(const AttributedNumber& number, const std::vector<ChangedInputs>& changes, TextTable& table) {
  const int decimals = decimals_of(number);
  const auto text = [&](const PairedMean& mean) {
    const PairedMean shown = without_rounding(mean, number);
    return fmt::format("{} ± {}", fixed(shown.value, decimals), fixed(shown.se, decimals));
  };
  table.add({number.name, number.unit, fixed(number.in_a.value, decimals), fixed(number.in_b.value, decimals),
             text(number.difference), ""});
  const double whole = without_rounding(number.difference, number).value;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const PairedMean& part = number.contributions[i];
    table.add(
        {"  " + changes[i].name, "", "", "", text(part), share_text(without_rounding(part, number).value, whole)});
  }
}

// Those that belong to the heading; how many of them do not differ, or find no room.
std::string numbers_text(const Attribution& attribution, const std::string& heading, const std::optional<Date>& date) {
  TextTable table("llrrrr");
  table.add({heading, "", "in A", "in B", "B − A ± s.e.", "share"});
  std::size_t shown = 0, same = 0, more = 0;
  for (const AttributedNumber& number : attribution.numbers) {
    if (number.date != date) continue;
    if (!differs(number)) {
      ++same;
    } else if (shown < most_numbers) {
      add_number(number, attribution.changes, table);
      ++shown;
    } else {
      ++more;
    }
  }
  if (shown + same == 0) return {};
  std::string text = "\n" + table.text();
  if (more > 0) text += fmt::format("… and {} more\n", more);
  if (same > 0) text += fmt::format("the same in A and B, whatever is mixed: {}\n", same);
  return text;
}

}  // namespace

std::string attribution_table(const Attribution& attribution) {
  std::optional<Date> last;
  for (const AttributedNumber& number : attribution.numbers) last = std::max(last, number.date);
  std::string text = fmt::format("{}\n{}\n\n{}", attribution.title, attribution.extent, inputs_text(attribution));
  text += numbers_text(attribution, "outcome", {});
  if (last) text += numbers_text(attribution, "at " + iso(*last), last);
  return text + fmt::format("\npaths that count in all {} mixtures: {} of {}\n",
                            std::size_t{1} << attribution.changes.size(), grouped(attribution.paths_used),
                            grouped(attribution.paths));
}

}  // namespace moniac
