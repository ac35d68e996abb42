#include "sim/scenario/param_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/fields.h"
#include "sim/scenario/number.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/schedule.h"

namespace moniac {

namespace {

std::string with_unit(const std::string& text, const std::string& unit) {
  return unit.empty() ? text : text + " " + unit;
}

// Reads the value of one parameter. Each function returns nothing once it has recorded a problem.
class ValueReader {
 public:
  ValueReader(const Instance& instance, const ParamDecl& declared, double dt, Problems& problems)
      : instance_(instance), declared_(declared), dt_(dt), problems_(problems) {}

  std::optional<Value> read(const Node& node) {
    switch (declared_.kind) {
      case ParamKind::number:
        return value_of(number(node));
      case ParamKind::integer:
        return integer(node);
      case ParamKind::flag:
        return flag(node);
      case ParamKind::choice:
        return choice(node);
      case ParamKind::numbers:
        return value_of(numbers(node));
      case ParamKind::matrix:
        return matrix(node);
      case ParamKind::names:
        return names(node);
      case ParamKind::series:
        return series(node);
      case ParamKind::dates:
        return dates(node);
    }
    return {};
  }

 private:
  template <class T>
  static std::optional<Value> value_of(std::optional<T> x) {
    return x ? std::optional<Value>{std::move(*x)} : std::nullopt;
  }

  std::optional<double> number(const Node& node) {
    if (node.kind == Node::Kind::sequence) {
      problems_.add(node.place, fmt::format("{} must be a number, not a list", declared_.name),
                    fmt::format("write one; to try several, moniac sweep: axes: {{{}.{}: {{values: […]}}}}",
                                instance_.key(), declared_.name));
      return {};
    }
    const auto quantity = read_quantity(node, declared_.name, problems_);
    return quantity ? converted(*quantity, node.text) : std::nullopt;
  }

  // The quantity in the declared unit and range. `written` is what the user sees in the file.
  std::optional<double> converted(const Quantity& quantity, const std::string& written) {
    const auto value = convert(quantity, declared_.unit, dt_, declared_.name, problems_);
    if (!value || declared_.range.contains(*value)) return value;
    outside(quantity.place, written);
    return {};
  }

  void outside(const Place& place, const std::string& written) {
    problems_.add(place, fmt::format("{} = {} is outside {}", declared_.name, written, range_text()), reference());
  }

  std::string range_text() const { return with_unit(declared_.range.text(), declared_.unit); }

  // What the parameter is, and where to read on.
  std::string reference() const {
    return fmt::format("{}; default {}; all parameters: moniac describe {}", declared_.doc,
                       with_unit(to_text(declared_.fallback), declared_.unit), instance_.model);
  }

  std::optional<Value> integer(const Node& node) {
    constexpr std::int64_t limit = std::int64_t{1} << 53U;
    const auto value = read_integer(node, declared_.name, -limit, limit, problems_);
    if (!value) return {};
    if (declared_.range.contains(static_cast<double>(*value))) return Value{*value};
    outside(node.place, node.text);
    return {};
  }

  std::optional<Value> flag(const Node& node) {
    if (node.kind == Node::Kind::scalar && !node.quoted && (node.text == "true" || node.text == "false")) {
      return Value{node.text == "true"};
    }
    problems_.add(node.place, fmt::format("{} must be true or false", declared_.name), reference());
    return {};
  }

  std::optional<Value> choice(const Node& node) {
    if (!read_choice(node, declared_.name, declared_.choices, problems_)) return {};
    return Value{node.text};
  }

  bool is_list(const Node& node, const std::string& like) {
    return expect(Node::Kind::sequence, node, declared_.name, like, problems_);
  }

  std::optional<std::vector<double>> numbers(const Node& node) {
    if (!is_list(node, with_unit("[1", declared_.unit) + ", " + with_unit("2", declared_.unit) + "]")) return {};
    std::vector<double> all;
    bool good = true;
    for (const Node& item : node.items) {
      const auto value = number(item);
      good = good && value;
      all.push_back(value.value_or(0));
    }
    return good ? std::optional{std::move(all)} : std::nullopt;
  }

