// What announced tariffs do to demand before anything is collected.
#include "models/trade/policy/trade_uncertainty.h"

#include <array>

#include "models/trade/policy/base_trade.h"
#include "sim/math/columns.h"

namespace moniac {

namespace {

// An economy of the bus, in the order of its region's trade.
struct Economy {
  const char* scope;
  std::size_t region;
};

constexpr std::array<Economy, 5> economies = {{{"us", 0}, {"cn", 1}, {"jp", 2}, {"ea", 3}, {"em", 7}}};

// Firms wait while tariffs are announced that are not yet in force, whichever way they would move. With A the announced
// change of the tariff of importer n on goods of exporter i, and the goods that r trades as weights,
//
//   u_r = mean over both directions of |A| / deviation,     demand_r = -effect u_r
class TradeUncertainty final : public Model {
  const BaseTrade base = base_trade();
  const double effect = param("effect", 0.3, "%", nonnegative(), "Fall of demand per standard deviation",
                              illustrative("size of Caldara et al. 2020, peak of 0.8 to 1 %, as remembered"));
  const double deviation = param("deviation", 5, "pp", positive(), "Announced change that is one standard deviation",
                                 illustrative("mean over all trade of an economy"));

  const Inputs announced = inputs("trade.tariff_announced", base.pairs(), 0, "pp",
                                  "Announced change of the mean tariff on goods, not yet in force");
  const std::vector<Output> demand = demands();

 public:
  explicit TradeUncertainty(Declarations& declarations) : Model(declarations) {}

  void start(Start& s) const override { write(s); }
  void step(Step& s) const override { write(s); }

 private:
  std::vector<Output> demands() {
    std::vector<Output> of;
    for (const Economy& economy : economies)
      of.push_back(output(std::string(economy.scope) + ".demand", "%", "Demand lost to announced tariffs"));
    return of;
  }

  void write(View& s) const {
    for (std::size_t e = 0; e < economies.size(); ++e) {
      const std::size_t r = economies[e].region;
      Column lost = s[demand[e]];
      lost = 0;
      double traded = 0;
      for (std::size_t i = 0; i < base.regions.size(); ++i) {
        if (i == r) continue;
        const double bought = base.goods_flow(r, i), sold = base.goods_flow(i, r);
        lost -= bought * s[announced[pair(r, i)]].abs() + sold * s[announced[pair(i, r)]].abs();
        traded += bought + sold;
      }
      lost *= effect / (deviation * traded);
    }
  }

  int pair(std::size_t importer, std::size_t exporter) const {
    return static_cast<int>(importer * base.regions.size() + exporter);
  }
};

}  // namespace

ModelType trade_uncertainty() {
  return model_type<TradeUncertainty>("trade_uncertainty", "trade/policy", "trade",
                                      "Demand that waits while tariffs are announced and not yet in force");
}

}  // namespace moniac
