"""Scenarios that are no scenarios, each given to the program: the exit code and the place are pinned, and whatever is in
the file costs less than a second of CPU and 256 MB.

    malformed_test.py PROGRAM [--limits] [UNITTEST ARGUMENT…]

Without --limits only the answers are checked: sanitizers and debug builds need more of both.
"""

import os
import re
import resource
import socket
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = sys.argv.pop(1)
LIMITS = "--limits" in sys.argv
if LIMITS:
    sys.argv.remove("--limits")

CPU_SECONDS = 1
BYTES = 256 << 20
FOLDER = Path(__file__).resolve().parents[1] / "sim" / "scenario" / "malformed"

HEAD = """\
moniac: 1
time: {start: 2025-01-01, step: 1 month, horizon: 6 months}
ensemble: {paths: 256, seed: 1}
"""
GOOD = HEAD + "models:\n  us.policy_rate: {mode: smooth}\n"


def limit():
    if LIMITS:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


class Answer:
    """What `moniac validate FILE` says: exit code, and the place in front of the first message."""

    def __init__(self, file, folder, before=()):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            with subprocess.Popen([*before, PROGRAM, "validate", file], cwd=folder, stdin=subprocess.DEVNULL,
                                  stdout=out, stderr=err, preexec_fn=limit) as program:
                _, status, self.usage = os.wait4(program.pid, 0)
                program.returncode = self.code = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            self.out = out.read()
            self.err = err.read().decode("utf-8")
        first = re.match(r"(.*?): error: ", self.err)
        self.place = first[1] if first else None


class Malformed(unittest.TestCase):
    def answer(self, file, folder, before=()):
        answer = Answer(file, folder, before)
        self.assertIn(answer.code, (65, 66), f"{file}: {answer.err[:1000]}")
        self.assertEqual(answer.out, b"")
        self.assertNotRegex(answer.err, r"[\x00-\x09\x0b-\x1f\x7f]", "a message is printable")
        if LIMITS:
            self.assertLess(answer.usage.ru_utime + answer.usage.ru_stime, CPU_SECONDS, file)
            self.assertLess(answer.usage.ru_maxrss * 1024, BYTES, file)
        return answer


class Listed(Malformed):
    def test_each_file_of_the_table_ends_with_65_at_its_place(self):
        table = (FOLDER / "expected.txt").read_text(encoding="utf-8")
        expected = re.findall(r"^== (.*)\n(.*?): error: ", table, re.M)
        self.assertEqual(len(expected), len(list(FOLDER.glob("*.yaml"))))
        for file, place in expected:
            with self.subTest(file=file):
                answer = self.answer(file, FOLDER)
                self.assertEqual((answer.code, answer.place), (65, place), answer.err)


