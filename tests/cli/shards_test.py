"""Shards, merge and --extend as a user meets them: to the bytes of one process, whatever happens on the way.

    shards_test.py PROGRAM FAILING_IO_LIBRARY
"""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import unittest
from pathlib import Path

PROGRAM, LIBRARY = map(os.path.abspath, sys.argv[1:3])
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from shared_work import RECORDS, InFolder, settings  # noqa: E402

RANDOM = random.Random(20261128)
InFolder.PROGRAM = PROGRAM


def failing(what, below, **more):
    """An environment in which the program fails where `what` says: "rename:2:KILL"."""
    return dict(os.environ, LD_PRELOAD=LIBRARY, MONIAC_FAIL=f"{what}:{below}", **more)


class SameBytes(InFolder):
    def test_shards_that_start_at_once_in_any_order_are_one_process(self):
        for name, record in RECORDS.items():
            with self.subTest(name):
                expected = self.one(*settings(*record))
                order = RANDOM.sample(range(7), 7)
                running = [self.start("run", "run.yaml", "-q", "-o", "out.h5", "--shard", f"{i}/7", *settings(*record),
                                      "-j", str(1 + i % 2), "--block", str(64 << i % 4)) for i in order]
                for process in running:
                    _, err = process.communicate()
                    self.assertEqual((process.returncode, err), (0, ""))
                self.assert_merged(expected)

    def test_so_are_any_numbers_of_shards_of_a_sweep_with_sensitivity(self):
        expected = self.one(command="sweep")
        for count in (1, 5, 7):
            with self.subTest(count):
                self.shards(RANDOM.sample(range(count), count), count, command="sweep")
                self.assert_merged(expected)

    def test_paths_may_be_added(self):
        for name, record in RECORDS.items():
            for steps in ((2000,), (9000,), (5000, 12000)):
                with self.subTest(name, steps=steps):
                    for number, paths in enumerate(steps):
                        self.program("run", "run.yaml", "-q", "-o", "out.h5", "--keep-parts", "--paths", str(paths),
                                     *settings(*record), *(["--extend"] if number > 0 else []))
                    run = self.program("run", "run.yaml", "-o", "out.h5", "--extend", *settings(*record))
                    whole = steps[-1] // 2048 * 2048
                    if whole and "all" not in name:
                        self.assertIn(f"going on: {whole:,} of 20,000 paths are in out.h5.parts\n", run.err)
                    self.assertEqual(self.bytes_of("out.h5"), self.one(*settings(*record)))
                    self.assertFalse((self.folder / "out.h5.parts").exists())
                    (self.folder / "out.h5").unlink()

    def test_exact_quantiles_become_those_of_a_sketch(self):
        self.program("run", "run.yaml", "-q", "-o", "out.h5", "--keep-parts", "--paths", "9000",
                     *settings("record.quantile_method=exact"))
        run = self.program("run", "run.yaml", "-o", "out.h5", "--extend", *settings("record.quantile_method=sketch"))
        self.assertIn("going on: 8,192 of 20,000 paths", run.err)
        self.assertEqual(self.bytes_of("out.h5"), self.one(*settings("record.quantile_method=sketch")))

    def test_other_recorded_paths_are_simulated_again(self):
        for before, after, taken in (("1000", "3000", 4096), ("3000", "1000", 4096), ("none", "all", 0)):
            with self.subTest(before=before, after=after):
                self.program("run", "run.yaml", "-q", "-o", "out.h5", "--keep-parts", "--paths", "9000",
                             *settings(f"record.paths={before}"))
                run = self.program("run", "run.yaml", "-o", "out.h5", "--extend", *settings(f"record.paths={after}"))
                self.assertEqual(f"going on: {taken:,} of" in run.err, taken > 0 and before != "1000")
                self.assertEqual(self.bytes_of("out.h5"), self.one(*settings(f"record.paths={after}")))
                (self.folder / "out.h5").unlink()

    def test_paths_may_be_added_to_what_shards_did(self):
        self.shards(range(3), 3, "--paths", "9000")
        self.program("merge", "out.h5", "--keep-parts")
        run = self.program("run", "run.yaml", "-o", "out.h5", "--extend")
        self.assertIn("going on: 8,192 of 20,000 paths", run.err)
        self.assertEqual(self.bytes_of("out.h5"), self.one())
        self.assertFalse((self.folder / "out.h5.parts").exists())

    def test_a_run_that_is_extended_may_be_killed(self):
        expected = self.one()
        killed = 0
        for call, numbers in {"rename": range(1, 5), "unlink": range(1, 6)}.items():
            for number in numbers:
                with self.subTest(call=call, number=number):
                    self.program("run", "run.yaml", "-q", "-o", "out.h5", "--keep-parts", "--paths", "9000", "--force")
                    with self.start("run", "run.yaml", "-q", "-o", "out.h5", "--extend", "--keep-parts",
                                    env=failing(f"{call}:{number}:KILL", self.folder)) as process:
                        process.communicate()
                    killed += process.returncode == -signal.SIGKILL
                    if self.bytes_of("out.h5") != expected:
                        self.program("run", "run.yaml", "-q", "-o", "out.h5", "--extend")
                    self.assertEqual(self.bytes_of("out.h5"), expected)
                    shutil.rmtree(self.folder / "out.h5.parts", ignore_errors=True)
        self.assertGreater(killed, 4)


