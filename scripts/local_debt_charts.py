#!/usr/bin/python3
"""Draws the pictures of models/local_debt/README.md from runs of the shipped scenarios, and prints the figures beside fact.

    local_debt_charts.py [--program PROGRAM] [--paths N]

Writes docs/images/local_debt_relief.png, local_debt_hindcasts.png and local_debt_china_2021.png.
"""

import argparse
import csv
from datetime import date

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

import treasury_charts
from fan_chart import COLOURS, INK
from treasury_charts import IMAGES, ROOT, Runs, mean, note

treasury_charts.SCENARIOS = ROOT / "scenarios" / "local_debt"


def sums(flow, per_year):
    """Annual sums of a flow by step, without the start."""
    return flow[1:].reshape(-1, per_year).sum(axis=1)


def draw_relief(runs):
    relief, none = runs.run("relief_2024"), runs.run("no_relief")
    months = np.arange(61) / 12 + 2024
    panels = [("Statutory bonds", "CNY trn", lambda f: mean(f, "cn.local_debt_bond") / 1e3),
              ("Debt of financing vehicles", "CNY trn", lambda f: mean(f, "cn.local_debt_lgfv") / 1e3),
              ("Interest a year", "CNY bn", lambda f: 12 * mean(f, "cn.local_interest")),
              ("Spread of financing vehicles", "bp", lambda f: mean(f, "cn.lgfv_spread")),
              ("Debt in distress", "%", lambda f: mean(f, "cn.distress_share")),
              ("Land revenue a year", "CNY bn", lambda f: 12 * mean(f, "cn.land_revenue"))]
    figure, grid = plt.subplots(2, 3, figsize=(11, 6), sharex=True, layout="constrained")
    for axes, (title, unit, of) in zip(grid.flat, panels):
        axes.plot(months[1:], of(relief)[1:], color=COLOURS[0], linewidth=2, label="relief_2024")
        axes.plot(months[1:], of(none)[1:], color=COLOURS[1], linewidth=2, linestyle="--", label="no_relief")
        note(axes, title, unit)
    grid.flat[0].legend(frameon=False, fontsize=9)
    figure.savefig(IMAGES / "local_debt_relief.png", dpi=110)
    saved = mean(none, "cn.local_interest")[1:].sum() - mean(relief, "cn.local_interest")[1:].sum()
    print(f"interest saved in five years: {saved:.0f} bn (official figure about 600)")
    for name in ["cn.local_debt_lgfv", "cn.lgfv_spread", "cn.distress_share", "cn.debt_service_own", "cn.local_growth"]:
        print(f"{name} at the end: {mean(relief, name)[-1]:.3f} with, {mean(none, name)[-1]:.3f} without")
    print(f"cuts: {mean(relief, 'cn.investment_cut')[1:].sum():.0f} with, {mean(none, 'cn.investment_cut')[1:].sum():.0f} without")


