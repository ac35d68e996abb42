// Partners that wait for a settlement with the USA: whose turn it is, and what regions make of their partners.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/step.h"

namespace moniac {

/// A partner's region among the exporters, and its share of that region; the shares of a region sum to 1.
struct Partner {
  std::size_t region;
  double share;
};

/// Goes once around a circle of `places`, from `first` on, and lets those who wait talk, at most `turns` of them.
/// Returns the place after the last who did, or `first` after the whole circle.
template <class Waits, class Talk>
int talk_in_turn(int places, int first, int turns, Waits waits, Talk talk) {
  int place = first;
  for (int passed = 0; passed < places && turns > 0; ++passed) {
    if (waits(place)) {
      talk(place);
      --turns;
    }
    place = place + 1 < places ? place + 1 : 0;
  }
  return place;
}

/// Writes by region the share of partners k of which `belongs(k)`, a column of 0 and 1, says so.
template <class Belongs>
void write_shares(const View& s, Outputs by_region, const std::vector<Partner>& partners, Belongs belongs) {
  for (int region = 0; region < by_region.size; ++region) s[by_region[region]] = 0;
  for (std::size_t k = 0; k < partners.size(); ++k)
    s[by_region[static_cast<int>(partners[k].region)]] += partners[k].share * belongs(static_cast<int>(k));
}

}  // namespace moniac
