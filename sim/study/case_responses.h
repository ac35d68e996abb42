// Responses case by case.
#pragma once

#include "sim/study/sensitivity.h"

namespace moniac {

/// The three responses of a case.
struct CaseResponse {
  double whole;
  double first;
  double second;
};

/// Responses case by case, without halves `whole` in their place; and whether they have any noise to separate.
class CaseResponses {
 public:
  explicit CaseResponses(const Responses& responses) : responses_(responses) {}
  bool halves() const { return !responses_.first_half.empty(); }
  CaseResponse operator[](std::size_t i) const {
    const double whole = responses_.whole[i];
    return halves() ? CaseResponse{whole, responses_.first_half[i], responses_.second_half[i]}
                    : CaseResponse{whole, whole, whole};
  }
  bool failed(std::size_t i) const;

 private:
  Responses responses_;
};

/// The mean over `cases`; each of the three on its own.
CaseResponse mean_of(const CaseResponses& responses, const std::vector<std::size_t>& cases);

inline CaseResponse operator-(const CaseResponse& x, const CaseResponse& y) {
  return {x.whole - y.whole, x.first - y.first, x.second - y.second};
}

/// Differences up to this one are rounding in responses of this size.
double rounding_error(const CaseResponses& responses, const std::vector<std::size_t>& cases);

}  // namespace moniac
