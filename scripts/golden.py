#!/usr/bin/env python3
"""Golden values of the shipped scenarios: a few numbers of each, from a small run, compared bit for bit.

    scripts/golden.py check  [--program PROGRAM] [SCENARIO…]
    scripts/golden.py update [--program PROGRAM] --reason "why the numbers change" [SCENARIO…]

Without SCENARIO: every file below scenarios/. The values are in tests/scenarios/<scenario>.json as hexadecimal floating
point, one per series: the mean at the first recorded date and mean, standard deviation, lowest and highest quantile at
the last. A scenario with a sweep is swept: the first and last case stand for the first and last date, and total Sobol
indices are added. `update` writes them and adds the reason to tests/scenarios/reasons.md.
"""

import argparse
import datetime
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "scenarios"
GOLDEN = ROOT / "tests" / "scenarios"
PATHS = 512
SWEEP_PATHS = 128  # of each case


def all_scenarios():
    return sorted(path for path in SCENARIOS.rglob("*.yaml"))


def golden_file(scenario):
    return GOLDEN / (str(scenario.relative_to(SCENARIOS).with_suffix("")).replace("/", "_") + ".json")


def texts(values):
    return [float(x).hex() for x in values.reshape(-1)]


def values_of(result):
    """Series name -> hexadecimal numbers, and outcome name -> hits."""
    golden = {}
    with h5py.File(result, "r") as file:
        for name, data in file.items():
            if name.endswith("_mean") and "moniac_name" in data.attrs:
                stem = name[: -len("_mean")]
                golden[stem] = {"start mean": texts(data[0]), "end mean": texts(data[-1]),
                                "end sd": texts(file[stem + "_sd"][-1])}
                if stem + "_quantile" in file:
                    quantiles = file[stem + "_quantile"]
                    golden[stem]["end low"] = texts(quantiles[-1][0])
                    golden[stem]["end high"] = texts(quantiles[-1][-1])
            if name.endswith("_sobol_total"):
                golden[name] = texts(data[()])
            elif name.startswith("outcome_") and name.endswith("_probability"):
                golden[name] = texts(data[[0, -1]] if "case" in file else data[()])
    return golden


def run(program, scenario):
    with tempfile.TemporaryDirectory(prefix="moniac_golden_") as folder:
        result = Path(folder) / "result.h5"
        sweep = re.search(r"^sweep:", scenario.read_text(), re.MULTILINE)
        paths = SWEEP_PATHS if sweep else PATHS
        command = [program, "sweep" if sweep else "run", str(scenario), "--paths", str(paths), "-q", "-o", str(result)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            sys.exit(f"{' '.join(command)}\nended with {ended.returncode}\n{ended.stderr}")
        return values_of(result)


def differences(expected, found):
    for name in sorted(set(expected) | set(found)):
        if name not in found:
            yield f"{name} is no longer in the result"
        elif name not in expected:
            yield f"{name} is new"
        elif expected[name] != found[name]:
            yield f"{name}: expected {expected[name]}, found {found[name]}"


def check(program, scenarios):
    wrong = 0
    for scenario in scenarios:
        stored = golden_file(scenario)
        if not stored.exists():
            print(f"{scenario}: no golden values; scripts/golden.py update writes them")
            wrong += 1
            continue
        for difference in differences(json.loads(stored.read_text()), run(program, scenario)):
            print(f"{scenario}: {difference}")
            wrong += 1
    for stored in sorted(GOLDEN.glob("*.json")):
        if stored not in [golden_file(scenario) for scenario in all_scenarios()]:
            print(f"{stored}: its scenario is gone")
            wrong += 1
    return 1 if wrong else 0


def update(program, scenarios, reason):
    changed = []
    for scenario in scenarios:
        stored, values = golden_file(scenario), run(program, scenario)
        text = json.dumps(values, indent=1, sort_keys=True) + "\n"
        if not stored.exists() or stored.read_text() != text:
            stored.write_text(text)
            changed.append(stored.stem)
    if changed:
        with open(GOLDEN / "reasons.md", "a", encoding="utf-8") as reasons:
            reasons.write(f"* {datetime.date.today()} {', '.join(changed)}: {reason}\n")
    print(f"{len(changed)} of {len(scenarios)} changed")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["check", "update"])
    parser.add_argument("scenarios", nargs="*", type=lambda text: Path(text).resolve())
    parser.add_argument("--program", default=str(ROOT / "build/release/sim/app/moniac"))
    parser.add_argument("--reason")
    given = parser.parse_args()
    scenarios = given.scenarios or all_scenarios()
    if given.action == "check":
        return check(given.program, scenarios)
    if not given.reason:
        parser.error("update needs --reason")
    return update(given.program, scenarios, given.reason)


if __name__ == "__main__":
    sys.exit(main())
