#include "models/banks/contagion.h"

#include <algorithm>
#include <cmath>

#include "sim/math/clearing.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

// What the classes of banks pay each other when some have failed (sim/math/clearing.h). In a step with a failure
//
//   e_c = max(0, e_c0 - (losses_c - losses_c at the start) - LGD failed assets_c),   p: the greatest clearing vector
//
// without, everybody pays. Losses of earlier failures stay where they fell. Without costs of default what the banks
// have together is what they had: sum of (e + received - paid) = sum of e, checked. No draws.
class Contagion final : public Model {
  const Names classes = names("classes", {"gsib", "regional", "community"}, "Banks of the network, as in banks");
  const Matrix liabilities = matrix("liabilities", {{0, 150, 40}, {120, 0, 30}, {60, 40, 0}}, "USD bn",
                                    "What each bank (row) owes each other (column)",
                                    illustrative("federal funds, deposits and derivatives between banks"));
  const std::vector<double> external0 =
      numbers("external_assets", {1170, 650, 340}, "USD bn", nonnegative(),
              "Assets outside the network less debts outside it, at the start", illustrative("about equity"));
  const double lgd =
      param("loss_given_failure", 0.2, "", between(0, 1), "Loss of a failed bank's assets",
            calibrated("FDIC: about 20 bn of SVB's assets of 209 and more at smaller banks, as remembered"));
  const double asset_recovery =
      param("asset_recovery", 0.8, "", between(0, 1),
            "What a default leaves of outside assets; 1 with claim_recovery 1: Eisenberg–Noe", illustrative());
  const double claim_recovery =
      param("claim_recovery", 0.9, "", between(0, 1), "What a default leaves of claims on banks", illustrative());

  const Inputs failed_assets = inputs("failed_assets", "class", classes, 0, "USD bn/step", "Assets of banks that fail");
  const Inputs losses = inputs("bank_losses", "class", classes, 0, "USD bn", "Losses on securities, not yet realised");

  const Outputs shortfall = outputs("interbank_shortfall", "class", classes, "USD bn/step",
                                    "What the class does not pay of its debts to banks");
  const Outputs equity =
      outputs("network_equity", "class", classes, "USD bn", "Outside assets and receipts less debts");
  const Output defaults = output("interbank_defaults", "count", "Classes that do not pay in full");
  // Half a dollar.
  const Output residual = identity("clearing_identity_residual", 5e-10, "USD bn",
                                   "Equity of the network less its outside assets; without costs of default");

  const States losses_start = states("losses_start", size(), "Losses at the start, USD bn");
  const States lost = states("failed_losses", size(), "Losses by failures so far, USD bn");

  const bool sound = check_params();
  const ClearingNetwork network{sound ? liabilities : Matrix{}, asset_recovery, claim_recovery};

 public:
  explicit Contagion(Declarations& declarations) : Model(declarations) {}

  void start(Start& s) const override {
    for (int c = 0; c < size(); ++c) {
      s[losses_start[c]] = s[losses[c]];
      s[lost[c]] = 0;
    }
    pay_in_full(s);
  }

  void step(Step& s) const override {
    for (int c = 0; c < size(); ++c) {
      s[losses_start[c]] = s.last(losses_start[c]);
      s[lost[c]] = s.last(lost[c]) + lgd * s[failed_assets[c]];
    }
    pay_in_full(s);
    for (Eigen::Index path = 0; path < s.lanes(); ++path)
      if (anybody_failed(s, path)) clear(s, path);
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  int size() const { return static_cast<int>(classes.size()); }

  double external(const View& s, int c, Eigen::Index path) const {
    return std::max(0.0, external0[at(c)] - (s[losses[c]](path) - s[losses_start[c]](path)) - s[lost[c]](path));
  }

  void pay_in_full(View& s) const {
    s[defaults] = 0;
    s[residual] = 0;
    ClearingNetwork::Banks owed{};
    for (int c = 0; c < size(); ++c) owed[at(c)] = network.owed(c);
    for (int c = 0; c < size(); ++c) {
      s[shortfall[c]] = 0;
      s[equity[c]] = (external0[at(c)] - (s[losses[c]] - s[losses_start[c]]) - s[lost[c]]).max(0.0) +
                     (network.received(c, owed) - owed[at(c)]);
    }
  }

  bool anybody_failed(const View& s, Eigen::Index path) const {
    for (int c = 0; c < size(); ++c)
      if (s[failed_assets[c]](path) > 0) return true;
    return false;
  }

  void clear(View& s, Eigen::Index path) const {
    ClearingNetwork::Banks outside{};
    for (int c = 0; c < size(); ++c) outside[at(c)] = external(s, c, path);
    const ClearingNetwork::Banks paid = network.payments(outside);
    double gap = 0;
    for (int c = 0; c < size(); ++c) {
      const double received = network.received(c, paid);
      s[shortfall[c]](path) = network.owed(c) - paid[at(c)];
      s[equity[c]](path) = std::max(0.0, outside[at(c)] + received - network.owed(c));
      s[defaults](path) += network.defaults(c, paid) ? 1 : 0;
      gap += s[equity[c]](path) - outside[at(c)];
    }
    if (asset_recovery == 1 && claim_recovery == 1) s[residual](path) = std::abs(gap);
  }

  bool check_params() {
    const std::string fault = ClearingNetwork::fault(liabilities, size());
    check(fault.empty(), fault, {"liabilities", "classes"});
    const bool sized = static_cast<int>(external0.size()) == size();
    check(sized,
          "external_assets has " + to_text(double(external0.size())) + " numbers for " + to_text(double(size())) +
              " banks",
          {"external_assets", "classes"});
    return fault.empty() && sized;
  }
};

}  // namespace

ModelType contagion() {
  return model_type<Contagion>("contagion", "banks", "us",
                               "Clearing of debts between banks after failures: Eisenberg–Noe, Rogers–Veraart");
}

}  // namespace moniac
