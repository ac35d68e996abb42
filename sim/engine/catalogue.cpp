#include "sim/engine/catalogue.h"

#include <algorithm>
#include <cassert>

namespace moniac {

Catalogue::Catalogue(std::vector<ModelType> types) {
  for (ModelType& type : types) add(std::move(type));
}

void Catalogue::add(ModelType type) {
  assert(find(type.name) == nullptr);
  types_.push_back(std::move(type));
}

const ModelType* Catalogue::find(std::string_view name) const {
  const auto type = std::find_if(types_.begin(), types_.end(), [&](const ModelType& t) { return t.name == name; });
  return type == types_.end() ? nullptr : &*type;
}

std::vector<std::string> Catalogue::names() const {
  std::vector<std::string> names;
  for (const ModelType& type : types_) names.push_back(type.name);
  return names;
}

Declarations describe(const ModelType& type, const std::string& scope, const Calendar& time) {
  Declarations declarations(scope.empty() ? type.scope : scope, time);
  type.build(declarations);
  return declarations;
}

}  // namespace moniac
