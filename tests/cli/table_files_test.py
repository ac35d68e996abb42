#!/usr/bin/python3
"""table_files_test.py PROGRAM: what claims and attribute write as HDF5, as other programs see it."""
import csv
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import xarray as xr

program = sys.argv[1]
BASE = """moniac: 1
title: Slow
time: {start: 2025-01-01, step: 1 month, horizon: 12 months}
ensemble: {paths: 500, seed: 7}
models: {us.short_rate: {r0: 4 %/year, mean: 3 %/year, speed: 0.3 1/year}}
outcomes: {high: {any: {us.short_rate: {above: 5 %/year}}}}
record: {dates: every 6 months}
"""
OTHER = BASE.replace("0.3 1/year", "0.6 1/year").replace("r0: 4", "r0: 5").replace("Slow", "Fast")
CLAIMS = {
    "rate": """claim: 12
source: S1
says: A faster return to the mean lowers the rate.
mechanism: speed
scenario: ../slow.yaml
change: {us.short_rate.speed: 0.6 1/year}
variable: us.short_rate
expect: negative
drivers: {us.short_rate.mean: [3 %/year, 5 %/year]}
""",
    "odds": """claim: 3
source: S2
says: The rate hardly goes above 5 %.
mechanism: speed
fact: It did once.
scenario: ../slow.yaml
event: {any: {us.short_rate: {above: 5 %/year}}}
expect: {from: 0, to: 1}
""",
}
for part in "ab":
    CLAIMS["half_" + part] = CLAIMS["odds"].replace("claim: 3", f"claim: 20\npart: {part}")


def check(holds, what):
    if not holds:
        sys.exit(what)


def run(*words, code=0):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, cwd=folder)
    check(done.returncode == code, f"{words} ended with {done.returncode}: {done.stderr}")
    return done


def rows_of(path):
    with open(folder / path, newline="") as file:
        return list(csv.DictReader(file))


def check_ledger(engine):
    with xr.open_dataset(folder / "ledger.h5", engine=engine) as ds:
        check(ds.attrs["format"] == "moniac-ledger" and ds.attrs["title"] == "Claims ledger", "what the file is")
        check(list(ds.claim.values) == [3, 12, 20, 20] and list(ds.of_claim.values) == [3, 12, 12, 12, 20, 20],
              "claims and findings")
        check(list(ds.part.values) == ["", "", "a", "b"] and list(ds.of_part.values) == [""] * 4 + ["a", "b"], "parts")
        odds = ds.sel(claim=3)
        check(odds.measure.item() == "us.short_rate above 5 %/year, at any step", "an event is measured by its conditions")
        check(odds.fact.item() == "It did once." and ds.sel(claim=12).fact.item() == "", "a fact, and none")
        check(odds.expected.item() == "0 to 1" and odds.paths.item() == 500 and odds.unit.item() == "", "claim 3")
        check(list(ds.setting.values[1:4]) == ["", "us.short_rate.mean = 3 %/year", "us.short_rate.mean = 5 %/year"], "settings")
        check(list(ds.verdict.values[1:4]) == ["supported", "supported", "contradicted"], "verdicts")
        # Vasicek: E r(t) = mean + (r0 - mean) exp(-speed t), after a year.
        known = (4 - np.array([3, 3, 5])) * (np.exp(-0.6) - np.exp(-0.3))
        check((np.abs(ds.estimate.values[1:4] - known) < 4 * ds.se.values[1:4]).all(), "estimates")
        rows = rows_of("ledger.csv")
        check([float(row["estimate"]) for row in rows] == list(ds.estimate.values), "the same estimates as CSV")
        check([row["part"] for row in rows] == list(ds.of_part.values), "the same parts as CSV")
        check([row["verdict"] for row in rows] == list(ds.verdict.values), "the same verdicts as CSV")


def check_attribution(engine):
    with xr.open_dataset(folder / "shares.h5", engine=engine) as ds:
        check(ds.attrs["format"] == "moniac-attribution", "what the file is")
        check(list(ds.input.values) == ["us.short_rate.r0", "us.short_rate.speed"], "inputs")
        speed = ds.sel(changed="us.short_rate.speed")
        check([speed.changed_a.item(), speed.changed_b.item()] == ["0.3 1/year", "0.6 1/year"], "values of an input")
        check(list(ds.name.values) == ["high"] + ["us.short_rate"] * 3, "outcomes and variables")
        check(list(ds.date.values) == ["", "2025-01-01", "2025-07-01", "2026-01-01"], "dates")
        check(ds.contribution.dims == ("number", "input"), "axes")
        np.testing.assert_allclose(ds.contribution.sum("input"), ds.difference, atol=1e-12)
        np.testing.assert_allclose(ds.in_b - ds.in_a, ds.difference, atol=1e-12)
        rows = [row for row in rows_of("shares.csv") if row["input"] == "us.short_rate.r0"]
        check([float(row["value"]) for row in rows] == list(ds.contribution.values[:, 0]), "the same numbers as CSV")


with tempfile.TemporaryDirectory(prefix="moniac_tables_") as name:
    folder = pathlib.Path(name)
    (folder / "slow.yaml").write_text(BASE)
    (folder / "fast.yaml").write_text(OTHER)
    (folder / "claims").mkdir()
    for stem, text in CLAIMS.items():
        (folder / "claims" / f"{stem}.yaml").write_text(text)
    for command, stem in ((("claims",), "ledger"), (("attribute", "slow.yaml", "fast.yaml"), "shares")):
        run(*command, "-o", f"{stem}.h5", "-j", 1, "--block", 64)
        run(*command, "-o", "two.h5", "-j", 2)
        check((folder / f"{stem}.h5").read_bytes() == (folder / "two.h5").read_bytes(), "bytes depend on threads or blocks")
        run(*command, "-o", "two.h5", code=73)
        (folder / "two.h5").unlink()
        run(*command, "-o", f"{stem}.csv")
        run("info", f"{stem}.h5", code=65)
        run(*command, "-o", "nowhere/x.h5", code=74)
    for engine in ("netcdf4", "h5netcdf"):
        check_ledger(engine)
        check_attribution(engine)
    subprocess.run(["ncdump", "-h", folder / "ledger.h5"], check=True, capture_output=True)
