"""A run and a sweep that several processes share, and what tests of that have in common."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
# In memory where there is such a place: it is the order of the calls that counts, and a disk is slow.
PLACE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# Triggers with a log, outcomes, series from a CSV file; 20,000 paths are 10 units.
RUN = f"""\
moniac: 1
extends: {SCENARIOS}/rates/trigger_inversion.yaml
title: Shards
ensemble: {{paths: 20000}}
levers: {{us.inflation: {{csv: inflation.csv, column: inflation, unit: "%/year"}}}}
record: {{variables: [us.policy_rate, us.y10], dates: every 6 months, trigger_log: 5000}}
"""
CSV = "date,inflation\n2025-12-31,2.97\n2027-12-31,2.2\n"
RECORDS = {
    "exact": ["record.quantile_method=exact"],
    "sketch": ["record.quantile_method=sketch"],
    "exact, 3,000 paths as float64": ["record.quantile_method=exact", "record.paths=3000", "record.trigger_log=all"],
    "sketch, all paths as float32": ["record.quantile_method=sketch", "record.paths=all",
                                     "record.path_precision=float32"],
}
SWEEP = """\
moniac: 1
title: Sweep
time: {start: 2025-01-31, step: 1 month, steps: 12}
ensemble: {paths: 3000, seed: 1}
models: {us.short_rate: {}}
outcomes: {low: {first: {us.short_rate: {below: 1 %/year}}}}
record: {variables: [us.short_rate], dates: every 6 months, quantiles: [5, 50, 95]}
sweep:
  design: sobol
  points: 8
  axes:
    us.short_rate.speed: {uniform: [0.1 1/year, 0.6 1/year]}
    us.short_rate.mean: {triangular: [2 %/year, 3 %/year, 5 %/year]}
"""


def settings(*pairs):
    return [word for pair in pairs for word in ("--set", pair)]


class InFolder(unittest.TestCase):
    """A folder with run.yaml and sweep.yaml, and the program in it. PROGRAM is to be set."""

    PROGRAM: str

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="moniac_shards_", dir=PLACE)
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        (self.folder / "run.yaml").write_text(RUN)
        (self.folder / "sweep.yaml").write_text(SWEEP)
        (self.folder / "inflation.csv").write_text(CSV)

    def start(self, *words, **more):
        return subprocess.Popen([self.PROGRAM, *words], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, **more)

    def program(self, *words, code=0, **more):
        with self.start(*words, **more) as process:
            process.out, process.err = process.communicate()
        self.assertEqual(process.returncode, code, process.err)
        return process

    def refused(self, code, *words):
        """What is said; the folder is as before."""
        before = self.tree()
        run = self.program(*words, code=code)
        self.assertEqual(run.out, "")
        self.assertEqual(self.tree(), before)
        return run.err

    def tree(self):
        return {str(path.relative_to(self.folder)): path.read_bytes() if path.is_file() else None
                for path in self.folder.rglob("*")}

    def bytes_of(self, name):
        return (self.folder / name).read_bytes()

    def one(self, *words, command="run"):
        """The bytes of a run in one process."""
        self.program(command, f"{command}.yaml", "-q", "-o", "one.h5", "--force", *words)
        return self.bytes_of("one.h5")

    def shards(self, indices, count, *words, command="run"):
        for index in indices:
            self.program(command, f"{command}.yaml", "-q", "-o", "out.h5", "--shard", f"{index}/{count}", *words)

    def assert_merged(self, expected):
        self.program("merge", "out.h5")
        self.assert_bytes(expected)

    def assert_bytes(self, expected):
        self.assertEqual(self.bytes_of("out.h5"), expected)
        self.assertFalse((self.folder / "out.h5.parts").exists())
        (self.folder / "out.h5").unlink()
