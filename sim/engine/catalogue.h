// The model types a program knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/model/model.h"

namespace moniac {

/// Model types by name, in the order they were added. An ordinary value: the engine is handed one.
class Catalogue {
 public:
  Catalogue() = default;
  explicit Catalogue(std::vector<ModelType> types);
  void add(ModelType type);
  const ModelType* find(std::string_view name) const;
  std::vector<std::string> names() const;
  const std::vector<ModelType>& types() const { return types_; }

 private:
  std::vector<ModelType> types_;
};

/// What a type declares: built with its defaults in `scope` (the type's example scope when empty).
Declarations describe(const ModelType& type, const std::string& scope = {}, const Calendar& time = {});

}  // namespace moniac
