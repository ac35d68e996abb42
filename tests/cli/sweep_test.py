"""A sweep as a user meets it: cases, the file, mistakes, and what is left when it is killed.

    sweep_test.py PROGRAM
    sweep_test.py PROGRAM --kills 100     kills a sweep of 200 cases at 100 random moments (several minutes)
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import h5py
import xarray

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--kills", type=int, default=0)
OPTIONS, REST = parser.parse_known_args()

HEAD = """\
moniac: 1
title: Sweep
time: {{start: 2025-01-31, step: 1 month, steps: {steps}}}
ensemble: {{paths: {paths}, seed: 1}}
models: {{us.short_rate: {{}}}}
outcomes: {{low: {{first: {{us.short_rate: {{below: 1 %/year}}}}}}}}
record: {{variables: [us.short_rate], dates: every 6 months, quantiles: [5, 50, 95]}}
"""
GRID = """\
sweep:
  design: grid
  axes:
    us.short_rate.speed: {values: [0.2 1/year, 0.4 1/year]}
    us.short_rate.mean: {values: [2 %/year, 3 %/year, 4 %/year]}
"""


def head(paths=500, steps=12):
    return HEAD.format(paths=paths, steps=steps)


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="moniac_sweep_")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()

    def write(self, text, name="s.yaml"):
        (self.folder / name).write_text(text)

    def run_program(self, *words):
        return subprocess.run([OPTIONS.program, *words], cwd=self.folder, capture_output=True, text=True, check=False)

    def sweep(self, *words):
        return self.run_program("sweep", "s.yaml", "--force", *words)

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())


class Cases(InFolder):
    def test_a_dry_run_tells_what_it_takes_and_writes_nothing(self):
        self.write(head(paths=100_000) + GRID)
        told = self.sweep("--dry-run", "-j1")
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        self.assertRegex(told.stdout, r"^cases   6 \(grid.*\)\npaths   100,000 of 12 steps in each case on 1 thread\n"
                         r"time    about .*, as 32,768 paths took .*\nmemory  .* besides the program\n"
                         r"file    at most (\d+) kB\nnothing was written\n$")
        self.assertEqual(self.files(), ["s.yaml"])
        self.assertEqual(self.sweep("-q", "--paths", "500").returncode, 0)
        most = int(told.stdout.split("at most ")[1].split(" kB")[0])
        self.assertLess((self.folder / "s.h5").stat().st_size, 1000 * most)

    def test_a_case_holds_what_a_run_with_these_values_holds(self):
        self.write(head() + GRID)
        self.assertEqual(self.sweep("-q").returncode, 0)
        alone = self.run_program("run", "s.yaml", "-q", "-o", "alone.h5", "--set", "us.short_rate.speed=0.4 1/year",
                                 "--set", "us.short_rate.mean=2 %/year")
        self.assertEqual(alone.returncode, 0, alone.stderr)
        with xarray.open_dataset(self.folder / "s.h5") as sweep, xarray.open_dataset(self.folder / "alone.h5") as run:
            self.assertEqual(dict(sweep.sizes)["case"], 6)
            case = sweep.isel(case=3)
            self.assertEqual(float(case.axis_us_short_rate_speed), 0.4)
            self.assertEqual(sweep.axis_us_short_rate_speed.attrs["moniac_axis"], "us.short_rate.speed")
            for name in ("us_short_rate_mean", "us_short_rate_quantile", "outcome_low_probability",
                         "outcome_low_first_passage"):
                self.assertTrue((case[name].values == run[name].values).all(), name)

    def test_the_bytes_do_not_depend_on_threads_and_blocks(self):
        self.write(head(paths=3000) + GRID)
        contents = set()
        for words in ([], ["-j", "1"], ["-j", "3", "--block", "64"]):
            self.assertEqual(self.sweep("-q", *words).returncode, 0)
            contents.add((self.folder / "s.h5").read_bytes())
        self.assertEqual(len(contents), 1)

    def test_a_list_from_a_csv_file_is_the_same_as_one_in_the_scenario(self):
        self.write("us.short_rate.speed,us.short_rate.mean\n0.2 1/year,2 %/year\n0.4 1/year,3 %/year\n", "cases.csv")
        self.write(head() + "sweep: {design: list, csv: cases.csv}\n")
        self.assertEqual(self.sweep("-q").returncode, 0)
        with h5py.File(self.folder / "s.h5") as file:
            first = file["us_short_rate_mean"][:]
            self.assertIn(b"cases:", file["provenance/resolved_scenario"][()])
        self.write(head() + "sweep: {design: list, cases: [{us.short_rate.speed: 0.2 1/year, us.short_rate.mean: "
                            "2 %/year}, {us.short_rate.speed: 0.4 1/year, us.short_rate.mean: 3 %/year}]}\n")
        self.assertEqual(self.sweep("-q").returncode, 0)
        with h5py.File(self.folder / "s.h5") as file:
            self.assertTrue((file["us_short_rate_mean"][:] == first).all())

    def test_info_export_and_verify_know_cases(self):
        self.write(head() + GRID)
        self.assertEqual(self.sweep("-q").returncode, 0)
        self.assertIn("6 cases (grid) of us.short_rate.speed, us.short_rate.mean", self.run_program("info", "s.h5").stdout)
        self.assertIn("s.h5: ok", self.run_program("verify", "s.h5").stdout)
        rows = self.run_program("export", "--csv", "--outcomes", "s.h5").stdout.splitlines()
        self.assertEqual(rows[0].split(",")[:4], ["case", "us.short_rate.speed", "us.short_rate.mean", "outcome"])
        self.assertEqual(rows[4].split(",")[:4], ["3", "0.4", "2", "low"])
        self.assertEqual(len(rows), 7)


class Mistakes(InFolder):
    def refused(self, sweep, *parts):
        self.write(head() + sweep)
        ended = self.sweep()
        self.assertEqual(ended.returncode, 65, ended.stderr)
        for part in parts:
            self.assertIn(part, ended.stderr)
        self.assertEqual(self.files(), ["s.yaml"])

    def test_what_is_wrong_is_said_at_its_place_and_nothing_runs(self):
        self.refused("", "the scenario has no 'sweep'")
        self.refused("sweep: {design: grid, axes: {}}\n", "s.yaml:8:29: error: the sweep varies nothing")
        self.refused("sweep: {design: list, cases: []}\n", "s.yaml:8:30: error: the list has no cases")
        self.refused("sweep: {design: grid, axes: {us.short_rate.sped: {values: [1 1/year]}}}\n",
                     "unknown parameter 'sped'", "did you mean 'speed'")
        self.refused("sweep: {design: grid, axes: {jp.short_rate.speed: {values: [1 1/year]}}}\n",
                     "s.yaml:8:30: error: the scenario has no model 'jp.short_rate'")
        self.refused("sweep: {design: grid, axes: {ensemble.paths: {values: [1]}}}\n", "is the same for all cases")
        self.refused("sweep: {design: grid, axes: {us.short_rate.speed: {values: [0.2 1/year, -3 1/year]}}}\n",
                     "speed = -3 1/year is outside > 0 1/year (case 1: us.short_rate.speed = -3 1/year)")
        self.refused("sweep: {design: sobol, points: 4, axes: {us.short_rate.speed: {uniform: [2 1/year, 1 1/year]}}}\n",
                     "the distribution of us.short_rate.speed: low must be below high")
        self.refused("sweep: {design: sobol, points: 4, axes: {us.short_rate.speed: {uniform: [1 1/year, 2 1/year]}, "
                     "us.short_rate.mean: {uniform: [1 %/year, 2 %/year]}}, correlations: [{axes: "
                     "[us.short_rate.speed, us.short_rate.mean], matrix: [[1, 0.5], [0.4, 1]]}]}\n",
                     "the matrix is not symmetric: 0.4 here, 0.5 there")


class Killed(InFolder):
    """200 cases that take several seconds."""

    def start(self):
        self.write(head(paths=40000, steps=120) + """\
