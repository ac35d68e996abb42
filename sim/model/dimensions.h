// What tells the values of one variable apart: trade.flow[importer,exporter].
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace moniac {

/// A named list of labels.
struct Dimension {
  std::string name;                 ///< "importer"
  std::vector<std::string> labels;  ///< "USA", "CHN", …

  bool operator==(const Dimension&) const = default;
};

/// The dimensions of a variable, none of a single number. Its values lie in row-major order: the last dimension varies
/// fastest.
using Dimensions = std::vector<Dimension>;

/// Number of values: 1 without dimensions.
std::size_t value_count(const Dimensions& dimensions);

/// "importer,exporter".
std::string dimension_names(const Dimensions& dimensions);

/// The labels of one value, one per dimension.
std::vector<std::string> labels_of(const Dimensions& dimensions, std::size_t value);

/// The same as one word: "USA,CHN"; empty without dimensions.
std::string label_text(const Dimensions& dimensions, std::size_t value);

/// The name of one value: "trade.flow[USA,CHN]"; that of the variable when it is a single number.
std::string value_name(const std::string& variable, const Dimensions& dimensions, std::size_t value);

/// The value with these labels; none when a label is not of its dimension, or there are too few or too many.
std::optional<std::size_t> find_value(const Dimensions& dimensions, const std::vector<std::string>& labels);

/// Places in `whole` of the values of `part`, which has some of its labels; in the order of `part`.
std::vector<int> find_values(const Dimensions& whole, const Dimensions& part);

/// Whether both have dimensions of the same names in the same order, with whatever labels.
bool same_names(const Dimensions& a, const Dimensions& b);

}  // namespace moniac
