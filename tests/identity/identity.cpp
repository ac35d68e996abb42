// Prints hashes of everything whose bits must not depend on compiler, instruction set or threads: kernels, set-up
// functions and whole runs of the scenarios named on the command line. Builds are compared by their output.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "models/catalogue.h"
#include "sim/engine/ensemble.h"
#include "sim/engine/plan.h"
#include "sim/math/kernels.h"
#include "sim/math/scalar.h"
#include "sim/scenario/scenario.h"

namespace {

using namespace moniac;

/// FNV-1a over the bit patterns of numbers.
class Hash {
 public:
  void add(std::span<const double> values) {
    for (double value : values) {
      std::uint64_t bits;
      std::memcpy(&bits, &value, sizeof bits);
      for (int byte = 0; byte < 8; ++byte) state_ = (state_ ^ ((bits >> (8 * byte)) & 0xff)) * 0x100000001b3u;
    }
  }
  void add(double value) { add(std::span(&value, 1)); }
  unsigned long long value() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325u;
};

struct alignas(64) ColumnOf64 {
  double lane[64];
};

// Inputs over all magnitudes that a model may meet.
std::vector<ColumnOf64> inputs(const Kernels& kernels) {
  std::vector<ColumnOf64> columns(200);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    kernels.normals(7, 64 * c, 1, 0, columns[c].lane, 64);
    const double scale = std::ldexp(1.0, static_cast<int>(c % 40) - 30);
    for (double& x : columns[c].lane) x *= scale;
  }
  return columns;
}

std::uint64_t hash_of_kernels(const Kernels& kernels) {
  Hash hash;
  ColumnOf64 result;
  for (const ColumnOf64& x : inputs(kernels)) {
    for (const auto function :
         {kernels.exp, kernels.log, kernels.expm1, kernels.log1p, kernels.sin, kernels.cos, kernels.normal_cdf}) {
      function(x.lane, result.lane, 64);
      for (double y : result.lane) hash.add(std::isnan(y) ? -1.0 : y);  // a NaN has many patterns
    }
    Cell cell;
    kernels.cells(x.lane, 61, &cell);
    hash.add(std::vector{cell.mean, cell.m2, cell.minimum, cell.maximum});
    kernels.uniforms(9, 640, 3, 1, result.lane, 64);
    hash.add(result.lane);
  }
  return hash.value();
}

std::uint64_t hash_of_scalars() {
  Hash hash;
  for (int i = 1; i < 2000; ++i) {
    const double x = 0.017 * i;
    hash.add(std::vector{moniac::exp(-x), moniac::log(x), moniac::expm1(-x), moniac::log1p(x), moniac::sin(x),
                         moniac::cos(x), moniac::pow(x, 0.3), moniac::normal_cdf(x - 10)});
  }
  return hash.value();
}

// More than a unit of paths; few where a path has many values, which show as much and take long.
Plan plan_of(const std::string& path) {
  const auto with = [&](const char* paths) {
    return Plan::make(read_scenario(path, {{std::string("ensemble.paths=") + paths}}), Catalogue(model_types()));
  };
  Plan plan = with("3000");
  constexpr int many_values = 50000;
  if (plan.layout.variables * plan.time.steps > many_values) return with("200");
  return plan;
}

std::uint64_t hash_of_run(const std::string& path, const Kernels& kernels) {
  const Results results = run(plan_of(path), {.kernels = &kernels}).results;
  Hash hash;
  for (const RecordedVariable& variable : results.variables) {
    for (const auto& numbers : {variable.mean, variable.sd, variable.minimum, variable.maximum, variable.quantiles}) {
      hash.add(numbers);
    }
  }
  for (const OutcomeResult& outcome : results.outcomes) hash.add(outcome.probability);
  return hash.value();
}

}  // namespace

int main(int count, char** words) {
  bool same = true;
  std::string first;
  for (const char* level : {"portable", "avx2", "avx512"}) {
    const Kernels* kernels = find_kernels(level);
    if (kernels == nullptr) continue;
    std::string lines;
    char line[512];
    std::snprintf(line, sizeof line, "kernels %016llx\nscalars %016llx\n",
                  static_cast<unsigned long long>(hash_of_kernels(*kernels)),
                  static_cast<unsigned long long>(hash_of_scalars()));
    lines += line;
    for (int i = 1; i < count; ++i) {
      const std::string path = words[i];
      std::snprintf(line, sizeof line, "%s %016llx\n", path.substr(path.rfind('/') + 1).c_str(),
                    static_cast<unsigned long long>(hash_of_run(path, *kernels)));
      lines += line;
    }
    if (first.empty()) first = lines;
    same = same && lines == first;
    std::fprintf(stderr, "%s:\n%s", level, lines.c_str());
  }
  std::printf("%s", first.c_str());
  return same ? 0 : 1;
}
