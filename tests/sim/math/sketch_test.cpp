#include "sim/math/sketch.h"

#include <algorithm>

#include "sim/math/quantile.h"
#include "tests/sim/math/columns_of.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

// A series summarised the way a run does it: centre and scale from the first 512 paths.
class Sketched {
 public:
  explicit Sketched(std::vector<double> values) : values_(std::move(values)), counts_(sketch_buckets) {
    const std::size_t first = std::min<std::size_t>(values_.size(), 512);
    for (std::size_t i = 0; i < first; ++i) center_ += values_[i] / static_cast<double>(first);
    double squares = 0;
    for (std::size_t i = 0; i < first; ++i) squares += (values_[i] - center_) * (values_[i] - center_);
    scale_ = sketch_scale(center_, first > 1 ? std::sqrt(squares / static_cast<double>(first - 1)) : 0.0);
    TestColumn x((values_.size() + 63) / 64 * 64);
    std::copy(values_.begin(), values_.end(), x.data());
    best_kernels().sketch(x.data(), values_.size(), center_, scale_, counts_.data());
  }
  Sketch sketch() const {
    const auto [low, high] = std::minmax_element(values_.begin(), values_.end());
    return {center_, scale_, counts_, *low, *high};
  }
  double exact(double probability) const { return exact_quantiles(values_, std::vector{100 * probability})[0]; }

 private:
  std::vector<double> values_;
  std::vector<std::uint32_t> counts_;
  double center_ = 0, scale_ = 0;
};

std::vector<double> normal_draws(std::size_t n) {
  TestColumn z((n + 63) / 64 * 64);
  best_kernels().normals(3, 0, 1, 1, z.data(), z.lanes());
  std::vector<double> values = z.values();
  values.resize(n);
  return values;
}

}  // namespace

TEST_CASE("a sketched quantile is within its error bound of the exact one") {
  std::vector<double> values = normal_draws(20000);
  for (double& x : values) x = 0.04 + 0.013 * x;
  const Sketched series(values);
  CHECK(series.sketch().error_bound() == Approx(0.013 / 64).epsilon(0.1));
  for (const double p : {0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999}) {
    CHECK(std::abs(series.sketch().quantile(p) - series.exact(p)) <= series.sketch().error_bound());
  }
}

TEST_CASE("on a smooth law the sketch errs by a hundredth of a bucket or so") {
  const Sketched series(normal_draws(200000));
  for (const double p : {0.05, 0.25, 0.5, 0.75, 0.95}) {
    CHECK(std::abs(series.sketch().quantile(p) - series.exact(p)) < 0.1 * series.sketch().error_bound());
  }
}

TEST_CASE("quantiles 0 and 1 are the extremes") {
  const Sketched series(normal_draws(5000));
  CHECK(series.sketch().quantile(0) == series.sketch().minimum);
  CHECK(series.sketch().quantile(1) == series.sketch().maximum);
}

TEST_CASE("a constant series has that constant as every quantile") {
  for (const double value : {0.0, 0.1, -3e11, 1e-300}) {
    const Sketched series(std::vector<double>(1000, value));
    for (const double p : {0.0, 0.01, 0.5, 1.0}) CHECK(series.sketch().quantile(p) == value);
  }
}

TEST_CASE("a series that is constant over the first paths only is still told apart") {
  std::vector<double> values(2000, 0.0);
  for (std::size_t i = 1200; i < 2000; ++i) values[i] = 1.0;
  const Sketched series(values);
  CHECK(std::abs(series.sketch().quantile(0.5)) < 0.002);
  CHECK(series.sketch().quantile(0.7) == Approx(1.0).epsilon(1.0 / 32));
}

TEST_CASE("a value beyond 2^16 scales lies between the edge and the extreme") {
  std::vector<double> values = normal_draws(2000);
  for (std::size_t i = 1900; i < 2000; ++i) values[i] = 1e9;
  const Sketched series(values);
  CHECK(series.sketch().quantile(0.99) > 60000);
  CHECK(series.sketch().quantile(0.99) <= 1e9);
}

TEST_CASE("a heavy tail is resolved to 1/32 of its distance from the centre") {
  std::vector<double> values = normal_draws(20000);
  for (double& x : values) x = x * x * x * x * x;
  const Sketched series(values);
  for (const double p : {0.001, 0.005, 0.995, 0.999}) {
    CHECK(series.sketch().quantile(p) == Approx(series.exact(p)).epsilon(1.0 / 32));
  }
}

TEST_CASE("one value is every quantile, and no value is NaN") {
  CHECK(Sketched({2.5}).sketch().quantile(0.3) == 2.5);
  const std::vector<std::uint32_t> none(sketch_buckets);
  CHECK(std::isnan(Sketch{0, 1, none, 0, 0}.quantile(0.5)));
}
