#!/usr/bin/env python3
"""Checks what a compiler does not: that dependencies point one way and that numbers stay reproducible.

    scripts/layers.py [FOLDER]      FOLDER: the repository, by default the one this script lies in

Prints `file:line: rule` for every breach and exits with 1 when there is one. The rules and their reasons are the
tables below; tests/scripts/layers_test.py shows that each of them catches its breach.
"""

import re
import sys
from pathlib import Path
from typing import Iterator, NamedTuple

# What a folder may include of the project, besides itself. Longest matching folder rules.
MAY_INCLUDE = {
    "sim/model": [],
    "sim/math": [],
    "sim/units": [],
    "sim/parallel": [],
    "sim/scenario": ["sim/model", "sim/units"],
    "sim/results": ["sim/model"],
    "sim/engine": ["sim/model", "sim/math", "sim/units", "sim/scenario", "sim/results", "sim/parallel"],
    "sim/output": ["sim/model", "sim/results"],
    "sim/study": ["sim/model", "sim/math", "sim/scenario", "sim/results", "sim/parallel", "sim/engine"],
    "sim/mpi": ["sim/results", "sim/output/byte_stream.h"],
    "sim/app": ["sim", "models"],
    "models": ["sim/model", "sim/math", "models/economies"],
}
# The exceptions, each with its reason.
MAY_ALSO_INCLUDE = {
    # Columns must refuse Eigen's own transcendentals wherever they are used.
    "sim/model/step.h": ["sim/math/eigen_guard.h"],
    # Tariff policy starts from the tables that the trade model is calibrated on.
    "models/trade/policy/base_trade.cpp": ["models/trade/shipped_tables.h"],
    # The two models of who settles with the USA share the queue.
    "models/trade/policy/bargaining_queue.cpp": ["models/diplomacy/partner_queue.h"],
    # Markets read the tariff of one pair of the regions that trade is between.
    "models/market/market.cpp": ["models/trade/policy/base_trade.h"],
    # The list of models names each of them.
    "models/catalogue.cpp": ["models"],
}

# Each third-party library has one home; elsewhere the project's own interface stands in for it.
HOMES = {
    r"Eigen/|unsupported/Eigen/": ["sim/model", "sim/math", "sim/engine", "models"],
    r"yaml-cpp/": ["sim/scenario/document.cpp"],
    r"hdf5|H5|hdf5_hl": ["sim/output/hdf5_internal.h"],
    r"openssl": ["sim/output/sha256.cpp"],
    r"zlib": ["sim/output/path_encoding.cpp"],
    r"boost/random/": ["sim/study/sobol_sequence.cpp"],
    r"boost/": ["sim/app"],
    r"mpi\.h": ["sim/mpi/mpi_ranks.cpp"],
    r"thread$|sched\.h": ["sim/parallel", "sim/mpi/mpi_ranks.cpp"],
    r"fmt/": ["sim/scenario", "sim/engine", "sim/output", "sim/study", "sim/mpi", "sim/app"],
    r"nlohmann/": ["sim/app"],
    r"[a-z]*mmintrin\.h|immintrin\.h|cpuid\.h": ["sim/math"],
    # Linux: large pages for the counts of the quantile sketch; files that survive a crash, signals, terminals.
    r"sys/mman\.h": ["sim/engine/run_statistics.cpp"],
    r"unistd\.h|fcntl\.h|poll\.h|sys/": ["sim/output", "sim/app"],
}

LIBM = (
    "exp exp2 expm1 log log2 log10 log1p pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh "
    "erf erfc cbrt hypot tgamma lgamma"
).split()


class Ban(NamedTuple):
    """A pattern that code (comments and strings left out) must not hold below `where`, except in `home`."""

    pattern: str
    reason: str
    where: list = ["sim", "models"]
    home: list = []


