#!/usr/bin/python3
"""Draws the pictures of models/fx/README.md from runs of the shipped scenarios.

    fx_charts.py [--program PROGRAM] [--paths N]

Writes docs/images/fx_episodes.png and fx_band.png. Facts: scenarios/data/fx_episodes.csv.
"""

import argparse
import csv
import datetime
import subprocess
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import h5py
import matplotlib.pyplot as plt
import numpy as np

from fan_chart import COLOURS, INK, QUIET

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "scenarios" / "fx"
IMAGES = ROOT / "docs" / "images"
FOLDER = tempfile.TemporaryDirectory(prefix="moniac_charts_")


def run(program, scenario, paths, command="run"):
    result = Path(FOLDER.name) / f"{scenario}.h5"
    subprocess.run([program, command, SCENARIOS / f"{scenario}.yaml", "-o", result, "--force", "-q", "--paths", str(paths)],
                   check=True)
    return h5py.File(result)


def days(file):
    start = datetime.datetime.fromisoformat(file["time"].attrs["units"].decode().split("since ")[1][:10]) \
        if isinstance(file["time"].attrs["units"], bytes) \
        else datetime.datetime.fromisoformat(str(file["time"].attrs["units"]).split("since ")[1][:10])
    return [start + datetime.timedelta(days=float(d)) for d in file["time"][()]]


def facts(series):
    with open(ROOT / "scenarios" / "data" / "fx_episodes.csv") as file:
        rows = [(row["date"], float(row["value"])) for row in csv.DictReader(file) if row["series"] == series]
    dates = [datetime.datetime.fromisoformat(date if len(date) == 10 else date + "-15") for date, _ in rows]
    return dates, [value for _, value in rows]


def fan(axes, file, name, case=None):
    levels = list(file["quantile"][()])
    data = file[name + "_quantile"][()] if case is None else file[name + "_quantile"][case]
    band = [data[:, levels.index(level)] for level in (5, 25, 50, 75, 95)]
    axes.fill_between(days(file), band[0], band[4], color=COLOURS[0], alpha=0.15, lw=0)
    axes.fill_between(days(file), band[1], band[3], color=COLOURS[0], alpha=0.25, lw=0)
    axes.plot(days(file), band[2], color=COLOURS[0], lw=1.5, label="median, 50 and 90 %")


def fact_line(axes, series):
    axes.plot(*facts(series), color=INK, lw=1, marker="o", ms=2, label="fact")


def episodes(program, paths):
    figure, panels = plt.subplots(2, 3, figsize=(13, 7))
    plaza = run(program, "plaza_1985", paths)
    fan(panels[0, 0], plaza, "usdjpy_rate")
    fact_line(panels[0, 0], "usdjpy_monthly")
    panels[0, 0].set_title("Plaza: yen per dollar")

    sterling = run(program, "sterling_1992", paths)
    panels[0, 1].step(days(sterling), sterling["gb_peg_status_mean"][()] / 2, where="post", color=COLOURS[0],
                      label="share of paths out of the ERM")
    panels[0, 1].plot(days(sterling), sterling["gb_fx_net_usable_mean"][()] / 18, color=COLOURS[1],
                      label="net reserves, 18 USD bn = 1")
    panels[0, 1].axvline(datetime.datetime(1992, 9, 16), color=INK, lw=1, label="fact: 16 September")
    panels[0, 1].set_title("Sterling 1992")

    baht = run(program, "baht_1997", paths, "sweep")
    for case, label in enumerate(["attackers see forwards", "they see gross reserves"]):
        status = baht["th_peg_strength_mean"][case]
        panels[0, 2].plot(days(baht), status, color=COLOURS[case], label=f"strength, {label}")
    panels[0, 2].axhline(baht["th_peg_threshold_mean"][0][1], color=QUIET, ls="--", label="threshold")
    panels[0, 2].axvline(datetime.datetime(1997, 7, 2), color=INK, lw=1, label="fact: float on 2 July")
    panels[0, 2].set_title("Baht 1997: usable reserves over hot money")

    franc = run(program, "snb_2011", paths)
    panels[1, 0].plot(days(franc), franc["eurchf_regime_mean"][()] / 2 - 0.5, color=COLOURS[0], label="share that left the floor")
    panels[1, 0].plot(days(franc), franc["eurchf_volatility_mean"][()] / 8, color=COLOURS[1],
                      label="volatility over that of a float")
    panels[1, 0].axvline(datetime.datetime(2015, 1, 15), color=INK, lw=1, label="fact: 15 January 2015")
    panels[1, 0].set_title("Swiss floor")

    china = run(program, "china_2015", paths)
    total = china["cn_fx_reserves_mean"][()][:, 5]
    panels[1, 1].plot(days(china), total, color=COLOURS[0], label="reserves, USD bn, mean")
    fact_line(panels[1, 1], "cn_reserves")
    panels[1, 1].set_title("China: reserves, USD bn")

    yen = run(program, "yen_2022", paths)
    fan(panels[1, 2], yen, "usdjpy_rate")
    fact_line(panels[1, 2], "usdjpy_noon")
    panels[1, 2].set_title("Yen 2022: operations of 22 Sep, 21 and 24 Oct")
    for axes in panels.flat:
        axes.legend(frameon=False, fontsize=7)
        axes.tick_params(labelsize=7)
        for label in axes.get_xticklabels():
            label.set_rotation(25)
    save(figure, "fx_episodes")


def band(program, paths):
    figure, axes = plt.subplots(figsize=(6, 4))
    sweep = run(program, "sweep_band", paths, "sweep")
    lost = sweep["outcome_band_lost_probability"][()].reshape(7, 5)
    stocks = [100, 200, 400, 600, 800, 1000, 1200]
    for i in range(5):
        axes.plot(stocks, 100 * lost[:, i], marker="o", ms=3, color=plt.cm.viridis(i / 5), label=f"carry {i} % a year")
    axes.set_xlabel("Treasuries at the start, USD bn")
    axes.set_ylabel("band lost within five years, %")
    axes.legend(frameon=False, fontsize=8)
    save(figure, "fx_band")


def save(figure, name):
    figure.tight_layout()
    figure.savefig(IMAGES / f"{name}.png", dpi=90)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build" / "release" / "sim" / "app" / "moniac"))
    parser.add_argument("--paths", type=int, default=4000)
    options = parser.parse_args()
    episodes(options.program, options.paths)
    band(options.program, min(options.paths, 1000))


if __name__ == "__main__":
    main()
