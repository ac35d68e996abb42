// Hindcasts as files.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "sim/app/hindcast.h"
#include "sim/app/trial_files.h"
#include "sim/scenario/document.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/source.h"

namespace moniac {

namespace {

const std::vector<std::string> keys = {"episode",  "scenario", "set",         "outcomes",
                                       "observed", "source",   "random_walk", "note"};

// Reads one hindcast from its file.
class HindcastReader {
 public:
  HindcastReader(const Node& tree, std::optional<std::int64_t> paths, const Catalogue& catalogue, Problems& problems)
      : fields_(tree, "the hindcast", keys, problems), paths_(paths), catalogue_(catalogue), problems_(problems) {
    hindcast_.place = tree.place;
  }

  Hindcast read() {
    hindcast_.episode = text("episode", "name it: episode: The yen in autumn 2022");
    hindcast_.source = text("source", "say where what was observed comes from");
    hindcast_.note = text("note", "say what the scenario misses, and why");
    const std::optional<Scenario> scenario = read_scenario_of(fields_, "scenario", problems_);
    const Node* observed = fields_.require("observed", "write {us.y10: {2023-06-30: 3.81 %/year}}, or name a CSV file");
    if (!scenario || !observed) return std::move(hindcast_);
    hindcast_.scenario_file = fields_.find("scenario")->text;
    const std::size_t before = problems_.list().size();
    hindcast_.scenario = of_the_episode(*scenario);
    if (problems_.list().size() > before) return std::move(hindcast_);
    if (const std::optional<Plan> plan = planned()) read_observed(*observed, *plan);
    return std::move(hindcast_);
  }

 private:
  std::string text(const std::string& key, const std::string& remedy) {
    return read_required_text(fields_, key, remedy, problems_).value_or("");
  }

  // The scenario with what the hindcast sets and asks.
  Scenario of_the_episode(const Scenario& scenario) {
    std::vector<Change> changes = {{{"sweep"}, {}}, paths_at_most(default_paths, scenario, hindcast_.place)};
    for (Change& change : read_settings(fields_, "set", scenario.resolved, problems_)) {
      refuse_second_imposition(change, scenario.resolved);
      changes.push_back(std::move(change));
    }
    for (const auto& [name, outcome] : asked()) changes.push_back({{"outcomes", name.text}, outcome});
    if (paths_) changes.push_back(paths_at_most(*paths_, scenario, hindcast_.place));
    return changed(scenario, changes, problems_);
  }

  // The questions that the hindcast adds to those of the scenario.
  std::vector<Node::Entry> asked() {
    const Node* node = fields_.find("outcomes");
    if (!node ||
        !expect(Node::Kind::mapping, *node, "outcomes", "{high: {any: {us.y10: {above: 5 %/year}}}}", problems_))
      return {};
    return node->entries;
  }

  void refuse_second_imposition(const Change& change, const Node& resolved) {
    if (change.address.front() != "impose" || change.value.kind == Node::Kind::null) return;
    const Node* imposed = resolved.find("impose");
    const std::string& name = change.address.back();
    if (!imposed || !imposed->find(name)) return;
    problems_.add(change.value.place, fmt::format("the scenario imposes {} already", name),
                  "two imposed paths overlap: leave one of them out", imposed->find(name)->place);
  }

  std::optional<Plan> planned() {
    try {
      return Plan::make(hindcast_.scenario, catalogue_);
    } catch (const ScenarioError& error) {
      for (const Problem& problem : error.problems()) {
        problems_.add(problem.place, problem.message, problem.remedy, problem.second);
      }
      return {};
    }
  }

  void read_observed(const Node& observed, const Plan& plan) {
    if (observed.kind == Node::Kind::mapping) {
      hindcast_.observed = read_observations(observed, hindcast_.scenario, plan, problems_);
    } else if (const auto file = read_text(observed, "observed", problems_)) {
      const auto csv = read_named_source(path_beside(*observed.place.source, *file), observed.place, problems_);
      if (csv) hindcast_.observed = read_observations(csv, hindcast_.scenario, plan, problems_);
    }
    for (const ObservedNumber& number : hindcast_.observed.numbers) refuse_given(number, plan);
    for (const auto& [name, outcome] : asked()) require_answer(name);
    read_random_walk(plan);
    hindcast_.scenario = recording(std::move(hindcast_.scenario), hindcast_.observed);
  }

