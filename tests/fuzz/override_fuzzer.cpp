// Each line is a --set option on a small valid scenario.
#include <sstream>

#include "models/catalogue.h"
#include "tests/fuzz/properties.h"

namespace {

const std::string scenario =
    "moniac: 1\n"
    "time: {start: 2025-01-01, step: 1 month, horizon: 12 months}\n"
    "ensemble: {paths: 64, seed: 1}\n"
    "models:\n"
    "  us.policy_rate: {mode: smooth, phi_pi: 1.5, inputs: {inflation: us.short_rate}}\n"
    "  us.short_rate: {speed: 0.25 1/year}\n"
    "levers:\n"
    "  us.output_gap: {2025-02-01: 1 %, 2025-03-01: 0 %}\n"
    "impose: {us.short_rate: {2025-04-01: 4 %/year}}\n"
    "record: {variables: [us.policy_rate], dates: end}\n";

const std::string series =
    "date,rate,gap\n"
    "2025-01-01,4,0.5\n"
    "2025-06,5,-0.5\n";

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const moniac::Catalogue catalogue(moniac::model_types());
  moniac::put_files({{"series.csv", series}});
  std::istringstream lines(std::string(data, data + size));
  std::vector<moniac::Override> overrides;
  for (std::string line; std::getline(lines, line);) overrides.push_back({line});
  moniac::check_reading(scenario, overrides, catalogue);
  return 0;
}
