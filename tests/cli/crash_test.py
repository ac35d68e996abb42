"""A run that is killed, that meets a full disk, or that is interrupted loses nothing that it reported as saved.

    crash_test.py PROGRAM FAILING_IO_LIBRARY
    crash_test.py PROGRAM FAILING_IO_LIBRARY --kills 100     also kills 20-second runs at 100 random moments (6 minutes)
"""

import argparse
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("library")
parser.add_argument("--kills", type=int, default=0)
OPTIONS, REST = parser.parse_known_args()

# Records 73 MB of paths, so that two parts are written within a second.
SCENARIO = """\
moniac: 1
title: Crash
time: {start: 2025-01-01, step: 1 month, horizon: 10 years}
ensemble: {paths: 76000, seed: 1}
models: {us.short_rate: {}}
outcomes: {low: {first: {us.short_rate: {below: 1 %/year}}}}
record: {variables: [us.short_rate], quantile_method: sketch, paths: all}
"""
OLD = b"what was there before"
# In memory where there is such a place: it is the order of the calls that counts, and a disk is slow.
PLACE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class InFolder(unittest.TestCase):
    reference = None  # the file of a run that nothing happened to

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="moniac_crash_", dir=PLACE) as folder:
            (Path(folder) / "crash.yaml").write_text(SCENARIO)
            subprocess.run([OPTIONS.program, "run", "crash.yaml", "-q"], cwd=folder, check=True)
            cls.reference = (Path(folder) / "crash.h5").read_bytes()

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="moniac_crash_", dir=PLACE)
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.output = self.folder / "out" / "crash.h5"
        self.parts = self.folder / "out" / "crash.h5.parts"
        self.output.parent.mkdir()
        self.begin_again()

    def begin_again(self):
        (self.folder / "crash.yaml").write_text(SCENARIO)
        shutil.rmtree(self.parts, ignore_errors=True)
        for left in self.output.parent.iterdir():
            left.unlink()
        self.output.write_bytes(OLD)

    def command(self, *words):
        return [OPTIONS.program, "run", "crash.yaml", "-o", str(self.output), "--force", "--progress=json", *words]

    def run_program(self, *words, fail=None, **more):
        environment = dict(os.environ)
        if fail:
            self.log = self.folder / "failed"
            self.log.unlink(missing_ok=True)
            environment |= {"LD_PRELOAD": OPTIONS.library, "MONIAC_FAIL": f"{fail}:{self.output.parent}",
                            "MONIAC_FAIL_LOG": str(self.log)}
        return subprocess.run(self.command(*words), cwd=self.folder, env=environment, capture_output=True, text=True,
                              check=False, **more)

    def files(self):
        return sorted(path.name for path in self.output.parent.iterdir())

    @staticmethod
    def progress(run):
        return [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]

    def saved(self, run):
        """Paths that the program said are saved: in a report of progress, or, after the last of them, when it ended."""
        told = [report["paths_saved"] for report in self.progress(run)]
        told += [int(number.replace(",", "")) for number in re.findall(r"([\d,]+) of [\d,]+ paths are in ", run.stderr)]
        return max(told, default=0)

    @staticmethod
    def messages(run):
        return [line for line in run.stderr.splitlines() if not line.startswith("{")]

    def assert_goes_on(self, acknowledged):
        """The same command finds what was acknowledged, or the result is there; it ends with the same file."""
        if self.output.read_bytes() == self.reference:
            acknowledged = 0
        run = self.run_program()
        self.assertEqual(run.returncode, 0, run.stderr)
        found = 0
        if run.stderr.startswith("going on: "):
            found = int(run.stderr.split()[2].replace(",", ""))
        self.assertGreaterEqual(found, acknowledged)
        self.assertEqual(self.output.read_bytes(), self.reference)
        self.assertEqual(self.files(), ["crash.h5"])
        return found


