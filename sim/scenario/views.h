// Views: what somebody states of an ensemble.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.h"

namespace moniac {

/// Of what is weighed to what is stated.
enum class Relation { is, at_least, at_most };

/// A number that the weighed ensemble shall have, or shall not pass.
struct StatedView {
  /// `correlation` is that of two measures; `mean` that of a measure, or of the numbers that fall into a bucket.
  enum class Kind { probability, mean, quantile, sd, correlation };
  std::string name;
  Place place;
  Kind kind = Kind::probability;
  Name outcome;                   ///< of a probability, and of the mean of a bucket: an outcome or bucket
  std::vector<Measure> measures;  ///< of the others: one, or two
  double percent = 50;            ///< of a quantile
  /// One, or a least and a most.
  std::vector<std::pair<Relation, Quantity>> bounds;
};

struct Views {
  std::string title;
  std::vector<StatedView> views;
  std::vector<OutcomeSpec> outcomes;  ///< those that are written in the place of a name; named like their views
  std::shared_ptr<const SourceText> source;
};

/// Reads `moniac: 1`, `title:` and `views: {progress: {probability: deal, is: 60 %}}`. Dates are checked against the
/// time grid of the ensemble. What can be read in spite of mistakes is returned, and they are added to `problems`.
/// Throws std::system_error when the file cannot be read.
Views read_views(const std::string& path, const Calendar& time, Problems& problems);

}  // namespace moniac
