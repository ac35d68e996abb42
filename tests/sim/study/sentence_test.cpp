#include "sim/study/sensitivity.h"
#include "tests/sim/study/test_functions.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Estimate about(double value, double error) {
  return {value, error, value - 2 * error, value + 2 * error};
}

const Estimate unknown{missing, missing, missing, missing};
const std::vector<std::string> names{"rho", "phi_pi", "inertia", "target", "speed"};

}  // namespace

TEST_CASE("the sentence ranks what counts, and names apart what does not") {
  const SobolIndices indices{{{about(0.22, 0.03), about(0.24, 0.02)},
                              {about(0.61, 0.04), about(0.72, 0.02)},
                              {about(0.001, 0.02), about(0.001, 0.002)},
                              {about(0.0005, 0.0001), about(0.001, 0.0001)},
                              {about(0.01, 0.02), about(0.11, 0.01)}},
                             about(0.12, 0.02),
                             about(3, 0.1),
                             about(0.02, 0.004),
                             300,
                             0};
  CHECK(
      sentence(indices, "us.y10 at 24 months", names) ==
      "phi_pi explains 0.61 ± 0.04 of the variance of us.y10 at 24 months; rho 0.22 ± 0.03; only together with others: "
      "speed (in all 0.11 ± 0.01); below 0.01: target; indistinguishable from zero: inertia; interactions 0.12 ± 0.02; "
      "Monte-Carlo noise is 0.02 ± 0.00 of the variance between cases; about 470 more points would narrow the widest "
      "95 % interval to ± 0.05");
}

TEST_CASE("the sentence claims no interaction and no noise whose interval holds zero, and counts what was left out") {
  const SobolIndices indices{
      {{about(0.98, 0.02), about(0.99, 0.02)}}, about(0.02, 0.02), about(3, 0.1), about(0.001, 0.004), 300, 1};
  CHECK(sentence(indices, "us.y10", std::vector<std::string>{"rho"}) ==
        "rho explains 0.98 ± 0.02 of the variance of us.y10; Monte-Carlo noise is indistinguishable from zero; 1 point "
        "was "
        "left out because a case failed");
}

TEST_CASE("a response that does not vary, or not beyond noise, is said to be so") {
  const std::vector<std::string> axes{"a", "b", "c"};
  const std::vector<double> constant(64 * 5, 0.1);
  const std::string same = "us.y10 is the same in all cases: there is no variance to explain";
  CHECK(sentence(sobol_indices({constant, {}, {}}, 64, 3), "us.y10", axes) == same);
  CHECK(sentence(sobol_indices({constant, constant, constant}, 64, 3), "us.y10", axes) == same);
  const NoisyValues noise = with_noise(constant, 1, 0, 5);
  CHECK(sentence(sobol_indices(noise.responses(), 64, 3), "us.y10", axes) ==
        "us.y10 differs between cases by no more than Monte-Carlo noise: more paths per case are needed to explain it");
  const std::vector<double> failed(64 * 5, missing);
  CHECK(sentence(sobol_indices({failed, {}, {}}, 64, 3), "us.y10", axes) ==
        "fewer than two complete points: nothing is known of us.y10; 64 points were left out because a case failed");
}

TEST_CASE("the sentence on Ishigami's function says what is known of it") {
  const std::vector<double> values = values_at(saltelli_design(1024, 3, 1), ishigami);
  const std::string words =
      sentence(sobol_indices({values, {}, {}}, 1024, 3), "y", std::vector<std::string>{"x1", "x2", "x3"});
  CHECK(words.rfind("x2 explains 0.4", 0) == 0);
  CHECK(words.find("; x1 0.3") != std::string::npos);
  CHECK(words.find("only together with others: x3 (in all 0.2") != std::string::npos);
  CHECK(words.find("interactions 0.2") != std::string::npos);
}

TEST_CASE("the sentence on effects gives size, direction and whether one number describes them") {
  const MorrisEffects effects{{{about(0.5, 0.1), about(0.5, 0.1), about(0.01, 0.01)},
                               {about(-1234.5, 20), about(1234.5, 20), about(600, 50)},
                               {about(0, 0.1), about(0.001, 0.01), about(0, 0)}},
                              about(0.25, 0.01),
                              20,
                              2};
  CHECK(
      sentence(effects, "debt", std::vector<std::string>{"rho", "phi_pi", "inertia"}) ==
      "phi_pi over its whole range moves debt by 1234 ± 20 downwards, varying with the other axes or along its own "
      "(sigma 600 ± 50); rho by 0.50 ± 0.10 upwards; indistinguishable from zero: inertia; Monte-Carlo noise is 0.25 ± "
      "0.01 of the variance between cases; 2 trajectories were left out because a case failed");
  const MorrisEffects one{{{unknown, unknown, unknown}}, unknown, 1, 0};
  CHECK(sentence(one, "debt", std::vector<std::string>{"rho"}) ==
        "fewer than two trajectories: nothing is known of debt");
}
