"""A hundred random paths again, bit for bit, with triggers that act on them.

    rerun_test.py PROGRAM SCENARIO
"""

import csv
import io
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py

PROGRAM, SCENARIO = sys.argv[1:]
PATHS = 3000

with tempfile.TemporaryDirectory(prefix="moniac_rerun_") as folder:
    result = Path(folder) / "result.h5"
    subprocess.run([PROGRAM, "run", SCENARIO, "--paths", str(PATHS), "--set", "record.paths=all", "-q", "-o", result],
                   check=True)
    with h5py.File(result) as file:
        arrays = {data.attrs["moniac_name"].decode(): data[()] for data in file.values()
                  if data.attrs.get("moniac_statistic") == b"path"}
    assert len(arrays) > 2, arrays.keys()
    fired = 0
    for path in random.Random(4).sample(range(PATHS), 100):
        again = subprocess.run([PROGRAM, "rerun", result, "--path", str(path), "--trace"], check=True,
                               capture_output=True, text=True)
        assert again.stderr == f"path {path}: the same bits as the file records\n", again.stderr
        rows = [row for row in csv.DictReader(io.StringIO(again.stdout)) if row["kind"] == "variable"]
        for name, values in arrays.items():
            traced = [float(row["value"]) for row in rows if row["name"] == name]
            assert traced == list(values[path]), (path, name)
        fired += any(row["name"] == "us.financial_stress" and float(row["value"]) != 0 for row in rows)
    assert 0 < fired < 100, fired
