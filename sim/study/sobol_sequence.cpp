// The home of Boost's table of directions (Joe & Kuo 2008).
#include <boost/random/sobol.hpp>

#include "sim/math/hash.h"
#include "sim/study/design.h"
#include "sim/study/draws.h"

namespace moniac {
namespace {

using Word = std::uint64_t;
constexpr unsigned word_bits = 52;

double centre_of(Word word) {
  return (static_cast<double>(word) + 0.5) * 0x1p-52;
}

Points shifted_sequence(std::size_t points, const std::vector<Word>& shift) {
  if (shift.empty()) return Points(points);
  boost::random::sobol_engine<Word, word_bits> engine(shift.size());
  Points sequence(points, std::vector<double>(shift.size()));
  for (std::size_t i = 0; i < points; ++i)
    for (std::size_t axis = 0; axis < shift.size(); ++axis) {
      const Word word = i == 0 ? 0 : engine();  // the engine leaves the origin out
      sequence[i][axis] = centre_of(word ^ shift[axis]);
    }
  return sequence;
}

}  // namespace

Points sobol_sequence(std::size_t points, std::size_t axes) {
  return shifted_sequence(points, std::vector<Word>(axes, 0));
}

Points sobol_points(std::size_t points, std::size_t axes, std::uint64_t seed) {
  const std::vector<double> uniforms = uniform_draws(stream_key(seed, "study/sobol_shift"), 0, 0, axes);
  std::vector<Word> shift;
  for (const double uniform : uniforms) shift.push_back(static_cast<Word>(uniform * 0x1p52));
  return shifted_sequence(points, shift);
}

}  // namespace moniac
