#include "sim/scenario/outcome_references.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace moniac {

namespace {

using Kind = OutcomeSpec::Kind;

// The names under which an outcome can be a part of another.
std::vector<std::string> names_as_part(const OutcomeSpec& outcome) {
  if (outcome.kind != Kind::buckets) return {outcome.name};
  std::vector<std::string> names;
  if (!outcome.buckets) return names;
  for (const std::string& label : outcome.buckets->labels) names.push_back(bucket_name(outcome.name, label));
  return names;
}

void collect_named(const OutcomeSpec& outcome, std::vector<const OutcomeSpec*>& named) {
  for (const OutcomeSpec& part : outcome.parts) {
    if (part.kind == Kind::named) named.push_back(&part);
    collect_named(part, named);
  }
}

// Which outcome names which. Without recursion over the outcomes, of which a chain can be long.
class References {
 public:
  explicit References(const std::vector<OutcomeSpec>& outcomes) : outcomes_(outcomes) {
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
      for (std::string& name : names_as_part(outcomes[o])) index_.emplace(std::move(name), o);
    }
    for (const OutcomeSpec& outcome : outcomes) collect_named(outcome, parts_.emplace_back());
  }

  // Kahn (1962).
  std::vector<std::size_t> order() const {
    std::vector<std::size_t> missing(outcomes_.size()), ready;
    std::vector<std::vector<std::size_t>> users(outcomes_.size());
    for (std::size_t o = 0; o < outcomes_.size(); ++o) {
      for (const OutcomeSpec* part : parts_[o]) {
        const auto found = index_.find(part->name);
        if (found == index_.end()) continue;
        users[found->second].push_back(o);
        ++missing[o];
      }
      if (missing[o] == 0) ready.push_back(o);
    }
    for (std::size_t next = 0; next < ready.size(); ++next) {
      for (const std::size_t user : users[ready[next]]) {
        if (--missing[user] == 0) ready.push_back(user);
      }
    }
    return ready;
  }

  void report_unknown(Problems& problems) const {
    constexpr std::size_t most_names = 1000;  // among more the nearest one would take long to find
    std::vector<std::string> known;
    for (const auto& [name, outcome] : index_) {
      if (index_.size() <= most_names) known.push_back(name);
    }
    for (const auto& parts : parts_) {
      for (const OutcomeSpec* part : parts) {
        if (!index_.contains(part->name)) report_unknown(*part, known, problems);
      }
    }
  }

  // One loop, if there is any.
  void report_loop(Problems& problems) const {
    std::vector<bool> looped(outcomes_.size(), true);
    for (const std::size_t o : order()) looped[o] = false;
    const auto first = std::find(looped.begin(), looped.end(), true);
    if (first == looped.end()) return;
    std::vector<std::size_t> way = {static_cast<std::size_t>(first - looped.begin())};
    while (true) {
      const OutcomeSpec& part = looped_part(way.back(), looped);
      const std::size_t next = index_.at(part.name);
      const auto before = std::find(way.begin(), way.end(), next);
      if (before != way.end()) return report_loop({before, way.end()}, part, problems);
      way.push_back(next);
    }
  }

 private:
  void report_unknown(const OutcomeSpec& part, const std::vector<std::string>& known, Problems& problems) const {
    const std::string owner = part.name.substr(0, part.name.find('['));
    const auto same = std::find_if(outcomes_.begin(), outcomes_.end(), [&](const OutcomeSpec& outcome) {
      return outcome.kind == Kind::buckets && outcome.name == owner;
    });
    if (same == outcomes_.end() || (same->buckets && part.name != owner)) {
      problems.add(part.place, fmt::format("no outcome is named {}", in_quotes(part.name)),
                   suggestion(part.name, known));
    } else if (same->buckets) {
      problems.add(part.place, fmt::format("{} has buckets, and none is named", in_quotes(part.name)),
                   fmt::format("pick one: \"{}\"", bucket_name(part.name, same->buckets->labels.front())));
    }
  }

  const OutcomeSpec& looped_part(std::size_t outcome, const std::vector<bool>& looped) const {
    const auto found = std::find_if(parts_[outcome].begin(), parts_[outcome].end(), [&](const OutcomeSpec* part) {
      const auto named = index_.find(part->name);
      return named != index_.end() && looped[named->second];
    });
    return **found;
  }

  void report_loop(const std::vector<std::size_t>& loop, const OutcomeSpec& closing, Problems& problems) const {
    constexpr std::size_t shown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(loop.size(), shown); ++i) text += outcomes_[loop[i]].name + " → ";
    if (loop.size() > shown) text += "… → ";
    const std::string& name = outcomes_[loop.front()].name;
    problems.add(closing.place, fmt::format("outcome {0} is a part of itself: {1}{0}", name, text),
                 "take it out of one of them");
  }

  const std::vector<OutcomeSpec>& outcomes_;
  std::map<std::string, std::size_t> index_;            // by name as part
  std::vector<std::vector<const OutcomeSpec*>> parts_;  // that are named, by outcome
};

}  // namespace

std::string bucket_name(const std::string& outcome, const std::string& label) {
  return outcome + "[" + label + "]";
}

void check_references(const std::vector<OutcomeSpec>& outcomes, Problems& problems) {
  const References references(outcomes);
  references.report_unknown(problems);
  references.report_loop(problems);
}

std::vector<std::size_t> by_dependence(const std::vector<OutcomeSpec>& outcomes) {
  return References(outcomes).order();
}

}  // namespace moniac
