#!/usr/bin/python3
"""commands_test.py PROGRAM: runs what the README, the tour, the howtos and the mechanisms tell a reader to run.

A block of YAML that begins with `# NAME.yaml` becomes that file, and with `# NAME.yaml: refused` one that must be refused;
any other scenario shown is checked. The examples of the help run too. Commands are indented lines that begin with `moniac` or draw a chart. On a page with
blocks of ```text they run as they stand, and every line of these blocks must be among what they print, but for blanks and
what `…` stands for; on other pages they run on few paths."""
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

program = str(Path(sys.argv[1]).resolve())
root = Path(__file__).resolve().parents[2]
docs = root / "docs"
pages = [root / "README.md", docs / "tour.md", *sorted(docs.glob("howto/*.md")), *sorted(docs.glob("mechanisms/*.md"))]
DRAWING_PATHS = {"run", "compare", "sweep", "score", "mix"}
FEW = "20"
# Scenarios of the reader's own.
STAND_INS = {name: "scenarios/rates/outlook_2025.yaml" for name in ("big.yaml", "outlook.yaml")}
# The whole of a folder, which tests of their own go through.
TESTED_ELSEWHERE = {"moniac claims", "moniac hindcast"}


def command_of(line, few):
    """What to run, on few paths where there are paths to draw."""
    words = shlex.split(line.partition(" > ")[0], comments=True)
    if words[0] != "moniac":
        return words
    if few and words[1] in DRAWING_PATHS and "--extend" not in words:
        if "--paths" in words:
            at = words.index("--paths")
            del words[at:at + 2]
        words += ["--paths", FEW]
    return [program, *words[1:]]


def prepare(folder, text):
    """Writes the files that the page names and links the folders of the repository; returns the names of those that must
    be refused, and of those that no command of the page may come to."""
    for name in ("scenarios", "scripts", "claims", "hindcasts"):
        (folder / name).symlink_to(root / name)
    for name, scenario in STAND_INS.items():
        (folder / name).symlink_to(root / scenario)
    refused, nameless = set(), []
    for code in re.findall(r"(?ms)^```yaml\n(.*?)^```", text):
        named = re.match(r"# (\S+\.yaml)(: refused)?\n", code)
        if not named and not code.startswith("moniac: 1\n"):
            continue
        name = named[1] if named else f"shown_{len(nameless) + 1}.yaml"
        (folder / name).write_text(code, encoding="utf-8")
        if named and named[2]:
            refused.add(name)
        if not named:
            nameless.append(name)
    return refused, nameless


def unprinted(text, printed):
    """The lines of blocks of output that are not in what was printed."""
    printed = re.sub(r"\s+", " ", printed)
    for block in re.findall(r"(?ms)^```text\n(.*?)^```", text):
        for line in block.splitlines():
            parts = [re.escape(part) for part in re.sub(r"\s+", " ", line).strip().split("…")]
            if not re.search(".*?".join(parts), printed):
                yield line


def problems_of(page):
    text = page.read_text(encoding="utf-8")
    few = "\n```text\n" not in text
    printed = ""
    with tempfile.TemporaryDirectory() as folder:
        refused, nameless = prepare(Path(folder), text)
        commands = re.findall(r"^    ((?:moniac|scripts/\w+_chart\.py) .*)$", text.replace("\\\n", " "), re.MULTILINE)
        for line in [*commands, *(f"moniac validate {name}" for name in nameless)]:
            if line.partition(" #")[0].strip() in TESTED_ELSEWHERE:
                continue
            done = subprocess.run(command_of(line, few), cwd=folder, capture_output=True, text=True)
            printed += done.stdout + done.stderr
            expected = 65 if refused & set(shlex.split(line, comments=True)) else 0
            if done.returncode != expected:
                yield f"{page.name}: {line}\nexit {done.returncode}, not {expected}\n{done.stderr}"
        if not commands and page.parent.name == "mechanisms" and page.name != "README.md":
            yield f"{page.name} shows no command"
        yield from (f"{page.name}: no command prints this:\n{line}" for line in unprinted(text, printed))


def problems_of_examples():
    """The examples of the help, where they name scenarios of the repository."""
    reference = (docs / "reference" / "commands.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), "")
        for line in re.findall(r"^Example: (moniac \w+ scenarios/.*)$", reference, re.MULTILINE):
            done = subprocess.run(command_of(line, few=True), cwd=folder, capture_output=True, text=True)
            if done.returncode != 0:
                yield f"commands.md: {line}\nexit {done.returncode}\n{done.stderr}"


problems = [problem for page in pages for problem in problems_of(page)]
problems += problems_of_examples()
sys.exit("\n".join(problems) or 0)
