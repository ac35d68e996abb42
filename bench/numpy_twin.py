"""A model written by hand in NumPy beside moniac: both keep mean, standard deviation and seven quantiles of every recorded
variable and date, and take turns. The means must agree, so that it is the same model; then medians of the times and their
ratio are printed, in seconds and in seconds of processors, which other work on the machine disturbs less."""

import argparse
import re
import resource
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import h5py
import numpy as np

QUANTILES = np.array([1, 5, 25, 50, 75, 95, 99]) / 100


def summary(values):
    """What is kept of one variable and date."""
    return values.mean(), values.std(ddof=1), *np.quantile(values, QUANTILES)


def room(variables, steps):
    """An array [step][number of the summary] for each variable."""
    return [np.zeros((steps + 1, 2 + len(QUANTILES))) for _ in range(variables)]


def arguments(doc, paths):
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--paths", type=int, default=paths)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def check_means(file, names, recorded, paths):
    """Means of both, from the first step on, within five standard errors. A name that stands several times has labels,
    which come in order."""
    for i, name in enumerate(names):
        theirs, sd = file[name + "_mean"][1:], file[name + "_sd"][1:]
        if theirs.ndim > 1:
            theirs, sd = (x.reshape(len(x), -1)[:, i - names.index(name)] for x in (theirs, sd))
        mine, own_sd = recorded[i][1:, 0], recorded[i][1:, 1]
        allowed = 5 * np.sqrt((sd**2 + own_sd**2) / paths) + 1e-9 * np.abs(theirs) + 1e-9
        assert (np.abs(mine - theirs) <= allowed).all(), (name, i, mine, theirs, allowed)


def compare(given, scenario, names, simulated):
    """Runs the scenario file and simulated(paths), which returns summaries in the order of `names`, by turns."""
    times = {"moniac": [], "numpy": []}
    processors = {"moniac": [], "numpy": []}
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.h5"
        for _ in range(given.rounds):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            ended = subprocess.run([given.program, "run", scenario, "-o", result, "--force", "--paths", str(given.paths)],
                                   check=True, capture_output=True, text=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            processors["moniac"].append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
            times["moniac"].append(float(re.search(r"paths in ([\d.]+) s", ended.stderr)[1]))
            begin, worked = time.perf_counter(), time.process_time()
            recorded = simulated(given.paths)
            times["numpy"].append(time.perf_counter() - begin)
            processors["numpy"].append(time.process_time() - worked)
        with h5py.File(result) as file:
            check_means(file, names, recorded, given.paths)
    print("the means agree within five standard errors")
    for what, measured in [("time", times), ("processors' time", processors)]:
        for name, seconds in measured.items():
            print(f"{what} of {name}: {statistics.median(seconds):.3f} s of {[round(s, 3) for s in seconds]}")
        ratio = statistics.median(n / m for m, n in zip(measured["moniac"], measured["numpy"]))
        print(f"NumPy takes {ratio:.1f} x as much {what}")
