// What is bought of what was promised.
#include "models/trade/policy/purchase_compliance.h"

#include "models/trade/policy/base_trade.h"
#include "sim/math/beta_quantile.h"
#include "sim/math/columns.h"

namespace moniac {

namespace {

// A promise C of an importer to buy so much of an exporter's goods in a year, all told, is kept to a part
//
//   floor = comp C,   comp ~ Beta(8 m, 8 (1 - m)),   m by sector
//
// drawn once for every promise and calendar year, by inversion of one uniform. Before the first step it is m.
class PurchaseCompliance final : public Model {
  const BaseTrade base = base_trade();
  const std::vector<double> mean =
      numbers("mean", {0.83, 0.37, 0.59, 0.59, 0.59, 0.52}, "ratio", between(0.1, 0.9),
              "Mean part of a promise that is kept, by sector",
              calibrated("China's purchases of 2020-21 (PIIE): agriculture published, others as remembered"));
  const double concentration = param("concentration", 8, "", between(5, 100),
                                     "How alike the parts are: variance m (1 - m)/(concentration + 1)", illustrative());
  const Inputs promised = inputs("trade.purchase_commitment", base.cells(), 0, "USD bn/year",
                                 "What the importer promises to buy in all; 0: nothing");
  const Outputs floor = outputs("purchase_floor", base.cells(), "USD bn/year", "What it buys at least");
  const States part =
      states("part", static_cast<int>(base.tariff.size()), "Part of the promise that is kept this year");
  const Shocks draws =
      uniform_shocks("compliance", static_cast<int>(base.tariff.size()), "What is bought of what was promised");
  const std::vector<BetaQuantile> quantiles = quantiles_of_sectors();

 public:
  explicit PurchaseCompliance(Declarations& declarations) : Model(declarations) {
    check(mean.size() == base.sectors.size(), "one number per sector", {"mean"});
  }

  void start(Start& s) const override {
    for (int cell = 0; cell < part.size; ++cell) s[part[cell]] = mean[sector_of(cell)];
    write(s);
  }

  void step(Step& s) const override {
    const bool draws_now = s.index() == 1 || year_of(s.date()) != year_of(s.time().date(s.index() - 1));
    for (int cell = 0; cell < part.size; ++cell) {
      s[part[cell]] = s.last(part[cell]);
      if (draws_now) draw(s, cell);
    }
    write(s);
  }

 private:
  static std::chrono::year year_of(Date date) { return std::chrono::year_month_day{date}.year(); }
  std::size_t sector_of(int cell) const { return static_cast<std::size_t>(cell) % base.sectors.size(); }

  std::vector<BetaQuantile> quantiles_of_sectors() const {
    std::vector<BetaQuantile> all;
    for (const double m : mean) all.emplace_back(m * concentration, (1 - m) * concentration);
    return all;
  }

  void draw(Step& s, int cell) const {
    const BetaQuantile& quantile = quantiles[sector_of(cell)];
    for (Eigen::Index path = 0; path < s.lanes(); ++path) s[part[cell]](path) = quantile(s[draws[cell]](path));
  }

  void write(View& s) const {
    for (int cell = 0; cell < floor.size; ++cell) s[floor[cell]] = s[part[cell]] * s[promised[cell]];
  }
};

}  // namespace

ModelType purchase_compliance() {
  return model_type<PurchaseCompliance>("purchase_compliance", "trade/policy", "trade",
                                        "What importers buy of what they promised to buy");
}

}  // namespace moniac
