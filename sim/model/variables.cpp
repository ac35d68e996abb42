#include "sim/model/variables.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace moniac {

double Series::at(Date date) const {
  const auto later =
      std::upper_bound(points.begin(), points.end(), date, [](Date d, const Point& point) { return d < point.date; });
  if (later == points.begin()) return points.front().value;
  const Point& before = *(later - 1);
  if (!linear || later == points.end()) return before.value;
  const double elapsed = static_cast<double>((date - before.date).count());
  const double gap = static_cast<double>((later->date - before.date).count());
  return before.value + (later->value - before.value) * (elapsed / gap);
}

std::string to_text(double x) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, x);
  return {text, end.ptr};
}

namespace {

template <class List, class F>
std::string bracketed(const List& list, F text, const char* open = "[", const char* close = "]") {
  std::string all = open;
  for (const auto& item : list) {
    if (all.size() > 1) all += ", ";
    all += text(item);
  }
  return all + close;
}

std::string numbers_text(const std::vector<double>& list) {
  return bracketed(list, [](double x) { return to_text(x); });
}

struct ValueText {
  std::string operator()(double x) const { return to_text(x); }
  std::string operator()(std::int64_t x) const { return std::to_string(x); }
  std::string operator()(bool x) const { return x ? "true" : "false"; }
  std::string operator()(const std::string& x) const { return x; }
  std::string operator()(const std::vector<double>& x) const { return numbers_text(x); }
  std::string operator()(const Matrix& x) const { return bracketed(x, numbers_text); }
  std::string operator()(const Names& x) const {
    return bracketed(x, [](const std::string& name) { return name; });
  }
  std::string operator()(const Series& x) const {
    const auto point = [](const Series::Point& p) { return iso(p.date) + ": " + to_text(p.value); };
    const std::string values = bracketed(x.points, point, "{", "}");
    return x.linear ? "{interpolate: linear, values: " + values + "}" : values;
  }
  std::string operator()(const std::vector<Date>& x) const { return bracketed(x, iso); }
};

}  // namespace

std::string to_text(const Value& value) {
  return std::visit(ValueText{}, value);
}

std::string Range::text() const {
  const bool below = std::isfinite(low), above = std::isfinite(high);
  if (!below && !above) return "any number";
  if (!above) return (low_open ? "> " : ">= ") + to_text(low);
  if (!below) return (high_open ? "< " : "<= ") + to_text(high);
  std::string span = to_text(low) + " … " + to_text(high);
  if (low_open && high_open) return span + ", ends excluded";
  if (low_open) return span + ", " + to_text(low) + " excluded";
  if (high_open) return span + ", " + to_text(high) + " excluded";
  return span;
}

std::string to_string(Status status) {
  switch (status) {
    case Status::published:
      return "published";
    case Status::calibrated:
      return "calibrated";
    case Status::illustrative:
      return "illustrative";
  }
  return {};
}

}  // namespace moniac
