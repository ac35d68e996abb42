#include "sim/math/matrix_exponential.h"

#include <Eigen/LU>
#include <array>

namespace moniac {
namespace {

// Higham (2005), table 2.3: below this norm the [13/13] approximant is as good as the rounding of double.
constexpr double pade_reach = 5.371920351148152;

// Numerator of the [13/13] Padé approximant of e^x.
constexpr std::array<double, 14> pade = {64764752532480000.0,
                                         32382376266240000.0,
                                         7771770303897600.0,
                                         1187353796428800.0,
                                         129060195264000.0,
                                         10559470521600.0,
                                         670442572800.0,
                                         33522128640.0,
                                         1323241920.0,
                                         40840800.0,
                                         960960.0,
                                         16380.0,
                                         182.0,
                                         1.0};

// With U the odd and V the even part of the numerator (Higham 2005, eq. 2.5–2.6), e^A = (V - U)⁻¹ (V + U), written as
// 1 + 2 (V - U)⁻¹ U so that small matrices keep their digits and zero gives the identity.
ExactMatrix pade_exponential(const ExactMatrix& a) {
  const auto& c = pade;
  const ExactMatrix one = ExactMatrix::Identity(a.rows(), a.cols());
  const ExactMatrix a2 = a * a;
  const ExactMatrix a4 = a2 * a2;
  const ExactMatrix a6 = a4 * a2;
  const ExactMatrix odd = a6 * (Exact(c[13]) * a6 + Exact(c[11]) * a4 + Exact(c[9]) * a2) + Exact(c[7]) * a6 +
                          Exact(c[5]) * a4 + Exact(c[3]) * a2 + Exact(c[1]) * one;
  const ExactMatrix u = a * odd;
  const ExactMatrix v = a6 * (Exact(c[12]) * a6 + Exact(c[10]) * a4 + Exact(c[8]) * a2) + Exact(c[6]) * a6 +
                        Exact(c[4]) * a4 + Exact(c[2]) * a2 + Exact(c[0]) * one;
  return one + Exact(2) * ExactMatrix(Eigen::PartialPivLU<ExactMatrix>(v - u).solve(u));
}

}  // namespace

ExactMatrix matrix_exponential(const ExactMatrix& matrix) {
  assert(matrix.rows() == matrix.cols());
  int halvings = 0;
  for (double norm = norm_1(matrix); norm > pade_reach; norm /= 2) ++halvings;
  ExactMatrix result = pade_exponential(matrix * Exact(std::ldexp(1.0, -halvings)));
  for (int i = 0; i < halvings; ++i) result = ExactMatrix(result * result);
  return result;
}

std::optional<std::string> generator_fault(const ExactMatrix& generator) {
  if (generator.rows() == 0 || generator.rows() != generator.cols()) return "it is not square";
  for (Eigen::Index i = 0; i < generator.rows(); ++i) {
    const std::string row = "row " + std::to_string(i + 1);
    double sum = 0;
    double largest = 0;
    for (Eigen::Index j = 0; j < generator.cols(); ++j) {
      const double rate = generator(i, j).value;
      if (!std::isfinite(rate)) return row + " holds a number that is not finite";
      if (i != j && rate < 0) return row + " has a negative rate to state " + std::to_string(j + 1);
      sum += rate;
      largest = std::max(largest, std::abs(rate));
    }
    if (std::abs(sum) > 1e-9 * largest) return row + " does not sum to 0";
  }
  return {};
}

ExactMatrix transition_matrix(const ExactMatrix& generator, double dt) {
  assert(!generator_fault(generator) && dt >= 0);
  ExactMatrix probabilities = matrix_exponential(generator * Exact(dt)).cwiseMax(Exact(0));
  for (Eigen::Index i = 0; i < probabilities.rows(); ++i) probabilities.row(i) /= Exact(probabilities.row(i).sum());
  return probabilities;
}

}  // namespace moniac
