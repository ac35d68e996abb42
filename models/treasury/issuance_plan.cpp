#include "models/treasury/issuance_plan.h"

#include <algorithm>
#include <utility>

#include "sim/math/scalar.h"

namespace moniac {

namespace {

// One path, with the two time levels that a ladder expects of a model's window.
class Lane {
 public:
  explicit Lane(int columns) : now_(static_cast<std::size_t>(columns)), last_(static_cast<std::size_t>(columns)) {}

  Column operator[](State x) { return {now_[at(x.id)].value, 1}; }
  Column operator[](Output x) { return {now_[at(x.id)].value, 1}; }
  ConstColumn last(State x) const { return {last_[at(x.id)].value, 1}; }
  ConstColumn last(Output x) const { return {last_[at(x.id)].value, 1}; }
  double value(Output x) const { return now_[at(x.id)].value[0]; }
  double last_value(Output x) const { return last_[at(x.id)].value[0]; }
  void advance() { std::swap(now_, last_); }

 private:
  struct alignas(64) Cell {
    double value[1] = {0};
  };
  static std::size_t at(int id) { return static_cast<std::size_t>(id); }
  std::vector<Cell> now_, last_;
};

// Handles to the columns of one lane.
struct Handles : DebtLadder::Handles {
  int size;

  explicit Handles(int slots) : DebtLadder::Handles{}, size(2 * slots) {
    face = {0, slots};
    coupon = {slots, slots};
    pace = {size++};
    const std::array outputs = {
        &bills,          &coupons,          &gross,          &sold_bills,       &sold_coupons,
        &redeemed_bills, &redeemed_coupons, &interest_due,   &bill_equivalents, &coupon_equivalents,
        &maturing,       &residual,         &bills_exhausted};
    for (Output* output : outputs) *output = {size++};
  }
};

struct alignas(64) Number {
  double value;
  ConstColumn column() const { return {&value, 1}; }
};

}  // namespace

IssuancePlan plan_issuance(const DebtLadder& ladder, const DebtLadder::Opening& start, const PlanAssumptions& assumed,
                           int steps, double dt) {
  const Handles h(ladder.slots());
  Lane lane(h.size);
  const Number none{0};
  const std::array<Number, 5> yields = {Number{assumed.yields[0]}, Number{assumed.yields[1]}, Number{assumed.yields[2]},
                                        Number{assumed.yields[3]}, Number{assumed.yields[4]}};
  IssuancePlan plan;
  const auto keep = [&](double gdp) {
    plan.gdp.push_back(gdp);
    plan.bills.push_back(lane.value(h.bills));
    plan.coupons.push_back(lane.value(h.coupons));
    plan.bill_equivalents.push_back(lane.value(h.bill_equivalents));
    plan.coupon_equivalents.push_back(lane.value(h.coupon_equivalents));
    plan.gross.push_back(lane.value(h.gross));
    plan.sold_coupons.push_back(lane.value(h.sold_coupons));
    plan.net_bills.push_back(lane.value(h.bills) - lane.last_value(h.bills));
    plan.net_coupons.push_back(lane.value(h.coupons) - lane.last_value(h.coupons));
    plan.exhausted.push_back(lane.value(h.bills_exhausted));
  };
  ladder.start(lane, h, start);
  keep(assumed.gdp);
  double tga = assumed.tga;
  double soma = assumed.soma_coupons;
  for (int k = 1; k <= steps; ++k) {
    const double gdp = assumed.gdp * exp(assumed.growth / 100 * dt * k);
    const double cash = assumed.tga_approach * (assumed.tga_target - tga);
    tga += cash;
    const Number net{assumed.deficit / 100 * gdp * dt + lane.value(h.interest_due) + cash};
    // Last step's maturities of the SOMA: what runs off, and what it rolls on top of the schedule.
    const double maturing = soma * lane.value(h.redeemed_coupons) / lane.value(h.coupons);
    const double runoff = std::min(maturing, assumed.soma_runoff * dt);
    const Number rolled{maturing - runoff};
    soma -= runoff;
    lane.advance();
    ladder.step(lane, h,
                {.net = net.column(),
                 .extra_coupons = rolled.column(),
                 .ten_year = none.column(),
                 .bill_yield = yields[0].column(),
                 .yields = {yields[0].column(), yields[1].column(), yields[2].column(), yields[3].column(),
                            yields[4].column()}});
    keep(gdp);
  }
  for (std::vector<double>* flow : {&plan.gross, &plan.sold_coupons, &plan.net_bills, &plan.net_coupons})
    if (steps > 0) flow->front() = (*flow)[1];
  return plan;
}

}  // namespace moniac