  void require_answer(const Node& name) {
    const auto& outcomes = hindcast_.observed.outcomes;
    const auto is_it = [&](const ObservedOutcome& outcome) { return outcome.name == name.text; };
    if (std::any_of(outcomes.begin(), outcomes.end(), is_it)) return;
    problems_.add(name.place, fmt::format("{} is asked and not observed", name.text),
                  fmt::format("write observed: {{{}: 1}}, or 0", name.text));
  }

  // What the scenario was told is no forecast.
  void refuse_given(const ObservedNumber& number, const Plan& plan) {
    const auto given = [&](const std::string& how) {
      problems_.add(number.variable.place,
                    fmt::format("{} {} on {}, so it is no forecast", number.variable.text, how, iso(number.date)),
                    "leave this out");
    };
    if (number.date == plan.time.start) return given("is where the scenario starts");
    const auto [variable, column] = found(number.variable.text, plan);
    if (variable->kind == Variable::Kind::lever) return given("is a lever");
    const auto step = static_cast<std::size_t>(*plan.time.step_of(number.date));
    for (const Imposition& imposed : plan.impositions) {
      if (imposed.column == column && imposed.values[step]) return given("is imposed");
    }
  }

  // A variable that is observed, and its column.
  static std::pair<const Variable*, int> found(const std::string& name, const Plan& plan) {
    for (const Variable& variable : plan.variables) {
      for (int value = 0; value < variable.width(); ++value) {
        if (variable.name_of(value) == name) return {&variable, variable.column + value};
      }
    }
    throw std::logic_error(name + " is observed and not there");
  }

  void read_random_walk(const Plan& plan) {
    const Node* node = fields_.find("random_walk");
    if (!node || !expect(Node::Kind::mapping, *node, "random_walk", "{us.y10: 1 %/year}", problems_)) return;
    std::vector<std::string> names;
    for (const ObservedNumber& number : hindcast_.observed.numbers) names.push_back(number.variable.text);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (const auto& [name, value] : node->entries) {
      if (std::find(names.begin(), names.end(), name.text) == names.end()) {
        problems_.add(name.place, fmt::format("{} is not observed", in_quotes(name.text)),
                      suggestion(name.text, names));
      } else if (const auto sd = read_deviation(value, found(name.text, plan).first->unit)) {
        hindcast_.walk[name.text] = *sd;
      }
    }
  }

  std::optional<double> read_deviation(const Node& value, const std::string& unit) {
    const auto quantity = read_quantity(value, "standard deviation", problems_);
    if (!quantity) return {};
    const auto sd = quantity->unit.empty()
                        ? std::optional(quantity->number)
                        : convert(*quantity, unit, hindcast_.scenario.time.dt(), "standard deviation", problems_);
    if (!sd || *sd > 0) return sd;
    problems_.add(value.place, "the standard deviation of a year's change must be above 0",
                  "where nothing is given here the benchmark is no change");
    return {};
  }

  const Fields fields_;
  const std::optional<std::int64_t> paths_;
  const Catalogue& catalogue_;
  Problems& problems_;
  Hindcast hindcast_;
};

}  // namespace

std::vector<Hindcast> read_hindcasts(const std::string& folder, std::optional<std::int64_t> paths,
                                     const Catalogue& catalogue, Problems& problems) {
  std::vector<Hindcast> found;
  for (const std::string& path : yaml_files(folder, "hindcasts")) {
    const auto source = read_named_source(path, {}, problems);
    if (!source) continue;
    const std::size_t before = problems.list().size();
    const Node tree = read_document(source, problems);
    if (problems.list().size() > before) continue;
    found.push_back(HindcastReader(tree, paths, catalogue, problems).read());
    found.back().name = std::filesystem::path(path).stem().string();
  }
  return found;
}

}  // namespace moniac
