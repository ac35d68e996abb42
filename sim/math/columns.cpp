#include "sim/math/columns.h"

#include <new>
#include <stdexcept>
#include <string>

namespace moniac {

namespace {

constexpr std::align_val_t alignment{64};
thread_local Scratch* installed = nullptr;

}  // namespace

Scratch::Scratch(const Kernels& kernels, Eigen::Index lanes)
    : kernels_(kernels),
      capacity_(lanes),
      lanes_(lanes),
      columns_(
          static_cast<double*>(::operator new(sizeof(double) * static_cast<std::size_t>(lanes) * size, alignment))) {}

Scratch::~Scratch() {
  if (installed == this) installed = nullptr;
  ::operator delete(columns_, alignment);
}

double* Scratch::next() {
  if (used_ == size) {
    throw std::logic_error(std::string(user_) + " uses more than " + std::to_string(size) +
                           " scratch columns in one step; name repeated expressions as State columns");
  }
  return columns_ + lanes_ * used_++;
}

Scratch& Scratch::current() {
  if (!installed) throw std::logic_error("a function of columns was called outside a model's step");
  return *installed;
}

void Scratch::use(Eigen::Index lanes) {
  if (lanes > capacity_) throw std::logic_error("a block has more lanes than the scratch columns");
  lanes_ = lanes;
  installed = this;
}

}  // namespace moniac
