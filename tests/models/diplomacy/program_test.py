"""Relations between the USA and China through the program: figures and views that cannot be are refused with their places.

    program_test.py PROGRAM SCENARIOS
"""

import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM, SCENARIOS = sys.argv[1], Path(sys.argv[2]).resolve() / "diplomacy"
FOLDER = tempfile.TemporaryDirectory(prefix="moniac_diplomacy_")

SCENARIO = """\
moniac: 1
title: as the test wants it
time: {start: 2025-01-01, step: 1 month, horizon: 6 months}
ensemble: {paths: 256, seed: 1}
models:
"""


def written(name, text):
    path = Path(FOLDER.name) / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(*words, places):
    """`places`: each mistake with its place, all in one answer."""
    ended = subprocess.run([PROGRAM, *words], capture_output=True, text=True)
    assert ended.returncode == 65, (ended.returncode, ended.stderr)
    assert ended.stdout == "", ended.stdout
    for place, message in places:
        assert f"{place}: error: {message}" in ended.stderr, (place, message, ended.stderr)
    return ended.stderr


def figures_that_cannot_be_are_refused_together():
    rows = ["[-1 1/year, 0.5 1/year, 0.4 1/year, 0 1/year]", "[0.9 1/year, -2.1 1/year, 1.2 1/year, 0 1/year]",
            "[0.1 1/year, 2.2 1/year, -2.3 1/year, 0 1/year]", "[0 1/year, 0 1/year, 0 1/year, 0 1/year]"]
    path = written("mistakes.yaml", SCENARIO +
                   "  uscn.diplomacy:\n"
                   f"    generator: [{', '.join(rows)}]\n"
                   "    excitation: 7.5 1/year\n"
                   "    flip: [0.1, 0.2, 1.2]\n"
                   "    call_success: 140 %\n"
                   "  uscn.attrition:\n"
                   "    mode: reputation\n"
                   "    demand: [0.45, 0.5]\n"
                   "    conflict_open: -0.1\n")
    answer = refused("validate", path, places=[
        (f"{path}:7:16", "uscn.diplomacy: the generator of regimes: row 1 does not sum to 0"),
        (f"{path}:8:17", "uscn.diplomacy: the branching ratio is 1.25; from 1 on incidents never end"),
        (f"{path}:9:22", "flip = 1.2 is outside 0 … 1"),
        (f"{path}:10:19", "call_success = 140 % is outside 0 … 1"),
        (f"{path}:13:13", "uscn.attrition: the sides demand 0.95 of the cake together"),
        (f"{path}:14:20", "conflict_open = -0.1 is outside 0 … 1")])
    assert f"6 problems in {path}" in answer, answer


def views_that_cannot_be_are_refused_with_their_lines():
    scenario = SCENARIOS / "balloon_2023.yaml"
    views = written("views.yaml", "moniac: 1\nviews:\n  talks: {probability: talks_again, is: 120 %}\n")
    refused("reweight", scenario, views, "--paths", "256", places=[(f"{views}:3:41", "is = 120 % is outside 0 … 1")])
    views = written("views.yaml", "moniac: 1\nviews:\n  far: {mean: uscn.regime, is: 3.5 index}\n")
    refused("reweight", scenario, views, "--paths", "256",
            places=[(f"{views}:3:32", "view far is outside the support: the mean of uscn.regime is 0 … ")])
    views = written("views.yaml", "moniac: 1\nviews:\n"
                    "  soon: {probability: talks_in_100_days, at_least: 80 %}\n"
                    "  never: {probability: talks_again, at_most: 30 %}\n")
    answer = refused("reweight", scenario, views, "--paths", "256", places=[
        (f"{views}:3:52", "no weights of the paths satisfy these views together: soon, never")])
    assert f"{views}:4:46" in answer, answer


figures_that_cannot_be_are_refused_together()
views_that_cannot_be_are_refused_with_their_lines()
