#include "sim/app/attribution.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "sim/app/closing_table.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_differences.h"
#include "sim/app/text.h"
#include "sim/engine/combinations.h"
#include "sim/engine/common_record.h"
#include "sim/study/mixed_scenario.h"
#include "sim/study/shapley.h"

namespace moniac {

namespace {

// What is asked and how, rather than what goes in.
bool is_input(const InputDifference& difference) {
  const std::string head = difference.name.substr(0, difference.name.find('.'));
  const std::string others[] = {"time", "ensemble", "record", "outcomes", "sweep"};
  return std::find(std::begin(others), std::end(others), head) == std::end(others);
}

// Whether the input lies below the prefix: "us.banks" is above "us.banks.equity", not above "us.banks_2.equity".
bool begins_with(const std::string& input, const std::string& prefix) {
  return input.compare(0, prefix.size(), prefix) == 0 &&
         (input.size() == prefix.size() || input[prefix.size()] == '.' || input[prefix.size()] == '[');
}

// Each once: items without a name share that of their section, and a model that only one side has is one input.
std::vector<InputDifference> inputs_that_differ(const ComparedInput& a, const ComparedInput& b) {
  std::vector<InputDifference> inputs;
  const std::string models = "models.";
  const auto known = [&](const InputDifference& input) {
    return std::any_of(inputs.begin(), inputs.end(), [&](const InputDifference& other) {
      const bool is_model = begins_with(other.name, "models");
      return other.name == input.name || (is_model && begins_with(input.name, other.name.substr(models.size())));
    });
  };
  for (const InputDifference& difference :
       input_differences(a.scenario, b.scenario, question_of(a.plan), question_of(b.plan))) {
    if (!is_input(difference) || known(difference)) continue;
    if (!same_input(a.scenario, b.scenario, difference.name)) inputs.push_back(difference);
  }
  return inputs;
}

struct InputGroup {
  std::string name;
  std::vector<std::string> prefixes;
};

InputGroup group_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  InputGroup group{.name = text.substr(0, equals), .prefixes = {}};
  std::string rest = equals == std::string::npos ? "" : text.substr(equals + 1);
  while (!rest.empty()) {
    group.prefixes.push_back(rest.substr(0, rest.find(',')));
    rest = rest.find(',') == std::string::npos ? "" : rest.substr(rest.find(',') + 1);
  }
  if (!group.name.empty() && !group.prefixes.empty()) return group;
  throw ProgramError(exit_usage, fmt::format("moniac attribute: --group needs NAME=INPUT,INPUT…, such as "
                                             "tariffs=levers.trade,events, not {}",
                                             in_quotes(text)));
}

std::string names_text(const std::vector<InputDifference>& inputs) {
  std::string text;
  for (const InputDifference& input : inputs) text += (text.empty() ? "" : ", ") + input.name;
  return text;
}

// Takes those below the prefix out of `rest`.
void take(const std::string& prefix, std::vector<InputDifference>& rest, ChangedInputs& group) {
  const auto below = [&](const InputDifference& input) { return begins_with(input.name, prefix); };
  const std::size_t before = group.inputs.size();
  std::copy_if(rest.begin(), rest.end(), std::back_inserter(group.inputs), below);
  std::erase_if(rest, below);
  if (group.inputs.size() > before) return;
  throw ProgramError(exit_bad_data, fmt::format("moniac: no input that differs, and is in no group yet, begins with "
                                                "{}\n   there are {}",
                                                in_quotes(prefix), rest.empty() ? "none" : names_text(rest)));
}

// Both plans record this, and nothing else.
RecordSpec common_spec(const ComparedInput& a, const CommonRecord& common) {
  RecordSpec record;
  record.place = a.scenario.record.place;
  record.dates = RecordSpec::Dates::list;
  for (const std::size_t date : common.dates_a) {
    record.list.emplace_back(a.plan.time.date(a.plan.recorded_steps[date]), record.place);
  }
  for (const CommonVariable& pair : common.variables) {
    const Recorded& recorded = a.plan.recorded[pair.a];
    const std::string& name = a.plan.variables[static_cast<std::size_t>(recorded.variable)].name;
    for (std::size_t value = 0; value < value_count(pair.dimensions); ++value) {
      record.variables.push_back({value_name(name, pair.dimensions, value), record.place});
    }
  }
  return record;
}

// The scenarios between A and B, by which changes are as in B.
class Mixtures {
 public:
  Mixtures(const ComparedInput& a, const ComparedInput& b, const std::vector<ChangedInputs>& changes,
           const CommonRecord& common, const Catalogue& catalogue)
      : a_(a), b_(b), changes_(changes), catalogue_(catalogue), record_(common_spec(a, common)) {
    for (const auto& [in_a, in_b] : common.outcomes) {
      const OutcomePlan& outcome = a.plan.outcomes[in_a];
      if (outcome.text != b.plan.outcomes[in_b].text) continue;
      asked_.insert(outcome.bucket_of.empty() ? outcome.name : outcome.bucket_of);
    }
  }

  std::size_t count() const { return std::size_t{1} << changes_.size(); }

  // Change i is as in B when bit i of `coalition` is set.
  Plan plan(std::size_t coalition) const {
    Problems problems;
    Scenario scenario = mixed(a_.scenario, b_.scenario, inputs_of(coalition), problems);
    scenario.record = record_;
    std::erase_if(scenario.outcomes, [&](const OutcomeSpec& outcome) { return asked_.count(outcome.name) == 0; });
    try {
      return Plan::make(scenario, catalogue_, problems);
    } catch (const ScenarioError& error) {
      refuse(coalition, error);
    }
  }

