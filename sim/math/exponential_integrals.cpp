#include "sim/math/exponential_integrals.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "sim/math/scalar.h"

namespace moniac {
namespace {

struct Node {
  double place;  // on (-1, 1), with its mirror image
  double weight;
};

// Gauss–Legendre with 16 points (Abramowitz and Stegun, table 25.4).
constexpr std::array<Node, 8> nodes = {{{0.095012509837637440185, 0.18945061045506849629},
                                        {0.28160355077925891323, 0.18260341504492358887},
                                        {0.45801677765722738634, 0.16915651939500253819},
                                        {0.61787624440264374845, 0.14959598881657673208},
                                        {0.75540440835500303390, 0.12462897125553387205},
                                        {0.86563120238783174388, 0.09515851168249278481},
                                        {0.94457502307323257608, 0.06225352393864789286},
                                        {0.98940093499164993260, 0.02715245941175409485}}};

template <class Integrand>
double panel(const Integrand& f, double from, double to) {
  const double half = (to - from) / 2;
  const double middle = from + half;
  double sum = 0;
  for (const Node& node : nodes) sum += node.weight * (f(middle - half * node.place) + f(middle + half * node.place));
  return half * sum;
}

// ∫₀^τ of a function of e^{-ks} whose fastest k is `speed`: panels of at most 4/k while e^{-ks} lives, the rest in one.
template <class Integrand>
double integral(const Integrand& f, double speed, double time) {
  constexpr double gone = 40;  // e^-40 is below the rounding of 1
  const double alive = speed * time > gone ? gone / speed : time;
  const double panels = std::max(1.0, std::ceil(speed * alive / 4));
  double sum = alive < time ? panel(f, alive, time) : 0.0;
  for (int i = 0; i < static_cast<int>(panels); ++i) sum += panel(f, alive * i / panels, alive * (i + 1) / panels);
  return sum;
}

}  // namespace

double decay_integral(double speed, double time) {
  assert(speed >= 0 && time >= 0);
  const double x = speed * time;
  if (x < 1e-8) return time * (1 - x / 2 + x * x / 6);
  return -expm1(-x) / speed;
}

double decay_integral_sum(double speed, double time) {
  if (speed * time >= 1) return (time - decay_integral(speed, time)) / speed;
  return panel([=](double s) { return decay_integral(speed, s); }, 0, time);
}

double decay_integral_product(double speed_1, double speed_2, double time) {
  // From kτ = 1 on the bracket keeps at least a sixth of τ.
  if (std::min(speed_1, speed_2) * time >= 1) {
    const double bracket =
        time - decay_integral(speed_1, time) - decay_integral(speed_2, time) + decay_integral(speed_1 + speed_2, time);
    return bracket / (speed_1 * speed_2);
  }
  const auto product = [=](double s) { return decay_integral(speed_1, s) * decay_integral(speed_2, s); };
  return integral(product, std::max(speed_1, speed_2), time);
}

double decay_integral_covariance(double speed, double integral_speed, double time) {
  if (integral_speed * time >= 1 && speed <= integral_speed)
    return (decay_integral(speed, time) - decay_integral(speed + integral_speed, time)) / integral_speed;
  const auto product = [=](double s) { return exp(-speed * s) * decay_integral(integral_speed, s); };
  return integral(product, std::max(speed, integral_speed), time);
}

}  // namespace moniac
