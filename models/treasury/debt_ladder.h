// The Treasury's debt by residual maturity, and how it raises what it needs.
#pragma once

#include <array>
#include <vector>

#include "models/treasury/maturity_chain.h"
#include "sim/model/step.h"

namespace moniac {

/// Yields of 3 months, 2, 5, 10 and 30 years, in %/year.
inline constexpr std::array<double, 5> yield_maturities = {0.25, 2, 5, 10, 30};
using YieldColumns = std::array<ConstColumn, 5>;

/// What is sold in one step, and by which rule.
struct IssueMix {
  bool fixed = false;          ///< bills are a fixed share of gross issuance, instead of what the schedule leaves
  double bill_share = 0;       ///< of gross issuance, for `fixed`
  double floating_share;       ///< floating rate notes in coupon issuance
  std::vector<double> tenors;  ///< years, of notes, bonds and TIPS
  std::vector<double> shares;  ///< of the tenors in the fixed-rate part of coupon issuance; they sum to 1
  double growth = 0;           ///< of the schedule per year and 10 pp by which bills exceed the band
  double band = 0.2;           ///< upper end of the share of bills that leaves the schedule alone
};

/// Where a slot's money comes from and what it counts for.
struct LadderSlots {
  MaturityChain chain;
  std::vector<double> issue;                      ///< share of what the chain sells
  std::vector<std::array<double, 5>> issue_rate;  ///< Σ of these times the yields: coupon in % per dollar that it sells
  std::vector<double> ten_year;                   ///< the same for ten-year notes alone: placement
  std::vector<double> duration;                   ///< modified, years
};

/// Faces, annual coupon dollars and the mix. Bills, floating rate notes and coupons (notes, bonds, TIPS as nominal) are
/// three chains. In one step, with a need N = primary deficit + interest + change of cash + other financing:
///   gross = redemptions + N,   coupons = schedule dt + extra,   bills = gross - coupons,
/// bills no lower than minus those outstanding; the rest then is taken from coupons, and where these are negative they
/// are bought back pro rata. New debt carries the yield of its tenor. What is sold adds up to the face: discounts are
/// carried as coupons.
class DebtLadder {
 public:
  struct Handles {
    States face;                                  ///< bills, then floating rate notes, then coupons
    States coupon;                                ///< annual dollars of each slot
    State pace;                                   ///< coupon schedule in force, USD bn a year
    Output bills, coupons;                        ///< outstanding; coupons with floating rate notes
    Output gross, sold_bills, sold_coupons;       ///< in the step
    Output redeemed_bills, redeemed_coupons;      ///< in the step
    Output interest_due;                          ///< of the next step
    Output bill_equivalents, coupon_equivalents;  ///< in ten-year notes of the same duration
    Output maturing, residual;                    ///< within 12 months; Σ face times time to maturity
    Output bills_exhausted;                       ///< 1 where the schedule had to give way
  };
  /// Columns of one step.
  struct Need {
    ConstColumn net;            ///< N
    ConstColumn extra_coupons;  ///< beyond the schedule, spread like it
    ConstColumn ten_year;       ///< ten-year notes beyond the schedule
    ConstColumn bill_yield;     ///< %/year
    YieldColumns yields;
  };
  /// USD bn and annual coupon dollars by slot.
  struct Opening {
    std::vector<double> face;
    std::vector<double> coupon;
    double pace;
  };

  DebtLadder(LadderSlots bills, LadderSlots floating, LadderSlots coupons, IssueMix mix, double dt);

  int slots() const { return first_coupon_ + coupons_.chain.size(); }
  const LadderSlots& bill_slots() const { return bills_; }
  const LadderSlots& coupon_slots() const { return coupons_; }

  /// S is Start or Step, or the one lane on which the plan is made. At the start the redemptions are those due
  /// in the first step.
  template <class S>
  void start(S& s, const Handles& h, const Opening& values) const {
    for (int k = 0; k < slots(); ++k) {
      s[h.face[k]] = values.face[static_cast<std::size_t>(k)];
      s[h.coupon[k]] = values.coupon[static_cast<std::size_t>(k)];
    }
    s[h.pace] = values.pace;
    for (const Output flow : {h.gross, h.sold_bills, h.sold_coupons, h.bills_exhausted}) s[flow] = 0;
    publish_stocks(s, h);
    s[h.redeemed_bills] = bills_.chain.outflow[0] * s[h.face[0]];
    s[h.redeemed_coupons] =
        floating_.chain.outflow[0] * s[h.face[first_floating_]] + coupons_.chain.outflow[0] * s[h.face[first_coupon_]];
  }

  template <class S>
  void step(S& s, const Handles& h, const Need& need) const {
    const auto share = s.last(h.bills) / (s.last(h.bills) + s.last(h.coupons));
    s[h.pace] = s.last(h.pace) * (1 + 10 * mix_.growth * dt_ * (share - mix_.band).max(0.0));
    redeem(s, h);
    sell(s, h, need);
    move_bills(s, h, need);
    move_coupons(s, h, need);
    publish_stocks(s, h);
  }

 private:
  template <class S>
  void redeem(S& s, const Handles& h) const {
    s[h.redeemed_bills] = bills_.chain.outflow[0] * s.last(h.face[0]);
    s[h.redeemed_coupons] = floating_.chain.outflow[0] * s.last(h.face[first_floating_]) +
                            coupons_.chain.outflow[0] * s.last(h.face[first_coupon_]);
  }

