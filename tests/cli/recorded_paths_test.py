"""Recorded paths of the real program, in both precisions, as xarray and h5py see them.

    recorded_paths_test.py PROGRAM
"""

import hashlib
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np
import xarray as xr

PROGRAM = sys.argv.pop(1)
SCENARIO = """\
moniac: 1
title: Paths
time: {start: 2025-01-01, step: 1 month, horizon: 10 years}
ensemble: {paths: 5000, seed: 1}
models: {us.short_rate: {}}
record: {variables: [us.short_rate], dates: every 3 months, quantiles: [5, 50, 95]}
"""


class RecordedPaths(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="moniac_paths_")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "paths.yaml").write_text(SCENARIO)

    def run_program(self, *words):
        subprocess.run([PROGRAM, "run", "paths.yaml", "-q", "--force", *words], cwd=self.folder, check=True)
        return self.folder / "paths.h5"

    def test_the_summaries_are_those_of_the_recorded_paths(self):
        file = self.run_program("--set", "record.paths=all")
        for engine in ("netcdf4", "h5netcdf"):
            with xr.open_dataset(file, engine=engine) as result:
                paths = result.us_short_rate
                self.assertEqual(paths.dims, ("realization", "time"))
                self.assertEqual(paths.shape, (5000, 41))
                np.testing.assert_allclose(paths.mean("realization"), result.us_short_rate_mean, rtol=1e-13)
                np.testing.assert_allclose(paths.std("realization", ddof=1), result.us_short_rate_sd, rtol=1e-9,
                                           atol=1e-12)
                np.testing.assert_allclose(paths.quantile([0.05, 0.5, 0.95], "realization").T,
                                           result.us_short_rate_quantile, rtol=1e-13)

    def test_single_precision_is_the_double_rounded_once_and_compressed(self):
        with h5py.File(self.run_program("--set", "record.paths=all")) as file:
            double = file["us_short_rate"][()]
            size = file["us_short_rate"].id.get_storage_size()
        words = ["--set", "record.paths=all", "--set", "record.path_precision=float32"]
        with h5py.File(self.run_program(*words)) as file:
            stored = file["us_short_rate"]
            single = stored[()]
            self.assertEqual((stored.compression, stored.shuffle, stored.dtype), ("gzip", True, np.dtype("<f4")))
            self.assertEqual(stored.attrs["sha256"].decode(), hashlib.sha256(single.tobytes()).hexdigest())
            self.assertLess(stored.id.get_storage_size(), 0.5 * size)
        np.testing.assert_array_equal(single, double.astype("f4"))

    def test_the_first_paths_are_the_same_whatever_number_is_kept(self):
        with h5py.File(self.run_program("--set", "record.paths=all")) as file:
            every = file["us_short_rate"][()]
        for kept in (1, 2048, 3000):
            for precision in ("float64", "float32"):
                words = ["--set", f"record.paths={kept}", "--set", f"record.path_precision={precision}"]
                with h5py.File(self.run_program(*words)) as file:
                    np.testing.assert_array_equal(file["us_short_rate"][()], every[:kept].astype(precision))
                    self.assertEqual(file.attrs["paths_recorded"], kept)

    def test_the_file_is_the_same_for_any_number_of_threads_and_any_block(self):
        for precision in ("float64", "float32"):
            words = ["--set", "record.paths=4500", "--set", f"record.path_precision={precision}"]
            files = {self.run_program(*words, *more).read_bytes()
                     for more in (["-j1"], ["-j2"], ["-j3", "--block", "64"], ["--block", "2048"])}
            self.assertEqual(len(files), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