class Killed(InFolder):
    def test_killed_at_any_call_it_goes_on_to_the_same_bytes(self):
        found = []
        for call, numbers in {"fsync": range(1, 30), "rename": range(1, 30), "mkdir": [1], "unlink": range(1, 30),
                              "write": [1, 2, 3, 40]}.items():
            for number in numbers:
                with self.subTest(call=call, number=number):
                    self.begin_again()
                    run = self.run_program(fail=f"{call}:{number}:KILL")
                    if not self.log.exists():
                        break  # there is no such call any more
                    self.assertEqual(run.returncode, -signal.SIGKILL)
                    self.assertIn(self.output.read_bytes(), (OLD, self.reference))
                    found.append(self.assert_goes_on(self.saved(run)))
        self.assertGreater(len(found), 15)
        self.assertGreater(len(set(found)), 2)  # with no, one and both parts

    if OPTIONS.kills:

        def test_killed_at_random_moments_it_goes_on_to_the_same_bytes(self):
            words = ["--set", "record.paths=none", "--paths"]
            rate = self.progress(self.run_program(*words, "4000000"))[-1]["paths_per_second"]
            words += [str(int(20 * rate))]
            self.output.unlink()
            self.assertEqual(self.run_program(*words).returncode, 0)
            whole = self.output.read_bytes()
            generator = random.Random(20261125)
            kills, lost, resumed = 0, 0, 0
            while kills < OPTIONS.kills:
                self.begin_again()
                acknowledged = 0
                moments = sorted(generator.uniform(0, 20) for _ in range(10))  # of one run, which goes on each time
                for pause in [b - a for a, b in zip([0, *moments], moments)]:
                    with subprocess.Popen(self.command(*words), cwd=self.folder, stdout=subprocess.DEVNULL,
                                          stderr=subprocess.PIPE, text=True) as process:
                        time.sleep(pause)
                        process.kill()
                        seen = process.stderr.read()
                    if process.returncode == 0:
                        break
                    kills += 1
                    for line in seen.splitlines():
                        if line.startswith("going on: "):
                            resumed += 1
                            lost += int(line.split()[2].replace(",", "")) < acknowledged
                        elif line.startswith("{") and line.endswith("}"):
                            acknowledged = max(acknowledged, json.loads(line)["paths_saved"])
                    self.assertIn(self.output.read_bytes(), (OLD, whole))
                run = self.run_program(*words)
                self.assertEqual(run.returncode, 0, run.stderr)
                self.assertEqual(self.output.read_bytes(), whole)
            print(f"{kills} kills, {resumed} of them in runs that went on, {lost} acknowledged units lost")
            self.assertEqual(lost, 0)


