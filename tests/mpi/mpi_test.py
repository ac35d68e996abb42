"""Runs and sweeps under mpirun as a user meets them: to the bytes of one process, whatever happens on the way.

    mpi_test.py PROGRAM MPIRUN FAILING_IO_LIBRARY
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import unittest
from pathlib import Path

PROGRAM, MPIRUN, LIBRARY = map(os.path.abspath, sys.argv[1:4])
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from shared_work import RECORDS, InFolder, settings  # noqa: E402

InFolder.PROGRAM = PROGRAM
# Ranks may outnumber cores, and containers run as root.
ENVIRONMENT = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                   OMPI_MCA_rmaps_base_oversubscribe="1")


class WithRanks(InFolder):
    def start_ranks(self, count, *words, first=(), others=()):
        """mpirun as its own session; `first` and `others`: what comes in front of the program on rank 0, on the rest."""
        command = [MPIRUN, "-n", "1", *first, PROGRAM, *words, ":", "-n", str(count - 1), *others, PROGRAM, *words]
        return subprocess.Popen(command, cwd=self.folder, env=ENVIRONMENT, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, start_new_session=True)

    def ranks(self, *words, count=4, code=0, **more):
        with self.start_ranks(count, *words, **more) as process:
            process.out, process.err = process.communicate(timeout=300)
        self.assertEqual(process.returncode, code, process.err)
        return process

    def process_of(self, rank):
        """Its number; the program of that rank in this folder."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                variables = (process / "environ").read_bytes().split(b"\0")
                if f"OMPI_COMM_WORLD_RANK={rank}".encode() in variables and (process / "cwd").resolve() == self.folder:
                    return int(process.name)
            except OSError:
                continue  # it is gone
        return self.fail(f"rank {rank} does not run")

    def said_by_moniac(self, err):
        """Without what mpirun adds when a program ends with an error."""
        return "".join(re.findall(r"^(?:moniac: | {3}).*\n", err, flags=re.M))


class SameBytes(WithRanks):
    def test_a_run_of_four_ranks_and_seven_shards_are_one_process(self):
        for name, record in RECORDS.items():
            with self.subTest(name):
                words = settings(*record)
                expected = self.one(*words)
                run = self.ranks("run", "run.yaml", "-o", "out.h5", *words)
                self.assertRegex(run.err, r"3 workers: 10 units in \d+ shares, [0-9.]+ [kM]?B for each unit; "
                                          r"[0-9.]+ % idle, rank 0 at work [0-9.]+ % of the time\n")
                self.assert_bytes(expected)
                self.shards(range(7), 7, *words)
                self.assert_merged(expected)

    def test_whatever_the_number_of_ranks_and_their_threads(self):
        expected = self.one()
        for count, threads in ((2, 1), (2, 3), (3, 2), (16, 1)):  # more ranks than there are units
            with self.subTest(count=count, threads=threads):
                self.ranks("run", "run.yaml", "-q", "-o", "out.h5", "-j", str(threads), count=count)
                self.assert_bytes(expected)

    def test_a_sweep_with_sensitivity(self):
        expected = self.one(command="sweep")
        for count in (2, 4):
            with self.subTest(count):
                run = self.ranks("sweep", "sweep.yaml", "-o", "out.h5", count=count)
                self.assertIn(": 32 cases in ", run.err)
                self.assert_bytes(expected)

    def test_ranks_may_share_a_shard(self):
        for command in ("run", "sweep"):
            expected = self.one(command=command)
            for shard in ("1/2", "0/2"):
                self.ranks(command, f"{command}.yaml", "-q", "-o", "out.h5", "--shard", shard)
            self.assert_merged(expected)

    def test_paths_may_be_added(self):
        expected = self.one()
        self.ranks("run", "run.yaml", "-q", "-o", "out.h5", "--paths", "9000", "--keep-parts")
        run = self.ranks("run", "run.yaml", "-o", "out.h5", "--extend")
        self.assertIn("going on: 8,192 of 20,000 paths are in out.h5.parts\n", run.err)
        self.assertIn("3 workers: 6 units in ", run.err)
        self.assert_bytes(expected)


