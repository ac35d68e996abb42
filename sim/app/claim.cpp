#include "sim/app/claim.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "sim/app/trial_files.h"
#include "sim/scenario/document.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/number.h"
#include "sim/scenario/source.h"

namespace moniac {

namespace {

Node list_of(const Node& item) {
  return {
      .kind = Node::Kind::sequence, .place = item.place, .text = {}, .quoted = false, .items = {item}, .entries = {}};
}

Node mapping_of(const std::vector<std::pair<std::string, Node>>& entries, const Place& place) {
  Node node{.kind = Node::Kind::mapping, .place = place, .text = {}, .quoted = false, .items = {}, .entries = {}};
  for (const auto& [key, value] : entries) node.add(word(key, value.place), value);
  return node;
}

ClaimName read_claim_name(const Fields& fields, Problems& problems) {
  ClaimName name;
  const Node* number = fields.require("claim", "number it: claim: 5");
  if (number) name.number = read_integer(*number, "claim", 1, 9999, problems).value_or(0);
  const Node* part = fields.find("part");
  if (!part) return name;
  name.part = read_text(*part, "part", problems).value_or("");
  if (name.part.size() != 1 || name.part[0] < 'a' || name.part[0] > 'z')
    problems.add(part->place, fmt::format("part = '{}' is no letter from a to z", name.part), "write part: a");
  return name;
}

Place place_of_name(const Node& claim) {
  const Node* part = claim.find("part");
  return part ? part->place : claim.place;
}

// Reads one claim from its file.
class ClaimReader {
 public:
  ClaimReader(const Node& tree, std::optional<std::int64_t> paths, Problems& problems)
      : fields_(tree, "the claim", keys_, problems), tree_(tree), paths_(paths), problems_(problems) {}

  Claim read() {
    claim_.place = place_of_name(tree_);
    claim_.name = read_claim_name(fields_, problems_);
    claim_.source = text("source", "say who: source: S1").value_or("");
    claim_.says = text("says", "say what is claimed").value_or("");
    claim_.mechanism = text("mechanism", "say by which mechanism").value_or("");
    if (fields_.find("fact")) claim_.fact = text("fact", "").value_or("");
    if (fields_.find("assumed")) claim_.assumed = text("assumed", "").value_or("");
    read_expectation();
    if (fields_.find("observed") || fields_.find("data")) {
      read_observation();
      return std::move(claim_);
    }
    const std::optional<Node> question = read_question();
    std::optional<Scenario> scenario = read_scenario_of(fields_, "scenario", problems_);
    if (!scenario || !question) return std::move(claim_);
    addressed_ = scenario->resolved;
    claim_.scenario = asking(*scenario, *question);
    if (fields_.find("other")) {
      if (const auto other = read_scenario_of(fields_, "other", problems_)) claim_.other = asking(*other, *question);
    }
    claim_.change = settings("change");
    claim_.given = settings("given");
    read_drivers();
    return std::move(claim_);
  }

 private:
  static const std::vector<std::string> keys_;

  std::optional<std::string> text(const std::string& key, const std::string& remedy) {
    return read_required_text(fields_, key, remedy, problems_);
  }

  void read_expectation() {
    const Node* node = fields_.require("expect", "write positive, negative, none, or {from: 1 %, to: 2 %}");
    if (fields_.find("slight")) claim_.slight = read_quantity(*fields_.find("slight"), problems_);
    if (!node) return;
    if (node->kind != Node::Kind::mapping) {
      const auto choice = read_choice(*node, "expect", {"positive", "negative", "none"}, problems_);
      claim_.expected = static_cast<Expectation::Kind>(choice.value_or(0));
      return;
    }
    claim_.expected = Expectation::Kind::range;
    const Fields ends(*node, "expect", {"from", "to"}, problems_);
    const Node *from = ends.require("from", "write from: 1 %"), *to = ends.require("to", "write to: 2 %");
    if (from) claim_.low = read_quantity(*from, problems_);
    if (to) claim_.high = read_quantity(*to, problems_);
  }

  // A number of the data, which a range is held against.
  void read_observation() {
    claim_.measure = text("data", "say what was observed: data: saving rate of households, 2024").value_or("");
    const Node* node = fields_.require("observed", "write observed: 31.7 %");
    if (node) claim_.observed = read_quantity(*node, problems_);
    if (claim_.expected != Expectation::Kind::range) {
      problems_.add(node ? node->place : tree_.place, "a number observed needs a range to lie in",
                    "write expect: {from: 20 %, to: 30 %}");
    }
    for (const char* key : {"scenario", "other", "set", "change", "given", "event", "variable", "on", "drivers"}) {
      const Node* found = tree_.find(key);
      if (found) problems_.add(found->place, fmt::format("a claim on data has no '{}'", key), "leave one of them out");
    }
  }

  // What a scenario must ask: outcomes and record.
  std::optional<Node> read_question() {
    const Node *event = fields_.find("event"), *variable = fields_.find("variable");
    if ((event != nullptr) == (variable != nullptr)) {
      problems_.add(tree_.place, "the claim needs either 'event' or 'variable'",
                    "write variable: us.y10 with on: 2026-12-31, or event: {any: {us.y10: {above: 5 %/year}}}");
      return {};
    }
    if (event) {
      claim_.measure = "event";
      return mapping_of({{"outcomes", mapping_of({{"event", *event}}, event->place)},
                         {"record", mapping_of({{"dates", word("end", event->place)}}, event->place)}},
                        event->place);
    }
    const auto name = read_variable(*variable, "the claim", problems_);
    if (!name) return {};
    const Node* on = fields_.find("on");
    claim_.measure = fmt::format("{} {}", name->text, on ? "on " + on->text : "at the end");
    const Node dates = on ? list_of(*on) : word("end", variable->place);
    return mapping_of({{"record", mapping_of({{"variables", list_of(*variable)}, {"dates", dates}}, variable->place)}},
                      variable->place);
  }

