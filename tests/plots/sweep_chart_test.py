#!/usr/bin/python3
"""sweep_chart_test.py MONIAC: what scripts/sweep_chart.py draws of a sweep, and what it refuses."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import h5py

moniac = os.path.abspath(sys.argv[1])
root = pathlib.Path(__file__).resolve().parents[2]
band = root / "scenarios" / "fx" / "sweep_band.yaml"
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
        for text in ("USD bn per year   ·   us.tariff_revenue", "%   ·   us.welfare", "trade.surcharge[USA,CHN], pp",
                     "Means over the paths on 2026-01-01, the shade is their 95 % interval"):
            check(text in texts, f"the chart does not say '{text}': {texts}")
        tops = [text for text in texts if re.fullmatch(r"[0-9.]+ at [0-9.]+", text)]
        check(len(tops) == 1, f"revenue alone has a highest point within the sweep: {tops}")

        subprocess.run([moniac, "sweep", band, "-q", "--paths", "64", "-o", "band.h5"], check=True, capture_output=True)
        drawn = sweep_chart("band.h5", "-o", "band.svg", "--variables", "band_lost")
        check(drawn.returncode == 0, drawn.stderr)
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", pathlib.Path("band.svg").read_text(encoding="utf-8"))
        for text in ("% of the paths   ·   band_lost", "jp.fx_ledger.treasuries, USD bn", "usdjpy.fx_target_zone.drift, %/year"):
            check(text in texts, f"the heat map does not say '{text}': {texts}")
        with h5py.File("band.h5") as file:
            lost = 100 * file["outcome_band_lost_probability"][()]
        missing = [f"{chance:.0f}" for chance in lost if f"{chance:.0f}" not in texts]
        check(len(lost) == 35 and max(lost) > min(lost) + 10, f"too little differs for a test: {lost}")
        check(not missing, f"cells without their number: {missing}")

        pairs = f"""
moniac: 1
extends: {root}/scenarios/hello.yaml
sweep:
  design: list
  cases:
    - {{us.short_rate.speed: 0.2 1/year, us.short_rate.mean: 2 %}}
    - {{us.short_rate.speed: 0.3 1/year, us.short_rate.mean: 3 %}}
"""
        pathlib.Path("pairs.yaml").write_text(pairs, encoding="utf-8")
        subprocess.run([moniac, "sweep", "pairs.yaml", "-q", "--paths", "64"], check=True, capture_output=True)

        for arguments, complaint in ((["pairs.h5"], "pairs.h5 has two axes and is no grid"),
                                     (["none.h5"], "none.h5: no such file"),
                                     (["curve.h5", "-o", "curve.pdf"], "curve.pdf: the picture is .png or .svg"),
                                     (["curve.h5", "--variables", "us.y10"], "the file has no variable 'us.y10'")):
            refused = sweep_chart(*arguments)
            check(refused.returncode == 1 and complaint in refused.stderr, refused.stderr)


if __name__ == "__main__":
    main()
