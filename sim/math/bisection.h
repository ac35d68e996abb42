// Roots by bisection: to the last bit, in any build the same.
#pragma once

namespace moniac {

/// The root of a function that increases on (low, high), to neighbouring numbers; an end where the sign does not
/// change.
template <class F>
double increasing_root(const F& f, double low, double high) {
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = (low + high) / 2;
    if (middle == low || middle == high) break;
    (f(middle) < 0 ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace moniac