class Killed(InFolder):
    def test_a_shard_that_is_killed_at_any_call_goes_on_to_the_same_bytes(self):
        # 36 MB of recorded paths: it writes a part before it ends.
        words = ["-o", "out.h5", "--paths", "38000", "--shard", "0/1",
                 *settings("record.paths=all", "record.variables=[us.policy_rate, us.y10]", "record.dates=all")]
        expected = self.one("--paths", "38000", *words[6:])
        found = set()
        for call, numbers in {"mkdir": (1, 2), "rename": range(1, 9), "fsync": (1, 4, 6)}.items():
            for number in numbers:
                with self.subTest(call=call, number=number):
                    shutil.rmtree(self.folder / "out.h5.parts", ignore_errors=True)
                    log = self.folder / "log"
                    log.unlink(missing_ok=True)
                    environment = failing(f"{call}:{number}:KILL", self.folder / "out.h5.parts",
                                          MONIAC_FAIL_LOG=str(log))
                    with self.start("run", "run.yaml", *words, env=environment) as process:
                        process.communicate()
                    if not log.exists():
                        break  # there is no such call any more
                    self.assertEqual(process.returncode, -signal.SIGKILL)
                    again = self.program("run", "run.yaml", *words)
                    going_on = re.match(r"going on: ([0-9,]+) of 38,000 paths are in out.h5.parts/shard-0-of-1\n",
                                        again.err)
                    found.add(going_on[1] if going_on else "0")
                    self.assert_merged(expected)
        self.assertGreaterEqual(len(found), 2, found)  # with no part and with some

    def test_so_does_one_of_a_sweep(self):
        expected = self.one(command="sweep")
        words = ("sweep", "sweep.yaml", "-q", "-o", "out.h5", "--shard", "0/2")
        for call in ("rename:1", "fsync:3", "rename:2", "fsync:4"):  # the record, then the part
            with self.subTest(call):
                with self.start(*words, env=failing(f"{call}:KILL", self.folder / "out.h5.parts")) as process:
                    process.communicate()
                self.assertEqual(process.returncode, -signal.SIGKILL)
                self.shards([1, 0], 2, command="sweep")
                self.assert_merged(expected)

    def test_a_merge_that_is_killed_or_refused_loses_nothing(self):
        expected = self.one()
        written = 0
        for failure in ("KILL", "ENOSPC"):
            for call, number in (("write", 1), ("fsync", 1), ("rename", 1), ("unlink", 1), ("unlink", 5)):
                with self.subTest(failure=failure, call=call, number=number):
                    self.shards(range(3), 3)
                    environment = failing(f"{call}:{number}:{failure}", self.folder / "out.h5")
                    with self.start("merge", str(self.folder / "out.h5"), env=environment) as process:
                        _, err = process.communicate()
                    self.assertEqual(process.returncode, 74 if failure == "ENOSPC" else -signal.SIGKILL, err)
                    if (self.folder / "out.h5").exists():
                        written += 1
                        self.assertEqual(self.bytes_of("out.h5"), expected)
                        shutil.rmtree(self.folder / "out.h5.parts")
                    else:
                        self.assert_merged(expected)
                    for left in self.folder.glob("out.h5*"):
                        left.unlink()
        self.assertEqual(written, 4)  # nothing is removed before the result is whole

    def test_an_interrupted_shard_says_how_to_go_on(self):
        words = ("run.yaml", "-o", "out.h5", "--progress=json", "--paths", "2000000000", "--shard", "1/2")
        with self.start("run", *words) as process:
            json.loads(process.stderr.readline())
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 75)
        self.assertRegex(err, r"moniac: interrupted; [0-9,]+ of 1,000,000,512 paths are in out.h5.parts/shard-1-of-2\n"
                              r"   to go on: moniac run run.yaml -o out.h5 --progress=json --paths 2000000000 "
                              r"--shard 1/2\n$")