def draw_hindcasts(runs):
    stimulus, shanty, bust = runs.run("stimulus_2009"), runs.run("shantytown_2015"), runs.run("land_bust_2021")
    figure, grid = plt.subplots(2, 3, figsize=(11, 6), layout="constrained")

    def against(axes, title, unit, x, model, dates, facts):
        axes.plot(x, model, color=COLOURS[0], linewidth=2, label="model")
        axes.plot(dates, facts, "o", color=INK, markersize=5, label="fact")
        note(axes, title, unit)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        print(title, [(d, f, round(float(np.interp(d, x, model)), 2)) for d, f in zip(dates, facts)])

    total = (mean(stimulus, "cn.local_debt_bond") + mean(stimulus, "cn.local_debt_lgfv") + mean(stimulus, "cn.local_arrears")) / 1e3
    against(grid[0, 0], "Local debt 2009–14", "CNY trn", 2009 + np.arange(25) / 4, total, [2011, 2013.5, 2015], [10.7, 17.9, 24.0])
    print("growth in 2009", mean(stimulus, "cn.local_growth")[1:5].mean(), "fact 9.4")
    stock = (mean(shanty, "cn.local_debt_bond") + mean(shanty, "cn.local_debt_eligible")) / 1e3
    against(grid[0, 1], "Bonds and what may be swapped 2015–18", "CNY trn", 2015 + np.arange(49) / 12, stock,
            [2016, 2017, 2018, 2019], [14.8, 15.3, 16.5, 18.4])
    index = mean(shanty, "cn.house_price_index")
    against(grid[0, 2], "House prices 2015–18, 12 months", "%", [2016, 2017, 2018, 2019],
            100 * (index[12::12] / index[:-12:12] - 1), [2016, 2017, 2018, 2019], [1.6, 12.4, 5.3, 9.7])
    against(grid[1, 0], "Land revenue 2015–18", "CNY bn", [2015.5, 2016.5, 2017.5, 2018.5],
            sums(mean(shanty, "cn.land_revenue"), 12), [2015.5, 2016.5, 2017.5, 2018.5], [3255, 3746, 5206, 6510])
    years = [2022.5, 2023.5, 2024.5, 2025.5]
    against(grid[1, 1], "Land revenue 2022–25", "CNY bn", years, sums(mean(bust, "cn.land_revenue"), 12), years,
            [6685, 5800, 4870, 4152])
    against(grid[1, 2], "GDP deflator 2022–25", "%", years, mean(bust, "cn.inflation")[1:].reshape(-1, 12).mean(axis=1), years,
            [1.8, -0.5, -0.7, -1.0])
    for name in ["cn.debt_service_own", "cn.lgfv_spread", "cn.saving_rate", "cn.local_debt_bond"]:
        print(name, [round(float(mean(bust, name)[k]), 2) for k in (0, 12, 24, 36, 48)])
    grid.flat[0].legend(frameon=False, fontsize=9)
    figure.savefig(IMAGES / "local_debt_hindcasts.png", dpi=110)


def observed_china():
    """Variable -> [(date in years, value)]."""
    facts = {}
    with open(ROOT / "scenarios" / "data" / "observed_china_2022.csv", encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            day = date.fromisoformat(row["date"])
            facts.setdefault(row["name"], []).append((day.year + (day.timetuple().tm_yday - 0.5) / 365.25, float(row["value"])))
    return facts


def draw_china(runs):
    result, facts = runs.run("china_2021"), observed_china()
    years = 2022 + np.arange(49) / 12
    panels = [("GDP deflator", "cn.inflation", "% a year"), ("Policy rate", "cn.policy_rate", "% a year"),
              ("Yield of central bonds, 10 years", "cn.y10", "% a year"), ("Yuan per dollar", "usdcny.rate", ""),
              ("Saving rate", "cn.saving_rate", "%"), ("Growth over 12 months", "cn.gdp_growth", "%")]
    figure, grid = plt.subplots(2, 3, figsize=(11, 6), sharex=True, layout="constrained")
    for axes, (title, name, unit) in zip(grid.flat, panels):
        quantiles = result[name.replace(".", "_") + "_quantile"][()]
        levels = list(result["quantile"][()])
        axes.fill_between(years, quantiles[:, levels.index(5)], quantiles[:, levels.index(95)], color=COLOURS[0], alpha=0.15,
                          linewidth=0, label="90 % of paths")
        axes.plot(years, mean(result, name), color=COLOURS[0], linewidth=2, label="mean")
        axes.axhline(mean(result, name)[0], color=COLOURS[1], linewidth=1, linestyle="--", label="no change")
        axes.plot(*zip(*facts[name]), "o", color=INK, markersize=5, label="fact")
        note(axes, title, unit)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    grid.flat[0].legend(frameon=False, fontsize=9)
    figure.savefig(IMAGES / "local_debt_china_2021.png", dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build" / "release" / "sim" / "app" / "moniac")
    parser.add_argument("--paths", type=int, default=5000)
    given = parser.parse_args()
    runs = Runs(given.program, given.paths)
    draw_relief(runs)
    draw_hindcasts(runs)
    draw_china(runs)


if __name__ == "__main__":
    main()
