#!/usr/bin/python3
"""Draws the picture of models/banks/README.md: the probability that a large bank fails, by cash raised and ON RRP.

    bank_chart.py [--program PROGRAM] [--paths N]

Writes docs/images/large_bank_failure.png.
"""

import argparse

from treasury_charts import ROOT, Runs, heat_map


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/release/sim/app/moniac")
    parser.add_argument("--paths", type=int, default=4000)
    given = parser.parse_args()
    result = Runs(given.program, given.paths).run("../banks/sweep_issuance", command="sweep")
    chance = 100 * result["outcome_large_bank_fails_probability"][()]
    heat_map(result, chance, [f"{percent:.1f}" for percent in chance],
             "A large bank fails within six months, % of paths", "% of paths", "large_bank_failure.png")


if __name__ == "__main__":
    main()