BANS = [
    Ban(rf"(?:\bstd\s*::|(?<![\w:])::)\s*(?:{'|'.join(LIBM)})[fl]?\b",
        "libm gives other bits on other machines: use sim/math/scalar.h or columns.h"),
    Ban(r"\busing\s+namespace\b", "a using-directive lets libm in: write the names"),
    Ban(r"#\s*include\s*<random>|\bs?rand\s*\(|\bstd::(?:random_device|mt19937)",
        "randomness comes only through a declared shock",
        # Which recorded paths `verify --rerun` looks at must not be foreseeable.
        home=["sim/app/resimulate.cpp"]),
    Ban(r"\.\s*(?:exp|log|expm1|log1p|sin|cos|tan|tanh|sum|mean|prod)\s*\(\s*\)|\.\s*dot\s*\(",
        "Eigen's transcendentals and reductions have other bits in other builds: use sim/math", ["models"]),
    Ban(r"\bthread_local\b", "the scratch pointer is the one thread-local", home=["sim/math/columns.cpp"]),
    Ban(r"#\s*include\s*<iostream>|\bf?(?:printf|puts)\s*\(",
        "a model or the engine never prints", ["models", "sim/model", "sim/engine", "sim/results", "sim/parallel"]),
    Ban(r"#\s*include\s*<(?:fstream|filesystem|thread|mutex|atomic|future)>",
        "a model has no files and no threads", ["models", "sim/model"]),
    Ban(r"\b(?:std::)?getenv\s*\(", "only the program reads the environment", home=["sim/app", "sim/mpi"]),
    Ban(r"(?<![\w.>])(?:std::|::)?(?:_exit|_Exit|exit|quick_exit)\s*\(", "nothing ends the program but main",
        home=["sim/app/main.cpp", "sim/app/isolated.cpp"]),  # the latter: a child process, where a foreign file is read
    Ban(r'#\s*include\s*"sim/output/hdf5_internal\.h"', "HDF5 is behind sim/output/hdf5_file.h",
        home=[f"sim/output/hdf5_{part}.cpp"
              for part in ("dataset", "file", "group", "internal", "object", "rows", "safety", "scales")]),
]

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT = r"//[^\n]*|/\*.*?\*/"
TEXT = r'R"(?P<delimiter>\w*)\(.*?\)(?P=delimiter)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\''


class Breach(NamedTuple):
    file: str
    line: int
    rule: str


def blank(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def without_comments(text: str) -> str:
    """The text with comments blanked out; strings stay, so that one holding // stays whole."""
    pattern = re.compile(f"(?P<text>{TEXT})|{COMMENT}", re.DOTALL)
    return pattern.sub(lambda m: m[0] if m["text"] else blank(m), text)


def without_strings(text: str) -> str:
    """Blanks out string and character literals, but not the names in include lines."""
    pattern = re.compile(rf"(?P<include>^[ \t]*#[ \t]*include[^\n]*)|{TEXT}", re.DOTALL | re.MULTILINE)
    return pattern.sub(lambda m: m[0] if m["include"] else blank(m), text)


def below(file: str, places: list) -> bool:
    return any(file == place or file.startswith(place + "/") for place in places)


def layer_of(file: str) -> str:
    """The folder whose rules bind `file`. Models of one folder may share a header; other folders they may not see."""
    for folder in MAY_INCLUDE:
        if folder.startswith("sim/") and below(file, [folder]):
            return folder
    return str(Path(file).parent)


def allowed_includes(file: str) -> list:
    layer = layer_of(file)
    rules = MAY_INCLUDE.get(layer, MAY_INCLUDE["models"] if below(file, ["models"]) else [])
    return [layer] + rules + MAY_ALSO_INCLUDE.get(file, [])


def project_include(file: str, included: str) -> str | None:
    """The rule that an include of a project header breaks, if any."""
    if "/" not in included:
        return f"write the path of {included} from the root of the repository"
    if not below(included, allowed_includes(file)):
        return f"{layer_of(file)} must not depend on {included}"
    return None


def library_include(file: str, included: str) -> str | None:
    """The rule that an include of a library's header breaks, if any."""
    for pattern, homes in HOMES.items():
        if re.match(pattern, included):
            return None if below(file, homes) else f"{included} may be used only in {' '.join(homes)}"
    if re.fullmatch(r"[a-z0-9_]+", included) or included in ("features.h", "cxxabi.h"):
        return None
    return f"{included} belongs to no library this project knows: give it a home in scripts/layers.py"


def breaches_in(file: str, text: str) -> Iterator[Breach]:
    commentless = without_comments(text)
    code = without_strings(commentless)

    def line(position: int) -> int:
        return text.count("\n", 0, position) + 1

    if file.endswith(".h") and not re.search(r"^#pragma once$", code, re.MULTILINE):
        yield Breach(file, 1, "a header begins with #pragma once")
    for match in INCLUDE.finditer(commentless):
        check = project_include if match[1] == '"' else library_include
        rule = check(file, match[2])
        if rule:
            yield Breach(file, line(match.start(2)), rule)
    for ban in BANS:
        if below(file, ban.where) and not below(file, ban.home):
            for match in re.finditer(ban.pattern, code):
                yield Breach(file, line(match.start()), f"{match[0].strip()}: {ban.reason}")


def breaches(root: Path) -> Iterator[Breach]:
    for folder in ("sim", "models"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield from breaches_in(str(path.relative_to(root)), path.read_text(encoding="utf-8"))


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    found = list(breaches(root))
    for breach in found:
        print(f"{breach.file}:{breach.line}: {breach.rule}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
