// Tariffs against goods that come from China because they go elsewhere no more.
#include "models/trade/policy/counter_tariffs.h"

#include <algorithm>

#include "models/trade/policy/base_trade.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

constexpr double none = -1;  // age of a case that is not open

// One case per importer and sector of goods. v is imports from China over those of the base year, its mean over a year:
//
//   v > 1 + trigger for half a year:  a case opens with hazard h
//   8 months later:                   a tariff of 25 % e^{0.4 Z} on these goods, Z drawn when the case opens
//   five years later, or v < 1:       the case is closed
//
// A case closes at the end of a step, one that is due opens in the next. One uniform and one normal a step for each.
class CounterTariffs final : public Model {
  const BaseTrade base = base_trade();
  const Names importers = names("importers", {"EU27", "EAS", "GLS"}, "Regions that investigate imports from China");
  const double trigger =
      param("trigger", 0.05, "ratio", nonnegative(), "Rise of imports, mean of a year, that is investigated",
            illustrative("a tariff of 80 % diverts up to 9 % more of a sector to a region"));
  const double patience =
      param("patience", 0.5, "year", nonnegative(), "Time for which they have risen", illustrative());
  const double hazard = param("hazard", 0.5, "1/year", nonnegative(), "Hazard that a case opens then", illustrative());
  const double lag = param("lag", 8.0 / 12, "year", nonnegative(), "From the opening to the tariff",
                           published("Regulation (EU) 2016/1036: provisional duties within eight months")) -
                     1e-9;
  const double median = param("median", 25, "%", nonnegative(), "Median tariff", illustrative());
  const double spread = param("spread", 0.4, "ratio", nonnegative(), "Standard deviation of its logarithm",
                              illustrative("cars from China in 2024: 7.8 to 35.3 %"));
  const double term =
      param("term", 5, "year", positive(), "Length of a tariff", published("Regulation (EU) 2016/1036, article 11"));

  const Dimension by_sector{"sector", base.sectors};
  const Inputs diversion =
      lagged_inputs("trade.diversion", {base.importers(), by_sector}, 0, "%", "Imports from China, from the base");
  const Outputs tariff =
      outputs("counter_tariff", {base.importers(), by_sector}, "ratio", "Tariff on goods from China against diversion");
  const Output open_cases = output("counter_tariff_cases", "count", "Cases that are open, before and under a tariff");

  const std::vector<int> cells = cells_of_cases();
  const int count = static_cast<int>(cells.size());
  const int year = steps_in(1, time().dt());
  const States history = states("imports", count* year, "Imports over those of the base, the newest first");
  const States risen = states("risen_for", count, "Time for which they have been above the trigger, years");
  const States age = states("age", count, "Time since the case opened, years; -1: none is open");
  const States rate = states("rate", count, "Tariff that the case leads to");
  const Shocks opening = uniform_shocks("opening", count, "Whether a case opens");
  const Shocks size = normal_shocks("size", count, "Size of the tariff");
  const double chance = -expm1(-hazard * time().dt());

 public:
  explicit CounterTariffs(Declarations& declarations) : Model(declarations) {
    for (const std::string& importer : importers) {
      const bool known = std::find(base.regions.begin(), base.regions.end(), importer) != base.regions.end();
      check(known && importer != "CHN", "'" + importer + "' is no region that imports from China", {"importers"});
    }
  }

  void start(Start& s) const override {
    for (int i = 0; i < history.size; ++i) s[history[i]] = 1;
    for (int c = 0; c < count; ++c) {
      s[risen[c]] = s[rate[c]] = 0;
      s[age[c]] = none;
    }
    report(s);
  }

  void step(Step& s) const override {
    for (int c = 0; c < count; ++c) {
      const ScratchFrame frame;
      const ScratchColumn imports = year_of(s, c);
      decide(s, c, imports);
    }
    report(s);
  }

 private:
  std::vector<int> cells_of_cases() const {
    std::vector<int> all;
    for (std::size_t n = 0; n < base.regions.size(); ++n) {
      if (std::find(importers.begin(), importers.end(), base.regions[n]) == importers.end()) continue;
      for (std::size_t j = 0; j < base.sectors.size(); ++j)
        if (base.is_goods(j)) all.push_back(static_cast<int>(n * base.sectors.size() + j));
    }
    return all;
  }

  // The mean of a year, of which the newest value is that of the last step.
  ScratchColumn year_of(Step& s, int c) const {
    auto sum = scratch_column();
    sum = s[history[c * year]] = 1 + s[diversion[cells[static_cast<std::size_t>(c)]]] / 100;
    for (int back = 1; back < year; ++back) sum += s[history[c * year + back]] = s.last(history[c * year + back - 1]);
    return named(sum / year);
  }

  void decide(Step& s, int c, const ScratchColumn& imports) const {
    const auto zero = Eigen::ArrayXd::Zero(s.lanes());
    const auto before = s.last(age[c]);
    s[risen[c]] = (imports > 1 + trigger).select(s.last(risen[c]) + s.dt(), zero);
    const auto opens = before == none && s[risen[c]] >= patience - 1e-9 && s[opening[c]] < chance;
    const auto drawn = named(median / 100 * exp(spread * s[size[c]]));
    s[rate[c]] = opens.select(drawn, s.last(rate[c]));
    s[age[c]] = (before == none).select(none, before + s.dt());
    s[age[c]] = opens.select(0.0, s[age[c]]);
    const auto closes = s[age[c]] >= lag + term || (s[age[c]] >= 0.0 && imports < 1.0);
    s[age[c]] = closes.select(none, s[age[c]]);
  }

  void report(View& s) const {
    for (int cell = 0; cell < tariff.size; ++cell) s[tariff[cell]] = 0;
    s[open_cases] = 0;
    for (int c = 0; c < count; ++c) {
      const auto zero = Eigen::ArrayXd::Zero(s.lanes());
      s[tariff[cells[static_cast<std::size_t>(c)]]] = (s[age[c]] >= lag).select(s[rate[c]], zero);
      s[open_cases] += (s[age[c]] >= 0.0).cast<double>();
    }
  }
};

}  // namespace

ModelType counter_tariffs() {
  return model_type<CounterTariffs>("counter_tariffs", "trade/policy", "trade",
                                    "Tariffs against goods that come from China because they go elsewhere no more");
}

}  // namespace moniac
