// One declaration of a model in words.
#pragma once

#include <string>

#include "sim/model/declarations.h"

namespace moniac {

/// The value as text; a long list is cut.
std::string value_text(const Value& value);
/// What a parameter may be: "0 … 1", "meetings, smooth", "true or false", "whole number >= 1".
std::string allowed_text(const ParamDecl& param);
/// "published: Taylor (1993)"; empty for words and flags.
std::string source_text(const ParamDecl& param);
/// "phi_pi = 1.5 %; > 0".
std::string param_line(const ParamDecl& param);
/// The doc of a parameter with its source in brackets.
std::string with_source(const ParamDecl& param);

/// "us.holdings[holder]", "trade.flow[importer,exporter]"; the name alone without dimensions.
std::string with_dimensions(const std::string& name, const Dimensions& dimensions);
/// "2 %/year" or "must be wired".
std::string default_text(const InputDecl& input);
/// The doc, and that the value is last step's.
std::string lag_text(const InputDecl& input);
/// The doc, and the kind of an output that is not plain.
std::string doc_text(const OutputDecl& output);
/// "normal", "3 uniform".
std::string law_text(const ShockDecl& shock);

}  // namespace moniac
