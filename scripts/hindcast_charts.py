#!/usr/bin/python3
"""Draws the pictures of docs/hindcasts.md, one for each episode, from what `moniac hindcast -o` writes.

    hindcast_charts.py [--program PROGRAM] [--paths N] [--only NAME]

A panel for each variable: bars that hold 50 and 90 % of the paths at the dates of the observations, the median, what came
about, and the start, which is the forecast of no change. A last one for the stated facts: the probability of what came.
Writes docs/images/hindcasts/NAME.png.
"""

import argparse
import csv
import math
import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt

from fan_chart import COLOURS, INK, QUIET

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images" / "hindcasts"
LEGEND = 0.3  # inches below the panels
HIT, MISS = COLOURS[2], COLOURS[1]


def scorecard(program, paths, only):
    """Rows of the CSV file by hindcast."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "scorecard.csv"
        command = [program, "hindcast", ROOT / "hindcasts", "-q", "-o", output, "--paths", str(paths)]
        subprocess.run(command + (["--only", only] if only else []), check=True)
        episodes = {}
        with open(output, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                episodes.setdefault(row["hindcast"], []).append(row)
    return episodes


def draw_variable(axes, name, rows):
    days = [date.fromisoformat(row["date"]) for row in rows]
    numbers = {key: [float(row[key]) for row in rows] for key in ("q5", "q25", "median", "q75", "q95", "observed")}
    width = 7 if len(rows) < 8 else 60 / len(rows)
    axes.vlines(days, numbers["q5"], numbers["q95"], color=COLOURS[0], alpha=0.3, linewidth=width, label="90 %")
    axes.vlines(days, numbers["q25"], numbers["q75"], color=COLOURS[0], alpha=0.6, linewidth=width, label="50 % of the paths")
    axes.plot(days, numbers["median"], "_", color=COLOURS[0], markersize=width + 4, markeredgewidth=2, label="median")
    axes.axhline(float(rows[0]["start"]), color=QUIET, linestyle="--", linewidth=1, label="no change")
    axes.plot(days, numbers["observed"], "o", color=INK, markersize=4, label="came about")
    axes.set_title(f"{name}, {rows[0]['unit']}".rstrip(", "), loc="left", fontsize=10)
    axes.margins(x=0.15 if len(rows) < 8 else 0.05)
    if len(rows) == 1:
        axes.set_xlim(days[0] - timedelta(days=60), days[0] + timedelta(days=60))
    locator = mdates.AutoDateLocator(minticks=2, maxticks=5)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
    axes.ticklabel_format(axis="y", useOffset=False)


def draw_facts(axes, rows):
    places = range(len(rows), 0, -1)
    came = {"1": "", "0": "not "}
    for place, row in zip(places, rows):
        probability = float(row["probability"])
        colour = HIT if row["hit"] == "1" else MISS
        axes.barh(place, probability, 0.4, color=colour)
        label = came.get(row["observed"], row["observed"] + ": ") + row["name"].replace("_", " ")
        axes.text(0, place + 0.25, f"{label}  {probability:.2f}", fontsize=8.5, va="bottom",
                  color=INK if row["hit"] == "1" else MISS)
    axes.axvline(0.5, color=QUIET, linestyle="--", linewidth=1)
    axes.set_xlim(0, 1)
    axes.set_ylim(min(0.5, len(rows) - 3.5), len(rows) + 0.8)
    axes.set_yticks([])
    axes.set_title("Probability of what came", loc="left", fontsize=10)


def draw(name, rows):
    variables, facts = {}, [row for row in rows if row["probability"]]
    for row in rows:
        if not row["probability"]:
            variables.setdefault(row["name"], []).append(row)
    panels = len(variables) + bool(facts)
    columns = 2 if panels == 4 else min(panels, 3)
    lines = math.ceil(panels / columns)
    height = max(3.2, 0.4 * len(facts)) * lines + LEGEND
    figure, grid = plt.subplots(lines, columns, figsize=(4.2 * columns, height), squeeze=False, layout="constrained")
    figure.get_layout_engine().set(rect=(0, LEGEND / height, 1, 1 - LEGEND / height))
    axes = list(grid.flat)
    for place, (variable, numbers) in zip(axes, variables.items()):
        draw_variable(place, variable, numbers)
    if variables:
        figure.legend(*axes[0].get_legend_handles_labels(), loc="lower left", ncol=5, frameon=False, fontsize=8)
    if facts:
        draw_facts(axes[len(variables)], facts)
    for place in axes[panels:]:
        place.set_axis_off()
    figure.suptitle(rows[0]["episode"], x=0.01, ha="left", fontsize=11)
    figure.savefig(IMAGES / f"{name}.png", dpi=80)
    plt.close(figure)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build" / "release" / "sim" / "app" / "moniac")
    parser.add_argument("--paths", type=int, default=1000)
    parser.add_argument("--only", metavar="NAME")
    given = parser.parse_args()
    IMAGES.mkdir(exist_ok=True)
    for name, rows in scorecard(given.program, given.paths, given.only).items():
        draw(name, rows)


if __name__ == "__main__":
    main()