class Made(Malformed):
    """Files too large, too deep or too odd to be kept in the repository."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="moniac_malformed_")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def refused(self, text, place, message):
        bytes_of = text if isinstance(text, bytes) else text.encode("utf-8")
        (self.folder / "a.yaml").write_bytes(bytes_of)
        answer = self.answer("a.yaml", self.folder)
        expected = "a.yaml" + (":" + place if place else "")
        self.assertEqual((answer.code, answer.place), (65, expected), answer.err[:1000])
        self.assertIn(message, answer.err)

    def test_bytes_that_are_no_text(self):
        self.refused(b"moniac: 1\ntitle: a\0b\n", "2:9", "a NUL byte")
        self.refused(b"\0" * 1_000_000, "1:1", "a NUL byte")
        self.refused(b"moniac: 1\ntitle: \xff\n", "2:8", "not UTF-8")
        self.refused(b"moniac: 1\ntitle: \xed\xa0\x80\n", "2:8", "not UTF-8")
        self.refused(b"moniac: 1\ntitle: \x1b[31m\n", "2:8", "a control character (\\x1b)")
        self.refused(HEAD.encode("utf-16"), "1:1", "not UTF-8")
        self.refused(bytes(range(256)) * 1000, "1:1", "a NUL byte")

    def test_files_without_a_scenario(self):
        self.refused("", "", "empty")
        self.refused("\n" * 1_000_000, "", "empty")
        self.refused("#" * 1_000_000, "", "empty")
        self.refused("\ufeff", "", "empty")
        self.refused(",", "1:1", "this is not expected here")
        self.refused("[", "1:1", "this bracket is not closed")
        self.refused("--- a\n--- b\n", "2:1", "a second document")
        self.refused(GOOD + "---\n" + GOOD, "6:1", "a second document")

    def test_files_that_are_too_large(self):
        self.refused("title: " + "a" * 20_000_000, "", "1 MiB")
        self.refused("title: '" + "a" * 20_000_000 + "'", "", "1 MiB")
        self.refused("".join(f"k{i}: 1\n" for i in range(100_000)), "50001:9", "more than 50000 values")
        self.refused("a: [" + "1, " * 60_000 + "1]", "1:150005", "more than 50000 values")
        self.refused("a: [" + "[], " * 60_000 + "1]", "1:200005", "more than 50000 values")
        self.refused("a:\n" + "- b\n" * 60_000, "50002:3", "more than 50000 values")

    def test_nesting(self):
        for opening, column in (("[", 36), ("{a: ", 256)):
            self.refused("a: " + opening * 10_000, f"1:{column}", "nested deeper than 64 levels")
        self.refused("- " * 10_000, "1:129", "nested deeper than 64 levels")
        self.refused("".join(" " * i + "a:\n" for i in range(1_000)), "65:65", "nested deeper than 64 levels")
        self.refused("? " * 10_000, "1:129", "nested deeper than 64 levels")

    def test_long_lines(self):
        self.refused("a" * 1_000_000, "1:1", "a scenario must be a mapping")
        self.refused(GOOD + "a" * 1_000_000 + ": 1", "6:1000001", "a ':' is not expected here")
        self.refused(GOOD + "title: '" + "a" * 1_000_000, "6:8", "this quote is not closed")
        self.refused(GOOD + 'title: "' + "\\" * 999_999 + '"', "6:8", "this quote is not closed")
        self.refused("'" * 1_000_001, "1:1", "this quote is not closed")
        self.refused(GOOD + "title: " + "]" * 1_000_000, "6:8", "this bracket closes nothing")
        self.refused("a" + ":" * 1_000_000, "1:1000001", "a ':' is not expected here")
        self.refused(GOOD + "&" + "a" * 1_000_000 + " b: 1", "6:1000004", "a ':' is not expected here")
        self.refused("!" * 1_000_000, "1:3", "tags (!name) are not supported")
        self.refused("%" * 1_000_000, "", "empty")
        self.refused(GOOD + "title:" + "\t" * 1_000_000 + "- b", "6:1000007", "a list item is not expected here")
        self.refused(GOOD + "models" + " " * 1_000_000 + ": 1", "6:1000007", "a ':' is not expected here")

    def test_aliases(self):
        self.refused("a: &x [*x]\n", "1:4", "anchors (&name) are not supported")
        laughs = "a: &a0 [b, b, b]\n" + "".join(f"c{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60))
        self.refused(laughs, "1:4", "anchors (&name) are not supported")
        self.refused("<<: *a\n", "1:5", "aliases (*name) are not supported")

    def test_numbers(self):
        self.refused(GOOD.replace("256", "010"), "3:19", "octal")
        self.refused(GOOD.replace("smooth", "smooth, phi_pi: 010"), "5:42", "octal")
        self.refused(GOOD.replace("smooth", "smooth, phi_pi: " + "9" * 900_000), "5:42", "too large")
        self.refused(GOOD.replace("smooth", "smooth, phi_pi: 1e999999999"), "5:42", "too large")
        self.refused(GOOD.replace("smooth", "smooth, i0: 1 " + "bn " * 300_000), "5:38", "unknown unit")
        self.refused(GOOD.replace("smooth", "smooth, i0: 1 " + "year " * 200_000), "5:38", "unknown unit")

    def test_many_mistakes(self):
        many = range(20_000)
        self.refused(GOOD + "".join(f"recrod_{i}: 1\n" for i in many), "6:1", "unknown section 'recrod_0'")
        self.refused(GOOD + "recrod: 1\n" * 40_000, "7:1", "stands twice")
        self.refused(HEAD + "models:\n  us.policy_rate: {" + ", ".join(f"phi_{i}: 1" for i in many) + "}\n", "5:20",
                     "unknown parameter 'phi_0'")
        self.refused(GOOD + "".join(f"  us.policy_rat_{i}: {{}}\n" for i in many), "6:3", "unknown model 'policy_rat_0'")
        self.refused(GOOD + "record:\n  variables: [" + ", ".join(f"us.policy_rat_{i}" for i in many) + "]\n", "7:15",
                     "no variable 'us.policy_rat_0'")
        self.refused(GOOD + "levers:\n" + "".join(f"  us.gap_{i}: 1 yaer\n" for i in many), "7:13", "unknown unit 'yaer'")
        self.refused(GOOD + "events:\n" + "  - {at: 2025-02-01, set: {us.output_gap: 1 %}}\n" * 12_000, "8:28",
                     "two events set 'us.output_gap' at the same time")
        self.refused(GOOD + "correlations:\n" + "  - {shocks: [us.a/a, us.b/b], matrix: 1}\n" * 8_000, "7:40", "")

    def test_an_indefinite_matrix_of_200_shocks(self):
        models = "".join(f"  x{i}.short_rate: {{}}\n" for i in range(200))
        shocks = ", ".join(f"x{i}.short_rate/news" for i in range(200))
        rows = ", ".join("[" + ", ".join("1" if i == j else "-0.9" for j in range(200)) + "]" for i in range(200))
        self.refused(HEAD + f"models:\n{models}correlations:\n  - {{shocks: [{shocks}], matrix: [{rows}]}}\n", "206:5",
                     "eigenvalue")

    def missing(self, file, cause, before=()):
        answer = self.answer(file, self.folder, before)
        self.assertEqual((answer.code, answer.err), (66, f"moniac: cannot read {file}: {cause}\n"))

    def test_what_is_no_file(self):
        (self.folder / "folder.yaml").mkdir()
        self.missing("folder.yaml", "Is a directory")
        self.missing("none.yaml", "No such file or directory")
        self.missing("a" * 1000, "File name too long")
        (self.folder / "loop.yaml").symlink_to("loop.yaml")
        self.missing("loop.yaml", "Too many levels of symbolic links")
        os.mkfifo(self.folder / "pipe.yaml")
        self.missing("pipe.yaml", "not a regular file")
        self.missing("/dev/zero", "not a regular file")
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(self.folder / "socket.yaml"))
            self.missing("socket.yaml", "not a regular file")

    def test_a_file_that_may_not_be_read(self):
        # Root may read everything, unless these two rights are taken away.
        lesser_root = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
        (self.folder / "secret.yaml").write_text(GOOD)
        (self.folder / "secret.yaml").chmod(stat.S_IWUSR)
        self.missing("secret.yaml", "Permission denied", lesser_root if os.geteuid() == 0 else [])

    def test_files_that_a_scenario_names(self):
        os.mkfifo(self.folder / "pipe")
        for file, cause in (("pipe", "not a regular file"), ("/dev/zero", "not a regular file"), (".", "Is a directory"),
                            ("none", "No such file or directory"), ("b" * 500_000, "File name too long")):
            self.refused(f"moniac: 1\nextends: {file}\n", "2:10", cause)
            self.refused(GOOD + f"levers: {{us.output_gap: {{csv: {file}, column: a}}}}\n", "6:31", cause)

    def test_a_long_chain_of_scenarios(self):
        for size, place, message in ((10, "15.yaml:1:10", "a chain of more than 16 scenarios"),
                                     (250_000, "3.yaml:1:10", "more than 1 MiB with everything that it extends")):
            for i in range(100):
                (self.folder / f"{i}.yaml").write_text(f"extends: {i + 1}.yaml\nmoniac: 1\ntitle: {'a' * size}\n")
            answer = self.answer("0.yaml", self.folder)
            self.assertEqual((answer.code, answer.place), (65, place), answer.err)
            self.assertIn(message, answer.err)

    def test_the_same_series_ten_thousand_times(self):
        (self.folder / "a.csv").write_text("date,a\n" + "2025-02-01,1\n" * 40_000 + "# comment\n" * 40_000)
        levers = "".join(f"  us.gap_{i}: {{csv: a.csv, column: a}}\n" for i in range(10_000))
        self.refused(GOOD + "levers:\n" + levers, "", "values with everything included, more than 50000")

    def test_two_large_scenarios_merge_in_time(self):
        (self.folder / "base.yaml").write_text("".join(f"a{i}: 1\n" for i in range(49_000)))
        self.refused("extends: base.yaml\n" + "".join(f"b{i}: 1\n" for i in range(49_000)), "", "more than 50000")


if __name__ == "__main__":
    unittest.main()
