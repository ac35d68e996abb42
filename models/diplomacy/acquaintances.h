// Who knows whom among n: a random network, one bit for each way of a tie, as numbers that fit into columns.
#pragma once

#include <bit>
#include <cstdint>

namespace moniac {

/// Ties are kept in numbers(), 48 bits in each, which a double holds exactly; `at(i)` is the i-th of them.
class Acquaintances {
 public:
  explicit Acquaintances(int n) : n_(n), width_((n + bits - 1) / bits) {}
  int numbers() const { return n_ * width_; }

  /// Asks `tied()` once for each pair, in a fixed order.
  template <class At, class Tied>
  void draw(At at, Tied tied) const {
    for (int i = 0; i < numbers(); ++i) at(i) = 0;
    for (int k = 1; k < n_; ++k) {
      for (int j = 0; j < k; ++j) {
        if (!tied()) continue;
        at(place(k, j)) += bit(j);
        at(place(j, k)) += bit(k);
      }
    }
  }

  /// Calls visit(j) for each acquaintance j of k, rising.
  template <class At, class Visit>
  void each(int k, At at, Visit visit) const {
    for (int part = 0; part < width_; ++part) {
      auto left = static_cast<std::uint64_t>(at(k * width_ + part));
      for (; left != 0; left &= left - 1) visit(part * bits + std::countr_zero(left));
    }
  }

 private:
  static constexpr int bits = 48;
  int place(int k, int j) const { return k * width_ + j / bits; }
  static double bit(int j) { return static_cast<double>(std::uint64_t{1} << (j % bits)); }

  int n_;
  int width_;
};

}  // namespace moniac
