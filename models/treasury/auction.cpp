#include "models/treasury/auction.h"

#include <algorithm>
#include <cmath>

#include "models/treasury/starts.h"
#include "sim/math/columns.h"
#include "sim/math/exponential_integrals.h"
#include "sim/math/scalar.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

// How coupon auctions go: n a year, whose mean tail takes one normal draw a step.
//
//   dem   = clip((y10 - its mean over 13 weeks)/0.25 pp, -2, 2)
//   vol   = min(|last step's dy10|/(6 bp sqrt(261 dt)), 4) - 0.8           0.8 = E|N(0, 1)|
//   cover = cover_0 + c1 dem - c2 ln(size/size_0) - c3 vol                 size: coupons a year over n
//   inv'  = inv e^{-k dt} + take G (1 - e^{-k dt})/k                       dealers' inventory, G: coupons a year
//   tail  = max(-2, t0 + t1 (cover_0 - cover) + t2 inv/limit) + sigma z/sqrt(max(n dt, 1))
//   surprise = (tail without noise less its value at the start) n dt + sigma sqrt(n dt) z
class Auction final : public Model {
  const TreasuryStart figures = treasury_start(
      choice("start", treasury_start_names().front(), treasury_start_names(), "Date whose figures are the defaults"));
  const double per_year = param("auctions_per_year", 108, "1/year", positive(), "Auctions of notes and bonds",
                                published("auction calendar: nine a month"));
  const double cover0 = param("cover", 2.5, "", positive(), "Bids over size when nothing is unusual",
                              calibrated("2.3–2.6 in 2022–25, as remembered"));
  const double c1 =
      param("cover_concession", 0.05, "", nonnegative(), "Rise of cover per 25 bp of concession", illustrative());
  const double c2 = param("cover_size", 0.3, "", nonnegative(), "Fall of cover per unit of ln size", illustrative());
  const double c3 =
      param("cover_volatility", 0.05, "", nonnegative(), "Fall of cover per unit of volatility", illustrative());
  const double t0 = param("tail", 0.2, "bp", any_number(), "Tail when nothing is unusual", illustrative());
  const double t1 =
      param("tail_cover", 6, "bp", nonnegative(), "Rise of the tail per unit of cover lost", illustrative());
  const double t2 =
      param("tail_inventory", 1.5, "bp", nonnegative(), "Rise of the tail with full inventories", illustrative());
  const double sigma = param("tail_volatility", 0.9, "bp", nonnegative(), "Standard deviation of one auction's tail",
                             calibrated("tails mostly within 3 bp, as remembered"));
  const double unwind =
      param("inventory_decay", 12, "1/year", positive(), "Dealers' sales of inventory", illustrative());
  const double take = param("dealer_take", 0.15, "", between(0, 1), "Dealers' share of auctions", illustrative());
  const double limit = param("dealer_limit", 300, "USD bn", positive(), "Inventory that dealers bear", illustrative());

  const Input y10 = input("y10", figures.yields[3], "%/year", "10-year yield");
  const Input issuance =
      input("coupon_issuance", figures.coupon_schedule* time().dt(), "USD bn/step", "Notes and bonds sold");

  const Output tail = output("auction_tail", "bp", "Mean tail of the step's auctions");
  const Output surprise = output("auction_surprise", "bp/step", "Sum of tails beyond those of the start");
  const Output cover = output("auction_cover", "ratio", "Bids over size");
  const Output inventory = output("dealer_inventory", "USD bn", "Dealers' inventory of notes and bonds");

  const State y10_last = state("y10", "10-year yield of the step, %");
  const State change = state("y10_change", "Change of the 10-year yield in the step, pp");
  const State size0 = state("issuance_start", "Notes and bonds sold at the start, USD bn a year");
  const State tail0 = state("tail_start", "Tail at the start, bp");
  const MovingWindow window{states("y10_window", steps_in(0.25, time().dt()), "10-year yield by step, %")};
  const Shock news = normal_shock("tail_news", "Noise of tails");

  const double dt = time().dt();
  const double kept = exp(-unwind * dt);
  const double flow = decay_integral(unwind, dt);
  const double auctions = per_year * dt;

 public:
  explicit Auction(Declarations& declarations) : Model(declarations) {}

  void start(Start& s) const override {
    s[y10_last] = s[y10];
    s[change] = 0;
    window.fill(s, s[y10]);
    s[size0] = (s[issuance] / dt).max(1.0);
    s[inventory] = take * s[size0] / unwind;
    s[cover] = cover0 + c3 * 0.8;
    s[tail] = expected_tail(s);
    s[tail0] = s[tail];
    s[surprise] = 0;
  }

  void step(Step& s) const override {
    s[y10_last] = s[y10];
    s[change] = s[y10] - s.last(y10_last);
    s[size0] = s.last(size0);
    s[tail0] = s.last(tail0);
    window.push(s, s[y10]);
    s[inventory] = kept * s.last(inventory) + take * flow / dt * s[issuance].max(0.0);
    window.sum(s, s[cover]);
    const auto demand = named(((s[y10] - s[cover] / window.size()) / 0.25).max(-2.0).min(2.0));
    const auto volatility = named((s.last(change).abs() / (0.06 * std::sqrt(261 * dt))).min(4.0) - 0.8);
    const auto size = log((s[issuance] / dt).max(1.0) / s[size0]);
    s[cover] = cover0 + c1 * demand - c2 * size - c3 * volatility;
    s[tail] = expected_tail(s);
    s[surprise] = auctions * (s[tail] - s[tail0]) + sigma * std::sqrt(auctions) * s[news];
    s[tail] += sigma / std::sqrt(std::max(auctions, 1.0)) * s[news];
  }

 private:
  ScratchColumn expected_tail(const View& s) const {
    return named((t0 + t1 * (cover0 - s[cover]) + t2 / limit * s[inventory]).max(-2.0));
  }
};

}  // namespace

ModelType auction() {
  return model_type<Auction>("auction", "treasury", "us", "Coupon auctions: cover, tails and dealers' inventory");
}

}  // namespace moniac
