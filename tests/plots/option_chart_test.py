#!/usr/bin/python3
"""option_chart_test.py MONIAC: what scripts/option_chart.py draws of comparisons with one base, and what it refuses."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

moniac = os.path.abspath(sys.argv[1])
root = pathlib.Path(__file__).resolve().parents[2]
BASE = """moniac: 1
title: As it is
time: {start: 2025-12-31, step: 1 month, horizon: 12 months}
ensemble: {paths: 64, seed: 7}
models: {us.policy_rate: {}, usdjpy.fx_rate: {}, us.holders: {}}
record: {variables: [us.policy_rate, usdjpy.rate, "us.holdings[japan]"], dates: all}
"""
OPTIONS = {"high": "levers: {us.inflation: 4 %/year}", "low": "levers: {us.inflation: 1 %/year}"}


def check(holds, what):
    if not holds:
        sys.exit(what)


def option_chart(*arguments):
    return subprocess.run([root / "scripts" / "option_chart.py", *arguments], capture_output=True, text=True, check=False)


def compare(base, other, output):
    subprocess.run([moniac, "compare", base, other, "-q", "-o", output], check=True, capture_output=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        pathlib.Path("base.yaml").write_text(BASE, encoding="utf-8")
        for name, lever in OPTIONS.items():
            text = f"moniac: 1\nextends: base.yaml\ntitle: Inflation is {name}\n{lever}\n"
            pathlib.Path(f"{name}.yaml").write_text(text, encoding="utf-8")
            compare("base.yaml", f"{name}.yaml", f"{name}.h5")
        compare("low.yaml", "high.yaml", "other.h5")

        drawn = option_chart("high.h5", "low.h5", "-o", "all.svg", "--title", "Two worlds")
        check(drawn.returncode == 0 and drawn.stdout == "all.svg\n", drawn.stderr)
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", pathlib.Path("all.svg").read_text(encoding="utf-8"))
        for text in ("Two worlds", "Mean differences from: As it is; shaded: their 95 % intervals",
                     "━ Inflation is high", "━ Inflation is low",
                     "% per year   ·   us.policy_rate", "usdjpy.rate", "USD bn   ·   us.holdings[japan]", "years"):
            check(text in texts, f"the chart does not say '{text}': {texts}")

        option_chart("high.h5", "-o", "one.svg", "--variables", "usdjpy.rate")
        texts = pathlib.Path("one.svg").read_text(encoding="utf-8")
        check("usdjpy.rate" in texts and "us.policy_rate" not in texts, "the wrong variable is drawn")

        for arguments, message in (
                (["none.h5"], "option_chart: none.h5: no such file\n"),
                (["high.h5", "other.h5"],
                 "option_chart: other.h5 compares with 'Inflation is low', high.h5 with 'As it is'\n"),
                (["high.h5", "--variables", "us.y10"], "option_chart: the comparisons have no common variable 'us.y10'; "
                 "they have: us.policy_rate, usdjpy.rate, us.holdings[japan]\n")):
            refused = option_chart(*arguments)
            check(refused.returncode == 1 and refused.stderr == message, f"{arguments}: {refused.stderr}")


main()
