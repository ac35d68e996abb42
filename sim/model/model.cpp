#include "sim/model/model.h"

#include <algorithm>

namespace moniac {

double Model::param(std::string name, double fallback, std::string unit, Range range, std::string doc, Source source) {
  return std::get<double>(declarations_.param({.name = std::move(name),
                                               .kind = ParamKind::number,
                                               .fallback = fallback,
                                               .unit = std::move(unit),
                                               .range = range,
                                               .choices = {},
                                               .doc = std::move(doc),
                                               .source = std::move(source)}));
}

int Model::integer(std::string name, int fallback, Range range, std::string doc, Source source) {
  return static_cast<int>(std::get<std::int64_t>(declarations_.param({.name = std::move(name),
                                                                      .kind = ParamKind::integer,
                                                                      .fallback = std::int64_t{fallback},
                                                                      .unit = {},
                                                                      .range = range,
                                                                      .choices = {},
                                                                      .doc = std::move(doc),
                                                                      .source = std::move(source)})));
}

bool Model::flag(std::string name, bool fallback, std::string doc) {
  return std::get<bool>(declarations_.param({.name = std::move(name),
                                             .kind = ParamKind::flag,
                                             .fallback = fallback,
                                             .unit = {},
                                             .range = {},
                                             .choices = {},
                                             .doc = std::move(doc),
                                             .source = {}}));
}

int Model::choice(std::string name, std::string fallback, Names choices, std::string doc) {
  const auto word = std::get<std::string>(declarations_.param({.name = std::move(name),
                                                               .kind = ParamKind::choice,
                                                               .fallback = std::move(fallback),
                                                               .unit = {},
                                                               .range = {},
                                                               .choices = choices,
                                                               .doc = std::move(doc),
                                                               .source = {}}));
  return static_cast<int>(std::find(choices.begin(), choices.end(), word) - choices.begin());
}

std::vector<double> Model::numbers(std::string name, std::vector<double> fallback, std::string unit, Range range,
                                   std::string doc, Source source) {
  return std::get<std::vector<double>>(declarations_.param({.name = std::move(name),
                                                            .kind = ParamKind::numbers,
                                                            .fallback = std::move(fallback),
                                                            .unit = std::move(unit),
                                                            .range = range,
                                                            .choices = {},
                                                            .doc = std::move(doc),
                                                            .source = std::move(source)}));
}

Matrix Model::matrix(std::string name, Matrix fallback, std::string unit, std::string doc, Source source) {
  return std::get<Matrix>(declarations_.param({.name = std::move(name),
                                               .kind = ParamKind::matrix,
                                               .fallback = std::move(fallback),
                                               .unit = std::move(unit),
                                               .range = {},
                                               .choices = {},
                                               .doc = std::move(doc),
                                               .source = std::move(source)}));
}

Names Model::names(std::string name, Names fallback, std::string doc) {
  return std::get<Names>(declarations_.param({.name = std::move(name),
                                              .kind = ParamKind::names,
                                              .fallback = std::move(fallback),
                                              .unit = {},
                                              .range = {},
                                              .choices = {},
                                              .doc = std::move(doc),
                                              .source = {}}));
}

Series Model::series(std::string name, std::string unit, Range range, std::string doc) {
  return std::get<Series>(declarations_.param({.name = std::move(name),
                                               .kind = ParamKind::series,
                                               .fallback = Series{},
                                               .unit = std::move(unit),
                                               .range = range,
                                               .choices = {},
                                               .doc = std::move(doc),
                                               .source = {}}));
}

std::vector<Date> Model::dates(std::string name, std::string doc) {
  return std::get<std::vector<Date>>(declarations_.param({.name = std::move(name),
                                                          .kind = ParamKind::dates,
                                                          .fallback = std::vector<Date>{},
                                                          .unit = {},
                                                          .range = {},
                                                          .choices = {},
                                                          .doc = std::move(doc),
                                                          .source = {}}));
}

namespace {

InputDecl scalar_input(std::string name, std::optional<double> fallback, std::string unit, std::string doc,
                       bool lagged) {
  return {.name = std::move(name),
          .unit = std::move(unit),
          .doc = std::move(doc),
          .fallback = fallback,
          .lagged = lagged,
          .dimensions = {}};
}

OutputDecl scalar_output(std::string name, std::string unit, std::string doc,
                         OutputDecl::Kind kind = OutputDecl::Kind::plain, double tolerance = 0) {
  return {.name = std::move(name),
          .unit = std::move(unit),
          .doc = std::move(doc),
          .kind = kind,
          .tolerance = tolerance,
          .dimensions = {}};
}

}  // namespace

Input Model::input(std::string name, std::string unit, std::string doc) {
  return {declarations_.input(scalar_input(std::move(name), {}, std::move(unit), std::move(doc), false))};
}

Input Model::input(std::string name, double fallback, std::string unit, std::string doc) {
  return {declarations_.input(scalar_input(std::move(name), fallback, std::move(unit), std::move(doc), false))};
}

Input Model::lagged_input(std::string name, std::string unit, std::string doc) {
  return {declarations_.input(scalar_input(std::move(name), {}, std::move(unit), std::move(doc), true))};
}

Input Model::lagged_input(std::string name, double fallback, std::string unit, std::string doc) {
  return {declarations_.input(scalar_input(std::move(name), fallback, std::move(unit), std::move(doc), true))};
}

Inputs Model::inputs(std::string name, Dimensions dimensions, double fallback, std::string unit, std::string doc) {
  const int size = static_cast<int>(value_count(dimensions));
  return {declarations_.input({.name = std::move(name),
                               .unit = std::move(unit),
                               .doc = std::move(doc),
                               .fallback = fallback,
                               .dimensions = std::move(dimensions)}),
          size};
}

Inputs Model::inputs(std::string name, std::string dimension, Names labels, double fallback, std::string unit,
                     std::string doc) {
  return inputs(std::move(name), {{std::move(dimension), std::move(labels)}}, fallback, std::move(unit),
                std::move(doc));
}

Inputs Model::lagged_inputs(std::string name, Dimensions dimensions, double fallback, std::string unit,
                            std::string doc) {
  const int size = static_cast<int>(value_count(dimensions));
  return {declarations_.input({.name = std::move(name),
                               .unit = std::move(unit),
                               .doc = std::move(doc),
                               .fallback = fallback,
                               .lagged = true,
                               .dimensions = std::move(dimensions)}),
          size};
}

Output Model::output(std::string name, std::string unit, std::string doc) {
  return {declarations_.output(scalar_output(std::move(name), std::move(unit), std::move(doc)))};
}

Outputs Model::outputs(std::string name, Dimensions dimensions, std::string unit, std::string doc) {
  const int size = static_cast<int>(value_count(dimensions));
  return {declarations_.output({.name = std::move(name),
                                .unit = std::move(unit),
                                .doc = std::move(doc),
                                .dimensions = std::move(dimensions)}),
          size};
}

Outputs Model::outputs(std::string name, std::string dimension, Names labels, std::string unit, std::string doc) {
  return outputs(std::move(name), {{std::move(dimension), std::move(labels)}}, std::move(unit), std::move(doc));
}

Output Model::contribution(std::string name, std::string unit, std::string doc) {
  return {declarations_.output(
      scalar_output(std::move(name), std::move(unit), std::move(doc), OutputDecl::Kind::additive))};
}

Outputs Model::contributions(std::string name, std::string dimension, Names labels, std::string unit, std::string doc) {
  const int size = static_cast<int>(labels.size());
  return {declarations_.output({.name = std::move(name),
                                .unit = std::move(unit),
                                .doc = std::move(doc),
                                .kind = OutputDecl::Kind::additive,
                                .dimensions = {{std::move(dimension), std::move(labels)}}}),
          size};
}

Output Model::identity(std::string name, double tolerance, std::string unit, std::string doc) {
  return {declarations_.output(
      scalar_output(std::move(name), std::move(unit), std::move(doc), OutputDecl::Kind::identity, tolerance))};
}

Output Model::clamp(std::string name, std::string doc) {
  return {declarations_.output(scalar_output(std::move(name), "ratio", std::move(doc), OutputDecl::Kind::clamp))};
}

State Model::state(std::string name, std::string doc) {
  return {declarations_.state({.name = std::move(name), .doc = std::move(doc)})};
}

States Model::states(std::string name, int size, std::string doc) {
  return {declarations_.state({.name = std::move(name), .doc = std::move(doc), .size = size}), size};
}

Shock Model::normal_shock(std::string name, std::string doc) {
  return normal_shocks(std::move(name), 1, std::move(doc))[0];
}

Shocks Model::normal_shocks(std::string name, int draws, std::string doc) {
  return {declarations_.shock(
              {.name = std::move(name), .law = ShockDecl::Law::normal, .doc = std::move(doc), .draws = draws}),
          draws};
}

Shock Model::uniform_shock(std::string name, std::string doc) {
  return uniform_shocks(std::move(name), 1, std::move(doc))[0];
}

Shocks Model::uniform_shocks(std::string name, int draws, std::string doc) {
  return {declarations_.shock(
              {.name = std::move(name), .law = ShockDecl::Law::uniform, .doc = std::move(doc), .draws = draws}),
          draws};
}

EventShock Model::event_shock(std::string name, std::string doc) {
  return {declarations_.shock({.name = std::move(name), .law = ShockDecl::Law::events, .doc = std::move(doc)})};
}

void Model::check(bool holds, std::string message, Names params) {
  if (!holds) declarations_.complain(std::move(message), std::move(params));
}

bool Model::check_size(const std::vector<double>& list, std::size_t size, const std::string& name,
                       const std::string& of, const Names& given_by) {
  Names params = {name};
  params.insert(params.end(), given_by.begin(), given_by.end());
  check(list.size() == size,
        name + " has " + std::to_string(list.size()) + " numbers for " + std::to_string(size) +
            (of.empty() ? "" : " " + of),
        std::move(params));
  return list.size() == size;
}

void Model::note(std::string text) {
  declarations_.note(std::move(text));
}

}  // namespace moniac