class Refused(InFolder):
    def test_merge_names_shards_that_are_missing_or_not_whole_and_a_part_that_is_damaged(self):
        expected = self.one()
        self.shards([0, 1, 4, 5, 6], 7)
        part = next((self.folder / "out.h5.parts" / "shard-4-of-7").glob("*.part"))
        whole = part.read_bytes()
        part.write_bytes(whole[:1000] + bytes([whole[1000] ^ 1]) + whole[1001:])
        next((self.folder / "out.h5.parts" / "shard-5-of-7").glob("*.part")).unlink()
        record = self.folder / "out.h5.parts" / "shard-6-of-7" / "run.record"
        record.write_bytes(record.read_bytes()[:-1])
        self.assertEqual(self.refused(65, "merge", "out.h5"), f"""\
moniac: not all shards are there and whole; nothing was written
   shard 2 of 7 is not there: paths 4,096 … 8,191
   shard 3 of 7 is not there: paths 8,192 … 10,239
   shard 4 of 7 is not whole: paths 10,240 … 14,335 are missing ({part.name} is damaged)
   shard 5 of 7 is not whole: paths 14,336 … 16,383 are missing
   shard 6 of 7 has no record of its run, or a damaged one
   run these with --shard i/7; what they have saved is gone on with
""")
        self.shards([6, 5, 4, 3, 2], 7)
        self.assert_merged(expected)

    def test_merge_refuses_shards_of_several_runs_and_says_which_is_of_which(self):
        self.shards([0, 1], 3)
        self.shards([2], 3, "--seed", "7")
        self.shards([0], 2)
        self.shards([1], 2, command="sweep")
        said = self.refused(73, "merge", "out.h5")
        version = re.search(r" \((moniac [^\n]*)\)\n", said)[1]
        lines = said.splitlines()
        self.assertEqual(lines[0], "moniac: out.h5.parts holds shards of 4 runs; nothing was written")
        self.assertEqual(sorted(lines[1:5]), sorted([
            f"   shards 0, 1 of 3: moniac run run.yaml --paths 20000 --seed 20251231 ({version})",
            f"   shard 2 of 3: moniac run run.yaml --paths 20000 --seed 7 ({version})",
            f"   shard 0 of 2: moniac run run.yaml --paths 20000 --seed 20251231 ({version})",
            f"   shard 1 of 2: moniac sweep sweep.yaml --paths 3000 --seed 1 ({version})"]))
        self.assertEqual(lines[5:], ["   remove the folders of those that do not belong, or move them beside a result "
                                     "file of another name"])

    def test_merge_refuses_shards_that_another_version_made(self):
        self.shards(range(2), 2)
        version = self.program("version").out.splitlines()[0]
        number = version.split()[1]
        other_number = re.sub("[0-9]", "9", number)  # of the same length
        for record in (self.folder / "out.h5.parts").glob("*/run.record"):
            whole = record.read_bytes()
            other = whole[:-64].replace(f"moniac {number} (".encode(), f"moniac {other_number} (".encode())
            self.assertNotEqual(other, whole[:-64])
            record.write_bytes(other + hashlib.sha256(other).hexdigest().encode())
        self.assertEqual(self.refused(73, "merge", "out.h5"), f"""\
moniac: the shards were made by {version.replace(number, other_number)}, and this is {version}; nothing was written
   merge them with the program that made them
""")

    def test_a_shard_of_another_run_is_refused_in_its_folder(self):
        self.shards([0], 2)
        self.assertEqual(self.refused(73, "run", "run.yaml", "-o", "out.h5", "--shard", "0/2", "--seed", "2"), """\
moniac: out.h5.parts/shard-0-of-2 holds the parts of a run with another scenario, settings or version of moniac; \
nothing was run
   discard them with --restart, or give another file with -o
""")
        self.shards([0, 1], 2, "--seed", "2", "--restart")
        self.assert_merged(self.one("--seed", "2"))

    def test_a_shard_that_is_being_written_is_left_alone(self):
        words = ("run.yaml", "-o", "out.h5", "--progress=json", "--paths", "2000000000")
        with self.start("run", *words, "--shard", "1/2") as first:
            json.loads(first.stderr.readline())
            second = self.program("run", *words, "--shard", "1/2", code=73)
            self.assertIn("moniac: another run is writing into out.h5.parts/shard-1-of-2; nothing was run\n",
                          second.err)
            merge = self.program("merge", "out.h5", code=73)
            first.kill()
            first.communicate()
        self.assertEqual(merge.err, """\
moniac: not all shards are there and whole; nothing was written
   shard 0 of 2 is not there: paths 0 … 999,999,487
   shard 1 of 2 is being written by another process
   run these with --shard i/2; what they have saved is gone on with
""")

    def test_merge_needs_shards_and_a_free_name(self):
        self.assertEqual(self.refused(66, "merge", "out.h5"),
                         "moniac: there are no shards in out.h5.parts; run them with --shard and -o out.h5\n")
        self.shards(range(2), 2)
        self.assertEqual(self.refused(64, "merge", "out.h5.parts/"),
                         "moniac: out.h5.parts/ is a folder; give the result file: moniac merge out.h5\n")
        (self.folder / "out.h5").write_text("mine")
        self.assertEqual(self.refused(73, "merge", "out.h5"),
                         "moniac: out.h5 is there already; nothing was written\n"
                         "   replace it with --force, or give another file\n")
        self.program("merge", "out.h5", "--force", "--keep-parts")
        self.assertEqual(self.bytes_of("out.h5"), self.one())
        self.program("merge", "out.h5", "--force")
        self.assertEqual(self.bytes_of("out.h5"), self.one())
        self.assertFalse((self.folder / "out.h5.parts").exists())

    def test_parts_of_a_run_without_shards_are_not_mixed_with_theirs(self):
        self.program("run", "run.yaml", "-q", "-o", "out.h5", "--keep-parts")
        (self.folder / "out.h5").unlink()
        self.shards(range(2), 2)
        self.assertEqual(self.refused(73, "merge", "out.h5"), """\
moniac: out.h5.parts also holds parts of a run without --shard; nothing was written
   go on with that run, or remove its *.part files
""")

    def test_a_shard_without_work_says_so(self):
        expected = self.one("--paths", "4000")
        said = [self.program("run", "run.yaml", "-o", "out.h5", "--paths", "4000", "--shard", f"{i}/4").err
                for i in range(4)]
        self.assertEqual(said[0], "shard 0 of 4 has nothing to do: 2 units of work in all\n")
        self.assertRegex(said[1], r"^shard 1 of 4: 2,048 paths in [0-9.]+ m?s, saved in out.h5.parts/shard-1-of-4\n"
                                  r"   when all 4 shards are there: moniac merge out.h5\n$")
        merged = self.program("merge", "out.h5")
        self.assertRegex(merged.err, r"4,000 paths of 4 shards; \d+ kB in out.h5\n$")
        self.assertEqual(self.bytes_of("out.h5"), expected)
        self.assertEqual(self.program("sweep", "sweep.yaml", "-o", "out.h5", "--force", "--shard", "0/100").err,
                         "shard 0 of 100 has nothing to do: 32 cases in all\n")

    def test_extend_says_what_it_needs(self):
        extend = ("run", "run.yaml", "-o", "out.h5", "--extend")
        self.assertEqual(self.refused(66, *extend),
                         "moniac: cannot extend out.h5: it is not there; nothing was run\n")
        self.program("run", "run.yaml", "-q", "-o", "out.h5", "--paths", "5000")
        self.assertEqual(self.refused(66, *extend), """\
moniac: cannot extend out.h5: its parts were not kept; nothing was run
   run it once with --keep-parts (and --force), then --extend can add paths to it
""")
        self.assertEqual(self.refused(65, *extend, "--paths", "5000"), """\
moniac: cannot extend out.h5: it has 5,000 paths already, and 5,000 are asked for; nothing was run
""")
        self.assertEqual(self.refused(65, *extend, "--seed", "2"), """\
moniac: cannot extend out.h5: only the number of paths may differ from what made it, moniac run run.yaml --paths 5000 \
--seed 20251231; nothing was run
""")
        self.program("run", "run.yaml", "-q", "-o", "out.h5", "--paths", "5000", "--force", "--keep-parts")
        self.assertEqual(self.refused(73, "run", "run.yaml", "-o", "out.h5", "--force"), """\
moniac: out.h5.parts holds the parts of this run with another number of paths or other records, which --extend \
can take over; nothing was run
   discard them with --restart, or give another file with -o
""")
        self.program("sweep", "sweep.yaml", "-q", "-o", "sweep.h5")
        self.assertEqual(self.refused(65, "run", "sweep.yaml", "-o", "sweep.h5", "--extend"),
                         "moniac: cannot extend sweep.h5: it holds a sweep, and --extend adds paths to a run; nothing "
                         "was run\n")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
