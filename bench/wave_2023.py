#!/usr/bin/python3
"""scenarios/treasury/wave_2023.yaml written by hand in NumPy, one array per variable over all paths, and beside moniac.

    wave_2023.py PROGRAM [--paths 100000] [--rounds 5]

What is compared, and how: numpy_twin.py.
"""

import csv
import datetime
from pathlib import Path

import numpy as np

from numpy_twin import arguments, compare, room, summary

ROOT = Path(__file__).resolve().parent.parent
STEPS, DT = 13, 1 / 12
DATES = [datetime.date(2023 + (4 + k) // 12, (4 + k) % 12 + 1, 1) for k in range(STEPS + 2)]
ENDS = [DATES[k + 1] - datetime.timedelta(days=1) for k in range(STEPS + 1)]

WIDTHS = np.array([1, 1, 1, 2, 2, 2, 1, 10, 10.0])
LIVES = np.cumsum(WIDTHS)
MATURITIES = [.11, .366, .751, 1.492, 2.5, 3.997, 6.029, 8, 9.5, 14, 17.619, 25.453]
FACES = [604, 635, 1382, 2962, 2326, 3648, 2107, 1080, 540, 1192, 1351, 2427]
RATES = [2.14, 2.14, 2.22, 2.48, 2.74, 2.31, 2.31, 2.82, 2.82, 2.48, 2.48, 2.48]
TENORS, SHARES = [2, 3, 5, 7, 10, 20, 30], [.2044, .1718, .2074, .1303, .1728, .0434, .0699]
YIELD_AT, PILLARS = [0.25, 2, 5, 10, 30], [5.14, 4.40, 3.80, 3.64, 3.85]
HOLDINGS = np.array([5164.2, 1105, 845, 695, 2300, 2618, 1600, 1200])
BILLS_HELD = np.array([276, 80, 17, 100, 275, 390, 100, 1000.0])
FLOATING_SHARE, SCHEDULE = 0.0764, 3571.0


def duration(years):
    return np.interp(years, [0, .11, .366, .751, 1.492, 2.5, 3.997, 6.029, 8.499, 17.619, 25.453],
                     [0, .11, .37, .75, 1.48, 2.44, 3.84, 5.57, 7.31, 13.3, 16.5])


def by_slot():
    """Faces, interest, shares of issuance and weights of the five yields, by coupon slot."""
    face, coupon = np.zeros(9), np.zeros(9)
    for m, f, r in zip(MATURITIES, FACES, RATES):
        face[np.searchsorted(LIVES, m)] += f
        coupon[np.searchsorted(LIVES, m)] += f * r / 100
    issue, weights = np.zeros(9), np.zeros((9, 5))
    for tenor, share in zip(TENORS, SHARES):
        k = int(np.searchsorted(LIVES, tenor))
        issue[k] += share
        weights[k] += share * np.array([np.interp(tenor, YIELD_AT, np.eye(5)[i]) for i in range(5)])
    return face, coupon, issue, weights


class Curve:
    """Semi-annual par yields of the three-factor curve, shifted to the pillars at the start."""

    def __init__(self):
        a, b, kappa, mean = 0.45, 0.10, 0.08, 6.16

        def integral(k, t):
            return (1 - np.exp(-k * t)) / k

        t = np.array([0.25, *np.arange(1, 61) / 2])
        speeds, to_medium = np.array([a, b, kappa]), a / (a - b)
        rate, medium = integral(a, t), to_medium * (integral(b, t) - integral(a, t))
        supply = integral(kappa, t) - integral(a, t)
        supply_effect = 0.0006 * 10 / supply[20]
        s2, s3 = to_medium * 0.009, supply_effect * 0.75
        covariance = np.array([[0.0095**2 + s2**2 + s3**2 - 0.5 * 0.0095 * s2, 0.25 * 0.0095 * s2 - s2**2, -s3**2],
                               [0.25 * 0.0095 * s2 - s2**2, s2**2, 0], [-s3**2, 0, s3**2]])
        convexity = sum(covariance[i, j] / (speeds[i] * speeds[j]) *
                        (t - integral(speeds[i], t) - integral(speeds[j], t) + integral(speeds[i] + speeds[j], t))
                        for i in range(3) for j in range(3)) / 2
        self.constant = mean / 100 * (t - rate - medium) - convexity
        self.rate, self.medium, self.supply = rate / 100, medium / 100, supply_effect * supply
        shape = supply / t * 10 / supply[20]
        self.shape = shape[[0, 4, 10, 20, 60]] / 100
        self.shift = [p - y for p, y in zip(PILLARS, self.par(5.25, np.array([3.4]), np.zeros(1)))]

    def par(self, rate, medium, supply):
        def discount(j, power=1.0):
            return np.exp(-power * (self.constant[j] + self.rate[j] * rate + self.medium[j] * medium + self.supply[j] * supply))

        yields, annuity = [200 * (discount(0, -2.0) - 1)], np.zeros_like(medium)
        for j in range(1, 61):
            price = discount(j)
            annuity += price
            if j in (4, 10, 20, 60):
                yields.append(200 * (1 - price) / annuity)
        return yields

    def yields(self, rate, medium, supply, premium):
        return [y + shift + shape * premium
                for y, shift, shape in zip(self.par(rate, medium, supply), self.shift, self.shape)]


def inputs():
    """By step: policy rate, total deficit, other financing, cash target, GDP, cap of the runoff, other items."""
    with open(ROOT / "scenarios/data/fomc_upper_bound.csv", encoding="utf-8") as file:
        moves = [(datetime.date.fromisoformat(r["date"]), float(r["upper_bound"])) for r in csv.DictReader(file)]
    with open(ROOT / "scenarios/data/treasury_2023.csv", encoding="utf-8") as file:
        deficits = {r["date"][:7]: float(r["deficit"]) for r in csv.DictReader(file)}
    policy = [[r for d, r in moves if d <= end][-1] for end in ENDS]
    total = [deficits[end.isoformat()[:7]] / 12 for end in ENDS]
    other = [319.0 if end == datetime.date(2023, 8, 31) else 0.0 for end in ENDS]
    target = [425.0 if k < 2 else 650.0 if k < 5 else 750.0 for k in range(STEPS + 1)]
    points = [datetime.date(2023, 5, 31), datetime.date(2023, 8, 31), datetime.date(2023, 11, 30),
              datetime.date(2024, 2, 29), datetime.date(2024, 5, 31)]
    gdp = np.interp([end.toordinal() for end in ENDS], [p.toordinal() for p in points], [27530, 28075, 28425, 28708, 29147])
    cap = [25.0 if end >= datetime.date(2024, 6, 1) else 60.0 for end in ENDS]
    liabilities = [-43.0 if end < datetime.date(2024, 1, 1) else 0.0 for end in ENDS]
    return policy, total, other, target, gdp, cap, liabilities


def plan():
    """Ten-year equivalents, coupons and GDP without shocks: the same ladder on one path."""
    state = Ladder(1)
    yields = [np.full(1, y) for y in PILLARS]
    soma, tga, gdp = HOLDINGS[0] - BILLS_HELD[0], 49.0, 27530.1
    path = [(state.bill_equivalents(), state.coupon_equivalents(), state.coupons(), gdp)]
    for k in range(1, STEPS + 1):
        gdp = 27530.1 * np.exp(0.041 * DT * k)
        cash = (1 - np.exp(-DT / 0.25)) * (850 - tga)
        tga += cash
        maturing = soma * state.redeemed_due / state.coupons()
        runoff = np.minimum(maturing, 60.0)
        soma = soma - runoff
        state.step(0.026 * gdp * DT + state.interest_due() + cash, maturing - runoff, yields)
        path.append((state.bill_equivalents(), state.coupon_equivalents(), state.coupons(), gdp))
    return path


class Ladder:
    """Bills, floating rate notes and nine coupon buckets of every path."""

    def __init__(self, paths):
        face, coupon, self.issue, self.weights = by_slot()
        self.bill, self.bill_coupon = np.full(paths, 3989.0), np.full(paths, 3989 * 0.05)
        self.floating, self.floating_coupon = np.full(paths, 669.0), np.full(paths, 669 * 0.05)
        self.face, self.coupon = [np.full(paths, f) for f in face], [np.full(paths, c) for c in coupon]
        self.pace = np.full(paths, SCHEDULE)
        self.outflow = np.minimum(1, DT / WIDTHS)
        self.durations = duration(LIVES - WIDTHS / 2) / 8.23
        self.redeemed_due = self.floating * DT / 2 + self.face[0] * DT

    def coupons(self):
        return self.floating + sum(self.face)

    def interest_due(self):
        return DT * (self.bill_coupon + self.floating_coupon + sum(self.coupon))

    def bill_equivalents(self):
        return 0.25 / 8.23 * self.bill

    def coupon_equivalents(self):
        return 1 / 8.23 * self.floating + sum(d * f for d, f in zip(self.durations, self.face))

    def step(self, net, extra, yields):
        coupons = self.coupons()
        self.pace = self.pace * (1 + 2 * DT * np.maximum(0, self.bill / (self.bill + coupons) - 0.2))
        redeemed_bills = self.bill * min(1, DT / 0.25)
        redeemed_coupons = self.floating * DT / 2 + self.face[0] * self.outflow[0]
        gross = redeemed_bills + redeemed_coupons + net
        sold_bills = np.maximum(gross - self.pace * DT - extra, redeemed_bills - self.bill)
        sold = gross - sold_bills
        kept = 1 + np.minimum(sold_bills, 0) / np.maximum(self.bill - redeemed_bills, 1e-9)
        bought = np.maximum(sold_bills, 0)
        rolled = 1 - min(1, DT / 0.25)
        self.bill = rolled * self.bill * kept + bought
        self.bill_coupon = rolled * self.bill_coupon * kept + yields[0] / 100 * bought
        self.floating = (1 - DT / 2) * self.floating + FLOATING_SHARE * sold
        self.floating_coupon = self.floating * yields[0] / 100
        fixed = (1 - FLOATING_SHARE) * sold
        for k in range(9):
            for part in (self.face, self.coupon):
                part[k] = (1 - self.outflow[k]) * part[k]
                if k < 8:
                    part[k] = part[k] + self.outflow[k + 1] * part[k + 1]
            if self.issue[k] > 0:
                self.face[k] = self.face[k] + self.issue[k] * fixed
                rate = sum(w * y for w, y in zip(self.weights[k], yields) if w)
                self.coupon[k] = self.coupon[k] + rate / 100 * fixed
        self.sold, self.redeemed_bills, self.redeemed_coupons = sold, redeemed_bills, redeemed_coupons
        self.redeemed_due = redeemed_coupons


def simulate(paths, seed, expected, recorded):
    draws = np.random.Generator(np.random.Philox(seed))
    policy, total, other, target, gdp, cap, liabilities = inputs()
    curve = Curve()
    debt = Ladder(paths)
    theta, supply = np.full(paths, 3.4), np.zeros(paths)
    holdings = [np.full(paths, h) for h in HOLDINGS]
    bills = [np.full(paths, b) for b in BILLS_HELD]
    soma_expected = holdings[0] - bills[0]
    official_expected = sum(holdings[h] - bills[h] for h in range(1, 5))
    rolled, orders = np.zeros(paths), np.zeros(paths)
    fed, reserves, rrp, tga = (np.full(paths, x) for x in (8385.9, 3309.4, 2254.9, 49.0))
    fed_other, deposits, bank_assets = np.full(paths, 2772.6), np.full(paths, 17200.0), 23400.0
    window, change, size_start = [np.full(paths, 3.64)] * 3, np.zeros(paths), None
    inventory, tail_start, y10_last = None, None, np.full(paths, 3.64)
    decay = np.exp(-0.5 * DT)
    noise = 0.9 * np.sqrt((1 - decay * decay) / 1.0)
    flows, news, surprise = np.zeros(paths), np.zeros(paths), np.zeros(paths)
    news_kept = np.exp(-0.7 * DT)
    news_size = 50 * np.sqrt((1 - news_kept**2) / 1.4)
    placed = [np.full(paths, plan_net + 60.0)] * 3
    private_supply = 4 * 100 * sum(placed) / gdp[0]
    previous = debt.bill, debt.coupons()
    for k in range(STEPS + 1):
        if k == 0:
            yields = [np.full(paths, y) for y in PILLARS]
            private = debt.bill + debt.coupons() - sum(holdings)
            tail, spread = np.full(paths, np.nan), -7 + 8 * np.log1p(np.exp((10.5 - 100 * reserves / bank_assets) / .8))
            net_bills, net_coupons = np.zeros(paths), np.zeros(paths)
        else:
            # Curve
            theta = decay * theta + (1 - decay) * (0.65 * 2.8 + 0.35 * policy[k]) + noise * draws.standard_normal(paths)
            worry_at = 12.5 * np.clip(private_supply / 5, 0, 2)
            if k == 1:
                worry = worry_start = worry_at
            worry = worry_at + (worry - worry_at) * np.exp(-2 * DT)
            flows = np.exp(-4 * DT) * flows + 0.3 * surprise
            news = news_kept * news + news_size * draws.standard_normal(paths)
            yields = curve.yields(policy[k], theta, supply, worry - worry_start + flows + news)
            # Cash and issuance
            interest = debt.interest_due()
            deficit = total[k] - interest
            approach = min(1.0, DT / max(4 * 7 / 365.25 - DT + DT, DT)) if k == 1 else 1 - np.exp(-DT / 0.25)
            cash = approach * (target[k] - tga)
            rebuilt = 0.05 * np.maximum(cash, 0) if k == 1 else 0.0
            debt.step(deficit + interest + cash + other[k], rolled + rebuilt, yields)
            net_bills, net_coupons = debt.bill - previous[0], debt.coupons() - previous[1]
            # Auctions
            change_last, change = change, yields[3] - y10_last
            y10_last = yields[3]
            window = [yields[3], *window[:2]]
            annual = np.maximum(debt.sold / DT, 1.0)
            if size_start is None:
                size_start, inventory = plan_sold, 0.15 * plan_sold / 12 * np.ones(paths)
                tail_start = np.maximum(-2, 0.2 - 6 * 0.04 + 1.5 * inventory / 300)
            inventory = np.exp(-12 * DT) * inventory + 0.15 * (1 - np.exp(-12 * DT)) / 12 * annual
            concession = np.clip((yields[3] - sum(window) / 3) / 0.25, -2, 2)
            calm = np.minimum(np.abs(change_last) / (0.06 * np.sqrt(261 * DT)), 4) - 0.8
            cover = 2.5 + 0.05 * concession - 0.3 * np.log(annual / size_start) - 0.05 * calm
            tail = np.maximum(-2, 0.2 + 6 * (2.5 - cover) + 1.5 * inventory / 300)
            chance = 0.9 * draws.standard_normal(paths)
            surprise = 9 * (tail - tail_start) + np.sqrt(9) * chance
            tail = tail + chance / np.sqrt(9)
            # Holders
            soma_bills = bills[0] * np.minimum(debt.redeemed_bills / previous[0], 1)
            soma_coupons = (holdings[0] - bills[0]) * np.minimum(debt.redeemed_coupons / previous[1], 1)
            coupon_runoff = np.minimum(soma_coupons, cap[k])
            bill_runoff = np.minimum(soma_bills, cap[k] - coupon_runoff)
            rolled = soma_coupons - coupon_runoff
            runoff = bill_runoff + coupon_runoff
            bill_supply, coupon_supply = net_bills + bill_runoff, net_coupons + coupon_runoff
            before = list(holdings)
            holdings[0], bills[0] = holdings[0] - runoff + orders, bills[0] - bill_runoff + orders
            for h in range(1, 6):
                bills[h] = bills[h] * (1 + 0.04 * DT)
                holdings[h] = holdings[h] * (1 + 0.04 * DT)
            wanted = np.clip(0.55 + 0.25 * np.clip((yields[0] - policy[k] + 0.20) / 0.10, -1, 1), 0, 1) * bill_supply
            funds = np.maximum(np.minimum(wanted, rrp), -bills[7])
            bills[7], holdings[7] = bills[7] + funds, holdings[7] + funds
            bank = 0.05 * (bill_supply + coupon_supply)
            bills[6], holdings[6] = bills[6] + 0.05 * bill_supply, holdings[6] + bank
            private_last, private = private, debt.bill + debt.coupons() - sum(holdings)
            others = sum(holdings[h] - before[h] for h in range(1, 6)) + private - private_last
            soma_expected = soma_expected - coupon_runoff
            official_expected = official_expected * (1 + 0.04 * DT)
            placed = [bill_supply + coupon_supply - orders, *placed[:2]]
            private_supply = 4 * 100 * sum(placed) / gdp[k]
            # Federal Reserve
            from_rrp = np.minimum(funds, rrp)
            from_deposits = others + funds - from_rrp
            spending = deficit + interest + other[k]
            rrp = rrp - from_rrp
            tga = tga + from_rrp + bank + from_deposits + orders - spending - runoff
            reserves = reserves - bank - from_deposits + spending
            deposits = deposits - from_deposits + spending
            fed = fed + orders - runoff - 36.0
            reserves, deposits = reserves - 36.0, deposits - 36.0
            drained = -rrp * np.expm1(-DT * 0.8 * np.maximum(0, yields[0] - policy[k] + 0.20))
            rrp, reserves, deposits = rrp - drained, reserves + drained, deposits + drained
            currency = 2340 * (np.exp(0.035 * DT * k) - np.exp(0.035 * DT * (k - 1)))
            fed_other = fed_other + currency + liabilities[k]
            reserves, deposits = reserves - currency - liabilities[k], deposits - currency
            bank_assets = 23400.0 * gdp[k] / 27530.0
            orders = np.clip(0.118 * bank_assets - reserves, 0, 60)
            x = (10.5 - 100 * reserves / bank_assets) / 0.8
            spread = -7 + 8 * (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))))
            # Duration supply
            insensitive = holdings[0] - bills[0] + 0.9 * sum(holdings[h] - bills[h] for h in range(1, 5))
            if k == 1:
                held = HOLDINGS[0] - BILLS_HELD[0] + 0.9 * (HOLDINGS[1:5] - BILLS_HELD[1:5]).sum()
                held_expected = held
            plan_bills, plan_coupons, plan_face, plan_gdp = expected[k]
            each = plan_coupons / plan_face
            supply_now = 100 * (debt.bill_equivalents() + debt.coupon_equivalents() - each * held) / gdp[k] - \
                100 * (plan_bills + plan_coupons - each * held_expected) / plan_gdp
            held, held_expected = insensitive, soma_expected + 0.9 * official_expected
            supply = supply_now
        previous = debt.bill, debt.coupons()
        values = [debt.bill, net_bills, net_coupons, tga, rrp, reserves, fed, deposits, *holdings, private, spread, supply,
                  debt.bill_equivalents(), yields[0], yields[3], tail]
        for v, out in zip(values, recorded):
            out[k] = summary(v)


NAMES = ["us_bills_outstanding", "us_net_bills", "us_net_coupons", "us_tga", "us_on_rrp", "us_bank_reserves", "us_fed_assets",
         "us_deposits", *["us_holdings"] * 9, "us_effr_spread", "us_duration_supply", "us_bill_equivalents", "us_y3m",
         "us_y10", "us_auction_tail"]


def simulated(paths):
    global plan_sold, plan_net
    expected = plan()
    first = Ladder(1)
    first.step(0.026 * 27530.1 * np.exp(0.041 * DT) * DT + first.interest_due() + (1 - np.exp(-DT / 0.25)) * 801, 0.0,
               [np.full(1, y) for y in PILLARS])
    plan_sold = float(first.sold[0] / DT)
    plan_net = float(first.bill[0] + first.coupons()[0] - 24912)
    recorded = room(len(NAMES), STEPS)
    simulate(paths, 1, expected, recorded)
    return recorded


def main():
    compare(arguments(__doc__, 100000), ROOT / "scenarios/treasury/wave_2023.yaml", NAMES, simulated)


if __name__ == "__main__":
    main()
