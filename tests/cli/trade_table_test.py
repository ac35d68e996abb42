#!/usr/bin/env python3
"""Trade from the command line: a table of one's own, and what a scenario must not ask of the model.

usage: trade_table_test.py MONIAC
"""

import random
import re
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


def write_world(folder, regions, sectors):
    """A table whose accounts hold: sales at home dominate, and inputs are a fifth of output."""
    numbers = random.Random(7)

    def write(part, columns, cell):
        rows = [f"region,sector,{','.join(columns)}"]
        for region in regions:
            rows += [f"{region},{label}," + ",".join(f"{cell(region, column):.9g}" for column in columns)
                     for label in sectors]
        (folder / f"{part}.csv").write_text("\n".join(rows) + "\n")

    write("flows", regions, lambda n, i: (0.5 + numbers.random()) * (1e5 if n == i else 1e3))
    write("tariffs", regions, lambda n, i: 0 if n == i else 0.2 * numbers.random())
    write("inputs", sectors, lambda n, j: 0.2 * (0.5 + numbers.random()) / len(sectors))


def check_largest(program, folder):
    """The largest world: read, solved with its accounts kept, run again from its result; a bad row is told with its line."""
    (folder / "own").mkdir(parents=True)
    regions, sectors = [f"R{i:02}" for i in range(80)], [f"S{j:02}" for j in range(60)]
    write_world(folder / "own", regions, sectors)
    lists = f"    theta_long: {[4] * 60}\n    theta_short: {[1] * 60}\n    idle_discount: {[0] * 80}\n    services: [S59]\n"
    world = scenario(folder, "world", OWN + lists, "trade.welfare", SCENARIO.replace("USA,CHN", "R07,R01"))
    ran = run(program, "run", world, "-o", folder / "world.h5")
    expect(ran.returncode == 0, ran.stderr)
    residual = float(re.search(r"largest identity residual: (\S+) of", ran.stdout)[1])
    expect(residual < 1e-11, f"the accounts of the largest world are off by {residual}")
    again = run(program, "rerun", folder / "world.h5", "--path", "0")
    expect(again.returncode == 0, f"the largest world does not run again: {again.stderr}")

    inputs = folder / "own" / "inputs.csv"
    rows = inputs.read_text().split("\n")
    rows[2000] = rows[2000].rsplit(",", 1)[0] + ",1.5"
    inputs.write_text("\n".join(rows))
    refused(program, world, "own/inputs.csv:2001:1: error", "the inputs of R33 S59 are 1.", "leave no value added")
    inputs.write_text("x" * (33 << 20))
    refused(program, world, "world.yaml:11:26: error", "the tables have more than 32 MiB in all")


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
        line = 1 + [row[:8] for row in changed.split("\n")].index("USA,TEC,")
        refused(program, folder / "own.yaml", "the flow of TEC of USA from CHN is -5 USD mn, below 0",
                f"own/flows.csv:{line}:1: error")

        # A result holds its table: it runs again without the files.
        shutil.rmtree(folder / "own")
        again = run(program, "rerun", folder / "own.h5", "--path", "0")
        expect(again.returncode == 0, f"a result with a table does not run again: {again.stderr}")
        refused(program, folder / "own.yaml", "own/flows.csv")

        check_largest(program, folder / "largest")

        # A path without an equilibrium fails with its policy, and is no number.
        lost = scenario(folder, "lost", text=SCENARIO.replace("surcharge[USA,CHN]: {2025-01-01: 145 pp}",
                                                              "tariff_effective[USA,CHN,TEC]: {2025-06-01: -1.5 ratio}"))
        failed = run(program, "run", lost, "-o", folder / "lost.h5")
        expect(failed.returncode != 0, "a path without an equilibrium counts")
        expect("no equilibrium under trade.tariff_effective[USA,CHN,TEC] = -1.5\n" in failed.stderr, failed.stderr)

        # A balance that the closure fixes is refused where it is read, by name or through an input.
        for closure, words in (("world", "world: a constant share of world value added"), ("zero", "zero"),
                               ("share", "share: a constant share of income")):
            fixed = f"    deficit: {closure}\n"
            reason = f"is not published by trade.trade: with labour fixed balances are assumed (deficit {words})"
            for balance in ("us.trade_balance", "cn.exports", "em.imports"):
                refused(program, scenario(folder, "balance", fixed, balance), f"'{balance}' {reason}",
                        "balance.yaml:12:22: error", "the other place", "set labour: sticky")
            reader = scenario(folder, "reader", fixed + "  cn.cny: {}\n")
            refused(program, reader, f"'cn.exports' {reason}", "reader.yaml:10:3: error")
        constants = "  cn.cny: {inputs: {exports: 298 USD bn/step, imports: 235 USD bn/step}}\n"
        accepted = run(program, "validate", scenario(folder, "constants", constants))
        expect(accepted.returncode == 0, accepted.stderr)
        sticky = SCENARIO.replace("labour: fixed", "labour: sticky")
        accepted = run(program, "validate", scenario(folder, "sticky", "  cn.cny: {}\n", "us.trade_balance", sticky))
        expect(accepted.returncode == 0, accepted.stderr)
        refused(program, scenario(folder, "region", text=SCENARIO.replace("USA,CHN", "USA,Mars")),
                "'trade.surcharge' has no label 'Mars'")
        refused(program, scenario(folder, "sector", text=SCENARIO.replace("surcharge[USA,CHN]", "iceberg[USA,CHN,Magic]")),
                "'trade.iceberg' has no label 'Magic'")
    print("ok")


if __name__ == "__main__":
    main()