class Lost(WithRanks):
    def test_a_rank_that_is_lost_ends_the_job_and_what_was_done_is_gone_on_with(self):
        # A second of work and more.
        settled = ("--paths", "800000", *settings("record.quantile_method=sketch"))
        expected = self.one(*settled)
        words = ("run", "run.yaml", "-o", "out.h5", *settled)
        # By the system, by somebody, and rank 0 by somebody; ranks or one process go on.
        for rank, number, go_on, said in ((2, signal.SIGKILL, self.ranks, "interrupted"),
                                          (1, signal.SIGTERM, self.program, "rank 1 was interrupted"),
                                          (0, signal.SIGTERM, self.ranks, "interrupted")):
            with self.subTest(rank=rank, signal=number):
                with self.start_ranks(4, *words, "--progress=json") as process:
                    json.loads(process.stderr.readline())
                    os.kill(self.process_of(rank), number)
                    _, err = process.communicate(timeout=120)
                self.assertNotEqual(process.returncode, 0, err)
                saved = re.search(rf"^moniac: {said}; ([0-9,]+) of 800,000 paths are in out.h5.parts\n"
                                  r"   to go on: moniac run run.yaml -o out.h5 ", err, re.M)
                self.assertIsNotNone(saved, err)
                self.assertFalse((self.folder / "out.h5").exists())
                again = go_on(*words)
                self.assertIn(f"going on: {saved[1]} of 800,000 paths are in out.h5.parts\n", again.err)
                self.assert_bytes(expected)

    def test_rank_0_may_be_killed_at_any_call(self):
        for command, calls in {"run": ("mkdir:1", "rename:1", "fsync:2", "unlink:1"), "sweep": ("rename:2",)}.items():
            expected = self.one(command=command)
            words = (command, f"{command}.yaml", "-q", "-o", "out.h5")
            for call in calls:
                with self.subTest(command=command, call=call):
                    fail = ("-x", f"LD_PRELOAD={LIBRARY}", "-x", f"MONIAC_FAIL={call}:KILL:{self.folder}/out.h5")
                    with self.start_ranks(4, *words, first=fail) as process:
                        _, err = process.communicate(timeout=120)
                    self.assertIn("signal 9", err)
                    if not (self.folder / "out.h5").exists():
                        self.ranks(*words)
                    self.assertEqual(self.bytes_of("out.h5"), expected)
                    (self.folder / "out.h5").unlink()
                    shutil.rmtree(self.folder / "out.h5.parts", ignore_errors=True)


class Refused(WithRanks):
    def test_a_mistake_is_reported_once(self):
        (self.folder / "wrong.yaml").write_text("moniac: 1\nmodels: {us.short_rat: {}}\n")
        run = self.ranks("run", "wrong.yaml", code=65)
        self.assertEqual(run.err.count("short_rat:"), self.program("run", "wrong.yaml", code=65).err.count("short_rat:"))
        self.assertEqual(run.out, "")
        self.ranks("run", "missing.yaml", code=66)
        self.program("run", "run.yaml", "-q", "-o", "out.h5", "--paths", "64")
        refused = self.ranks("run", "run.yaml", "-o", "out.h5", "--paths", "64", code=73)
        alone = self.program("run", "run.yaml", "-o", "out.h5", "--paths", "64", code=73)
        self.assertEqual(self.said_by_moniac(refused.err), alone.err)

    def test_ranks_that_were_asked_for_different_things_are_named(self):
        command = [MPIRUN, "-n", "2", PROGRAM, "run", "run.yaml", ":", "-n", "1", PROGRAM, "run", "run.yaml", "--seed",
                   "7", ":", "-n", "1", PROGRAM, "sweep", "sweep.yaml", "-j", "2"]
        run = subprocess.run(command, cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        version = self.program("version").out.splitlines()[0]
        host = os.uname().nodename
        self.assertEqual(run.returncode, 73)
        self.assertEqual(self.said_by_moniac(run.stderr), f"""\
moniac: not all ranks do the same; nothing was run
   rank 0 on {host} is {version}: run run.yaml
   rank 2 on {host} is {version}: run run.yaml --seed 7
   rank 3 on {host} is {version}: sweep sweep.yaml
   start one build everywhere, with one command
""")
        self.assertFalse(list(self.folder.glob("*.h5*")))

    def test_a_rank_of_another_build_is_named(self):
        version = self.program("version").out.splitlines()[0]
        build = re.search(r"\((.*)\)", version)[1]
        other_build = build[::-1]  # of the same length
        other = self.folder / "other_moniac"
        other.write_bytes(Path(PROGRAM).read_bytes().replace(build.encode(), other_build.encode()))
        other.chmod(0o755)
        command = [MPIRUN, "-n", "2", PROGRAM, "run", "run.yaml", ":", "-n", "1", str(other), "run", "run.yaml"]
        run = subprocess.run(command, cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 73, run.stderr)
        self.assertIn(f" is {version.replace(build, other_build)}: run run.yaml\n", run.stderr)

    def test_a_disk_that_is_full_or_read_only_is_named_and_nothing_is_lost(self):
        for command, call, error, cause in (("run", "write:1", "ENOSPC", "No space left on device"),
                                            ("run", "mkdir:1", "EROFS", "Read-only file system"),
                                            ("sweep", "fsync:1", "ENOSPC", "No space left on device")):
            with self.subTest(command=command, call=call):
                expected = self.one(command=command)
                words = (command, f"{command}.yaml", "-q", "-o", "out.h5")
                fail = ("-x", f"LD_PRELOAD={LIBRARY}", "-x", f"MONIAC_FAIL={call}+:{error}:{self.folder}/out.h5.parts")
                run = self.ranks(*words, first=fail, code=74)
                self.assertEqual(self.said_by_moniac(run.err), f"moniac: cannot write out.h5.parts: {cause}\n")
                self.assertFalse((self.folder / "out.h5").exists())
                self.ranks(*words)
                self.assert_bytes(expected)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
