// What the model of trade says of a path on which it found no equilibrium: the policy there, as far as it is another
// than in the base.
#include <sstream>

#include "models/trade/trade_model.h"

namespace moniac {

namespace {

constexpr int most_told = 20;

// The parts of a policy, told one after another.
class PolicyText {
 public:
  void add(const char* input, const std::string& labels, double value) {
    if (++parts_ > most_told) return;
    text_ << (parts_ > 1 ? ", " : "") << input << "[" << labels << "] = " << value;
  }

  std::string text() const {
    if (parts_ == 0) return "the policy of the base";
    return text_.str() + (parts_ > most_told ? " and " + std::to_string(parts_ - most_told) + " more" : "");
  }

 private:
  std::ostringstream text_;
  int parts_ = 0;
};

}  // namespace

std::string Trade::why_failed(const View& s, Eigen::Index path) const {
  struct Part {
    const char* name;
    const Inputs& values;
    double none;
  };
  const Part by_sector[] = {{"trade.tariff_effective", tariff, -1},
                            {"trade.iceberg", iceberg, 1},
                            {"trade.export_tax", export_tax, 0},
                            {"trade.purchase_floor", purchase_floor, 0},
                            {"trade.export_limit", export_limit, -1}};
  PolicyText policy;
  for (int pair = 0; pair < regions * regions; ++pair) {
    const std::string labels = base.regions[at(pair / regions)] + "," + base.regions[at(pair % regions)];
    if (const double added = s[surcharge[pair]](path); added != 0) policy.add("trade.surcharge", labels, added);
    if (const double borne = s[absorption[pair]](path); borne != 0)
      policy.add("trade.margin_absorption", labels, borne);
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t link = at(pair) * shape.sectors + j;
      for (const Part& part : by_sector) {
        const double value = s[part.values[static_cast<int>(link)]](path);
        const bool as_in_base = value == part.none || (&part.values == &tariff && value == base.tariff[link]);
        if (!as_in_base) policy.add(part.name, labels + "," + base.sectors[j], value);
      }
    }
  }
  return "no equilibrium under " + policy.text();
}

}  // namespace moniac
