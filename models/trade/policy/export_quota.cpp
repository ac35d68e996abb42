// Limits on exports that wear down.
#include "models/trade/policy/export_quota.h"

#include "models/trade/policy/base_trade.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

// A quota q limits the quantity that may be shipped, as a ratio to that of the base year. Its cost d at the border
// falls as importers learn to do without, like that of an export control: ln d' = ln d e^{-0.05 dt}. Where the
// exporter's share is small, q = d^{-θ}; then the limit that is in force moves as
//
//   ln q' = (ln q + Δ ln quota) e^{-0.05 dt}
//
// at any elasticity θ. A ban, q = 0, stays one, as does a quota above the base year.
class ExportQuota final : public Model {
  const BaseTrade base = base_trade();
  const double erosion = param("localisation_rate", 0.05, "1/year", nonnegative(),
                               "Rate at which substitution wears a quota down", illustrative());

  const Inputs quota = inputs("trade.export_quota", base.cells(), -1, "ratio",
                              "Largest quantity by law, to that of the base year; 0: a ban; -1: none");
  const Outputs limit = outputs("export_limit", base.cells(), "ratio", "Largest quantity in force; -1: none");
  const States imposed = states("imposed", static_cast<int>(base.tariff.size()), "Quota of the step");
  const States worn = states("worn", static_cast<int>(base.tariff.size()), "ln of the limit, where there is one");

  const double kept = exp(-erosion * time().dt());

 public:
  explicit ExportQuota(Declarations& declarations) : Model(declarations) {}

  void start(Start& s) const override {
    for (int cell = 0; cell < quota.size; ++cell) {
      s[imposed[cell]] = s[quota[cell]];
      write(s, cell, [&](Eigen::Index path) { return log(s[quota[cell]](path)); });
    }
  }

  void step(Step& s) const override {
    for (int cell = 0; cell < quota.size; ++cell) {
      s[imposed[cell]] = s[quota[cell]];
      write(s, cell, [&](Eigen::Index path) { return wear_down(s, cell, path); });
    }
  }

 private:
  double wear_down(const Step& s, int cell, Eigen::Index path) const {
    const double before = s.last(imposed[cell])(path);
    const double already = before > 0 ? s.last(worn[cell])(path) - log(before) : 0;
    const double moved = already + log(s[quota[cell]](path));
    return moved < 0 ? kept * moved : moved;
  }

  // `log_limit`: of a path whose quota is neither none nor a ban.
  template <class LogLimit>
  void write(View& s, int cell, const LogLimit& log_limit) const {
    s[worn[cell]] = 0;
    s[limit[cell]] = s[quota[cell]].min(0.0);
    if (!(s[quota[cell]] > 0).any()) return;
    for (Eigen::Index path = 0; path < s.lanes(); ++path) {
      if (!(s[quota[cell]](path) > 0)) continue;
      s[worn[cell]](path) = log_limit(path);
      s[limit[cell]](path) = exp(s[worn[cell]](path));
    }
  }
};

}  // namespace

ModelType export_quota() {
  return model_type<ExportQuota>("export_quota", "trade/policy", "trade", "Limits on exports, which wear down");
}

}  // namespace moniac
