#include "models/fx/pairs.h"

#include <algorithm>
#include <array>

namespace moniac {

const Names& pair_names() {
  static const Names names = {"usdjpy", "eurusd", "gbpusd", "usdcny", "usdem"};
  return names;
}

PairPreset pair_preset(int pair) {
  static const std::array<PairPreset, 5> presets = {{
      {"jp",
       false,
       156.5,
       0.75,
       1.50,
       10.5,
       7.08,
       {71, -.00102, .00897},
       {2, -.010, .025},
       4.6,
       1.04,
       -.022,
       .20,
       6,
       calibrated("DEXJPUS 1990–July 2025, daily")},
      {"ea",
       true,
       1.17,
       2.00,
       2.40,
       9.6,
       5.08,
       {229, 0, .00536},
       {1, 0, .015},
       1.0,
       .48,
       .006,
       .20,
       5,
       calibrated("DEXUSEU 1999–February 2020, daily")},
      {"gb",
       true,
       1.34,
       3.75,
       3.90,
       9.5,
       6.76,
       {70, -.0008, .0077},
       {1, -.005, .02},
       3.4,
       .82,
       .011,
       .20,
       0,
       calibrated("DEXUSUK 1990–September 2023, daily")},
      {"cn",
       false,
       7.17,
       1.40,
       1.60,
       4.2,
       1.46,
       {194, 0, .00274},
       {.5, .005, .01},
       3,
       .9,
       .005,
       .25,
       2,
       calibrated("DEXCHUS August 2015–September 2024, daily")},
      {"em", false, 1, 6.0, 6.5, 14, 14, {0, 0, .01}, {1.5, .05, .06}, 3, 1.0, .05, .20, 3, illustrative()},
  }};
  return presets[static_cast<std::size_t>(pair)];
}

std::string preset_pair(const std::string& scope) {
  const Names& names = pair_names();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (scope == names[i] || scope == pair_preset(static_cast<int>(i)).country) return names[i];
  return "usdem";
}

}  // namespace moniac