  template <class S>
  void sell(S& s, const Handles& h, const Need& need) const {
    s[h.gross] = s[h.redeemed_bills] + s[h.redeemed_coupons] + need.net;
    if (mix_.fixed)
      s[h.sold_bills] = mix_.bill_share * s[h.gross];
    else
      s[h.sold_bills] = s[h.gross] - dt_ * s[h.pace] - need.extra_coupons - need.ten_year;
    const auto least = s[h.redeemed_bills] - s.last(h.bills);
    s[h.bills_exhausted] = (s[h.sold_bills] < least).select(1.0, Eigen::ArrayXd::Zero(least.size()));
    s[h.sold_bills] = s[h.sold_bills].max(least);
    s[h.sold_coupons] = s[h.gross] - s[h.sold_bills];
  }

  template <class S>
  void move_bills(S& s, const Handles& h, const Need& need) const {
    const auto left = s.last(h.bills) - s[h.redeemed_bills];
    const bool buys_back = (s[h.sold_bills] < 0.0).any();
    for (const States& part : {h.face, h.coupon}) {
      const auto now = [&](int k) { return s[part[k]]; };
      roll(
          bills_.chain, [&](int k) { return s.last(part[k]); }, now);
      for (int k = 0; k < bills_.chain.size(); ++k) {
        if (buys_back) now(k) *= 1 + s[h.sold_bills].min(0.0) / left.max(smallest);
        const double issue = bills_.issue[static_cast<std::size_t>(k)];
        if (part.first == h.face.first)
          now(k) += issue * s[h.sold_bills].max(0.0);
        else
          now(k) += issue / 100 * need.bill_yield * s[h.sold_bills].max(0.0);
      }
    }
  }

  template <class S>
  void move_coupons(S& s, const Handles& h, const Need& need) const {
    const auto left = s.last(h.coupons) - s[h.redeemed_coupons];
    const bool buys_back = (s[h.sold_coupons] < 0.0).any();
    const auto kept = 1 + s[h.sold_coupons].min(0.0) / left.max(smallest);
    const auto scheduled = (s[h.sold_coupons] - need.ten_year).max(0.0);
    const auto ten_year = s[h.sold_coupons].max(0.0) - scheduled;

    auto floating = s[h.face[first_floating_]];
    floating = (1 - floating_.chain.outflow[0]) * s.last(h.face[first_floating_]);
    if (buys_back) floating *= kept;
    floating += mix_.floating_share * scheduled;
    s[h.coupon[first_floating_]] = floating * need.bill_yield / 100;

    for (const States& part : {h.face, h.coupon}) {
      const auto now = [&](int k) { return s[part[first_coupon_ + k]]; };
      roll(
          coupons_.chain, [&](int k) { return s.last(part[first_coupon_ + k]); }, now);
      for (int k = 0; buys_back && k < coupons_.chain.size(); ++k) now(k) *= kept;
    }
    for (int k = 0; k < coupons_.chain.size(); ++k) {
      const auto i = static_cast<std::size_t>(k);
      auto face = s[h.face[first_coupon_ + k]];
      auto coupon = s[h.coupon[first_coupon_ + k]];
      if (coupons_.issue[i] > 0) {
        face += coupons_.issue[i] * (1 - mix_.floating_share) * scheduled;
        for (std::size_t m = 0; m < 5; ++m) {
          const double rate = coupons_.issue_rate[i][m] * (1 - mix_.floating_share) / 100;
          if (rate != 0) coupon += rate * need.yields[m] * scheduled;
        }
      }
      if (coupons_.ten_year[i] > 0) {
        face += coupons_.ten_year[i] * ten_year;
        coupon += coupons_.ten_year[i] / 100 * need.yields[3] * ten_year;
      }
    }
  }

  template <class S>
  void publish_stocks(S& s, const Handles& h) const {
    for (const Output total :
         {h.bills, h.coupons, h.bill_equivalents, h.coupon_equivalents, h.maturing, h.residual, h.interest_due})
      s[total] = 0;
    add(s, h, bills_, 0, h.bills, h.bill_equivalents);
    add(s, h, floating_, first_floating_, h.coupons, h.coupon_equivalents);
    add(s, h, coupons_, first_coupon_, h.coupons, h.coupon_equivalents);
    s[h.interest_due] *= dt_;
  }

  template <class S>
  void add(S& s, const Handles& h, const LadderSlots& part, int first, Output total, Output equivalents) const {
    for (int k = 0; k < part.chain.size(); ++k) {
      const auto i = static_cast<std::size_t>(k);
      const auto face = s[h.face[first + k]];
      s[total] += face;
      s[equivalents] += part.duration[i] / ten_year_duration * face;
      s[h.residual] += part.chain.residual[i] * face;
      if (within_year(part, i) > 0) s[h.maturing] += within_year(part, i) * face;
      s[h.interest_due] += s[h.coupon[first + k]];
    }
  }

  /// Share of a slot that matures within twelve months.
  double within_year(const LadderSlots& part, std::size_t k) const;

  static constexpr double ten_year_duration = 8.23;
  static constexpr double smallest = 1e-9;  // USD bn: a dollar

  LadderSlots bills_, floating_, coupons_;
  IssueMix mix_;
  double dt_;
  int first_floating_;
  int first_coupon_;
};

/// Weights on the five yields of a tenor's yield, linear between maturities and flat outside.
std::array<double, 5> yield_weights(double tenor);

/// Modified duration of a coupon bond of the file's maturity groups, linear between them; years.
double coupon_duration(double years);

/// Slots of the coupon chain with the tenors of `mix`.
LadderSlots coupon_slots(MaturityChain chain, const IssueMix& mix);

/// Slots that share what they sell evenly, of debt that is sold at a discount or floats: durations are residual lives.
LadderSlots even_slots(MaturityChain chain);

}  // namespace moniac
