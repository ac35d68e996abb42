// What a model says of a path on which it failed.
#pragma once

#include <string>

#include "sim/model/step.h"

namespace moniac {

/// For models that know why a path of theirs ends in values that are not finite: a second base of theirs, beside Model.
class FailureReport {
 public:
  /// Asked after start() or step() left such a value on `path` of the block; what it says stands in the message about
  /// the path: "no equilibrium under trade.iceberg[USA,CHN,TEC] = -1". May allocate.
  virtual std::string why_failed(const View& s, Eigen::Index path) const = 0;

 protected:
  ~FailureReport() = default;
};

}  // namespace moniac
