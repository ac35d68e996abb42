// Instances: each model of the scenario built with its parameters.
#include <fmt/format.h>

#include "sim/engine/plan_builder.h"

namespace moniac {

void PlanBuilder::build_instances() {
  for (const Instance& instance : scenario_.models) {
    const ModelType* type = catalogue_.find(instance.model);
    if (type == nullptr) {
      problems_.add(instance.model_place, fmt::format("unknown model '{}'", instance.model),
                    suggestion(instance.model, catalogue_.names()) + "   all models: moniac list");
      continue;
    }
    build_instance(instance, *type);
  }
}

void PlanBuilder::build_instance(const Instance& instance, const ModelType& type) {
  ParamReader reader(instance, dt(), problems_);
  auto declared = std::make_unique<Declarations>(instance.scope, scenario_.time, &reader);
  auto model = type.build(*declared);
  reader.close(*declared);
  report_complaints(instance, *declared, reader);
  record_parameters(instance, *declared, reader);
  instance_index_.push_back(static_cast<std::size_t>(&instance - scenario_.models.data()));
  plan_.placed.push_back({.key = instance.key(),
                          .scope = instance.scope,
                          .type = type.name,
                          .place = instance.place,
                          .model = std::move(model),
                          .declared = std::move(declared),
                          .inputs = {},
                          .output_columns = {},
                          .state_columns = {},
                          .shock_columns = {}});
}

void PlanBuilder::report_complaints(const Instance& instance, const Declarations& declared, const ParamReader& reader) {
  for (const Declarations::Complaint& complaint : declared.complaints()) {
    std::vector<Place> places;
    for (const std::string& param : complaint.params) {
      const Place place = reader.place_of(param);
      if (place.source) places.push_back(place);
    }
    const Place first = places.empty() ? instance.place : places.front();
    std::optional<Place> second;
    if (places.size() > 1) second = places[1];
    problems_.add(first, fmt::format("{}: {}", instance.key(), complaint.message), {}, second);
  }
}

void PlanBuilder::record_parameters(const Instance& instance, const Declarations& declared, const ParamReader& reader) {
  for (std::size_t i = 0; i < declared.params().size(); ++i) {
    const ParamDecl& param = declared.params()[i];
    const Place place = reader.place_of(param.name);
    const bool number = param.kind == ParamKind::number || param.kind == ParamKind::integer ||
                        param.kind == ParamKind::numbers || param.kind == ParamKind::matrix;
    plan_.parameters.push_back({.name = instance.key() + "." + param.name,
                                .value = to_text(declared.values()[i]),
                                .fallback = to_text(param.fallback),
                                .unit = param.unit,
                                .doc = param.doc,
                                .status = number ? to_string(param.source.status) : "",
                                .source = param.source.text,
                                .set_by = place.source ? place.text() : "default"});
  }
}

}  // namespace moniac
