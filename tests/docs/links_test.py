#!/usr/bin/python3
"""links_test.py: every link between documents of the repository leads to a file that is there, and to a heading of it."""
import re
import sys
from functools import cache
from pathlib import Path

root = Path(__file__).resolve().parents[2]


def without_code(text):
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


@cache
def anchors(page):
    """Headings as GitHub names them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def problems_of(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
        if re.match(r"\w+:", link):
            continue
        path, _, heading = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            yield f"{page.relative_to(root)}: {link} is not there"
        elif heading and heading not in anchors(target):
            yield f"{page.relative_to(root)}: {link} names no heading"


pages = [page for page in root.rglob("*.md") if not re.search(r"/(\.|build)", "/" + str(page.relative_to(root)))]
problems = [problem for page in pages for problem in problems_of(page)]
sys.exit("\n".join(problems) or (0 if pages else "there is no document"))