class Refused(InFolder):
    def test_any_call_that_fails_is_one_line_and_the_same_command_goes_on(self):
        failures = 0
        for call in ("write", "fsync", "rename", "open", "close", "mkdir"):
            for error, cause in (("ENOSPC", "No space left on device"), ("EIO", "Input/output error")):
                for number in (1, 2, 3, 4, 5) if call in ("write", "fsync", "rename") else (1, 2):
                    with self.subTest(call=call, number=number, error=error):
                        self.begin_again()
                        run = self.run_program(fail=f"{call}:{number}:{error}")
                        if not self.log.exists():
                            break
                        failures += 1
                        if run.returncode == 0:  # a call whose failure does no harm
                            self.assertEqual(call, "close")
                            self.assertEqual(self.output.read_bytes(), self.reference)
                            continue
                        self.assertEqual(run.returncode, 74, run.stderr)
                        problems = [line for line in self.messages(run) if not line.startswith("going on")]
                        self.assertEqual(len(problems), 1, run.stderr)
                        self.assertTrue(problems[0].startswith(f"moniac: cannot write {self.output}"), problems[0])
                        self.assertIn(cause, problems[0])
                        self.assertIn(self.output.read_bytes(), (OLD, self.reference))
                        self.assertEqual([name for name in self.files() if name.endswith(".tmp")], [])
                        if self.parts.exists():
                            self.assertIn("the same command goes on", problems[0])
                            self.assertEqual([path.name for path in self.parts.glob("*.tmp")], [])
                        if error == "EIO":
                            self.assert_goes_on(self.saved(run))
        self.assertGreater(failures, 30)

    def test_a_write_that_takes_only_half_is_gone_on_with(self):
        for number in (1, 2):
            self.begin_again()
            self.assertEqual(self.run_program(fail=f"write:{number}:SHORT").returncode, 0)
            self.assertTrue(self.log.exists())
            self.assertEqual(self.output.read_bytes(), self.reference)

    def test_a_limit_of_any_size_is_one_line_and_nothing_that_is_not_saved_is_left(self):
        for twentieth in range(20):
            size = len(self.reference) * twentieth // 20
            with self.subTest(bytes=size):
                self.begin_again()
                run = self.run_program(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
                self.assertEqual(run.returncode, 74, run.stderr)
                self.assertEqual(len(self.messages(run)), 1, run.stderr)
                self.assertIn("File too large", self.messages(run)[0])
                self.assertEqual(self.output.read_bytes(), OLD)
                kept = self.parts.exists()
                self.assertEqual(self.files(), ["crash.h5", "crash.h5.parts"] if kept else ["crash.h5"])
                self.assertEqual(kept, self.saved(run) > 0)

    def test_a_full_disk_is_one_line_and_nothing_that_is_not_saved_is_left(self):
        mounted = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0
        if not mounted:
            self.skipTest("mounting needs privileges")
        for size in ("64k", "20m", "50m", "100m"):
            with self.subTest(size=size):
                self.begin_again()
                script = 'mount -t tmpfs -o size=$0 tmpfs "$1" && shift && "$@"; code=$?; ls -R "$DISK" >&3; exit $code'
                with open(self.folder / "listing", "w+") as listing:
                    run = subprocess.run(
                        ["unshare", "--mount", "sh", "-c", script.replace(">&3", f">/proc/self/fd/{listing.fileno()}"),
                         size, str(self.output.parent), *self.command()], cwd=self.folder, capture_output=True,
                        text=True, check=False, env=dict(os.environ, DISK=str(self.output.parent)),
                        pass_fds=[listing.fileno()])
                    listing.seek(0)
                    left = listing.read()
                self.assertEqual(run.returncode, 74, run.stderr)
                self.assertEqual(len(self.messages(run)), 1, run.stderr)
                self.assertIn("No space left on device", self.messages(run)[0])
                self.assertNotIn(".tmp", left)
                self.assertEqual("crash.h5.parts" in left, self.saved(run) > 0, left)


class Interrupted(InFolder):
    def test_an_interrupted_run_ends_with_75_and_says_how_to_go_on(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number):
                self.begin_again()
                words = ["--paths", "2000000000", "--set", "record.paths=none"]
                with subprocess.Popen(self.command(*words, "--restart"), cwd=self.folder, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, text=True) as run:
                    json.loads(run.stderr.readline())
                    run.send_signal(number)
                    out, err = run.communicate(timeout=120)
                self.assertEqual(run.returncode, 75)
                self.assertEqual(out, "")
                self.assertRegex(err, r"moniac: interrupted; [0-9,]+ of 2,000,000,000 paths are in .*crash.h5.parts\n"
                                      r"   to go on: moniac run crash.yaml -o .*crash.h5 --force --progress=json "
                                      r"--paths 2000000000 --set record.paths=none\n$")
                self.assertEqual(self.output.read_bytes(), OLD)
                self.assertEqual(self.files(), ["crash.h5", "crash.h5.parts"])

    def test_parts_of_other_settings_are_refused_and_stay(self):
        self.run_program(fail="rename:2:EIO")
        self.assertTrue(self.parts.exists())
        before = sorted(path.name for path in self.parts.iterdir())
        run = self.run_program("--seed", "2")
        self.assertEqual(run.returncode, 73)
        self.assertIn("with another scenario, settings or version of moniac; nothing was run", run.stderr)
        self.assertEqual(sorted(path.name for path in self.parts.iterdir()), before)
        self.assertEqual(self.run_program("--seed", "2", "--restart").returncode, 0)
        self.assertEqual(self.files(), ["crash.h5"])

    def test_two_runs_do_not_write_to_one_file_at_a_time(self):
        with subprocess.Popen(self.command("--paths", "2000000000", "--set", "record.paths=none"), cwd=self.folder,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as first:
            json.loads(first.stderr.readline())
            second = self.run_program()
            first.send_signal(signal.SIGKILL)
        self.assertEqual(second.returncode, 73)
        self.assertIn("another run is writing into", second.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *REST], verbosity=2)
