#include "models/treasury/threshold_cascade.h"

#include <cmath>
#include <numeric>

#include "tests/support/catch.h"
#include "tests/support/reference.h"

using namespace moniac;
using moniac::testing::reference;

namespace {

// The holders' actions on one path, of which the first is the leader's.
class OnePath {
 public:
  OnePath(ThresholdCascade cascade, const std::vector<double>& start, double signal)
      : cascade_(std::move(cascade)), now_(start.size()), before_(start.size()) {
    for (std::size_t i = 0; i < start.size(); ++i) now_[i].value = start[i];
    signal_.value = signal;
  }

  void tick() {
    cascade_.tick([&](int j) { return Column(&now_[static_cast<std::size_t>(j)].value, 1); },
                  [&](int j) { return Column(&before_[static_cast<std::size_t>(j)].value, 1); },
                  ConstColumn(&signal_.value, 1), Column(&room_.value, 1));
  }

  std::vector<double> actions() const {
    std::vector<double> all;
    for (const Cell& cell : now_) all.push_back(cell.value);
    return all;
  }

 private:
  struct alignas(64) Cell {
    double value = 0;
  };
  ThresholdCascade cascade_;
  std::vector<Cell> now_, before_;
  Cell signal_, room_;
};

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("the cascade follows, or does not follow, its leader as in the reference") {
  const auto known = reference("treasury/cascade.json");
  const auto size = known["size"].get<std::vector<double>>();
  const auto cascade =
      ThresholdCascade::of(known["weight"].get<std::vector<double>>(), known["threshold"].get<std::vector<double>>());
  for (const auto& example : known["cases"]) {
    INFO(example["name"].get<std::string>());
    OnePath path(cascade, example["start"].get<std::vector<double>>(), example["signal"]);
    std::vector<double> last;
    for (const auto& expected : example["path"]) {
      last = path.actions();
      CHECK(last == expected.get<std::vector<double>>());
      path.tick();
    }
    const double share = std::inner_product(size.begin(), size.end(), last.begin(), 0.0) / sum(size);
    CHECK(share == Approx(double(example["final_share"])).epsilon(1e-12));
  }
}

TEST_CASE("a dozen holders with common weights end at the smallest fixed point of their thresholds' distribution") {
  std::vector<double> threshold;
  for (int i = 0; i < 12; ++i) threshold.push_back(0.09 * i + 0.02 * std::sin(3.0 * i));
  std::vector<double> start(12, 0.0);
  start[0] = 1;
  for (const double signal : {0.0, 0.03, 0.08, 0.2}) {
    OnePath path(ThresholdCascade::of(std::vector<double>(12, 1.0), threshold), start, signal);
    for (int k = 0; k < 40; ++k) path.tick();
    // x = F(x + signal) from the seed up, F: weight of holders whose threshold is reached.
    double x = 1.0 / 12;
    for (int k = 0; k < 40; ++k) {
      double reached = 0;
      for (std::size_t i = 0; i < 12; ++i)
        if (i == 0 || threshold[i] <= x + signal + 1e-12) reached += 1.0 / 12;
      x = reached;
    }
    CHECK(sum(path.actions()) / 12 == Approx(x).epsilon(1e-12));
  }
}
