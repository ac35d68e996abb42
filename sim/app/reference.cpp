// A model type as text and as Markdown.
#include "sim/app/reference.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/app/declaration_text.h"
#include "sim/app/text.h"

namespace moniac {

namespace {

std::string params_text(const Declarations& declared) {
  if (declared.params().empty()) return {};
  std::string text = "\nparameters\n";
  for (const ParamDecl& param : declared.params()) {
    text += fmt::format("  {}\n", param_line(param)) + wrapped(with_source(param), 6);
  }
  return text;
}

std::string inputs_text(const Declarations& declared) {
  TextTable table("llll");
  for (const InputDecl& input : declared.inputs()) {
    table.add({with_dimensions(input.name, input.dimensions), input.unit, default_text(input), lag_text(input)});
  }
  return table.empty() ? "" : "\ninputs\n" + table.text(2);
}

std::string outputs_text(const Declarations& declared) {
  TextTable table("lll");
  for (const OutputDecl& output : declared.outputs()) {
    table.add({with_dimensions(output.name, output.dimensions), output.unit, doc_text(output)});
  }
  return table.empty() ? "" : "\noutputs\n" + table.text(2);
}

std::string shocks_text(const Declarations& declared) {
  TextTable table("lll");
  for (const ShockDecl& shock : declared.shocks()) table.add({shock.name, law_text(shock), shock.doc});
  return table.empty() ? "" : "\nshocks\n" + table.text(2);
}

// A cell of a Markdown table: a bar would end it.
std::string cell(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '|') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string code(const std::string& text) {
  return text.empty() ? "" : "`" + cell(text) + "`";
}

std::string markdown_table(const std::string& title, const std::vector<std::string>& heading,
                           const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) return {};
  std::string text = fmt::format("\n## {}\n\n| {} |\n|", title, fmt::join(heading, " | "));
  for (std::size_t i = 0; i < heading.size(); ++i) text += "---|";
  text += "\n";
  for (const auto& row : rows) text += fmt::format("| {} |\n", fmt::join(row, " | "));
  return text;
}

std::string params_markdown(const Declarations& declared) {
  std::vector<std::vector<std::string>> rows;
  for (const ParamDecl& param : declared.params()) {
    rows.push_back({code(param.name), code(value_text(param.fallback)), cell(param.unit), cell(allowed_text(param)),
                    cell(param.doc), cell(source_text(param))});
  }
  return markdown_table("Parameters", {"parameter", "default", "unit", "allowed", "meaning", "source"}, rows);
}

std::string inputs_markdown(const Declarations& declared) {
  std::vector<std::vector<std::string>> rows;
  for (const InputDecl& input : declared.inputs()) {
    rows.push_back({code(with_dimensions(input.name, input.dimensions)), cell(input.unit), cell(default_text(input)),
                    cell(lag_text(input))});
  }
  return markdown_table("Inputs", {"input", "unit", "without a producer", "meaning"}, rows);
}

std::string outputs_markdown(const Declarations& declared) {
  std::vector<std::vector<std::string>> rows;
  for (const OutputDecl& output : declared.outputs()) {
    rows.push_back({code(with_dimensions(output.name, output.dimensions)), cell(output.unit), cell(doc_text(output))});
  }
  return markdown_table("Outputs", {"output", "unit", "meaning"}, rows);
}

std::string shocks_markdown(const Declarations& declared) {
  std::vector<std::vector<std::string>> rows;
  for (const ShockDecl& shock : declared.shocks()) rows.push_back({code(shock.name), law_text(shock), cell(shock.doc)});
  return markdown_table("Shocks", {"shock", "law", "meaning"}, rows);
}

}  // namespace

std::string list_text(const Catalogue& catalogue) {
  TextTable table("lll");
  for (const ModelType& type : catalogue.types()) table.add({type.name, type.folder, type.summary});
  return table.text();
}

std::string list_markdown(const Catalogue& catalogue) {
  std::string text = "# Models\n\n| model | what it is |\n|---|---|\n";
  for (const ModelType& type : catalogue.types()) {
    text += fmt::format("| [{0}]({0}.md) | {1} |\n", type.name, cell(type.summary));
  }
  return text;
}

std::string model_text(const ModelType& type) {
  const Declarations declared = describe(type);
  return fmt::format("{}: {}\nequations and sources: models/{}/README.md; described in scope {}\n", type.name,
                     type.summary, type.folder, type.scope) +
         params_text(declared) + inputs_text(declared) + outputs_text(declared) + shocks_text(declared);
}

std::string model_markdown(const ModelType& type) {
  const Declarations declared = describe(type);
  return fmt::format(
             "# {0}\n\n{1}. Equations and sources: [models/{2}](../../models/{2}/README.md). Described as an instance "
             "in scope `{3}`; defaults may differ in other scopes.\n",
             type.name, type.summary, type.folder, type.scope) +
         params_markdown(declared) + inputs_markdown(declared) + outputs_markdown(declared) + shocks_markdown(declared);
}

}  // namespace moniac
