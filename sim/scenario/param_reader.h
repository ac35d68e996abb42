// Answers a model's declarations from the `params` of an instance.
#pragma once

#include <set>
#include <string>

#include "sim/model/declarations.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// Validates each given parameter against its declaration: kind, unit, range. Used while a model is built; afterwards
/// `close` reports whatever was given but never declared. One value for a series holds always; its date is 1970-01-01.
/// `instance` and `problems` must outlive the reader.
class ParamReader final : public ParamSource {
 public:
  ParamReader(const Instance& instance, double dt, Problems& problems);

  std::optional<Value> find(const ParamDecl& declared) override;

  /// Reports unknown parameters, with the closest declared name.
  void close(const Declarations& declarations);

  /// Where a parameter, or an item of its list ("flows[3]"), was given; empty source when the default is in force.
  Place place_of(const std::string& param) const;

 private:
  const Instance& instance_;
  double dt_;
  Problems& problems_;
};

}  // namespace moniac
