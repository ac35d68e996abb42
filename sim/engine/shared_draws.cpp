#include "sim/engine/shared_draws.h"

#include <algorithm>

namespace moniac {

namespace {

std::size_t lanes_of(const Plan& plan) {
  return (static_cast<std::size_t>(plan.paths) + cell_size - 1) / cell_size * cell_size;
}

}  // namespace

void draw_column(const Draw& draw, const Kernels& kernels, int step, std::int64_t first, double* column,
                 std::size_t lanes) {
  const auto law = draw.law == ShockDecl::Law::normal ? kernels.normals : kernels.uniforms;
  law(draw.key, static_cast<std::uint64_t>(first), static_cast<std::uint32_t>(step), draw.draw, column, lanes);
}

std::size_t SharedDraws::bytes(const Plan& plan) {
  return static_cast<std::size_t>(plan.time.steps) * plan.draws.size() * lanes_of(plan) * sizeof(double);
}

SharedDraws::SharedDraws(const Plan& plan, std::size_t lanes)
    : draws_(plan.draws),
      steps_(plan.time.steps),
      lanes_(lanes),
      values_(static_cast<Eigen::Index>(static_cast<std::size_t>(plan.time.steps) * plan.draws.size() * lanes)) {}

SharedDraws::SharedDraws(const Plan& plan, const Kernels& kernels) : SharedDraws(plan, lanes_of(plan)) {
  double* next = values_.data();
  for (int step = 1; step <= steps_; ++step) {
    for (const Draw& draw : draws_) {
      draw_column(draw, kernels, step, 0, next, lanes_);
      next += lanes_;
    }
  }
}

SharedDraws SharedDraws::still(const Plan& plan) {
  SharedDraws draws(plan, cell_size);
  double* next = draws.values_.data();
  for (int step = 1; step <= draws.steps_; ++step) {
    for (const Draw& draw : draws.draws_) {
      std::fill_n(next, draws.lanes_, draw.law == ShockDecl::Law::normal ? 0.0 : 0.5);
      next += draws.lanes_;
    }
  }
  return draws;
}

bool SharedDraws::serves(const Plan& plan) const {
  return plan.time.steps == steps_ && lanes_of(plan) == lanes_ && plan.draws == draws_;
}

}  // namespace moniac
