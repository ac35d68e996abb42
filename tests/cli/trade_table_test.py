#!/usr/bin/env python3
"""Trade from the command line: a table of one's own, and what a scenario must not ask of the model.

usage: trade_table_test.py MONIAC
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = ROOT / "scenarios" / "data" / "trade" / "icio_2022"
BAD_DATA = 65

SCENARIO = """\
moniac: 1
title: A table of one's own
time: {start: 2025-01-01, step: 1 year, steps: 1}
ensemble: {paths: 1, seed: 1}
models:
  trade.trade:
    labour: fixed
    adjustment: long_run
TABLElevers:
  trade.surcharge[USA,CHN]: {2025-01-01: 145 pp}
record: {variables: [RECORDED]}
"""
OWN = "".join(f"    table_{part}: {{rows: own/{part}.csv}}\n" for part in ("flows", "tariffs", "inputs"))


def run(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)


def expect(condition, what):
    if not condition:
        sys.exit(f"trade_table_test: {what}")


def scenario(folder, name, table="", recorded="trade.welfare", text=SCENARIO):
    path = folder / f"{name}.yaml"
    path.write_text(text.replace("TABLE", table).replace("RECORDED", recorded))
    return path


def table_of(text):
    return text[text.index("region  trade.welfare"):text.index("largest identity")]


def refused(program, path, *sentences):
    ended = run(program, "validate", path)
    expect(ended.returncode == BAD_DATA, f"{path.name} ends with {ended.returncode}, not {BAD_DATA}: {ended.stderr}")
    for sentence in sentences:
        expect(sentence in ended.stderr, f"{path.name} does not say '{sentence}': {ended.stderr}")


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "own").mkdir()
        for part in SHIPPED.glob("*.csv"):
            shutil.copy(part, folder / "own")

        # The shipped table as one's own has the same answer, found beside the scenario from any folder.
        own = run(program, "run", scenario(folder, "own", OWN), "-o", folder / "own.h5")
        shipped = run(program, "run", scenario(folder, "shipped"), "-o", folder / "shipped.h5")
        expect(own.returncode == 0, own.stderr)
        expect(table_of(own.stdout) == table_of(shipped.stdout), "a table of one's own has another answer")

        flows = (folder / "own" / "flows.csv").read_text()
        changed = flows.replace("USA,TEC,514294.12179999996,165600.0025", "USA,TEC,514294.12179999996,-5")
        expect(changed != flows, "the shipped flows have changed; so must this test")
        (folder / "own" / "flows.csv").write_text(changed)
        refused(program, folder / "own.yaml", "the flow of TEC of USA from CHN is -5 USD mn, below 0", "own.yaml:9:18")

        # A result holds its table: it runs again without the files.
        shutil.rmtree(folder / "own")
        again = run(program, "rerun", folder / "own.h5", "--path", "0")
        expect(again.returncode == 0, f"a result with a table does not run again: {again.stderr}")
        refused(program, folder / "own.yaml", "own/flows.csv")

        refused(program, scenario(folder, "balance", recorded="us.trade_balance"), "no variable 'us.trade_balance'")
        refused(program, scenario(folder, "region", text=SCENARIO.replace("USA,CHN", "USA,Mars")),
                "'trade.surcharge' has no label 'Mars'")
        refused(program, scenario(folder, "sector", text=SCENARIO.replace("surcharge[USA,CHN]", "iceberg[USA,CHN,Magic]")),
                "'trade.iceberg' has no label 'Magic'")
    print("ok")


if __name__ == "__main__":
    main()
