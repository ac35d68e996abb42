// An axis of a sweep: what a value of the scenario may become.
#include <fmt/format.h>

#include "sim/scenario/fields.h"
#include "sim/scenario/number.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/sections.h"

namespace moniac {

namespace {

using Law = SweepAxis::Law;

// Which of the numbers of a law are plain, whatever the unit of the axis.
bool is_plain(Law law, std::size_t number) {
  return law == Law::beta || (law == Law::lognormal && number == 1);
}

std::size_t numbers_of(Law law) {
  return law == Law::triangular ? 3 : 2;
}

class AxisReader {
 public:
  AxisReader(const Node& key, const Node& body, Problems& problems)
      : body_(body),
        fields_(body, fmt::format("the axis {}", key.text), names_of(axis_keys()), problems),
        problems_(problems) {
    axis_.address = key.text;
    axis_.place = key.place;
  }

  std::optional<SweepAxis> read() {
    if (!fields_.valid()) return {};
    const std::size_t before = problems_.list().size();
    const auto kind = find_law();
    if (!kind) return {};
    axis_.law = static_cast<Law>(*kind);
    const Node& law = *body_.find(axis_laws()[*kind]);
    if (axis_.law == Law::values) {
      read_values(law);
    } else {
      read_numbers(law, numbers_of(axis_.law), axis_.numbers, true);
    }
    read_weights(law);
    read_range();
    return problems_.list().size() == before ? std::optional(axis_) : std::nullopt;
  }

 private:
  std::optional<std::size_t> find_law() {
    const KindMessages messages{
        .two = fmt::format("the axis {} has two laws", axis_.address),
        .keep_one = "keep one of the two",
        .none = fmt::format("the axis {} says neither values nor a distribution", axis_.address),
        .write_one = "write {uniform: [0.5, 2.5]} or {values: [0.5, 1, 2]}"};
    return read_kind(body_, axis_laws(), messages, problems_);
  }

  void read_values(const Node& node) {
    if (!expect(Node::Kind::sequence, node, "values", "[0.5, 1, 2]", problems_)) return;
    if (node.items.empty()) problems_.add(node.place, fmt::format("the axis {} has no values", axis_.address));
    for (const Node& item : node.items) {
      if (expect(Node::Kind::scalar, item, fmt::format("a value of {}", axis_.address), "0.5", problems_))
        axis_.values.push_back(item);
    }
  }

  // A list of numbers in the unit of the axis, which is that of the first number that has one.
  void read_numbers(const Node& node, std::size_t count, std::vector<double>& numbers, bool of_law) {
    if (!expect(Node::Kind::sequence, node, "a distribution", "[0.5, 2.5]", problems_)) return;
    if (node.items.size() != count) {
      problems_.add(node.place, fmt::format("{} numbers here, not {}", count, node.items.size()),
                    fmt::format("write {}", axis_keys()[static_cast<std::size_t>(axis_.law)].doc));
      return;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const bool plain = of_law && is_plain(axis_.law, i);
      const auto quantity = read_quantity(node.items[i], axis_.address, problems_);
      if (!quantity) continue;
      numbers.push_back(quantity->number);
      if (plain && !quantity->unit.empty()) {
        problems_.add(node.items[i].place, "a number without a unit belongs here", "leave the unit out");
      } else if (!plain) {
        take_unit(*quantity, node.items[i]);
      }
    }
  }

  void take_unit(const Quantity& quantity, const Node& node) {
    if (!first_) {
      first_ = &node;
      axis_.unit = quantity.unit;
    } else if (quantity.unit != axis_.unit) {
      problems_.add(node.place, fmt::format("{} in another unit than {}", node.text, first_->text),
                    "write all numbers of an axis in one unit", first_->place);
    }
  }

  void read_weights(const Node& law) {
    const Node* node = fields_.find("weights");
    if (!node) return;
    if (axis_.law != Law::values) {
      problems_.add(node->place, "weights belong to values", "leave them out");
      return;
    }
    if (!expect(Node::Kind::sequence, *node, "weights", "[1, 2, 1]", problems_)) return;
    if (law.kind == Node::Kind::sequence && node->items.size() != law.items.size()) {
      problems_.add(node->place, fmt::format("weights: {}; values: {}", node->items.size(), law.items.size()),
                    "give each value a weight");
    }
    for (const Node& item : node->items) {
      const auto weight = read_plain_number(item, "a weight", problems_);
      if (weight && !(*weight > 0)) problems_.add(item.place, fmt::format("the weight {} is not above 0", item.text));
      axis_.weights.push_back(weight.value_or(1));
    }
  }

  void read_range() {
    const Node* node = fields_.find("within");
    const bool may = axis_.law == Law::normal || axis_.law == Law::lognormal || axis_.law == Law::beta;
    if (node && !may) {
      problems_.add(node->place, "'within' belongs to a normal, lognormal or beta law", "leave it out");
    } else if (node) {
      read_numbers(*node, 2, axis_.within, false);
    } else if (axis_.law == Law::beta) {
      axis_.within = {0, 1};
    }
  }

  const Node& body_;
  Fields fields_;
  Problems& problems_;
  SweepAxis axis_;
  const Node* first_ = nullptr;  // that gave the unit
};

}  // namespace

std::optional<SweepAxis> read_axis(const Node& key, const Node& body, Problems& problems) {
  return AxisReader{key, body, problems}.read();
}

}  // namespace moniac
