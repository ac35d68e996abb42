"""The coupled world as a whole, on few paths: without any one of its models, with news twice as large, on other threads.

    world_test.py PROGRAM [UNITTEST ARGUMENT…]
"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np

PROGRAM = sys.argv.pop(1)
BASELINE = Path(__file__).resolve().parents[2] / "scenarios/world/baseline_2025.yaml"
PATHS = 64

# Models with news, and the parameter that scales it.
NEWS = {
    "world.macro_core": "us_gap_volatility", "jp.policy_rate": "volatility", "us.curve": "premium_volatility",
    "usdem.fx_rate": "sigma", "cn.cny": "sigma", "us.auction": "tail_volatility",
}
HEADLINES = {
    "us.output_gap": "world.macro_core", "cn.inflation": "world.macro_core", "us.y10": "us.curve",
    "usdcny.rate": "cn.cny", "usdjpy.rate": "usdjpy.fx_rate", "us.bank_reserves": "us.fed_balance_sheet",
    "cn.lgfv_spread": "cn.local_debt", "em.external_debt": "em.em_external", "trade.flow[USA,CHN]": "trade.trade",
}


def read_plan(text):
    """The order of models; the wires {reader: {(producer of the variable, whether last step's)}}; {variable: producer}."""
    order, reads, producer = [], {}, {}
    for line in text.splitlines():
        if made := re.match(r" {6}(\w+\.\w+) .*\bfrom (\S+)$", line):
            producer[made[1]] = made[2]
        elif model := re.match(r" {1,2}\d+ (\S+)$", line):
            order.append(model[1])
            reads[model[1]] = set()
        elif wire := re.match(r" {6}\S+ +<- ([^ ,\[]+)(?:\[.*?\])?(, last step)?$", line):
            reads[order[-1]].add((wire[1], bool(wire[2])))
    wires = {reader: {(producer[name], lagged) for name, lagged in names if name in producer}
             for reader, names in reads.items()}
    return order, wires, producer


def steps_until_news(source, order, wires):
    """{model: how many steps after its source the earliest news can reach it}; what no wire reaches is absent."""
    reached = {source: 0}
    for _ in order:
        for reader in order:
            for producer, lagged in wires[reader]:
                if producer in reached:
                    reached[reader] = min(reached.get(reader, len(order)), reached[producer] + lagged)
    return reached


class World(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="moniac_world_")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, text):
        (self.folder / name).write_text(f"moniac: 1\nextends: {BASELINE}\ntitle: Variant\n{text}", encoding="utf-8")

    def moniac(self, *words):
        done = subprocess.run([PROGRAM, *map(str, words)], cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, f"{words}\n{done.stderr}")
        return done.stdout

    def small(self, variables, months):
        """What makes the baseline small: no outcomes, few dates, these variables."""
        text = BASELINE.read_text(encoding="utf-8")
        outcomes = re.findall(r"^  (\w+):", text[text.index("\noutcomes:"):text.index("\nrecord:")], re.MULTILINE)
        names = ", ".join(f'"{name}"' for name in variables)
        return (f"time: {{horizon: {months} months}}\n"
                f"outcomes: {{{', '.join(f'{name}: null' for name in outcomes)}}}\n"
                f"record: {{variables: [{names}], dates: all}}\n")

    def run_small(self, name, *words):
        return self.moniac("run", name, "--paths", PATHS, "--force", "-q", *words)

    def plan(self):
        return read_plan(self.moniac("plan", BASELINE))

    def test_without_any_one_of_its_models_the_world_runs_and_the_others_go_on(self):
        order, _, _ = self.plan()
        self.assertGreater(len(order), 30)
        for left_out in order:
            with self.subTest(left_out=left_out):
                names = [name for name, producer in HEADLINES.items() if producer != left_out]
                self.write("without.yaml", f"models: {{{left_out}: null}}\n" + self.small(names, 3))
                self.assertIn(f"failed paths: 0 of {PATHS}", self.moniac("run", "without.yaml", "--paths", PATHS, "--force"))
                with h5py.File(self.folder / "without.h5") as result:
                    for name in names:
                        mean = result[re.split(r"\[", name)[0].replace(".", "_") + "_mean"][()]
                        self.assertTrue(np.isfinite(mean).all(), name)

    def test_twice_the_news_of_one_model_reaches_others_along_wires_alone(self):
        order, wires, producer = self.plan()
        months = 3
        self.write("world.yaml", self.small(producer, months))
        self.run_small("world.yaml")
        for model, parameter in NEWS.items():
            with self.subTest(model=model):
                twice = self.twice("world.h5", f"{model}.{parameter}")
                self.run_small("world.yaml", "--set", f"{model}.{parameter}={twice}", "-o", "twice.h5")
                arrival = steps_until_news(model, order, wires)
                self.assertGreater(len(arrival), 1, "nothing reads it")
                moved = self.first_differences("world.h5", "twice.h5", producer)
                self.assertLessEqual(moved.pop(model, months), 1, "its own variables differ from the first step on")
                self.assertTrue(moved, "nothing else differs")
                for other, step in moved.items():
                    self.assertIn(other, arrival, "no wire leads there")
                    self.assertGreaterEqual(step, 1 + arrival[other], other)

    def twice(self, file, parameter):
        with h5py.File(self.folder / file) as result:
            provenance = result["provenance"]
            row = list(provenance["parameter"].asstr()[()]).index(parameter)
            return f"{2 * float(provenance['value'].asstr()[row])} {provenance['unit'].asstr()[row]}".strip()

    def first_differences(self, one, other, producer):
        """{model: the first step in which a mean or standard deviation of one of its variables differs in any bit}."""
        moved = {}
        with h5py.File(self.folder / one) as a, h5py.File(self.folder / other) as b:
            for variable, model in producer.items():
                for statistic in ("mean", "sd"):
                    name = f"{variable.replace('.', '_')}_{statistic}"
                    for step, (x, y) in enumerate(zip(a[name][()], b[name][()])):
                        if not np.array_equal(x, y, equal_nan=True):
                            moved[model] = min(moved.get(model, step), step)
        return moved

    def test_as_many_paths_are_together_as_stay_in_the_cache(self):
        size, paths = map(int, re.search(r"memory: (\d+) KB for a block of (\d+) paths", self.moniac("plan", BASELINE)).groups())
        self.assertLess(paths, 512)
        self.assertLessEqual(size, 8192)
        self.assertGreater(2 * size, 8192, "twice as many would fit")

    def test_threads_and_blocks_of_paths_leave_every_byte(self):
        self.write("world.yaml", self.small(HEADLINES, 6))
        for file, threads, block in (("one.h5", 1, 64), ("two.h5", 2, 128)):
            self.moniac("run", "world.yaml", "--paths", 192, "-q", "-j", threads, "--block", block, "-o", file)
        self.assertEqual((self.folder / "one.h5").read_bytes(), (self.folder / "two.h5").read_bytes())


if __name__ == "__main__":
    unittest.main()
