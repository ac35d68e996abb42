// The JSON Schema of scenario files.
#pragma once

#include <string>

#include "sim/engine/catalogue.h"

namespace moniac {

/// A JSON Schema (draft-07) of a scenario file as text, made from the catalogue and the words of the format. Every file
/// that it refuses is refused by the reader; the reader refuses more: what lies between two places of a file, in other
/// files, or in spelling that is lost once YAML is read.
std::string scenario_schema(const Catalogue& catalogue);

/// The same of a file of views.
std::string views_schema(const Catalogue& catalogue);

/// The same of a file that mixes scenarios.
std::string mixture_schema();

}  // namespace moniac
