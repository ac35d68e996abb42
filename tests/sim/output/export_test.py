#!/usr/bin/python3
"""export_test.py PROGRAM EXAMPLE RSCRIPT: moniac export against the same file read with h5py, by three readers of CSV."""
import csv
import io
import itertools
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np
import pandas

program, example, rscript = sys.argv[1:]
program = str(Path(program).resolve())


def check(holds, what):
    if not holds:
        sys.exit(f"export: {what}")


def export(*words, code=0, cwd=None):
    run = subprocess.run([program, "export", *words], capture_output=True, timeout=60, check=False, cwd=cwd)
    check(run.returncode == code, f"{words} ended with {run.returncode}: {run.stderr.decode()}")
    return run.stdout if code == 0 else run.stderr.decode()


def expected_rows():
    """What the tables must hold: {(variable, label, date): {column: number}}."""
    with h5py.File(example) as file:
        start = np.datetime64("2025-12-01")
        dates = [str(start + int(days)) for days in file["time"][()]]
        quantiles = [f"q{q:g}" for q in file["quantile"][()]]
        rows = {}
        dimensions = {"us_holdings": ["holder"], "trade_flow": ["importer", "exporter"]}
        for name in ("us_policy_rate", "us_y10", "us_holdings", "us_issuance", "trade_flow"):
            labels = [list(enumerate(file[axis].asstr()[:])) for axis in dimensions.get(name, [])]
            variable = file[name + "_mean"].attrs["moniac_name"].decode()
            for places in itertools.product(*labels):
                at = tuple(place for place, _ in places)
                for t, date in enumerate(dates):
                    row = {s: file[f"{name}_{s}"][(t, *at)] for s in ("mean", "sd", "se", "min", "max")}
                    for q, column in enumerate(quantiles):
                        row[column] = file[name + "_quantile"][(t, q, *at)]
                    rows[variable, ",".join(label for _, label in places), date] = row
        return rows


expected = expected_rows()
text = export(example, "--csv")
check(not text.startswith(b"\xef\xbb\xbf") and b"\r" not in text, "there is a byte order mark or a carriage return")

table = list(csv.DictReader(io.StringIO(text.decode("utf-8"), newline="")))
check(len(table) == len(expected), f"{len(table)} rows")
for row in table:
    numbers = expected[row["variable"], row["label"], row["date"]]
    for column, number in numbers.items():
        check(float(row[column]) == number, f"{row['variable']} {row['date']} {column}: {row[column]}, not {number}")
check({row["unit"] for row in table} == {"%/year", "USD bn", "USD bn/step"}, "units")
check([row["step"] for row in table[:25]] == [str(k) for k in range(25)], "steps")

frame = pandas.read_csv(io.BytesIO(text), parse_dates=["date"], float_precision="round_trip")
check(str(frame.date.dtype) == "datetime64[ns]", "pandas does not see dates")
holdings = frame[(frame.variable == "us.holdings") & (frame.label == "china")].set_index("date")
check(holdings.loc["2026-02-01", "mean"] == 748, "pandas: holdings of china in step 2")

with tempfile.TemporaryDirectory(prefix="moniac_export_") as folder:
    target = Path(folder) / "summaries.csv"
    check(export(example, "--csv", "-o", str(target)) == b"", "-o prints to standard output")
    check(target.read_bytes() == text, "-o writes something else")
    said = export(example, "--csv", "-o", str(target), code=73)
    check(said == f"moniac: {target} is there already\n   replace it with --force, or give another file with -o\n", said)
    target.write_text("old", encoding="utf-8")
    export(example, "--csv", "-o", str(target), "--force")
    check(target.read_bytes() == text, "--force does not replace the file")
    check([path.name for path in Path(folder).iterdir()] == ["summaries.csv"], "something is left behind")
    export(example, "--csv", "--outcomes", "-o", str(Path(folder) / "outcomes.csv"))
    said = export(example, "--csv", "-o", "none/x.csv", code=74, cwd=folder)
    check(said == "moniac: cannot write none/x.csv: No such file or directory\n", said)
    own = Path(folder) / "own.h5"
    own.write_bytes(Path(example).read_bytes())
    said = export("own.h5", "--csv", "-o", "./own.h5", "--force", code=64, cwd=folder)
    check(said == "moniac: ./own.h5 is the result; give another file with -o\n", said)
    check(export(example, code=64).startswith("moniac export: say --csv"), "a format is assumed")
    subprocess.run([rscript, "-e", """
        folder <- commandArgs(trailingOnly = TRUE)
        table <- read.csv(file.path(folder, "summaries.csv"))
        stopifnot(nrow(table) == 300, is.numeric(table$q50), table$mean[table$variable == "us.holdings" &
                  table$label == "rest of the world" & as.Date(table$date) == as.Date("2026-02-01")] == 6940)
        outcomes <- read.csv(file.path(folder, "outcomes.csv"))
        stopifnot(outcomes$hits == c(1500, 0, 4000, 15000, 999), outcomes$condition[1] == "us.y10 above 5 %/year, within 12 months")
        """, folder], check=True, timeout=60)
