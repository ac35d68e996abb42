#include "sim/model/declarations.h"

#include <algorithm>
#include <cassert>

namespace moniac {

Declarations::Declarations(std::string scope, Calendar time, ParamSource* given)
    : scope_(std::move(scope)), time_(time), given_(given) {}

Value Declarations::param(ParamDecl declared) {
  assert(std::none_of(params_.begin(), params_.end(), [&](const ParamDecl& p) { return p.name == declared.name; }));
  std::optional<Value> value = given_ ? given_->find(declared) : std::nullopt;
  values_.push_back(value ? *value : declared.fallback);
  params_.push_back(std::move(declared));
  return values_.back();
}

namespace {

// Appends a declaration; its handles follow those of the one before.
template <class Decl>
int append(std::vector<Decl>& list, Decl declared) {
  declared.first = list.empty() ? 0 : list.back().first + width(list.back());
  list.push_back(std::move(declared));
  return list.back().first;
}

}  // namespace

int Declarations::input(InputDecl declared) {
  return append(inputs_, std::move(declared));
}
int Declarations::output(OutputDecl declared) {
  return append(outputs_, std::move(declared));
}
int Declarations::state(StateDecl declared) {
  return append(states_, std::move(declared));
}
int Declarations::shock(ShockDecl declared) {
  return append(shocks_, std::move(declared));
}

void Declarations::complain(std::string message, Names params) {
  complaints_.push_back({std::move(message), std::move(params)});
}
void Declarations::note(std::string text) {
  notes_.push_back(std::move(text));
}

}  // namespace moniac
