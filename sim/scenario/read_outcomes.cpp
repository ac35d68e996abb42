// Outcomes: questions about a path.
#include <fmt/format.h>

#include "sim/scenario/conditions.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/outcome_references.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/sections.h"

namespace moniac {

namespace {

using Kind = OutcomeSpec::Kind;

// Reads one outcome with all its parts. Messages name the outcome of the file that they belong to.
class OutcomeReader {
 public:
  OutcomeReader(std::string name, const Calendar* time, Problems& problems)
      : name_(std::move(name)), time_(time), problems_(problems) {}

  std::optional<OutcomeSpec> read(const Node& node) {
    const Fields fields{node, "outcome " + name_, names_of(outcome_keys()), problems_};
    OutcomeSpec outcome;
    outcome.place = node.place;
    const auto kind = fields.valid() ? find_kind(node) : std::nullopt;
    if (!kind) return {};
    outcome.kind = static_cast<Kind>(*kind);
    read_body(*node.find(word_of(outcome)), outcome);
    read_window(fields, outcome);
    read_run_length(fields, outcome, node);
    read_gap(fields, outcome);
    return outcome;
  }

 private:
  std::optional<std::size_t> find_kind(const Node& node) {
    const Words& kinds = outcome_kinds();
    const KindMessages messages{
        .two = fmt::format("outcome {} is of two kinds", name_),
        .keep_one = fmt::format("keep one of {}; write a second outcome for the other", fmt::join(kinds, ", ")),
        .none = fmt::format("outcome {} has no condition", name_),
        .write_one = "write any:, all:, first: or run: {us.y10: {above: 5 %/year}}"};
    return read_kind(node, kinds, messages, problems_);
  }

  static const std::string& word_of(const OutcomeSpec& outcome) {
    return outcome_kinds()[static_cast<std::size_t>(outcome.kind)];
  }

  void read_body(const Node& body, OutcomeSpec& outcome) {
    switch (outcome.kind) {
      case Kind::any:
      case Kind::all:
      case Kind::first:
      case Kind::run:
        outcome.condition = read_conditions(body, word_of(outcome), "outcome", time_, problems_);
        break;
      case Kind::none_of:
        read_part(body, outcome);
        break;
      case Kind::buckets:
        outcome.buckets = read_buckets(body, time_, problems_);
        break;
      default:
        read_parts(body, outcome);
    }
  }

  void read_parts(const Node& list, OutcomeSpec& outcome) {
    const std::string& word = word_of(outcome);
    if (!expect(Node::Kind::sequence, list, word, "[sell_off, rate_cut]", problems_)) return;
    if (list.items.size() < 2) {
      problems_.add(list.place, fmt::format("this '{}' joins fewer than two outcomes", word),
                    fmt::format("write {}: [sell_off, rate_cut]", word));
    }
    for (const Node& item : list.items) read_part(item, outcome);
  }

  // The name of another outcome, or an outcome in its place.
  void read_part(const Node& node, OutcomeSpec& outcome) {
    if (node.kind == Node::Kind::scalar) {
      OutcomeSpec part;
      part.name = node.text;
      part.kind = Kind::named;
      part.place = node.place;
      outcome.parts.push_back(std::move(part));
      return;
    }
    const bool condition = node.kind == Node::Kind::mapping && !node.entries.empty() &&
                           node.entries.front().key.text.find('.') != std::string::npos;
    if (condition) {
      problems_.add(node.place,
                    fmt::format("'{}' of outcome {} joins outcomes, and this is a condition", word_of(outcome), name_),
                    fmt::format("say in which step it must hold: any: {}", flow_text(node)));
    } else if (auto part = read(node)) {
      if (part->kind == Kind::buckets) {
        problems_.add(node.place, "buckets need a name of their own", "write them as an outcome, and name one of them");
      }
      outcome.parts.push_back(std::move(*part));
    }
  }

  void read_window(const Fields& fields, OutcomeSpec& outcome) {
    const Node* within = fields.find("within");
    if (!within) return;
    if (outcome.kind > Kind::sequence) {
      problems_.add(within->place, fmt::format("'within' has no place in an outcome by '{}'", word_of(outcome)),
                    outcome.kind == Kind::buckets ? "write at: with a date beside the edges"
                                                  : "write it in the outcomes that are joined");
      return;
    }
    outcome.within = read_quantity(*within, "within", problems_);
    if (!outcome.within || !time_) return;
    const auto steps = read_steps(*outcome.within, *time_, "within", problems_);
    if (steps && *steps > time_->steps) {
      problems_.add(within->place, fmt::format("within = {} is longer than the run", within->text),
                    fmt::format("the run ends on {}", iso(time_->date(time_->steps))));
    }
  }

  void read_run_length(const Fields& fields, OutcomeSpec& outcome, const Node& node) {
    const Node* length = fields.find("for");
    const bool run = outcome.kind == Kind::run;
    if (run && !length) {
      problems_.add(node.place, fmt::format("outcome {} is a run without 'for'", name_),
                    "write for: 3 months, the least length of the run");
    } else if (length && !run) {
      problems_.add(length->place, fmt::format("'for' belongs to a run, and outcome {} is none", name_),
                    "write run: {…} instead, or 'within' for a window");
    } else if (length) {
      outcome.duration = read_length(*length, "for", time_, problems_);
    }
  }

  void read_gap(const Fields& fields, OutcomeSpec& outcome) {
    const Node* gap = fields.find("gap");
    if (!gap) return;
    if (outcome.kind != Kind::sequence) {
      problems_.add(gap->place, fmt::format("'gap' belongs to a sequence, and outcome {} is none", name_),
                    "write sequence: [sell_off, rate_cut] instead");
    } else if (gap->kind == Node::Kind::scalar) {
      outcome.most_gap = read_length(*gap, "gap", time_, problems_);
    } else {
      const Fields ends{*gap, "gap", names_of(gap_keys()), problems_};
      if (const Node* least = ends.find("at_least"))
        outcome.least_gap = read_length(*least, "at_least", time_, problems_);
      if (const Node* most = ends.find("at_most")) outcome.most_gap = read_length(*most, "at_most", time_, problems_);
      check_gap(*gap, outcome);
    }
  }

  void check_gap(const Node& gap, const OutcomeSpec& outcome) {
    if (!outcome.least_gap || !outcome.most_gap || !time_) return;
    Problems told_before;
    const auto least = read_steps(*outcome.least_gap, *time_, told_before);
    const auto most = read_steps(*outcome.most_gap, *time_, told_before);
    if (least && most && *least > *most) {
      problems_.add(gap.place, fmt::format("a gap of at least {} steps and at most {} is impossible", *least, *most));
    }
  }

  const std::string name_;
  const Calendar* time_;
  Problems& problems_;
};

}  // namespace

std::vector<OutcomeSpec> read_outcomes(const Node& node, const Calendar* time, Problems& problems) {
  std::vector<OutcomeSpec> all;
  if (!expect(Node::Kind::mapping, node, "outcomes", "{high_rates: {any: {us.y10: {above: 5 %/year}}}}", problems)) {
    return all;
  }
  for (const auto& [key, value] : node.entries) {
    check_name(key, "an outcome", problems);
    // What cannot be understood keeps its name, so that parts of others which name it are not wrong as well.
    OutcomeSpec outcome = OutcomeReader(key.text, time, problems).read(value).value_or(OutcomeSpec{});
    outcome.name = key.text;
    outcome.place = key.place;
    all.push_back(std::move(outcome));
  }
  check_references(all, problems);
  return all;
}

}  // namespace moniac
