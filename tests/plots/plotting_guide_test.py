#!/usr/bin/python3
"""plotting_guide_test.py WRITE_EXAMPLE: runs every fenced piece of code of docs/plotting.md on example files."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import traceback

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

write_example = os.path.abspath(sys.argv[1])
root = pathlib.Path(__file__).resolve().parents[2]
guide = (root / "docs" / "plotting.md").read_text(encoding="utf-8")
blocks = re.findall(r"^```(\w+)\n(.*?)^```", guide, flags=re.MULTILINE | re.DOTALL)
interpreters = {"r": ["Rscript", "-"], "sh": ["sh", "-e", "-s"]}
pictures = set(re.findall(r"[\w]+\.(?:png|svg|csv)", "".join(code for _, code in blocks)))



def error_of(language, code):
    """Why the code fails; None when it runs. Python runs here, each piece with fresh names and a fresh figure."""
    if language == "python":
        plt.close("all")
        try:
            exec(compile(code, "docs/plotting.md", "exec"), {"__name__": "__main__"})
        except Exception:
            return traceback.format_exc()
        return None
    environment = {**os.environ, "PATH": f"{root / 'scripts'}:{os.environ['PATH']}"}
    done = subprocess.run(interpreters[language], input=code, text=True, env=environment, capture_output=True)
    return done.stdout + done.stderr if done.returncode else None


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    subprocess.run([write_example, "outlook.h5"], check=True)
    subprocess.run([write_example, "hike.h5", "4.5", "Policy rate returns to 4.5 %"], check=True)
    for language, code in blocks:
        error = error_of(language, code)
        if error is not None:
            sys.exit(f"this {language} code of docs/plotting.md fails:\n{code}\n{error}")
    missing = [name for name in sorted(pictures) if not os.path.exists(name) or not os.path.getsize(name)]
    os.chdir("/")

if not blocks or missing:
    sys.exit(f"docs/plotting.md has no code, or writes nothing to {missing}")
