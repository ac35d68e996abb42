#!/usr/bin/python3
"""response_chart_test.py MONIAC: what scripts/response_chart.py draws of a comparison, and what it refuses."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

moniac = os.path.abspath(sys.argv[1])
root = pathlib.Path(__file__).resolve().parents[2]
shock = root / "scenarios" / "macro" / "us_rate_shock.yaml"


def check(holds, what):
    if not holds:
        sys.exit(what)


def response_chart(*arguments):
    return subprocess.run([root / "scripts" / "response_chart.py", *arguments], capture_output=True, text=True, check=False)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        run = [moniac, "run", shock, "-q", "--set", "world.macro_core.us_rate=2.8 %/year", "-o", "rest.h5"]
        subprocess.run(run, check=True)
        subprocess.run([moniac, "compare", "rest.h5", shock, "-q", "-o", "response.h5"], check=True, capture_output=True)

        drawn = response_chart("response.h5", "-o", "all.svg", "--title", "A hundred basis points")
        check(drawn.returncode == 0 and drawn.stdout == "all.svg\n", drawn.stderr)
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", pathlib.Path("all.svg").read_text(encoding="utf-8"))
        for text in ("A hundred basis points", "output gap", "core inflation", "policy rate", "% per year", "years"):
            check(text in texts, f"the chart does not say '{text}': {texts}")
        for economy in ("us", "cn", "jp", "ea", "em"):
            check(texts.count(economy) == 3, f"{economy} is not named in each of three panels: {texts}")

        response_chart("response.h5", "-o", "one.svg", "--quantities", "policy_rate")
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", pathlib.Path("one.svg").read_text(encoding="utf-8"))
        check("policy rate" in texts and "output gap" not in texts, f"the wrong quantity is drawn: {texts}")

        for arguments, message in (
                (["rest.h5"], "response_chart: rest.h5 is no comparison; moniac compare A B -o FILE writes one\n"),
                (["none.h5"], "response_chart: none.h5: no such file\n"),
                (["response.h5", "-o", "x.pdf"], "response_chart: x.pdf: the picture is .png or .svg\n"),
                (["response.h5", "--quantities", "gap"], "response_chart: the file has no quantity 'gap'; it has: "
                 "output_gap, core_inflation, policy_rate\n")):
            refused = response_chart(*arguments)
            check(refused.returncode == 1 and refused.stderr == message, f"{arguments}: {refused.stderr}")


main()