  // The scenario with what both sides set, asking for nothing but the measure.
  Scenario asking(const Scenario& scenario, const Node& question) {
    std::vector<Change> changes = {{{"outcomes"}, {}}, {{"record"}, {}}, {{"sweep"}, {}}};
    for (const auto& [section, value] : question.entries) changes.push_back({{section.text}, value});
    changes.push_back(paths_at_most(default_paths, scenario, tree_.place));
    for (Change& change : settings("set")) changes.push_back(std::move(change));
    if (paths_) changes.push_back(paths_at_most(*paths_, scenario, tree_.place));
    return changed(scenario, changes, problems_);
  }

  std::vector<Change> settings(const std::string& key) { return read_settings(fields_, key, addressed_, problems_); }

  void read_drivers() {
    const Node* node = fields_.find("drivers");
    if (!node || !expect(Node::Kind::mapping, *node, "drivers", "{us.policy_rate.phi_pi: [1.2, 2]}", problems_)) return;
    for (const auto& [name, ends] : node->entries) {
      const auto address = find_address(addressed_, name.text, name.place, problems_);
      if (ends.kind != Node::Kind::sequence || ends.items.size() != 2) {
        problems_.add(ends.place, fmt::format("{} needs both ends of its plausible range", name.text),
                      "write them as a list: [0.3, 0.9]");
      } else if (address) {
        claim_.drivers.push_back({name.text, {{*address, ends.items[0]}, {*address, ends.items[1]}}});
      }
    }
  }

  const Fields fields_;
  const Node& tree_;
  const std::optional<std::int64_t> paths_;
  Problems& problems_;
  Node addressed_;  // what the addresses of settings are looked up in
  Claim claim_;
};

const std::vector<std::string> ClaimReader::keys_ = {
    "claim", "part",     "source", "says",   "mechanism", "scenario", "other",   "set",  "change", "given",
    "event", "variable", "on",     "expect", "slight",    "drivers",  "assumed", "fact", "data",   "observed"};

UntestedClaim read_untested(const Node& node, Problems& problems) {
  const Fields fields(node, "a claim that is not tested", {"claim", "part", "source", "says", "why"}, problems);
  UntestedClaim claim;
  claim.place = place_of_name(node);
  claim.name = read_claim_name(fields, problems);
  const auto text = [&](const char* key) {
    const Node* value = fields.require(key, fmt::format("write {}: …", key));
    return value ? read_text(*value, key, problems).value_or("") : "";
  };
  claim.source = text("source"), claim.says = text("says"), claim.reason = text("why");
  return claim;
}

void read_file(const std::string& path, std::optional<std::int64_t> paths, ClaimCollection& found, Problems& problems) {
  const auto source = read_named_source(path, {}, problems);
  if (!source) return;
  const std::size_t before = problems.list().size();
  const Node tree = read_document(source, problems);
  if (problems.list().size() > before) return;
  if (const Node* untested = tree.find("not_tested")) {
    for (const Node& item : untested->items) found.untested.push_back(read_untested(item, problems));
    return;
  }
  found.claims.push_back(ClaimReader(tree, paths, problems).read());
  found.claims.back().file = std::filesystem::path(path).filename().string();
}

// A number stands once, or in parts, of which there are at least two.
void check_names(const ClaimCollection& found, Problems& problems) {
  std::vector<std::pair<ClaimName, Place>> all;
  for (const Claim& claim : found.claims) all.emplace_back(claim.name, claim.place);
  for (const UntestedClaim& claim : found.untested) all.emplace_back(claim.name, claim.place);
  for (auto one = all.begin(); one != all.end(); ++one) {
    const ClaimName& name = one->first;
    const Place& place = one->second;
    const auto same = std::find_if(all.begin(), one, [&](const auto& other) { return other.first == name; });
    if (same != one) problems.add(place, fmt::format("claim {} is there twice", name.text()), "keep one", same->second);
    const auto part = std::find_if(all.begin(), all.end(), [&](const auto& other) {
      return other.first.number == name.number && other.first != name;
    });
    if (name.part.empty() && part != all.end()) {
      problems.add(place, fmt::format("claim {} is there in parts as well", name.text()),
                   "give it a 'part', or leave it out", part->second);
    }
    if (!name.part.empty() && part == all.end())
      problems.add(place, fmt::format("claim {} has no other part", name.text()), "add it, or leave out 'part'");
  }
}

}  // namespace

ClaimCollection read_claims(const std::string& folder, std::optional<std::int64_t> paths, Problems& problems) {
  ClaimCollection found;
  for (const std::string& file : yaml_files(folder, "claims")) read_file(file, paths, found, problems);
  check_names(found, problems);
  const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
  std::sort(found.claims.begin(), found.claims.end(), by_name);
  std::sort(found.untested.begin(), found.untested.end(), by_name);
  return found;
}

Scenario variant(const Claim& claim, bool with_change, bool with_given, const Change* driver, Problems& problems) {
  std::vector<Change> changes;
  if (driver != nullptr) changes.push_back(*driver);
  if (with_given) changes.insert(changes.end(), claim.given.begin(), claim.given.end());
  if (with_change) changes.insert(changes.end(), claim.change.begin(), claim.change.end());
  return changed(with_change && claim.other ? *claim.other : claim.scenario, changes, problems);
}

}  // namespace moniac
