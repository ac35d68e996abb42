#include "sim/engine/question_text.h"

#include <fmt/format.h>

namespace moniac {

namespace {

const char* word(Predicate::Test test) {
  switch (test) {
    case Predicate::Test::above:
      return "above";
    case Predicate::Test::below:
      return "below";
    case Predicate::Test::crosses_up:
      return "crosses up";
    case Predicate::Test::crosses_down:
      return "crosses down";
  }
  return "";
}

// What a ratio or a difference is taken against.
std::string base_text(const Measure& measure) {
  if (const auto* length = std::get_if<Quantity>(&measure.base)) return fmt::format("{} before", to_text(*length));
  if (const auto* other = std::get_if<Name>(&measure.base)) return other->text;
  if (const auto* date = std::get_if<Date>(&measure.base)) return "its value on " + iso(*date);
  return "its value at the start";
}

std::string window_text(const Measure& measure) {
  const auto* length = std::get_if<Quantity>(&measure.base);
  return length ? to_text(*length) : "";
}

std::string transform_text(const Measure& measure) {
  const std::string& name = measure.variable.text;
  switch (measure.transform) {
    case Measure::Transform::none:
      break;
    case Measure::Transform::change:
      return fmt::format("change of {} over {}", name, window_text(measure));
    case Measure::Transform::ratio:
      return fmt::format("ratio of {} to {}", name, base_text(measure));
    case Measure::Transform::diff_from:
      return fmt::format("{} less {}", name, base_text(measure));
    case Measure::Transform::mean:
      return fmt::format("mean of {} over {}", name, window_text(measure));
    case Measure::Transform::drawdown:
      return fmt::format("drawdown of {}", name);
    case Measure::Transform::relative_drawdown:
      return fmt::format("relative drawdown of {}", name);
  }
  return name;
}

std::string joined(const Condition& condition, const char* joint) {
  std::string text;
  for (const Condition& part : condition.parts) {
    const bool simple = part.kind == Condition::Kind::predicate || part.kind == Condition::Kind::none_of;
    text += (text.empty() ? "" : joint) + (simple ? in_words(part) : "(" + in_words(part) + ")");
  }
  return text;
}

// Names as they are, outcomes written in their place in parentheses.
std::string joined(const OutcomeSpec& outcome, const std::string& joint) {
  std::string text;
  for (const OutcomeSpec& part : outcome.parts) {
    const bool named = part.kind == OutcomeSpec::Kind::named;
    text += (text.empty() ? "" : joint) + (named ? part.name : "(" + in_words(part) + ")");
  }
  return text;
}

std::string sequence_text(const OutcomeSpec& outcome) {
  std::string gap;
  if (outcome.least_gap) gap += " at least " + to_text(*outcome.least_gap);
  if (outcome.most_gap) gap += (outcome.least_gap ? " and at most " : " at most ") + to_text(*outcome.most_gap);
  return joined(outcome, gap.empty() ? ", then " : ", then" + gap + " later ");
}

std::string body_text(const OutcomeSpec& outcome) {
  const std::string condition = outcome.condition ? in_words(*outcome.condition) : "";
  switch (outcome.kind) {
    case OutcomeSpec::Kind::any:
      return condition + ", at any step";
    case OutcomeSpec::Kind::all:
      return condition + ", at every step";
    case OutcomeSpec::Kind::first:
      return condition + ", first passage";
    case OutcomeSpec::Kind::run:
      return condition + ", for " + (outcome.duration ? to_text(*outcome.duration) : "") + " in a row";
    case OutcomeSpec::Kind::sequence:
      return sequence_text(outcome);
    case OutcomeSpec::Kind::all_of:
      return joined(outcome, " and ");
    case OutcomeSpec::Kind::any_of:
      return joined(outcome, " or ");
    case OutcomeSpec::Kind::none_of:
      return "not " + joined(outcome, "");
    case OutcomeSpec::Kind::buckets:
    case OutcomeSpec::Kind::named:
      break;
  }
  return outcome.name;
}

}  // namespace

std::string in_words(const Measure& measure) {
  std::string text = transform_text(measure);
  if (!measure.at) return text;
  const bool compares = !std::holds_alternative<std::monostate>(measure.base) && window_text(measure).empty();
  return (compares ? "(" + text + ")" : text) + " on " + iso(*measure.at);
}

std::string in_words(const Condition& condition) {
  const Predicate& predicate = condition.predicate;
  switch (condition.kind) {
    case Condition::Kind::predicate:
      return fmt::format("{} {} {}", in_words(predicate.measure), word(predicate.test), to_text(predicate.level));
    case Condition::Kind::all_of:
      return joined(condition, " and ");
    case Condition::Kind::any_of:
      return joined(condition, " or ");
    case Condition::Kind::none_of: {
      const std::string part = joined(condition, "");
      return condition.parts.front().kind == Condition::Kind::none_of ? "not (" + part + ")" : "not " + part;
    }
  }
  return "";
}

std::string in_words(const OutcomeSpec& outcome) {
  std::string text = body_text(outcome);
  if (!outcome.within) return text;
  const char* comma = outcome.kind == OutcomeSpec::Kind::sequence ? ", all" : "";
  return fmt::format("{}{} within {}", text, comma, to_text(*outcome.within));
}

std::string in_words(const BucketSpec& buckets, std::size_t bucket) {
  const std::string measure = in_words(buckets.measure);
  const std::vector<Quantity>& edges = buckets.edges;
  if (bucket == 0) return fmt::format("{} below {}", measure, to_text(edges.front()));
  if (bucket == edges.size()) return fmt::format("{} at {} or above", measure, to_text(edges.back()));
  return fmt::format("{} from {} to below {}", measure, to_text(edges[bucket - 1]), to_text(edges[bucket]));
}

}  // namespace moniac
