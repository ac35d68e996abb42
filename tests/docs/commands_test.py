#!/usr/bin/python3
"""commands_test.py PROGRAM: runs what docs/tour.md and docs/mechanisms tell a reader to run, on few paths.

A block of YAML that begins with `# NAME.yaml` becomes that file, and with `# NAME.yaml: refused` one that must be refused.
Commands are indented lines that begin with `moniac` or draw a chart."""
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

program = str(Path(sys.argv[1]).resolve())
root = Path(__file__).resolve().parents[2]
pages = [root / "docs" / "tour.md", *sorted((root / "docs" / "mechanisms").glob("*.md"))]
DRAWING_PATHS = {"run", "compare", "sweep", "score"}


def command_of(line):
    """What to run, on eight paths where there are paths to draw."""
    words = shlex.split(line)
    if words[0] != "moniac":
        return words
    if words[1] in DRAWING_PATHS:
        if "--paths" in words:
            at = words.index("--paths")
            del words[at:at + 2]
        words += ["--paths", "8"]
    return [program, *words[1:]]


def problems_of(page):
    text = page.read_text(encoding="utf-8")
    refused = set()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("scenarios", "scripts"):
            (Path(folder) / name).symlink_to(root / name)
        for code, name, verdict in re.findall(r"(?ms)^```yaml\n(# (\S+\.yaml)(: refused)?\n.*?)^```", text):
            (Path(folder) / name).write_text(code, encoding="utf-8")
            if verdict:
                refused.add(name)
        lines = re.findall(r"^    ((?:moniac|scripts/\w+_chart\.py) .*)$", text, re.MULTILINE)
        for line in lines:
            done = subprocess.run(command_of(line), cwd=folder, capture_output=True, text=True)
            expected = 65 if refused & set(shlex.split(line)) else 0
            if done.returncode != expected:
                yield f"{page.name}: {line}\nexit {done.returncode}, not {expected}\n{done.stderr}"
        if not lines and page.name != "README.md":
            yield f"{page.name} shows no command"


problems = [problem for page in pages for problem in problems_of(page)]
sys.exit("\n".join(problems) or 0)
