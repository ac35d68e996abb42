#!/usr/bin/python3
"""compare_test.py PROGRAM: what compare writes, as other programs see it."""
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np
import xarray as xr

program = sys.argv[1]
tests = pathlib.Path(__file__).resolve().parents[1]
BASE = """moniac: 1
title: Slow
time: {start: 2025-01-01, step: 1 month, horizon: 12 months}
ensemble: {paths: 5000, seed: 7}
models: {us.short_rate: {r0: 4 %/year, mean: 3 %/year, speed: 0.3 1/year}}
outcomes:
  high: {any: {us.short_rate: {above: 5 %/year}}}
  end: {buckets: {us.short_rate: {edges: [3 %/year, 4 %/year]}}}
"""
OTHER = BASE.replace("0.3 1/year", "0.6 1/year").replace("Slow", "Fast")


def check(holds, what):
    if not holds:
        sys.exit(what)


def run(*words, code=0):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, cwd=folder)
    check(done.returncode == code, f"{words} ended with {done.returncode}: {done.stderr}")
    return done


def check_with_xarray(path, engine):
    with xr.open_dataset(path, engine=engine) as ds:
        mean = ds.us_short_rate_difference_mean
        check(mean.dims == ("time",) and ds.us_short_rate_difference_quantile.dims == ("time", "quantile"), "axes")
        check(mean.attrs["moniac_name"] == "us.short_rate.difference" and mean.attrs["units"] == "percent/year", "names")
        np.testing.assert_allclose(mean, ds.us_short_rate_mean_b - ds.us_short_rate_mean_a, atol=1e-12)
        # Vasicek: E r(t) = mean + (r0 - mean) exp(-speed t), after a year.
        known = np.exp(-0.6) - np.exp(-0.3)
        check(abs(mean.values[-1] - known) < 4 * ds.us_short_rate_difference_se.values[-1], "difference at the end")
        factor = ds.us_short_rate_variance_reduction
        check(np.isnan(factor.values[0]) and (factor.values[1:] > 10).all(), "common random numbers reduce the variance")
        check(factor.attrs["units"] == "1", "a factor has no unit")
        paths = [ds[f"outcome_high_{which}"].item() for which in ("both", "only_a", "only_b", "neither")]
        check(sum(paths) == 5000, "every path is counted once")
        difference = (paths[2] - paths[1]) / 5000
        check(abs(ds.outcome_high_difference.item() - difference) < 1e-15, "difference of probabilities")
        low, high = ds.outcome_high_difference_low.item(), ds.outcome_high_difference_high.item()
        check(low <= difference <= high, "interval of the difference")
        buckets = ds.outcome_end_difference
        check(buckets.dims == ("outcome_end_bucket",) and abs(buckets.sum().item()) < 1e-12, "buckets lose what others gain")
        check(ds.outcome_end_probability_b.sum().item() == 1, "buckets hold every path")
        low = ds.sel(outcome_end_bucket="below 3 %/year")
        check(low.outcome_end_condition.item() == "us.short_rate on 2026-01-01 below 3 %/year", "condition of a bucket")
        check((low.outcome_end_only_b - low.outcome_end_only_a).item() / 5000 == low.outcome_end_difference.item(),
              "difference of a bucket")
        check(ds.attrs["comparison"] == "B less A" and ds.attrs["title"] == "Fast (B) less Slow (A)", "title")
    with xr.open_dataset(path, engine=engine, group="provenance") as ds:
        row = ds.sel(input="us.short_rate.speed")
        check([row.value_a.item(), row.value_b.item()] == ["0.3 1/year", "0.6 1/year"], "inputs that differ")
        check(ds.command.item() == "moniac compare slow.yaml fast.yaml --paths 5000 --seed 7", ds.command.item())
    for side, text in (("a", BASE), ("b", OTHER)):
        with xr.open_dataset(path, engine=engine, group=f"{side}/provenance") as ds:
            check(ds.scenario.item() == text, f"scenario of {side}")
            check(ds.command.item().startswith("moniac run "), f"command of {side}")


with tempfile.TemporaryDirectory(prefix="moniac_compare_") as name:
    folder = pathlib.Path(name)
    (folder / "slow.yaml").write_text(BASE)
    (folder / "fast.yaml").write_text(OTHER)
    run("compare", "slow.yaml", "fast.yaml", "-o", "one.h5", "-j", 1, "--block", 64)
    run("compare", "slow.yaml", "fast.yaml", "-o", "two.h5", "-j", 2)
    check((folder / "one.h5").read_bytes() == (folder / "two.h5").read_bytes(), "bytes depend on threads or blocks")
    run("verify", "one.h5")
    check("us.short_rate.difference" in run("info", "one.h5").stdout, "info knows the difference")
    for engine in ("netcdf4", "h5netcdf"):
        check_with_xarray(folder / "one.h5", engine)
    header = subprocess.run(["ncdump", "-h", folder / "one.h5"], capture_output=True, text=True, check=True).stdout
    for line in ("double us_short_rate_difference_mean(time) ;", "group: a {", "double us_short_rate_variance_reduction"):
        check(line in header, f"ncdump does not say: {line}")
    subprocess.run([sys.executable, tests / "sim/output/format_document_test.py", folder / "one.h5"], check=True)
    # A result stands for its scenario; the numbers are the same.
    run("run", "slow.yaml", "-q")
    run("compare", "slow.h5", "fast.yaml", "-o", "three.h5")
    with h5py.File(folder / "one.h5") as one, h5py.File(folder / "three.h5") as three:
        for array in ("us_short_rate_difference_mean", "us_short_rate_difference_quantile", "outcome_high_both"):
            check((one[array][()] == three[array][()]).all(), f"{array} of the result and of its scenario differ")
    refused = run("compare", "one.h5", "fast.yaml", code=65)
    check(refused.stderr == "moniac: one.h5 holds no run; give the scenarios or results that it was made from\n",
          refused.stderr)
