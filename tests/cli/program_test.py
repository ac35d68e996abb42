"""The built program as a user meets it: exit codes, streams, messages, files.

    program_test.py PROGRAM [UNITTEST ARGUMENT…]
"""

import json
import os
import pty
import re
import resource
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = sys.argv.pop(1)

HEAD = """\
moniac: 1
title: Test
time: {start: 2025-01-01, step: 1 month, horizon: 6 months}
ensemble: {paths: 256, seed: 1}
"""
GOOD = HEAD + """\
models:
  us.policy_rate: {mode: smooth}
record: {variables: [us.policy_rate]}
"""


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="moniac_cli_")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def moniac(self, *words, **environment):
        return subprocess.run([PROGRAM, *words], cwd=self.folder, capture_output=True, text=True, timeout=300,
                              env={**os.environ, **environment}, check=False)

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())


class Runs(InFolder):
    def setUp(self):
        super().setUp()
        self.write("good.yaml", GOOD)

    def test_the_default_result_stands_in_the_current_folder_under_the_scenarios_name(self):
        run = self.moniac("run", "good.yaml")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(self.files(), ["good.h5", "good.yaml"])
        self.assertTrue(run.stdout.startswith("Test\n256 paths from 2025-01-01 to 2025-07-01, 6 steps of 1 month\n"))
        self.assertRegex(run.stdout, r"us\.policy_rate +%/year( +[\d.]+ ± [\d.]+){3}\n")
        self.assertRegex(run.stderr, r"256 paths in .* s \(.* paths/s\); .*B in good\.h5\n")

    def test_threads_block_and_instruction_set_change_no_byte(self):
        words = ("run", "good.yaml", "--paths", "5000", "-q", "-o")
        self.assertEqual(self.moniac(*words, "a.h5", "-j", "1").returncode, 0)
        self.assertEqual(self.moniac(*words, "b.h5", "-j", "2", "--block", "128").returncode, 0)
        expected = (self.folder / "a.h5").read_bytes()
        self.assertEqual((self.folder / "b.h5").read_bytes(), expected)
        levels = re.search(r"\(of (.*)\)", self.moniac("version").stdout)[1].split()
        self.assertIn("portable", levels)
        for level in levels:
            run = self.moniac(*words, level + ".h5", MONIAC_ISA=level)
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual((self.folder / f"{level}.h5").read_bytes(), expected, level)

    def test_an_instruction_set_that_is_not_there_ends_with_64_and_the_choices(self):
        run = self.moniac("run", "good.yaml", MONIAC_ISA="avx1024")
        self.assertEqual(run.returncode, 64)
        self.assertRegex(run.stderr, r"^moniac: MONIAC_ISA='avx1024' is no instruction set .*those are: .*portable\n$")
        self.assertEqual(self.files(), ["good.yaml"])

    def test_an_old_result_survives_without_force(self):
        self.write("good.h5", "old")
        run = self.moniac("run", "good.yaml")
        self.assertEqual((run.returncode, run.stdout), (73, ""))
        self.assertEqual((self.folder / "good.h5").read_text(), "old")
        self.assertEqual(self.moniac("run", "good.yaml", "--force").returncode, 0)
        self.assertEqual(self.moniac("info", "good.h5").returncode, 0)

    def test_json_progress_can_be_read_by_a_program(self):
        run = self.moniac("run", "good.yaml", "--progress=json", "--paths", "10000")
        reports = [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]
        self.assertEqual(reports[-1]["paths_done"], 10000)
        self.assertEqual(reports[-1]["paths"], 10000)

    def test_a_terminal_gets_a_bar_and_no_colour(self):
        controller, terminal = pty.openpty()
        with subprocess.Popen([PROGRAM, "run", "good.yaml", "--progress=always"], cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=terminal) as run:
            os.close(terminal)
            seen = b""
            while True:
                try:
                    piece = os.read(controller, 4096)
                except OSError:
                    break
                if not piece:
                    break
                seen += piece
            out = run.stdout.read()
        os.close(controller)
        self.assertEqual(run.returncode, 0)
        self.assertIn(b"[########################]100 %", seen)
        self.assertNotIn(b"\033[3", seen + out)

    def test_a_file_that_outgrows_its_limit_ends_with_74_and_leaves_nothing(self):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        run = subprocess.run([PROGRAM, "run", "good.yaml"], cwd=self.folder, capture_output=True, text=True,
                             preexec_fn=limit, check=False)
        self.assertEqual(run.returncode, 74, run.stderr)
        self.assertIn("good.h5", run.stderr)
        self.assertEqual(self.files(), ["good.yaml"])

    def test_standard_output_that_is_full_ends_with_74(self):
        with open("/dev/full", "w") as full:
            run = subprocess.run([PROGRAM, "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(run.returncode, 74)
        self.assertEqual(run.stderr, "moniac: cannot write to standard output\n")

    def test_standard_output_that_nobody_reads_on_is_no_mistake(self):
        read, write = os.pipe()
        os.close(read)
        run = subprocess.run([PROGRAM, "list"], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
        os.close(write)
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_a_run_can_be_made_again_from_its_file(self):
        self.assertEqual(self.moniac("run", "good.yaml", "-q", "--set", "us.policy_rate.phi_pi=1.8").returncode, 0)
        command = re.search(r"command +moniac (.*)\n", self.moniac("info", "good.h5").stdout)[1]
        self.assertEqual(command, "run good.yaml --paths 256 --seed 1 --set us.policy_rate.phi_pi=1.8")
        self.assertEqual(self.moniac(*command.split(), "-q", "-o", "again.h5").returncode, 0)
        self.assertEqual((self.folder / "again.h5").read_bytes(), (self.folder / "good.h5").read_bytes())

    def test_the_file_is_the_same_from_whatever_folder_it_is_made(self):
        (self.folder / "elsewhere").mkdir()
        self.assertEqual(self.moniac("run", "good.yaml", "-q").returncode, 0)
        self.assertEqual(self.moniac("run", str(self.folder / "good.yaml"), "-q", "-o", "b.h5").returncode, 0)
        self.assertEqual(self.moniac("run", "elsewhere/../good.yaml", "-q", "-o", "c.h5").returncode, 0)
        expected = (self.folder / "good.h5").read_bytes()
        self.assertEqual((self.folder / "b.h5").read_bytes(), expected)
        self.assertEqual((self.folder / "c.h5").read_bytes(), expected)


class UsageMistakes(InFolder):
    def test_they_end_with_64_on_stderr(self):
        for words, message in [
            ((), "moniac: a command is missing\n   usage: moniac help\n"),
            (("simulate",), "moniac: unknown command 'simulate'; known: "),
            (("swep", "x.yaml"), "moniac: unknown command 'swep'; did you mean 'sweep'?"),
            (("run", "x.yaml", "--thread", "2"), "moniac run: unknown option '--thread'; did you mean '--threads'?"),
            (("describe", "policy_rte"), "moniac describe: no model, parameter or variable is named 'policy_rte'; "
                                         "did you mean 'policy_rate'?\n"),
        ]:
            with self.subTest(words=words):
                run = self.moniac(*words)
                self.assertEqual((run.returncode, run.stdout), (64, ""))
                self.assertTrue(run.stderr.startswith(message), run.stderr)

    def test_help_and_version_go_to_stdout(self):
        for words in [("help",), ("--help",), ("help", "run"), ("run", "-h"), ("version",), ("--version",), ("list",)]:
            with self.subTest(words=words):
                run = self.moniac(*words)
                self.assertEqual((run.returncode, run.stderr), (0, ""))
                self.assertNotEqual(run.stdout, "")


class BadInput(InFolder):
    """Each mistake is reported at its place with the remedy; exit 65; nothing runs."""

    def refused(self, text, place, message, remedy=""):
        self.write("bad.yaml", text)
        for command in ("run", "validate", "plan"):
            run = self.moniac(command, "bad.yaml")
            self.assertEqual((run.returncode, run.stdout), (65, ""), run.stderr)
            self.assertIn(f"bad.yaml:{place}: error: ", run.stderr)
            self.assertIn(message, run.stderr)
            self.assertIn(remedy, run.stderr)
            self.assertIn("nothing was run.", run.stderr)
        self.assertEqual(self.files(), ["bad.yaml"])

    def test_an_unknown_model(self):
        self.refused(HEAD + "models:\n  us.policy_rat: {}\n", "6:3", "policy_rat", "did you mean 'policy_rate'")

    def test_an_unknown_parameter(self):
        self.refused(HEAD + "models:\n  us.policy_rate: {phi_pie: 1.5}\n", "6:20", "phi_pie", "did you mean 'phi_pi'")

    def test_an_unknown_variable(self):
        self.refused(GOOD.replace("[us.policy_rate]", "[us.policy_rte]"), "7:22", "us.policy_rte", "us.policy_rate")

    def test_an_unknown_unit(self):
        self.refused(HEAD + "models:\n  us.policy_rate: {i0: 4 %/yaer}\n", "6:24", "yaer")

    def test_a_missing_unit(self):
        self.refused(HEAD + "models:\n  us.policy_rate: {i0: 4}\n", "6:24", "i0", "%/year")

    def test_a_label_of_a_variable_without_labels(self):
        self.refused(GOOD.replace("[us.policy_rate]", "['us.policy_rate[japan]']"), "7:22", "japan")

    def test_a_value_out_of_range(self):
        self.refused(HEAD + "models:\n  us.policy_rate: {look_through: 1.5}\n", "6:34", "look_through", "0 … 1")

    def test_an_event_outside_the_horizon(self):
        self.refused(GOOD + "events:\n  - {at: 2031-01-01, set: {us.output_gap: 1 %}}\n", "9:10", "2031-01-01",
                     "2025-07-01")

    def test_dates_out_of_order(self):
        self.refused(GOOD + "levers:\n  us.output_gap: {2025-03-01: 1 %, 2025-02-01: 2 %}\n", "9:36", "2025-02-01")

    def test_overlapping_events(self):
        self.refused(GOOD + "events:\n  - {at: 2025-02-01, set: {us.output_gap: 1 %}, for: 3 months}\n"
                     "  - {at: 2025-03-01, set: {us.output_gap: 2 %}, for: 1 month}\n", "10:28", "us.output_gap",
                     "bad.yaml:9:28")

    def test_a_lever_that_no_model_reads(self):
        self.refused(GOOD + "levers: {us.inflatoin: 2 %/year}\n", "8:10", "us.inflatoin", "us.inflation")

    def test_two_mistakes_are_reported_at_once(self):
        self.write("bad.yaml", HEAD.replace("256", "-1") + "models:\n  us.policy_rate: {phi_pie: 1}\n")
        run = self.moniac("validate", "bad.yaml")
        self.assertEqual(run.returncode, 65)
        self.assertIn("2 problems in bad.yaml; nothing was run.", run.stderr)


if __name__ == "__main__":
    unittest.main()
