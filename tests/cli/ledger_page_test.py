#!/usr/bin/python3
"""ledger_page_test.py: the ledger knows all 140 claims of the sources, each whole or in parts, and its page every file. Estimates on the page are
not recomputed here; `moniac claims --markdown > docs/claims.md` does that."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def check(holds, what):
    if not holds:
        sys.exit(what)


def names_in(path):
    """Numbers with the letters of parts: 5, 27a."""
    found = re.findall(r"^ *(?:- )?claim: (\d+)$(?:\n *part: (\w+)$)?", path.read_text(), re.MULTILINE)
    return [number + part for number, part in found]


files = sorted((ROOT / "claims").glob("*.yaml"))
names = [name for path in files for name in names_in(path)]
parts = {}
for number, part in re.findall(r"(\d+)([a-z]?)", " ".join(names)):
    parts.setdefault(int(number), []).append(part)
check(sorted(parts) == list(range(1, 141)), f"not all of 1 to 140: {sorted(parts)}")
for number, letters in parts.items():
    check(letters == [""] or sorted(letters) == list("abcdefgh"[:len(letters)]) and len(letters) > 1,
          f"claim {number} is there as {letters}")
for path in files:
    if path.name != "not_tested.yaml":
        check(names_in(path) == [path.name.split("_")[0].lstrip("0")], f"{path.name} holds claim {names_in(path)}")

page = (ROOT / "docs" / "claims.md").read_text()
tested, untested = page.split("## Not tested")
linked = re.findall(r"^\| \[(\w+)\]\(\.\./claims/([^)]*)\)", tested, re.MULTILINE)
check([name for _, name in linked] == [path.name for path in files if path.name != "not_tested.yaml"],
      "docs/claims.md does not list the files of claims/: write it again")
check(re.findall(r"^\| (\w+) \|", untested, re.MULTILINE)[1:]
      == names_in(ROOT / "claims" / "not_tested.yaml"), "docs/claims.md lists other claims as not tested")
