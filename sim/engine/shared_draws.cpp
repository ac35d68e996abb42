#include "sim/engine/shared_draws.h"

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

SharedDraws::SharedDraws(const Plan& plan, const Kernels& kernels)
    : draws_(plan.draws),
      steps_(plan.time.steps),
      lanes_(lanes_of(plan)),
      values_(static_cast<Eigen::Index>(bytes(plan) / sizeof(double))) {
  double* next = values_.data();
  for (int step = 1; step <= steps_; ++step) {
    for (const Draw& draw : draws_) {
      draw_column(draw, kernels, step, 0, next, lanes_);
      next += lanes_;
    }
  }
}

bool SharedDraws::serves(const Plan& plan) const {
  return plan.time.steps == steps_ && lanes_of(plan) == lanes_ && plan.draws == draws_;
}

}  // namespace moniac
