#!/usr/bin/python3
"""Draws docs/images/tariff_year_2025.png and prints the hindcasts of models/trade/README.md.

    trade_charts.py [--program PROGRAM] [--paths N]
"""

import argparse
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
SCENARIOS = ROOT / "scenarios" / "trade"

# China's exports in 2025 over 2024, %: customs of China, as reported (published). EAS holds ASEAN, Korea, Taiwan, Hong Kong.
FACTS = {"USA": -20.0, "EU27": 8.4, "EAS": 13.4, "all": 5.5}
NAMES = {"USA": "USA", "EU27": "EU", "EAS": "East Asia\n(fact: ASEAN)", "all": "all"}


def run(program, scenario, folder, paths=None):
    result = Path(folder) / f"{scenario}.h5"
    command = [program, "run", SCENARIOS / f"{scenario}.yaml", "-o", result, "--force", "-q"]
    subprocess.run(command + (["--paths", str(paths)] if paths else []), check=True, stdout=subprocess.DEVNULL)
    return h5py.File(result)


def mean(file, name):
    return file[name.replace(".", "_") + "_mean"][()]


def labels(file, dimension):
    return [text.decode() for text in file[dimension][()]]


def change_of_exports(file):
    """Of China by destination over the year, %, without what it sells at home; 'all' is the sum."""
    flow = mean(file, "trade.flow")
    importers, china = labels(file, "importer"), labels(file, "exporter").index("CHN")
    before, after = flow[0, :, china], flow[1:, :, china].mean(axis=0)
    abroad = [n for n, name in enumerate(importers) if name != "CHN"]
    change = {name: 100 * (after[n] / before[n] - 1) for n, name in enumerate(importers)}
    change["all"] = 100 * (after[abroad].sum() / before[abroad].sum() - 1)
    return change


def tariff_year(program, folder):
    files = {"with price cuts": run(program, "tariff_year_2025", folder),
             "without": run(program, "tariff_year_2025_no_discount", folder)}
    changes = {name: change_of_exports(file) for name, file in files.items()}
    figure, (bars, lines) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    place = np.arange(len(FACTS))
    for shift, (name, change) in zip((-0.2, 0.2), changes.items()):
        bars.bar(place + shift, [change[to] for to in FACTS], 0.38, color=COLOURS[0] if shift < 0 else COLOURS[1], label=name)
    bars.plot(place, list(FACTS.values()), "o", color=INK, label="2025 over 2024")
    bars.axhline(0, color=QUIET, linewidth=0.8)
    bars.set_xticks(place, NAMES.values())
    bars.set_title("China's exports, change, %", loc="left", fontsize=10)
    bars.legend(frameon=False, fontsize=9)

    file = files["with price cuts"]
    weeks = np.arange(1, 53)
    lines.plot(weeks, mean(file, "us.tariff_revenue")[1:] * 365.25 / 7, color=COLOURS[0], label="model, at an annual rate")
    lines.axhline(287, color=INK, linestyle=":", label="customs receipts of 2025, 287")
    lines.set_xticks([1, 14, 27, 40], ["January", "April", "July", "October"])
    lines.set_ylim(0, None)
    lines.set_title("Tariff revenue of the USA, USD bn a year", loc="left", fontsize=10)
    lines.legend(frameon=False, fontsize=9)
    for axes in (bars, lines):
        axes.grid(axis="y", color="#e4e4e4")
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(ROOT / "docs" / "images" / "tariff_year_2025.png", dpi=110)

    for name, file in files.items():
        revenue = mean(file, "us.tariff_revenue")[1:] * 365.25 / 7
        inflation = np.cumsum(mean(file, "us.tariff_inflation")[1:]) * 7 / 365.25
        print(f"2025, {name}: receipts {revenue.mean():.0f}, last quarter {revenue[-13:].mean():.0f} USD bn a year; prices "
              f"by September {inflation[38]:.2f}, by December {inflation[-1]:.2f} %; gap of export demand "
              f"{mean(file, 'us.export_demand_gap')[-1].item():.2f}; share of China {mean(file, 'us.china_share')[0].item():.1f} "
              f"-> {mean(file, 'us.china_share')[-1].item():.1f} %")
        print("   exports of China:", {to: round(change, 1) for to, change in changes[name].items()})


def trade_war(program, folder):
    file = run(program, "trade_war_2018", folder)
    share = mean(file, "us.china_share")
    print(f"2018: share of China {share[0]:.1f} -> {share[11]:.1f} (June 2023) -> {share[-1]:.1f} %; "
          f"goods from China {mean(file, 'us.diversion')[-1].item():.1f} %")
    static = run(program, "us_china_2018_static", folder)
    usa = labels(static, "region").index("USA")
    print(f"   for good, full employment: welfare of the USA {mean(static, 'trade.welfare')[-1][usa]:.3f} %, share of China "
          f"{mean(static, 'us.china_share')[-1].item():.1f} %")


def phase_one(program, folder, paths):
    file = run(program, "phase_one", folder, paths)
    importers, exporters = labels(file, "importer"), labels(file, "exporter")
    bought = mean(file, "trade.flow")[:, importers.index("CHN"), exporters.index("USA")]
    promised = {2020: 24.5 + 28.2 + 25.7 + 79.7 + 111.4, 2021: 31.5 + 43.6 + 28.6 + 88.7 + 123.7}
    print(f"Phase One: bought {bought[25:37].sum():.0f} in 2020 and {bought[37:49].sum():.0f} in 2021 of {promised[2020]:.0f} "
          f"and {promised[2021]:.0f} promised, {100 * bought[25:49].sum() / sum(promised.values()):.0f} %; in 2017 "
          f"{12 * bought[0]:.0f}, in 2019 {bought[13:25].sum():.0f} USD bn")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build/release/sim/app/moniac")
    parser.add_argument("--paths", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tariff_year(options.program, folder)
        trade_war(options.program, folder)
        phase_one(options.program, folder, options.paths)


if __name__ == "__main__":
    main()
