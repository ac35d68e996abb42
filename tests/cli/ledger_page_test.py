#!/usr/bin/python3
"""ledger_page_test.py: the ledger knows all 140 claims of the sources, and its page every file. Estimates on the page are
not recomputed here; `moniac claims --markdown > docs/claims.md` does that."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def check(holds, what):
    if not holds:
        sys.exit(what)


def numbers_in(path):
    return [int(number) for number in re.findall(r"^ *(?:- )?claim: (\d+)$", path.read_text(), re.MULTILINE)]


files = sorted((ROOT / "claims").glob("*.yaml"))
numbers = sorted(number for path in files for number in numbers_in(path))
check(numbers == list(range(1, 141)), f"not each of 1 to 140 once: {numbers}")
for path in files:
    if path.name != "not_tested.yaml":
        check(numbers_in(path) == [int(path.name[:3])], f"{path.name} holds claim {numbers_in(path)}")

page = (ROOT / "docs" / "claims.md").read_text()
tested, untested = page.split("## Not tested")
linked = re.findall(r"^\| \[(\d+)\]\(\.\./claims/([^)]*)\)", tested, re.MULTILINE)
check([name for _, name in linked] == [path.name for path in files if path.name != "not_tested.yaml"],
      "docs/claims.md does not list the files of claims/: write it again")
check([int(number) for number in re.findall(r"^\| (\d+) \|", untested, re.MULTILINE)]
      == numbers_in(ROOT / "claims" / "not_tested.yaml"), "docs/claims.md lists other claims as not tested")
