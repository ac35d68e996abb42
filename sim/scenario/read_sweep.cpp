// The sweep: its design and its cases.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/scenario/fields.h"
#include "sim/scenario/number.h"
#include "sim/scenario/sections.h"

namespace moniac {

namespace {

using Design = SweepSpec::Design;

// A list: the addresses of the first case are the axes; every case gives each a value.
class CaseReader {
 public:
  CaseReader(SweepSpec& sweep, Problems& problems) : sweep_(sweep), problems_(problems) {}

  void read(const Node& node) {
    if (!expect(Node::Kind::sequence, node, "cases", "[{us.policy_rate.phi_pi: 1.5}]", problems_)) return;
    if (node.items.empty()) problems_.add(node.place, "the list has no cases", "write [{us.policy_rate.phi_pi: 1.5}]");
    for (const Node& item : node.items) read_case(item);
  }

 private:
  void read_case(const Node& node) {
    if (!expect(Node::Kind::mapping, node, "a case", "{us.policy_rate.phi_pi: 1.5}", problems_)) return;
    if (node.entries.empty()) {
      problems_.add(node.place, "this case gives nothing a value", "write {us.policy_rate.phi_pi: 1.5}");
      return;
    }
    if (sweep_.axes.empty()) {
      for (const auto& entry : node.entries) {
        SweepAxis axis;
        axis.address = entry.key.text;
        axis.place = entry.key.place;
        sweep_.axes.push_back(std::move(axis));
      }
    }
    std::vector<Node> values;
    for (const SweepAxis& axis : sweep_.axes) {
      const Node* value = node.find(axis.address);
      if (!value) {
        problems_.add(node.place, fmt::format("this case has no {}, which the first case has", axis.address),
                      "give every case all values", axis.place);
        return;
      }
      if (!expect(Node::Kind::scalar, *value, fmt::format("a value of {}", axis.address), "1.5", problems_)) return;
      values.push_back(*value);
    }
    for (const auto& entry : node.entries) {
      const bool known = std::any_of(sweep_.axes.begin(), sweep_.axes.end(),
                                     [&](const SweepAxis& axis) { return axis.address == entry.key.text; });
      if (!known) {
        problems_.add(entry.key.place, fmt::format("{} is not in the first case", in_quotes(entry.key.text)),
                      "give every case all values");
      }
    }
    sweep_.cases.push_back(std::move(values));
  }

  SweepSpec& sweep_;
  Problems& problems_;
};

class SweepReader {
 public:
  SweepReader(const Node& node, Problems& problems)
      : node_(node), fields_(node, "sweep", names_of(sweep_keys()), problems), problems_(problems) {
    sweep_.place = node.place;
  }

  std::optional<SweepSpec> read() {
    if (!fields_.valid()) return {};
    const std::size_t before = problems_.list().size();
    const Node* design = fields_.require("design", fmt::format("one of {}", fmt::join(designs(), ", ")));
    const auto chosen = design ? read_choice(*design, "design", designs(), problems_) : std::nullopt;
    if (!chosen) return {};
    sweep_.design = static_cast<Design>(*chosen);
    for (const Key& key : sweep_keys()) check_belongs(key.name);
    if (sweep_.design == Design::list) {
      read_list();
    } else {
      read_axes();
      read_numbers();
      read_rank_correlations();
    }
    return problems_.list().size() == before ? std::optional(std::move(sweep_)) : std::nullopt;
  }

 private:
  void check_belongs(const std::string& key) {
    const Words keys = keys_of_design(static_cast<int>(sweep_.design));
    const Node* node = fields_.find(key);
    if (!node || key == "design" || std::find(keys.begin(), keys.end(), key) != keys.end()) return;
    problems_.add(
        node->place,
        fmt::format("'{}' has no meaning in a {} design", key, designs()[static_cast<std::size_t>(sweep_.design)]),
        fmt::format("it has: {}", fmt::join(keys, ", ")));
  }

  void read_list() {
    if (const Node* cases = fields_.find("cases")) return CaseReader{sweep_, problems_}.read(*cases);
    if (fields_.find("csv")) return;  // could not be read, as was said when it was put in
    problems_.add(node_.place, "the list has no cases",
                  "write cases: [{us.policy_rate.phi_pi: 1.5}], or csv: cases.csv");
  }

