#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/conditions.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/number.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/sections.h"
#include "sim/scenario/source.h"
#include "sim/scenario/views.h"

namespace moniac {

namespace {

using Kind = StatedView::Kind;

class ViewReader {
 public:
  ViewReader(Node name, const Calendar& time, Problems& problems)
      : name_(std::move(name)), time_(time), problems_(problems) {}

  /// `inline_outcomes` is given an outcome that stands in the place of a name.
  std::optional<StatedView> read(const Node& node, Node& inline_outcomes) {
    const Fields fields{node, "view " + name_.text, names_of(view_keys()), problems_};
    StatedView view;
    view.name = name_.text;
    view.place = name_.place;
    const auto kind = fields.valid() ? find_kind(node) : std::nullopt;
    if (!kind) return {};
    view.kind = static_cast<Kind>(*kind);
    const Node& body = *node.find(view_kinds()[*kind]);
    read_bounds(fields, node, view);
    read_percent(fields, node, view);
    const bool read = view.kind == Kind::probability   ? read_event(body, view, inline_outcomes)
                      : view.kind == Kind::correlation ? read_pair(body, view)
                                                       : read_number(body, view);
    return read && !view.bounds.empty() ? std::optional(std::move(view)) : std::nullopt;
  }

 private:
  std::optional<std::size_t> find_kind(const Node& node) {
    const Words& kinds = view_kinds();
    const KindMessages messages{
        .two = fmt::format("view {} is of two kinds", name_.text),
        .keep_one = fmt::format("keep one of {}; write a second view for the other", fmt::join(kinds, ", ")),
        .none = fmt::format("view {} does not say what of", name_.text),
        .write_one = "write probability: deal, or mean: us.y10, quantile, sd or correlation"};
    return read_kind(node, kinds, messages, problems_);
  }

  void read_bounds(const Fields& fields, const Node& node, StatedView& view) {
    const Words& bounds = view_bounds();
    for (std::size_t b = 0; b < bounds.size(); ++b) {
      const Node* value = fields.find(bounds[b]);
      if (!value) continue;
      if (b > 0 && fields.find(bounds[0])) {
        problems_.add(value->place, fmt::format("view {} is both exact and a bound", name_.text),
                      "write is:, or at_least: and at_most:", fields.find(bounds[0])->place);
        return;
      }
      if (const auto quantity = read_quantity(*value, bounds[b], problems_)) {
        check_share(*quantity, *value, bounds[b], view);
        view.bounds.emplace_back(static_cast<Relation>(b), *quantity);
      }
    }
    const bool given = std::any_of(bounds.begin(), bounds.end(),
                                   [&](const std::string& bound) { return node.find(bound) != nullptr; });
    if (!given) problems_.add(node.place, fmt::format("view {} states no number", name_.text), "write is: 60 %");
  }

  // A probability is a number from 0 to 1, a correlation one from -1 to 1.
  void check_share(const Quantity& quantity, const Node& node, const std::string& bound, const StatedView& view) {
    if (view.kind != Kind::probability && view.kind != Kind::correlation) return;
    const auto number = convert(quantity, "", time_.dt(), bound, problems_);
    const bool correlation = view.kind == Kind::correlation;
    const double least = correlation ? -1 : 0;
    if (!number || (*number >= least && *number <= 1)) return;
    problems_.add(node.place, fmt::format("{} = {} is outside {} … 1", bound, node.text, least),
                  correlation ? "a correlation lies between -1 and 1" : "a probability lies between 0 and 1: 60 %");
  }

  void read_percent(const Fields& fields, const Node& node, StatedView& view) {
    const Node* percent = fields.find("percent");
    if (view.kind != Kind::quantile) {
      if (percent) {
        problems_.add(percent->place, fmt::format("'percent' belongs to a quantile, and view {} is none", name_.text),
                      "write quantile: us.y10, or leave it out");
      }
      return;
    }
    if (!percent) {
      problems_.add(node.place, fmt::format("view {} does not say which quantile", name_.text),
                    "write percent: 50 for the median");
      return;
    }
    const auto number = read_plain_number(*percent, "percent", problems_);
    if (number && (*number <= 0 || *number >= 100)) {
      problems_.add(percent->place, fmt::format("percent = {} is outside 0 … 100", percent->text));
    } else if (number) {
      view.percent = *number;
    }
  }

