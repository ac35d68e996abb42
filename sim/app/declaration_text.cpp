#include "sim/app/declaration_text.h"

#include <fmt/format.h>

#include <array>

namespace moniac {

namespace {

constexpr const char* none = "none";
constexpr std::size_t longest_value = 60;  // characters; values are ASCII

std::string with_unit(const std::string& text, const std::string& unit) {
  return unit.empty() || text == none ? text : text + " " + unit;
}

bool has_range(const ParamDecl& param) {
  return param.kind != ParamKind::flag && param.kind != ParamKind::choice && param.kind != ParamKind::names &&
         param.kind != ParamKind::dates;
}

std::string kind_text(ParamKind kind) {
  // In the order of ParamKind.
  static constexpr std::array words = {"",       "whole number",  "true or false", "one of",       "list of numbers",
                                       "matrix", "list of names", "dated values",  "list of dates"};
  return words[static_cast<std::size_t>(kind)];
}

std::string joined(const std::string& a, const std::string& b, const char* between) {
  return a.empty() || b.empty() ? a + b : a + between + b;
}

}  // namespace

std::string value_text(const Value& value) {
  const std::string text = to_text(value);
  if (text == "[]" || text == "{}" || text.empty()) return none;
  return text.size() <= longest_value ? text : text.substr(0, longest_value) + " …";
}

std::string allowed_text(const ParamDecl& param) {
  if (param.kind == ParamKind::choice) return fmt::format("{}", fmt::join(param.choices, ", "));
  const std::string range = has_range(param) && param.range != Range{} ? param.range.text() : "";
  const std::string text = joined(kind_text(param.kind), range, param.kind == ParamKind::integer ? " " : ", each ");
  return text.empty() ? "any number" : text;
}

std::string source_text(const ParamDecl& param) {
  if (!has_range(param) || param.kind == ParamKind::series) return {};
  return joined(to_string(param.source.status), param.source.text, ": ");
}

std::string param_line(const ParamDecl& param) {
  return fmt::format("{} = {}; {}", param.name, with_unit(value_text(param.fallback), param.unit), allowed_text(param));
}

std::string with_source(const ParamDecl& param) {
  const std::string source = source_text(param);
  return source.empty() ? param.doc : fmt::format("{} [{}]", param.doc, source);
}

std::string with_dimensions(const std::string& name, const Dimensions& dimensions) {
  return dimensions.empty() ? name : name + "[" + dimension_names(dimensions) + "]";
}

std::string default_text(const InputDecl& input) {
  return input.fallback ? with_unit(to_text(*input.fallback), input.unit) : "must be wired";
}

std::string lag_text(const InputDecl& input) {
  return input.lagged ? input.doc + "; of the step before" : input.doc;
}

std::string doc_text(const OutputDecl& output) {
  if (output.kind == OutputDecl::Kind::additive) return output.doc + "; a contribution to a sum";
  if (output.kind == OutputDecl::Kind::clamp) return output.doc + "; 1 where it holds, counted by every run";
  if (output.kind == OutputDecl::Kind::identity)
    return output.doc + "; an identity, tolerance " + to_text(output.tolerance);
  return output.doc;
}

std::string law_text(const ShockDecl& shock) {
  if (shock.law == ShockDecl::Law::events) return "uniforms by event";
  const std::string law = shock.law == ShockDecl::Law::normal ? "normal" : "uniform";
  return shock.draws == 1 ? law : fmt::format("{} {}", shock.draws, law);
}

}  // namespace moniac
