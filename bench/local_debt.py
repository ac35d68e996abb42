#!/usr/bin/python3
"""Local debt of 31 provinces written by hand in NumPy, one array per variable over provinces and paths, and beside moniac.

    local_debt.py PROGRAM [--paths 20000] [--rounds 5]

What is compared, and how: numpy_twin.py.
"""

import csv
import tempfile
from pathlib import Path

import numpy as np

from numpy_twin import arguments, compare, room, summary

ROOT = Path(__file__).resolve().parent.parent
STEPS, DT = 60, 1 / 12
NAMES = ["local_debt_bond", "local_debt_lgfv", "local_arrears", "local_interest", "local_debt_ratio", "debt_service_own",
         "lgfv_spread", "land_revenue", "distress_share", "investment_cut", "financial_stress"]
SCENARIO = f"""moniac: 1
title: Local debt of 31 provinces
time: {{start: 2023-12-31, step: 1 month, horizon: 60 months}}
ensemble: {{paths: 20000, seed: 1}}
models: {{cn.local_debt: {{}}}}
record: {{variables: [{', '.join('cn.' + name for name in NAMES)}]}}
"""


def provinces():
    with open(ROOT / "scenarios" / "data" / "china_provinces_2023.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name]) for row in rows])[:, None] for name in rows[0] if name != "province"}


def column(values, paths):
    return np.repeat(values, paths, axis=1)


def simulate(paths, seed, recorded):
    draws = np.random.Generator(np.random.SFC64(seed))
    p = provinces()
    gdp = column(p["gdp"], paths)
    own, received = p["own_revenue"] / p["gdp"], (p["spending"] - p["own_revenue"]) / p["gdp"]
    spending = p["spending"] / p["gdp"] - 0.055
    sales = np.array([0, 930.0, 6880.0, 3850.0])
    land = np.zeros((31, 1))
    for tier in (1, 2, 3):
        mine = p["tier"] == tier
        land[mine] = 0.49 * sales[tier] * DT * p["land_revenue"][mine] / p["land_revenue"][mine].sum()
    bonds, debt = column(p["bonds"], paths), column(p["lgfv_debt"], paths)
    eligible = 14300 * debt / p["lgfv_debt"].sum()
    arrears, swaps, ill, since = (np.zeros((31, paths)) for _ in range(4))
    cash = 0.12 * (own + received) * gdp
    bond_rate, debt_rate = np.full((31, paths), 0.0327), np.full((31, paths), 0.051)
    service = (bond_rate * bonds + debt_rate * debt) / (own * gdp + 0.33 * land / DT)

    def normal(leverage, service, logs):
        return np.clip(0.01 * np.exp(0.9 * (leverage - 0.85) + 2 * (service - 0.31) + logs), 0.002, 0.08)

    def rolled(spread):
        return np.minimum(1 / (1 + np.exp((spread - 0.06) / 0.01)), 1)

    spread = normal((bonds + debt) / gdp, service, 0)
    rollover = rolled(spread)
    contagion, news, losses = np.zeros(paths), np.zeros(paths), []
    matured, matured_long = -np.expm1(-0.28 * DT), -np.expm1(-0.28 * 0.4 * DT)
    bonds_mature, pay_arrears, move = -np.expm1(-0.095 * DT), -np.expm1(-0.5 * DT), -np.expm1(-4 * DT)
    growth = np.exp(0.045 * DT)
    yield_ = 0.0235
    for k in range(1, STEPS + 1):
        year = 2023 + (k + 11) // 12
        all_gdp, all_debt = gdp.sum(axis=0), debt.sum(axis=0)
        quota = (4620 if year <= 2024 else 5200) * DT / all_gdp
        swap_quota = (2800 if year <= 2026 else 800) * DT
        due_transfers = (received * gdp).sum(axis=0) * DT
        room = (0.0529 + (0.03 if year <= 2024 else 0.04)) * DT * all_gdp
        paid_part = np.minimum(room / due_transfers, 1)
        emergency = (ill * (bond_rate * bonds + debt_rate * debt)).sum(axis=0) * DT
        helped = 0.3 * np.minimum(np.maximum(room - paid_part * due_transfers, 0) / np.maximum(emergency, 1e-300), 1)
        news = np.exp(-DT) * news + 0.25 * np.sqrt(-np.expm1(-2 * DT) / 2) * draws.standard_normal(paths)
        logs = news + 0.6 * contagion

        revenue = own * DT * gdp
        paid = DT * (bond_rate * bonds + debt_rate * debt)
        transfers = received * paid_part * DT * gdp + helped * ill * paid
        planned = 0.075 * DT * gdp
        deficit = spending * DT * gdp + planned + paid - revenue - 0.33 * land - transfers - 0.01 * DT * debt
        due_bonds = bonds_mature * bonds
        due = (matured + (matured_long - matured) * ill) * debt
        swap = np.minimum(np.minimum(swap_quota / eligible.sum(axis=0), 1) * eligible, debt - due)
        aim = 0.12 * (own + received) * gdp
        need = deficit + due_bonds + due + pay_arrears * arrears + aim - cash
        refinancing = np.minimum(0.87 * due_bonds + 0.13 * bonds_mature * swaps, np.maximum(need, 0))
        from_bonds = refinancing + np.minimum(np.maximum(need - refinancing, 0), quota * gdp)
        lent = np.minimum(np.maximum(need - from_bonds, 0), rollover * due + 0.04 * DT * (debt + swaps))
        gap = need - from_bonds - lent
        missing = np.maximum(gap, 0)
        used = np.minimum(missing, 0.5 * aim)
        cut = np.minimum(missing - used, 0.35 * planned)
        prepaid = np.minimum(np.maximum(-gap, 0), debt - due - swap)
        kept = debt - due - swap - prepaid

        new_bonds, new_debt = bonds - due_bonds + from_bonds + swap, kept + lent
        bond_rate = (bond_rate * (bonds - due_bonds) + (yield_ + 0.0015) * (from_bonds + swap)) / new_bonds
        debt_rate = np.where(new_debt > 0, (debt_rate * kept + (yield_ + spread) * lent) / np.maximum(new_debt, 1e-300), debt_rate)
        income = revenue + 0.33 * land
        service = paid / income
        spread = spread + move * (normal((bonds + debt + arrears) / gdp, service, 0.8 * ill + logs) - spread)
        rollover = rolled(spread)
        hazard = 0.02 * np.exp(8 * (service - 0.5) + 0.5 * contagion + 2 * np.minimum(arrears / (own * gdp), 1))
        chance = -np.expm1(-DT * np.minimum(hazard, 3))
        since = since + DT
        still = np.where((since >= 5 - 1e-9) | ((since >= 1 - 1e-9) & (service < 0.25)), 0, ill)
        falls = (still == 0) & (draws.random((31, paths)) < chance)
        ill, since = still + falls, still * since
        debt_rate = np.where(falls, np.minimum(debt_rate, np.maximum(debt_rate - 0.02, 0.025)), debt_rate)
        fallen = (falls * debt).sum(axis=0)
        contagion = np.exp(-1.5 * DT) * contagion + 0.8 * fallen / all_debt
        losses = [0.75 * 0.15 * fallen, *losses[:11]]

        arrears = arrears - pay_arrears * arrears + (missing - used - cut)
        cash = aim - used + (np.maximum(-gap, 0) - prepaid)
        eligible = np.minimum(np.maximum(eligible - swap, 0), new_debt)
        swaps = swaps + swap
        bonds, debt, gdp = new_bonds, new_debt, gdp * growth

        total_debt, interest = debt.sum(axis=0), paid.sum(axis=0)
        values = [bonds.sum(axis=0), total_debt, arrears.sum(axis=0), interest,
                  100 * (bonds.sum(axis=0) + total_debt) / gdp.sum(axis=0), 100 * interest / income.sum(axis=0),
                  1e4 * (debt * spread).sum(axis=0) / total_debt, np.full(paths, land.sum()),
                  100 * (debt * ill).sum(axis=0) / total_debt, cut.sum(axis=0), -np.expm1(-5 * sum(losses) / 30000)]
        for v, out in zip(values, recorded):
            out[k] = summary(v)


def simulated(paths):
    recorded = room(len(NAMES), STEPS)
    simulate(paths, 1, recorded)
    return recorded


def main():
    given = arguments(__doc__, 20000)
    with tempfile.TemporaryDirectory() as folder:
        scenario = Path(folder) / "local_debt.yaml"
        scenario.write_text(SCENARIO)
        compare(given, scenario, ["cn_" + name for name in NAMES], simulated)


if __name__ == "__main__":
    main()
