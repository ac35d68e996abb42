// Compiled by a test with EXPRESSION set to something of a column x.
#include "sim/math/columns.h"

Eigen::ArrayXd of(const Eigen::ArrayXd& x) {
  using moniac::exp;
  return EXPRESSION;
}
