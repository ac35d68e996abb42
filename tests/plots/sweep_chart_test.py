#!/usr/bin/python3
"""sweep_chart_test.py MONIAC: what scripts/sweep_chart.py draws of a sweep, and what it refuses."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

moniac = os.path.abspath(sys.argv[1])
root = pathlib.Path(__file__).resolve().parents[2]
curve = root / "scenarios" / "trade" / "sweep_us_china.yaml"


def check(holds, what):
    if not holds:
        sys.exit(what)


def sweep_chart(*arguments):
    return subprocess.run([root / "scripts" / "sweep_chart.py", *arguments], capture_output=True, text=True, check=False)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        subprocess.run([moniac, "sweep", curve, "-q", "-o", "curve.h5"], check=True, capture_output=True)
        drawn = sweep_chart("curve.h5", "-o", "curve.svg", "--variables", "us.tariff_revenue", "us.welfare")
        check(drawn.returncode == 0 and drawn.stdout == "curve.svg\n", drawn.stderr)
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", pathlib.Path("curve.svg").read_text(encoding="utf-8"))
        for text in ("us.tariff_revenue", "us.welfare", "USD bn/step", "trade.surcharge[USA,CHN], pp"):
            check(text in texts, f"the chart does not say '{text}': {texts}")
        tops = [text for text in texts if re.fullmatch(r"[0-9.]+ at [0-9.]+", text)]
        check(len(tops) == 1, f"revenue alone has a highest point within the sweep: {tops}")

        for arguments, complaint in ((["none.h5"], "none.h5: no such file"),
                                     (["curve.h5", "-o", "curve.pdf"], "curve.pdf: the picture is .png or .svg"),
                                     (["curve.h5", "--variables", "us.y10"], "the file has no variable 'us.y10'")):
            refused = sweep_chart(*arguments)
            check(refused.returncode == 1 and complaint in refused.stderr, refused.stderr)


if __name__ == "__main__":
    main()
