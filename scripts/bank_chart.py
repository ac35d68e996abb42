#!/usr/bin/python3
"""Draws the picture of models/banks/README.md: the probability that a large bank fails, by cash raised and ON RRP.

    bank_chart.py [--program PROGRAM] [--paths N]

Writes docs/images/large_bank_failure.png.
"""

import argparse

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from fan_chart import INK
from treasury_charts import IMAGES, ROOT, Runs


def draw(runs, paths):
    result = runs.run("../banks/sweep_issuance", command="sweep", paths=paths)
    target = result["axis_us_fiscal_tga_target"][()]
    rrp = result["axis_us_fed_balance_sheet_on_rrp"][()]
    rows, columns = np.unique(target), np.unique(rrp)
    chance = 100 * result["outcome_large_bank_fails_probability"][()].reshape(len(rows), len(columns))
    figure, axes = plt.subplots(figsize=(8.5, 4.2), layout="constrained")
    axes.grid(False)
    image = axes.imshow(chance, origin="lower", cmap="cividis", aspect="auto")
    for i in range(len(rows)):
        for j in range(len(columns)):
            dark = chance[i, j] < (chance.min() + chance.max()) / 2
            axes.text(j, i, f"{chance[i, j]:.1f}", ha="center", va="center", fontsize=8, color="white" if dark else INK)
    axes.set_xticks(range(len(columns)), [f"{x / 1000:.2f}" for x in columns])
    axes.set_yticks(range(len(rows)), [f"{(x - 49) / 1000:.2f}" for x in rows])
    axes.set_xlabel("ON RRP at the start, USD tn", fontsize=9)
    axes.set_ylabel("cash that the Treasury raises, USD tn", fontsize=9)
    axes.set_title("A large bank fails within six months, % of paths", loc="left", fontsize=10)
    figure.colorbar(image, label="% of paths")
    figure.savefig(IMAGES / "large_bank_failure.png", dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/release/sim/app/moniac")
    parser.add_argument("--paths", type=int, default=4000)
    given = parser.parse_args()
    draw(Runs(given.program, given.paths), given.paths)


if __name__ == "__main__":
    main()