  void read_axes() {
    const Node* axes = fields_.require("axes", "write axes: {us.policy_rate.phi_pi: {uniform: [0.5, 2.5]}}");
    if (!axes ||
        !expect(Node::Kind::mapping, *axes, "axes", "{us.policy_rate.phi_pi: {uniform: [0.5, 2.5]}}", problems_))
      return;
    if (axes->entries.empty()) problems_.add(axes->place, "the sweep varies nothing", "name an axis");
    for (const auto& [key, value] : axes->entries) {
      auto axis = read_axis(key, value, problems_);
      if (!axis) continue;
      if (sweep_.design == Design::grid && axis->law != SweepAxis::Law::values) {
        problems_.add(value.place, fmt::format("a grid needs the values of {} one by one", key.text),
                      "write {values: [0.5, 1, 2]}, or choose latin_hypercube or sobol");
      }
      sweep_.axes.push_back(std::move(*axis));
    }
  }

  void read_numbers() {
    if (sweep_.design != Design::grid) {
      const Node* points = fields_.require("points", "write points: 256");
      if (points) sweep_.points = read_integer(*points, "points", 1, most_points, problems_).value_or(1);
    }
    if (const Node* seed = fields_.find("seed")) sweep_.seed = read_unsigned(*seed, "seed", problems_);
    if (const Node* levels = fields_.find("levels")) {
      sweep_.levels = read_integer(*levels, "levels", 2, most_levels, problems_).value_or(sweep_.levels);
      if (sweep_.levels % 2 != 0) problems_.add(levels->place, "the number of levels must be even", "write levels: 4");
    }
    sweep_.indices = sweep_.design == Design::sobol && !fields_.find("correlations");
    if (const Node* indices = fields_.find("indices")) {
      const auto chosen = read_choice(*indices, "indices", {"false", "true"}, problems_);
      sweep_.indices = chosen.value_or(0) == 1;
      if (sweep_.indices && fields_.find("correlations")) {
        problems_.add(indices->place, "Sobol indices need axes without correlations",
                      "write indices: false, or leave the correlations out", fields_.find("correlations")->place);
      }
    }
  }

  void read_rank_correlations() {
    const Node* node = fields_.find("correlations");
    if (!node || !expect(Node::Kind::sequence, *node, "correlations", "[{axes: […], matrix: […]}]", problems_)) return;
    std::map<std::size_t, Place> seen;
    for (const Node& item : node->items) {
      const Fields fields{item, "a correlation", names_of(rank_correlation_keys()), problems_};
      const Node* axes = fields.require("axes", "write axes: [us.policy_rate.phi_pi, us.policy_rate.rho]");
      const Node* matrix = fields.require("matrix", "write matrix: [[1, 0.3], [0.3, 1]]");
      if (!axes || !matrix || !expect(Node::Kind::sequence, *axes, "axes", "[us.policy_rate.phi_pi, …]", problems_))
        continue;
      RankCorrelation correlation;
      correlation.place = item.place;
      for (const Node& axis : axes->items) find_axis(axis, correlation, seen);
      if (axes->items.size() < 2) problems_.add(axes->place, "a correlation needs at least two axes");
      correlation.matrix = read_correlation_matrix(*matrix, axes->items.size(), "axes", problems_).value_or(Matrix{});
      sweep_.correlations.push_back(std::move(correlation));
    }
  }

  void find_axis(const Node& node, RankCorrelation& correlation, std::map<std::size_t, Place>& seen) {
    const auto found = std::find_if(sweep_.axes.begin(), sweep_.axes.end(),
                                    [&](const SweepAxis& axis) { return axis.address == node.text; });
    if (found == sweep_.axes.end()) {
      Words known;
      for (const SweepAxis& axis : sweep_.axes) known.push_back(axis.address);
      problems_.add(node.place, fmt::format("the sweep has no axis {}", in_quotes(node.text)),
                    suggestion(node.text, known));
      return;
    }
    const auto index = static_cast<std::size_t>(found - sweep_.axes.begin());
    if (const auto [first, fresh] = seen.emplace(index, node.place); !fresh) {
      problems_.add(node.place, fmt::format("the axis {} is correlated twice", node.text),
                    "an axis may stand in one group, once", first->second);
    }
    correlation.axes.push_back(index);
  }

  const Node& node_;
  Fields fields_;
  Problems& problems_;
  SweepSpec sweep_;
};

}  // namespace

std::optional<SweepSpec> read_sweep(const Node& node, Problems& problems) {
  return SweepReader{node, problems}.read();
}

}  // namespace moniac
