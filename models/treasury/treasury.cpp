#include "models/treasury/treasury.h"

#include "models/treasury/treasury_model.h"
#include "sim/math/columns.h"

namespace moniac {

namespace {

ConstColumn read(const Column& column) {
  return {column.data(), column.size()};
}
auto none(const View& s) {
  return Eigen::ArrayXd::Zero(s.lanes());
}

}  // namespace

Treasury::Treasury(Declarations& declarations) : Model(declarations) {
  check_figures();
}

void Treasury::start(Start& s) const {
  ladder.start(s, handles, opening);
  s[handles.gross] = plan.gross.front();
  s[handles.sold_coupons] = plan.sold_coupons.front();
  s[net_bills] = plan.net_bills.front();
  s[net_coupons] = plan.net_coupons.front();
  s[interest] = s[handles.interest_due];
  s[cash_change] = 0;
  s[bill_yield] = s[yields[0]];
  s[residual] = 0;
  s[supply] = 0;
  s[equivalents0] = 100 * (s[handles.bill_equivalents] + s[handles.coupon_equivalents]) / s[gdp];
  s[per_insensitive] = 100 * plan.coupon_equivalents[0] / plan.coupons[0] / s[gdp];
  publish(s);
}

void Treasury::step(Step& s) const {
  s[interest] = s.last(handles.interest_due);
  s[bill_yield] = s[yields[0]] + xdate_premium / 100 * share_about_xdate() * s[xdate];
  plan_cash(s);
  const auto net = named(s[deficit] + s[interest] + s[cash_change] + s[other]);
  const auto rebuilt = (s[phase] == 2.0).select((1 - rebuild_bill_share) * s[cash_change].max(0.0), none(s));
  const auto extra = named(s[rollover] + rebuilt);
  const auto tens = named(s[ten_year].max(0.0));
  ladder.step(s, handles,
              {.net = net,
               .extra_coupons = extra,
               .ten_year = tens,
               .bill_yield = read(s[bill_yield]),
               .yields = {s[yields[0]], s[yields[1]], s[yields[2]], s[yields[3]], s[yields[4]]}});
  s[net_bills] = s[handles.bills] - s.last(handles.bills);
  s[net_coupons] = s[handles.coupons] - s.last(handles.coupons);
  publish(s);
  s[residual] = (s[debt] - s.last(debt) - net).abs();
  write_supply(s);
}

// Under the limit extraordinary measures are what may be borrowed; cash pays for the rest.
void Treasury::plan_cash(Step& s) const {
  const auto usual = s[approach] * (s[cash_target].max(0.0) - s[cash]);
  const auto binding = s[measures] - s[deficit] - s[interest] - s[other];
  s[cash_change] = (s[phase] == 1.0).select(binding, usual);
}

void Treasury::publish(const View& s) const {
  s[debt] = s[handles.bills] + s[handles.coupons];
  s[ratio] = 100 * s[debt] / s[gdp];
  s[average_rate] = 100 / s.dt() * s[handles.interest_due] / s[debt];
  s[wam] /= s[debt];
  s[bill_share] = 100 * s[handles.bills] / s[debt];
}

// Holders that no yield moves keep the duration of the plan: they do not swap into what is newly sold.
void Treasury::write_supply(Step& s) const {
  const auto k = static_cast<std::size_t>(s.index());
  const double each = plan.coupon_equivalents[k] / plan.coupons[k];
  s[supply] = 100 * (s[handles.bill_equivalents] + s[handles.coupon_equivalents] - each * s[insensitive]) / s[gdp];
  s[equivalents0] = s.last(equivalents0);
  if (s.index() == 1) s[equivalents0] -= s[insensitive] * s.last(per_insensitive);
  s[per_insensitive] = s.last(per_insensitive);
  if (drift == 1) {
    s[supply] -= s[equivalents0];
    return;
  }
  s[supply] -=
      100 * (plan.bill_equivalents[k] + plan.coupon_equivalents[k] - each * s[insensitive_expected]) / plan.gdp[k];
}

ModelType treasury() {
  return model_type<Treasury>("treasury", "treasury", "us",
                              "Treasury debt by maturity, issuance with bills as the shock absorber, duration supply");
}

}  // namespace moniac