  std::optional<Value> matrix(const Node& node) {
    if (!is_list(node, "[[1, 2], [3, 4]]")) return {};
    Matrix rows;
    bool good = true;
    for (const Node& item : node.items) {
      auto row = numbers(item);
      good = same_length(item, node.items.front()) && good && row;
      rows.push_back(std::move(row).value_or(std::vector<double>{}));
    }
    return good ? std::optional<Value>{std::move(rows)} : std::nullopt;
  }

  // By what is written, whether or not it can be read.
  bool same_length(const Node& row, const Node& first) {
    if (row.kind != Node::Kind::sequence || first.kind != Node::Kind::sequence) return true;
    if (row.items.size() == first.items.size()) return true;
    problems_.add(row.place, fmt::format("this row of {} has {} entries, the first has {}", declared_.name,
                                         row.items.size(), first.items.size()));
    return false;
  }

  std::optional<Value> names(const Node& node) {
    if (!is_list(node, "[first, second]")) return {};
    Names all;
    bool good = true;
    for (const Node& item : node.items) {
      const auto text = read_text(item, declared_.name, problems_);
      good = good && text;
      all.push_back(text.value_or(""));
    }
    return good ? std::optional<Value>{std::move(all)} : std::nullopt;
  }

  std::optional<Value> series(const Node& node) {
    const auto dated = read_dated_values(node, declared_.name, false, problems_);
    if (!dated) return {};
    Series all;
    all.linear = dated->linear;
    bool good = true;
    for (const Schedule::Point& point : dated->points) {
      const auto value = converted(point.value, with_unit(to_text(point.value.number), point.value.unit));
      good = good && value;
      all.points.push_back({point.date, value.value_or(0)});
    }
    return good ? std::optional<Value>{std::move(all)} : std::nullopt;
  }

  std::optional<Value> dates(const Node& node) {
    const auto dated = read_dates(node, declared_.name, problems_);
    if (!dated) return {};
    std::vector<Date> all;
    for (const auto& entry : *dated) all.push_back(entry.first);
    return Value{std::move(all)};
  }

  const Instance& instance_;
  const ParamDecl& declared_;
  double dt_;
  Problems& problems_;
};

}  // namespace

ParamReader::ParamReader(const Instance& instance, double dt, Problems& problems)
    : instance_(instance), dt_(dt), problems_(problems) {}

std::optional<Value> ParamReader::find(const ParamDecl& declared) {
  const Node* node = instance_.params.find(declared.name);
  if (!node) return {};
  if (node->kind == Node::Kind::null) {
    problems_.add(place_of(declared.name), fmt::format("{} has no value", declared.name),
                  "give it one, or remove the line: the default is then in force");
    return {};
  }
  return ValueReader{instance_, declared, dt_, problems_}.read(*node);
}

void ParamReader::close(const Declarations& declarations) {
  std::vector<std::string> known;
  for (const ParamDecl& declared : declarations.params()) known.push_back(declared.name);
  for (const auto& [key, value] : instance_.params.entries) {
    if (std::find(known.begin(), known.end(), key.text) != known.end()) continue;
    std::string hint = "all parameters: moniac describe " + instance_.model;
    if (const auto near = closest(key.text, known)) {
      const auto index = std::find(known.begin(), known.end(), *near) - known.begin();
      const ParamDecl& declared = declarations.params()[static_cast<std::size_t>(index)];
      hint = fmt::format("did you mean '{}' ({})?   {}", *near, declared.doc, hint);
    }
    problems_.add(key.place, fmt::format("unknown parameter {} of model {}", in_quotes(key.text), instance_.model),
                  hint);
  }
}

Place ParamReader::place_of(const std::string& param) const {
  const std::size_t bracket = std::min(param.find('['), param.size());
  for (const auto& [key, value] : instance_.params.entries) {
    if (key.text != param.substr(0, bracket)) continue;
    if (value.kind == Node::Kind::null) return key.place;
    return bracket == param.size() ? value.place : value.items.at(std::stoul(param.substr(bracket + 1))).place;
  }
  return {};
}

}  // namespace moniac