  bool read_event(const Node& body, StatedView& view, Node& inline_outcomes) {
    view.outcome = {body.kind == Node::Kind::scalar ? body.text : view.name, body.place};
    if (body.kind != Node::Kind::scalar) inline_outcomes.add(name_, body);
    return true;
  }

  // A measure, or of a mean the name of a bucket, which unlike that of a variable has no dot in front.
  bool read_number(const Node& body, StatedView& view) {
    const bool bucket = view.kind == Kind::mean && body.kind == Node::Kind::scalar &&
                        body.text.substr(0, body.text.find('[')).find('.') == std::string::npos;
    if (bucket) {
      view.outcome = {body.text, body.place};
      return true;
    }
    return read_one(body, view);
  }

  bool read_pair(const Node& body, StatedView& view) {
    if (!expect(Node::Kind::sequence, body, "correlation", "[us.y10, us.y2]", problems_)) return false;
    if (body.items.size() != 2) {
      problems_.add(body.place, fmt::format("a correlation is of two variables, not of {}", body.items.size()),
                    "write correlation: [us.y10, us.y2]");
      return false;
    }
    const bool first = read_one(body.items[0], view);
    return read_one(body.items[1], view) && first;
  }

  // "us.y10" at the end of the run, or {us.y10: {diff_from: start, at: 2026-12-31}}.
  bool read_one(const Node& node, StatedView& view) {
    const std::string& word = view_kinds()[static_cast<std::size_t>(view.kind)];
    if (node.kind == Node::Kind::scalar) {
      auto variable = read_variable(node, word, problems_);
      if (!variable) return false;
      Measure measure{.variable = std::move(*variable), .transform = Measure::Transform::none, .base = {}, .at = {}};
      view.measures.push_back(std::move(measure));
      return true;
    }
    if (!expect(Node::Kind::mapping, node, word, "us.y10 or {us.y10: {at: 2026-12-31}}", problems_)) return false;
    if (node.entries.size() != 1) {
      problems_.add(node.place, fmt::format("this {} is not of one variable", word),
                    fmt::format("write {}: {{us.y10: {{at: 2026-12-31}}}}", word));
      return false;
    }
    const auto& [key, value] = node.entries.front();
    auto variable = read_variable(key, word, problems_);
    const Fields fields{value, fmt::format("the {} of {}", word, key.text), names_of(measure_keys()), problems_};
    if (!variable || !fields.valid()) return false;
    view.measures.push_back(read_measure(std::move(*variable), fields, &time_, problems_));
    return true;
  }

  const Node name_;
  const Calendar& time_;
  Problems& problems_;
};

void read_all(const Node& node, const Calendar& time, Views& views, Problems& problems) {
  if (!expect(Node::Kind::mapping, node, "views", "{progress: {probability: deal, is: 60 %}}", problems)) return;
  Node outcomes{.kind = Node::Kind::mapping, .place = node.place, .text = {}, .items = {}, .entries = {}};
  for (const auto& [key, value] : node.entries) {
    check_name(key, "a view", problems);
    if (auto view = ViewReader(key, time, problems).read(value, outcomes)) views.views.push_back(std::move(*view));
  }
  views.outcomes = read_outcomes(outcomes, &time, problems);
}

}  // namespace

Views read_views(const std::string& path, const Calendar& time, Problems& problems) {
  Views views;
  views.source = read_source(path);
  const auto tree = read_file(views.source, "file of views", names_of(views_keys()), problems);
  if (!tree) return views;
  if (const Node* title = tree->find("title")) views.title = read_text(*title, "title", problems).value_or("");
  const Node* section = tree->find("views");
  if (section && section->kind != Node::Kind::null) {
    read_all(*section, time, views, problems);
  } else {
    problems.add({views.source, 0, 0, 0}, "the file states no views",
                 "write views: {progress: {probability: deal, is: 60 %}}");
  }
  return views;
}

}  // namespace moniac
