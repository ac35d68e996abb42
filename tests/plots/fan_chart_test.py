#!/usr/bin/python3
"""fan_chart_test.py WRITE_EXAMPLE: what scripts/fan_chart.py draws, read from its SVG, and what it refuses."""
import contextlib
import importlib.util
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import types

import h5py

write_example = os.path.abspath(sys.argv[1])
script = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "fan_chart.py"


def check(holds, what):
    if not holds:
        sys.exit(what)


sys.dont_write_bytecode = True  # leave the source tree as it is
specification = importlib.util.spec_from_file_location("fan_chart", script)
module = importlib.util.module_from_spec(specification)
specification.loader.exec_module(module)


def fan_chart(folder, *arguments):
    """Runs the script's main, in this process because starting Python takes longer than drawing."""
    os.chdir(folder)
    sys.argv = ["fan_chart.py", *arguments]
    printed, message = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        try:
            module.main()
        except SystemExit as leaving:
            message = leaving.code
    module.plt.close("all")
    return types.SimpleNamespace(output=printed.getvalue(), message=message)


def texts(folder, *arguments):
    """The texts in the picture, in the order of drawing."""
    done = fan_chart(folder, *arguments, "-o", "picture.svg")
    check(done.message is None, done.message)
    picture = (pathlib.Path(folder) / "picture.svg").read_text(encoding="utf-8")
    return [text.replace("&gt;", ">") for text in re.findall(r"<text[^>]*>([^<]*)</text>", picture)]


def check_one_file(folder):
    drawn = texts(folder, "outlook.h5", "--variables", "us.policy_rate", "us.issuance")
    for text in ("Policy rate returns to 3 %", "Policy rate", "% per year   ·   us.policy_rate", "98 %", "90 %", "50 %",
                 "Net issuance of coupons", "USD bn per month   ·   us.issuance", "2027"):
        check(text in drawn, f"the chart does not say '{text}': {drawn}")
    # Vasicek from 3.875 to 3 with speed 0.5: 3 + 0.875/e after two years.
    check("median 3.32" in drawn, f"the chart does not give the median at the end: {drawn}")
    check(not any("Ten-year" in text for text in drawn), "a variable is drawn that was not asked for")


def check_vectors(folder):
    drawn = texts(folder, "outlook.h5", "--variables", "us.holdings")
    for holder in ("japan", "china", "rest of the world"):
        check(f"Treasuries held, by holder: {holder}" in drawn, f"no panel for {holder}")
    drawn = texts(folder, "outlook.h5", "--variables", "us.holdings[japan]")
    check(sum("Treasuries held" in text for text in drawn) == 1, "one label asked for, several drawn")
    check("median 1,196" in drawn, f"the median of japan is 1100 + 4 a month: {drawn}")  # 1100 + 4·24


def check_several_files(folder):
    drawn = texts(folder, "outlook.h5", "hike.h5", "--variables", "us.y10")
    check({"━ Policy rate returns to 3 %", "━ Policy rate returns to 4.5 %"} <= set(drawn), f"no legend: {drawn}")
    # 4.2 - 0.1/e and 5.7 - 1.6/e at the end.
    check({"4.16", "5.11"} <= set(drawn), f"medians at the end: {drawn}")


def check_pictures(folder):
    done = subprocess.run([str(script), "outlook.h5"], cwd=folder, check=True, capture_output=True, text=True)
    check(done.stdout == "outlook.png\n", f"stdout names the picture: {done.stdout}")
    check((pathlib.Path(folder) / "outlook.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n", "outlook.png is no PNG")
    texts(folder, "outlook.h5")
    first = (pathlib.Path(folder) / "picture.svg").read_bytes()
    texts(folder, "outlook.h5")
    check((pathlib.Path(folder) / "picture.svg").read_bytes() == first, "the same file gives another picture")


def check_refusals(folder):
    (pathlib.Path(folder) / "text.h5").write_text("no result")
    with h5py.File(pathlib.Path(folder) / "other.h5", "w") as file:
        file["x"] = 1.0
    for arguments, message in (
            (["none.h5"], "fan_chart: none.h5: no such file"),
            (["text.h5"], "fan_chart: text.h5 cannot be read: Unable to open file (file signature not found)"),
            (["other.h5"], "fan_chart: other.h5 is not a result of moniac"),
            (["outlook.h5", "-o", "chart.bmp"], "fan_chart: chart.bmp: the picture is .png or .svg"),
            (["outlook.h5", "-o", "none/chart.png"], "fan_chart: [Errno 2]"),
            (["outlook.h5", "--variables", "us.gdp"], "fan_chart: no file records 'us.gdp'; recorded: us.policy_rate, us.y10")):
        done = fan_chart(folder, *arguments)
        check(str(done.message).startswith(message), f"{arguments}: {done.message}")
        check("\n" not in done.message, f"{arguments}: more than one line: {done.message}")


with tempfile.TemporaryDirectory() as temporary:
    subprocess.run([write_example, "outlook.h5"], cwd=temporary, check=True)
    subprocess.run([write_example, "hike.h5", "4.5", "Policy rate returns to 4.5 %"], cwd=temporary, check=True)
    check_one_file(temporary)
    check_vectors(temporary)
    check_several_files(temporary)
    check_pictures(temporary)
    check_refusals(temporary)
    os.chdir("/")
