#include "sim/study/case_responses.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace moniac {

bool CaseResponses::failed(std::size_t i) const {
  const CaseResponse y = (*this)[i];
  return !(std::isfinite(y.whole) && std::isfinite(y.first) && std::isfinite(y.second));
}

CaseResponse mean_of(const CaseResponses& responses, const std::vector<std::size_t>& cases) {
  CaseResponse sum{0, 0, 0};
  for (const std::size_t i : cases) {
    const CaseResponse y = responses[i];
    sum = {sum.whole + y.whole, sum.first + y.first, sum.second + y.second};
  }
  const auto n = static_cast<double>(cases.size());
  return {sum.whole / n, sum.first / n, sum.second / n};
}

double rounding_error(const CaseResponses& responses, const std::vector<std::size_t>& cases) {
  double largest = 0;
  for (const std::size_t i : cases) {
    const CaseResponse y = responses[i];
    largest = std::max({largest, std::abs(y.whole), std::abs(y.first), std::abs(y.second)});
  }
  return 64 * std::numeric_limits<double>::epsilon() * largest;
}

}  // namespace moniac
