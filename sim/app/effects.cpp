#include "sim/app/effects.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/app/input_files.h"
#include "sim/app/text.h"
#include "sim/engine/same_outputs.h"
#include "sim/parallel/pipeline.h"
#include "sim/scenario/source.h"

namespace moniac {

namespace {

constexpr std::int64_t compared_paths = 512;
constexpr std::string_view option_mark = "--set ";  // how the name of an option's source begins

// Something that is set, and the scenario without it as text.
struct Setting {
  std::string name;  // "us.policy_rate.rho = 0.8 (outlook.yaml:14)"
  std::string without;
};

bool set_by_option(const Place& place) {
  return place.source && place.source->name.rfind(option_mark, 0) == 0;
}

std::string place_text(const Place& place) {
  return place.source ? fmt::format(" ({}:{})", place.source->name, place.line) : "";
}

void erase(Node& mapping, std::string_view key) {
  std::erase_if(mapping.entries, [&](const Node::Entry& entry) { return entry.key.text == key; });
}

// Whether an option is about the run, so that it is no wonder when no path changes.
bool about_the_run(const std::string& option) {
  const std::string head = option.substr(0, option.find_first_of(".="));
  const std::string_view run[] = {"title", "description", "time", "ensemble", "record"};
  return std::find(std::begin(run), std::end(run), head) != std::end(run);
}

// Lists what a scenario sets.
class Settings {
 public:
  explicit Settings(const Node& tree) : tree_(tree) {}

  std::vector<Setting> list() {
    list_models();
    for (const char* section : {"levers", "impose"}) list_entries(section);
    list_events();
    return std::move(settings_);
  }

 private:
  void add(const std::string& name, const Node& value, const Place& place, const Node& without) {
    if (set_by_option(place)) return;  // options are left out by themselves
    settings_.push_back({fmt::format("{} = {}{}", name, flow_text(value), place_text(place)), write_document(without)});
  }

  void list_models() {
    const Node* models = tree_.find("models");
    if (!models) return;
    for (const auto& [instance, given] : models->entries) {
      for (const auto& [key, value] : given.entries) {
        if (key.text == "model") continue;
        if (key.text == "inputs") {
          list_inputs(instance.text, value);
          continue;
        }
        Node without = tree_;
        erase(*without.find("models")->find(instance.text), key.text);
        add(instance.text + "." + key.text, value, key.place, without);
      }
    }
  }

  void list_inputs(const std::string& instance, const Node& inputs) {
    for (const auto& [key, value] : inputs.entries) {
      Node without = tree_;
      erase(*without.find("models")->find(instance)->find("inputs"), key.text);
      add(instance + ".inputs." + key.text, value, key.place, without);
    }
  }

  void list_entries(const std::string& section) {
    const Node* node = tree_.find(section);
    if (!node) return;
    for (const auto& [key, value] : node->entries) {
      Node without = tree_;
      erase(*without.find(section), key.text);
      if (without.find(section)->entries.empty()) erase(without, section);
      add(section + "." + key.text, value, key.place, without);
    }
  }

  void list_events() {
    const Node* events = tree_.find("events");
    if (!events) return;
    for (std::size_t i = 0; i < events->items.size(); ++i) {
      Node without = tree_;
      std::vector<Node>& items = without.find("events")->items;
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
      if (items.empty()) erase(without, "events");
      const Node& event = events->items[i];
      const Node* name = event.find("name");
      add(name ? "event " + name->text : "event", event, event.place, without);
    }
  }

  const Node& tree_;
  std::vector<Setting> settings_;
};

// Each --set option, and the scenario as the others leave it. One that the others need is left out: it has an effect.
std::vector<Setting> list_options(const Options& options) {
  std::vector<Setting> settings;
  for (std::size_t i = 0; i < options.set.size(); ++i) {
    if (about_the_run(options.set[i])) continue;
    Options others = options;
    others.set.erase(others.set.begin() + static_cast<std::ptrdiff_t>(i));
    Problems problems;
    const Scenario scenario = load_scenario(options.arguments.front(), others, problems);
    if (problems.empty()) settings.push_back({"--set " + options.set[i], write_document(scenario.resolved)});
  }
  return settings;
}

// A scenario that cannot do without the setting is another one.
bool same_without(const Setting& setting, const Plan& plan, const Catalogue& catalogue, const Kernels& kernels) {
  try {
    const Plan without = Plan::make(read_scenario(written_source("without", setting.without)), catalogue);
    return same_outputs(plan, without, std::min(plan.paths, compared_paths), kernels);
  } catch (const ScenarioError&) {
    return false;
  }
}

}  // namespace

std::string effects_text(const Scenario& scenario, const Plan& plan, const Options& options, const Catalogue& catalogue,
                         const Execution& execution) {
  std::vector<Setting> settings = list_options(options);
  std::vector<Setting> in_files = Settings(scenario.resolved).list();
  std::move(in_files.begin(), in_files.end(), std::back_inserter(settings));
  std::vector<unsigned char> same(settings.size());
  parallel_for(static_cast<std::int64_t>(settings.size()), execution.threads, [&](std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    same[at] = static_cast<unsigned char>(same_without(settings[at], plan, catalogue, *execution.kernels));
  });
  std::string text;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (same[i]) text += fmt::format("{} changes no output\n", settings[i].name);
  }
  return text + fmt::format("effects: {} tried on {}\n", counted(static_cast<std::int64_t>(settings.size()), "setting"),
                            counted(std::min(plan.paths, compared_paths), "path"));
}

}  // namespace moniac
