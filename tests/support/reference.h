// Reference values carried into tests/reference.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace moniac::testing {

/// The file tests/reference/<name>, for example "rates/taylor.json".
inline nlohmann::json reference(const std::string& name) {
  std::ifstream file(std::string(MONIAC_SOURCE_DIR) + "/tests/reference/" + name);
  if (!file) throw std::runtime_error("no reference file " + name);
  return nlohmann::json::parse(file);
}

}  // namespace moniac::testing
