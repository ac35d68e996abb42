#include "sim/model/dimensions.h"

#include <algorithm>

namespace moniac {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

}  // namespace

std::size_t value_count(const Dimensions& dimensions) {
  std::size_t count = 1;
  for (const Dimension& dimension : dimensions) count *= dimension.labels.size();
  return count;
}

std::string dimension_names(const Dimensions& dimensions) {
  std::vector<std::string> names;
  for (const Dimension& dimension : dimensions) names.push_back(dimension.name);
  return joined(names);
}

std::vector<std::string> labels_of(const Dimensions& dimensions, std::size_t value) {
  std::vector<std::string> labels(dimensions.size());
  for (std::size_t d = dimensions.size(); d-- > 0;) {
    const std::size_t length = dimensions[d].labels.size();
    labels[d] = dimensions[d].labels[value % length];
    value /= length;
  }
  return labels;
}

std::string label_text(const Dimensions& dimensions, std::size_t value) {
  return joined(labels_of(dimensions, value));
}

std::string value_name(const std::string& variable, const Dimensions& dimensions, std::size_t value) {
  return dimensions.empty() ? variable : variable + "[" + label_text(dimensions, value) + "]";
}

std::optional<std::size_t> find_value(const Dimensions& dimensions, const std::vector<std::string>& labels) {
  if (labels.size() != dimensions.size()) return {};
  std::size_t value = 0;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    const std::vector<std::string>& known = dimensions[d].labels;
    const auto found = std::find(known.begin(), known.end(), labels[d]);
    if (found == known.end()) return {};
    value = value * known.size() + static_cast<std::size_t>(found - known.begin());
  }
  return value;
}

std::vector<int> find_values(const Dimensions& whole, const Dimensions& part) {
  std::vector<int> values;
  for (std::size_t value = 0; value < value_count(part); ++value) {
    values.push_back(static_cast<int>(find_value(whole, labels_of(part, value)).value()));
  }
  return values;
}

bool same_names(const Dimensions& a, const Dimensions& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Dimension& x, const Dimension& y) { return x.name == y.name; });
}

}  // namespace moniac