sweep:
  design: latin_hypercube
  points: 200
  axes:
    us.short_rate.speed: {uniform: [0.1 1/year, 0.6 1/year]}
    us.short_rate.mean: {triangular: [2 %/year, 3 %/year, 5 %/year]}
""")
        return subprocess.Popen([OPTIONS.program, "sweep", "s.yaml", "--force", "--progress=json"], cwd=self.folder,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def read(self, process):
        """Cases that it said are saved, and that it found; the latter is None when it was killed before it looked."""
        lines = process.stderr.read().splitlines()
        process.stderr.close()
        reports = [json.loads(line) for line in lines if line.startswith("{")]
        saved = max((report["paths_saved"] for report in reports), default=0) // 40000
        found = next((int(line.split()[2].replace(",", "")) for line in lines if line.startswith("going on: ")), None)
        return saved, 0 if found is None and reports else found

    def finish(self):
        """Runs to the end; returns how many cases were found."""
        process = self.start()
        _, found = self.read(process)
        self.assertEqual(process.wait(), 0)
        self.assertEqual(self.files(), ["s.h5", "s.yaml"])
        return found

    def test_interrupted_it_keeps_its_cases_and_goes_on(self):
        began = time.monotonic()
        self.finish()
        whole, seconds = (self.folder / "s.h5").read_bytes(), time.monotonic() - began
        (self.folder / "s.h5").unlink()
        process = self.start()
        time.sleep(seconds / 2)
        process.send_signal(signal.SIGINT)
        self.read(process)
        self.assertEqual(process.wait(), 75)
        self.assertEqual(self.files(), ["s.h5.parts", "s.yaml"])
        self.assertGreater(self.finish(), 0)
        self.assertEqual((self.folder / "s.h5").read_bytes(), whole)

    if OPTIONS.kills:

        def test_killed_at_random_moments_it_loses_nothing_that_was_saved(self):
            began = time.monotonic()
            self.finish()
            whole, seconds = (self.folder / "s.h5").read_bytes(), time.monotonic() - began
            (self.folder / "s.h5").unlink()
            generator = random.Random(20261125)
            kills, lost, resumed, saved = 0, 0, 0, 0
            while kills < OPTIONS.kills:
                process = self.start()
                time.sleep(generator.uniform(0, seconds))
                process.kill()
                acknowledged, found = self.read(process)
                kills += process.wait() != 0
                if found is not None:
                    lost += max(0, saved - found)
                    resumed += found > 0
                    saved = max(acknowledged, found)
                if (self.folder / "s.h5").exists():  # it was done
                    self.assertEqual((self.folder / "s.h5").read_bytes(), whole)
                    (self.folder / "s.h5").unlink()
                    shutil.rmtree(self.folder / "s.h5.parts", ignore_errors=True)
                    saved = 0
            self.assertGreaterEqual(self.finish(), saved)
            self.assertEqual((self.folder / "s.h5").read_bytes(), whole)
            print(f"{kills} kills, {resumed} of resumed sweeps, {lost} saved cases lost; a sweep takes {seconds:.1f} s",
                  file=sys.stderr)
            self.assertEqual(lost, 0)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *REST])
