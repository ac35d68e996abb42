// Political pressure on a central bank: a compound Poisson–OU index and its memory.
#pragma once

#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/step.h"

namespace moniac {

///   p' = p e^{-kappa dt} + J xi + scripted jumps      J ~ Bernoulli(1 - e^{-lambda dt}), xi ~ Exp(mean)
///   P' = P e^{-kappa_P dt} + nu p (1 - e^{-kappa_P dt})/kappa_P      (p at the start of the step)
/// The perceived target of inflation is the announced one plus zeta P'.
class PoliticalPressure {
 public:
  struct Parameters {
    double decay;         ///< kappa, 1/year
    double jump_rate;     ///< lambda, 1/year
    double mean_jump;     ///< index
    double memory_decay;  ///< kappa_P, 1/year, > 0
    double memory_gain;   ///< nu
  };

  PoliticalPressure(const Parameters& given, double dt)
      : decay_(exp(-given.decay * dt)),
        jump_probability_(-expm1(-given.jump_rate * dt)),
        mean_jump_(given.mean_jump),
        memory_decay_(exp(-given.memory_decay * dt)),
        memory_gain_(given.memory_gain * -expm1(-given.memory_decay * dt) / given.memory_decay) {}

  /// Index and memory at the end of a step. `arrival` and `size` are uniform on (0, 1).
  void advance(ConstColumn last_pressure, ConstColumn last_memory, ConstColumn scripted, ConstColumn arrival,
               ConstColumn size, Column pressure, Column memory) const {
    memory = last_memory * memory_decay_ + memory_gain_ * last_pressure;
    pressure = last_pressure * decay_ + scripted;
    if (jump_probability_ == 0) return;
    const auto log_size = log(size);
    pressure += (arrival < jump_probability_).select(-mean_jump_ * log_size, 0.0);
  }

 private:
  double decay_;
  double jump_probability_;
  double mean_jump_;
  double memory_decay_;
  double memory_gain_;
};

}  // namespace moniac
