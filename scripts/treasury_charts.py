#!/usr/bin/python3
"""Draws the pictures of models/treasury/README.md from runs of the shipped scenarios.

    treasury_charts.py [--program PROGRAM] [--paths N]

Writes docs/images/wave_2023.png, treasury_responses.png and issuance_and_on_rrp.png.
"""

import argparse
import csv
import subprocess
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import h5py
import matplotlib.pyplot as plt
import numpy as np

from fan_chart import COLOURS, INK, QUIET
from sweep_chart import draw_cells

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "scenarios" / "treasury"
IMAGES = ROOT / "docs" / "images"


class Runs:
    """Runs scenarios into a folder of their own."""

    def __init__(self, program, paths):
        self.program, self.paths = program, paths
        self.folder = tempfile.TemporaryDirectory(prefix="moniac_charts_")

    def run(self, scenario, text=None, command="run", paths=None):
        file = Path(self.folder.name) / f"{scenario}.yaml"
        if text is None:
            file = SCENARIOS / f"{scenario}.yaml"
        else:
            file.write_text(text)
        result = Path(self.folder.name) / f"{Path(scenario).name}.h5"
        subprocess.run([self.program, command, file, "-o", result, "--force", "-q", "--paths", str(paths or self.paths)],
                       check=True, stdout=subprocess.DEVNULL)
        return h5py.File(result)


def mean(file, name):
    return file[name.replace(".", "_") + "_mean"][()]


def actual_2023():
    with open(ROOT / "scenarios" / "data" / "treasury_2023.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in rows[0] if name != "date"}


def note(axes, title, unit):
    axes.set_title(title, loc="left", fontsize=10, color=INK)
    axes.set_ylabel(unit, fontsize=9)
    axes.grid(axis="y", color="#e4e4e4")


def draw_wave(runs):
    wave, dry = runs.run("wave_2023"), runs.run("wave_2023_no_rrp")
    actual = actual_2023()
    months = np.arange(14)
    labels = ["May 23", "Aug", "Nov", "Feb 24", "May"]
    panels = [("Bills outside the SOMA", "bills", lambda f: mean(f, "us.bills_outstanding") - 276),
              ("Treasury's cash (TGA)", "tga", lambda f: mean(f, "us.tga")),
              ("ON RRP", "on_rrp", lambda f: mean(f, "us.on_rrp")),
              ("Reserves of banks", "reserves", lambda f: mean(f, "us.bank_reserves"))]
    figure, grid = plt.subplots(2, 2, figsize=(9, 6), sharex=True, layout="constrained")
    for axes, (title, column, of) in zip(grid.flat, panels):
        axes.plot(months, actual[column], "o", color=INK, markersize=5, label="figures of the time")
        axes.plot(months, of(wave), color=COLOURS[0], linewidth=2, label="wave_2023")
        axes.plot(months, of(dry), color=COLOURS[1], linewidth=2, linestyle="--", label="without the ON RRP")
        note(axes, title, "USD bn")
        axes.set_xticks(range(0, 13, 3), labels)
    grid.flat[0].legend(frameon=False, fontsize=9)
    figure.savefig(IMAGES / "wave_2023.png", dpi=110)


def baseline(what="", horizon=24):
    event = f"events: [{{at: 2026-01-15, set: {{{what}}}}}]\n" if what else ""
    return (f"moniac: 1\ntitle: response\nextends: {SCENARIOS / 'baseline_2025.yaml'}\n"
            f"time: {{horizon: {horizon} months}}\nrecord: {{dates: all}}\n{event}")


def draw_responses(runs):
    base = mean(runs.run("base", baseline(), paths=512), "us.y10")
    cases = [("1,000 bn more debt as ten-year notes", "us.other_financing: 1000 USD bn, us.ten_year_issuance: 1000 USD bn"),
             ("1,000 bn more debt as bills", "us.other_financing: 1000 USD bn"),
             ("China sells 300 bn", "cn.treasury_sales: 300 USD bn")]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    for colour, (label, what) in zip(COLOURS, cases):
        response = 100 * (mean(runs.run("response", baseline(what), paths=512), "us.y10") - base)
        left.plot(range(len(base)), response, color=colour, linewidth=2, label=label)
    note(left, "Ten-year yield, event in the first month", "bp against the baseline")
    left.set_xlabel("months", fontsize=9, color=QUIET)
    left.legend(frameon=False, fontsize=8)
    for colour, name in zip(COLOURS, ["foreign_strike", "lead_buyer"]):
        result = runs.run(name)
        quantiles = result["us_duration_supply_quantile"][()]
        axis = list(result["quantile"][()])
        low, mid, high = (quantiles[:, axis.index(q)] for q in (5, 50, 95))
        right.fill_between(range(len(mid)), low, high, color=colour, alpha=0.2, linewidth=0)
        right.plot(range(len(mid)), mid, color=colour, linewidth=2, label=name)
    note(right, "Duration supply: median and 90 % of the paths", "% of GDP")
    right.set_xlabel("months", fontsize=9, color=QUIET)
    right.legend(frameon=False, fontsize=8)
    figure.savefig(IMAGES / "treasury_responses.png", dpi=110)


def heat_map(result, colour, number, title, label, file):
    """A sweep of cash raised by ON RRP: a cell per case, coloured by one value by case, with another written in it."""
    target = result["axis_us_fiscal_tga_target"][()]
    rrp = result["axis_us_fed_balance_sheet_on_rrp"][()]
    rows, columns = np.unique(target), np.unique(rrp)
    colour = colour.reshape(len(rows), len(columns))
    figure, axes = plt.subplots(figsize=(8.5, 4.2), layout="constrained")
    image = draw_cells(axes, colour, np.reshape(number, colour.shape))
    axes.set_xticks(range(len(columns)), [f"{x / 1000:.2f}" for x in columns])
    axes.set_yticks(range(len(rows)), [f"{(x - 49) / 1000:.2f}" for x in rows])
    axes.set_xlabel("ON RRP at the start, USD tn", fontsize=9)
    axes.set_ylabel("cash that the Treasury raises, USD tn", fontsize=9)
    axes.set_title(title, loc="left", fontsize=10)
    figure.colorbar(image, label=label)
    figure.savefig(IMAGES / file, dpi=110)


def draw_heat_map(runs):
    result = runs.run("sweep_issuance", command="sweep", paths=500)
    reserves, spread = mean(result, "us.bank_reserves")[:, -1], mean(result, "us.effr_spread")[:, -1]
    heat_map(result, reserves, [f"{bp:+.0f}" for bp in spread],
             "After six months: reserves (colour), EFFR less interest on reserves (bp)", "reserves, USD bn",
             "issuance_and_on_rrp.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/release/sim/app/moniac")
    parser.add_argument("--paths", type=int, default=5000)
    given = parser.parse_args()
    runs = Runs(given.program, given.paths)
    draw_wave(runs)
    draw_responses(runs)
    draw_heat_map(runs)


if __name__ == "__main__":
    main()