 private:
  std::vector<std::string> inputs_of(std::size_t coalition) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      if ((coalition >> i & 1U) == 0) continue;
      for (const InputDifference& input : changes_[i].inputs) names.push_back(input.name);
    }
    return names;
  }

  [[noreturn]] void refuse(std::size_t coalition, const ScenarioError& error) const {
    std::vector<std::string> from_b;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      if ((coalition >> i & 1U) != 0) from_b.push_back(changes_[i].name);
    }
    throw ProgramError(
        exit_bad_data,
        fmt::format("{}\nmoniac: A with {} of B is no scenario\n   join inputs that need each other: "
                    "--group NAME=INPUT,INPUT",
                    error.what(), from_b.empty() ? "nothing" : fmt::format("{}", fmt::join(from_b, ", "))));
  }

  const ComparedInput& a_;
  const ComparedInput& b_;
  const std::vector<ChangedInputs>& changes_;
  const Catalogue& catalogue_;
  RecordSpec record_;
  std::set<std::string> asked_;
};

// In A, in B, the difference, and the contribution of each change.
Weights weights_of(std::size_t changes) {
  const std::size_t last = (std::size_t{1} << changes) - 1;
  Weights weights(3, std::vector<double>(last + 1));
  weights[0][0] = 1;
  weights[1][last] = 1;
  weights[2][0] = -1;
  weights[2][last] = 1;
  for (std::vector<double>& player : shapley_weights(changes)) weights.push_back(std::move(player));
  return weights;
}

// What the combinations hold a row of, in their order.
std::vector<AttributedNumber> numbers_of(const Plan& plan) {
  std::vector<AttributedNumber> numbers;
  for (const int step : plan.recorded_steps) {
    for (const Recorded& recorded : plan.recorded) {
      const Variable& variable = plan.variables[static_cast<std::size_t>(recorded.variable)];
      for (std::size_t value = 0; value < recorded.values.size(); ++value) {
        numbers.push_back({.name = value_name(variable.name, recorded.dimensions, value),
                           .unit = variable.unit,
                           .date = plan.time.date(step)});
      }
    }
  }
  for (const OutcomePlan& outcome : plan.outcomes) numbers.push_back({.name = outcome.name, .unit = {}, .date = {}});
  return numbers;
}

void require_memory(std::size_t changes, std::size_t numbers) {
  constexpr double most_bytes = 0x1p30;
  const double bytes = static_cast<double>((changes + 3) * numbers * static_cast<std::size_t>(unit_paths)) * 8;
  if (bytes <= most_bytes) return;
  throw ProgramError(exit_bad_data, fmt::format("moniac: {} recorded numbers are too many to attribute ({})\n   record "
                                                "fewer, such as with --set record.dates=end",
                                                grouped(static_cast<std::int64_t>(numbers)), bytes_text(bytes)));
}

}  // namespace

std::vector<ChangedInputs> changed_inputs(const ComparedInput& a, const ComparedInput& b,
                                          const std::vector<std::string>& groups) {
  std::vector<InputDifference> rest = inputs_that_differ(a, b);
  if (rest.empty()) {
    throw ProgramError(exit_bad_data, fmt::format("moniac: no input of {} differs from {}", b.path, a.path));
  }
  std::vector<ChangedInputs> changes;
  for (const std::string& text : groups) {
    const InputGroup group = group_of(text);
    changes.push_back({group.name, {}});
    for (const std::string& prefix : group.prefixes) take(prefix, rest, changes.back());
  }
  for (const InputDifference& input : rest) changes.push_back({input.name, {input}});
  if (changes.size() <= most_shapley_players) return changes;
  throw ProgramError(exit_bad_data,
                     fmt::format("moniac: {} inputs differ, and each doubles the work: at most {} can be told apart\n"
                                 "   join some, as in --group tariffs=levers.trade,events; they are {}",
                                 changes.size(), most_shapley_players, names_text(rest)));
}

std::int64_t paths_to_attribute(const ComparedInput& a, std::size_t changes) {
  return a.plan.paths * (std::int64_t{1} << changes);
}

Attribution attribute(const ComparedInput& a, const ComparedInput& b, const std::vector<ChangedInputs>& changes,
                      const Catalogue& catalogue, const Execution& execution) {
  const CommonRecord common = common_record(a.plan, b.plan);
  const Mixtures mixtures(a, b, changes, common, catalogue);
  const Plan none = mixtures.plan(0);
  Attribution result{.title = difference_title(a, b),
                     .extent = extent_text(question_of(a.plan)),
                     .changes = changes,
                     .numbers = numbers_of(none),
                     .left_out = common.left_out,
                     .paths = a.plan.paths};
  require_memory(changes.size(), result.numbers.size());
  const PlanFamily family{.count = mixtures.count(), .paths = a.plan.paths, .plan = [&](std::size_t coalition) {
                            return mixtures.plan(coalition);
                          }};
  const Combinations found = combine(family, weights_of(changes.size()), execution);
  for (std::size_t i = 0; i < result.numbers.size(); ++i) {
    const auto mean = [&](std::size_t row) {
      return PairedMean{found.moments[row][i].mean, found.moments[row][i].standard_error()};
    };
    AttributedNumber& number = result.numbers[i];
    number.in_a = mean(0), number.in_b = mean(1), number.difference = mean(2);
    for (std::size_t change = 0; change < changes.size(); ++change) number.contributions.push_back(mean(3 + change));
  }
  std::stable_partition(result.numbers.begin(), result.numbers.end(), [](const auto& n) { return !n.date; });
  result.paths_used = found.paths_used;
  result.verdict = *std::max_element(found.verdicts.begin(), found.verdicts.end());
  return result;
}

}  // namespace moniac
