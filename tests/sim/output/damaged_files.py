"""Damaged and hostile result files: one clear line each, no crash, no hang, no memory, no foreign file.

    damaged_files.py PROGRAM [UNITTEST ARGUMENT…]
"""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np

PROGRAM = str(Path(sys.argv.pop(1)).resolve())

SCENARIO = """\
moniac: 1
title: Test
time: {start: 2025-01-01, step: 1 month, horizon: 24 months}
ensemble: {paths: 256, seed: 1}
models:
  us.policy_rate: {mode: smooth}
outcomes: {high: {any: {us.policy_rate: {above: 4 %/year}}}, end: {buckets: {us.policy_rate: {edges: [3 %, 4 %]}}}}
record: {variables: [us.policy_rate]}
"""
MARK = "the content of a foreign file"
DATA = "us_policy_rate_mean"
TRACED = shutil.which("strace") is not None
CLEAN = (0, 65, 66)


def confined(memory=512 << 20):
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))


# A program built with a sanitizer does not even start in so little address space.
if subprocess.run([PROGRAM, "version"], capture_output=True, check=False, preexec_fn=confined).returncode != 0:
    confined.__defaults__ = (None,)


class DamagedFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.common = tempfile.TemporaryDirectory(prefix="moniac_damaged_")
        cls.addClassCleanup(cls.common.cleanup)
        scenario = Path(cls.common.name) / "test.yaml"
        scenario.write_text(SCENARIO, encoding="utf-8")
        cls.good = Path(cls.common.name) / "good.h5"
        subprocess.run([PROGRAM, "run", scenario, "-q", "-o", cls.good], check=True, timeout=300)
        cls.bytes = cls.good.read_bytes()

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="moniac_damaged_")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.file = self.folder / "result.h5"

    def moniac(self, *words, traced=False, **options):
        command = [PROGRAM, *words]
        if traced and TRACED:
            command = ["strace", "-f", "-qq", "-e", "trace=open,openat", "-o", "trace", *command]
        options = {"preexec_fn": confined, **options}
        return subprocess.run(command, cwd=self.folder, capture_output=True, timeout=60, check=False, **options)

    def assert_clean(self, run):
        self.assertIn(run.returncode, CLEAN, run.stderr)
        if run.returncode != 0:
            self.assertRegex(run.stderr.decode(errors="replace"), r"\Amoniac: .*result\.h5.*\n")
            self.assertEqual(run.stdout, b"")

    def codes(self, damaged):
        """Exit codes of info and verify on a file of these bytes."""
        self.file.write_bytes(damaged)
        runs = [self.moniac(command, "result.h5") for command in ("info", "verify")]
        for run in runs:
            self.assert_clean(run)
        return [run.returncode for run in runs]

    def refusal(self, change, name=DATA):
        """What is said about the good file after change(file), where `name` is gone."""
        shutil.copy(self.good, self.file)
        with h5py.File(self.file, "r+") as file:
            if name:
                del file[name]
            change(file)
        (self.folder / "marked.h5").unlink(missing_ok=True)
        with h5py.File(self.folder / "marked.h5", "w") as file:
            file[DATA] = np.arange(25.0)
            file["note"] = MARK
        (self.folder / "marked.txt").write_text(MARK * 20, encoding="utf-8")
        said = []
        for words in (("info",), ("verify",), ("export", "--csv")):
            run = self.moniac(*words, "result.h5", traced=True)
            self.assertEqual(run.returncode, 65, (words, run.stdout, run.stderr))
            self.assert_clean(run)
            self.assertNotIn(MARK.encode(), run.stdout + run.stderr)
            if TRACED:
                trace = (self.folder / "trace").read_text(encoding="utf-8")
                self.assertIn('"result.h5"', trace)
                self.assertNotIn("marked", trace)
            said.append(run.stderr.decode().removeprefix("moniac: result.h5 is damaged: ").rstrip("\n"))
        return said

    # --- damage ---------------------------------------------------------------------------------------------------

    def test_a_file_cut_anywhere_is_refused(self):
        sizes = list(range(0, len(self.bytes), 512)) + [1, 7, 47, 48, 49, 1000, len(self.bytes) - 1]
        for size in sizes:
            with self.subTest(size=size):
                self.assertEqual(self.codes(self.bytes[:size]), [65, 65])

    def test_flipped_bits_never_crash_and_what_changes_is_noticed(self):
        generator = random.Random(20251125)
        marks = [b"\x89HDF", b"OHDR", b"OCHK", b"FRHP", b"FHDB", b"BTHD", b"BTLF", b"TREE", b"GCOL"]
        places = []
        for mark in marks:  # up to eight positions in the first bytes of up to three structures of each kind
            at = self.bytes.find(mark)
            for _ in range(3):
                if at >= 0:
                    places += [at + generator.randrange(96) for _ in range(3)]
                    at = self.bytes.find(mark, at + 1)
        places += [generator.randrange(len(self.bytes)) for _ in range(30)]
        self.assertGreater(len(places), 80)
        for place in places:
            damaged = bytearray(self.bytes)
            damaged[place] ^= 1 << generator.randrange(8)
            with self.subTest(place=place):
                self.codes(damaged)

    def test_a_text_heap_that_makes_hdf5_1_10_crash_or_loop_is_refused(self):
        # Sizes of the objects of a global heap have no checksum: 0 makes a loop, a large one a read beyond the end.
        heap = self.bytes.find(b"GCOL") + 16
        for size in (0, 1, 15, 1 << 20, (1 << 63) - 1, (1 << 64) - 8):
            damaged = bytearray(self.bytes)
            damaged[heap + 8:heap + 16] = size.to_bytes(8, "little")
            with self.subTest(size=size):
                self.codes(damaged)

    def test_a_changed_number_is_found_and_named(self):
        with h5py.File(self.good) as file:
            place = file[DATA].id.get_offset()
        damaged = bytearray(self.bytes)
        damaged[place + 3] ^= 1
        self.file.write_bytes(damaged)
        run = self.moniac("verify", "result.h5")
        self.assertEqual(run.returncode, 65)
        self.assertEqual(run.stderr.decode(), f"moniac: result.h5 is not what was written:\n   /{DATA}: data differ\n")
        self.assertEqual(self.moniac("info", "result.h5").returncode, 0)

    # --- what others add ------------------------------------------------------------------------------------------

    def differences(self, change):
        shutil.copy(self.good, self.file)
        with h5py.File(self.file, "r+") as file:
            change(file)
        run = self.moniac("verify", "result.h5")
        self.assertEqual((run.returncode, run.stdout), (65, b""))
        first, *rest = run.stderr.decode().splitlines()
        self.assertEqual(first, "moniac: result.h5 is not what was written:")
        return [line.strip() for line in rest]

    def test_whatever_is_added_removed_or_changed_is_named(self):
        def rewrite(file):
            file[DATA][3] = 7
            file[DATA].attrs.modify("sha256", file[DATA].attrs["sha256"])

        cases = [
            (lambda file: file.__delitem__(DATA), [f"/{DATA}: missing"]),
            (lambda file: file.create_dataset("extra", data=[1.0]), ["/extra: added"]),
            (lambda file: file.create_group("extra"), ["/extra: added"]),
            (lambda file: file[DATA].attrs.__delitem__("moniac_unit"), [f"/{DATA}: attributes differ"]),
            (lambda file: file[DATA].attrs.create("note", 1.0), [f"/{DATA}: attributes differ"]),
            (lambda file: file.attrs.modify("seed", np.uint64(2)), ["/: attributes differ"]),
            (lambda file: file["diagnostics"].attrs.create("note", "a text"), ["/diagnostics: attributes differ"]),
            (rewrite, [f"/{DATA}: data differ"]),
            (lambda file: file[DATA].attrs.modify("sha256", np.bytes_("0" * 64)),
             [f"/{DATA}: its attribute sha256 is not that of its data"]),
            (lambda file: file["provenance"].__delitem__("manifest"), ["/provenance/manifest: missing"]),
        ]
        for number, (change, expected) in enumerate(cases):
            with self.subTest(number=number):
                found = self.differences(change)
                self.assertEqual(found, expected)

    def test_what_depends_on_the_build_does_not_count(self):
        shutil.copy(self.good, self.file)
        with h5py.File(self.file, "r+") as file:
            file.attrs.modify("moniac_version", np.bytes_("moniac 9.9"))
            file["provenance"].attrs.modify("hdf5_version", np.bytes_("2.0.0"))
        good, other = self.moniac("verify", self.good).stdout, self.moniac("verify", "result.h5").stdout
        self.assertEqual(other.split(b": ok")[1], good.split(b": ok")[1])
        self.assertRegex(other.decode(), r"\Aresult\.h5: ok \(content_sha256 [0-9a-f]{64}\)\n\Z")

    def test_several_files_are_all_looked_at(self):
        self.file.write_bytes(self.bytes[:512])
        shutil.copy(self.good, self.folder / "good.h5")
        run = self.moniac("verify", "none.h5", "result.h5", "good.h5")
        self.assertEqual(run.returncode, 66)
        self.assertEqual(len(run.stderr.splitlines()), 2)
        self.assertRegex(run.stdout.decode(), r"\Agood\.h5: ok .*\n\Z")

    # --- hostile files --------------------------------------------------------------------------------------------

    def test_links_out_of_the_file_are_refused_unopened(self):
        link = f"{DATA} is a link that may lead out of the file"
        self.assertEqual(self.refusal(lambda f: f.__setitem__(DATA, h5py.ExternalLink("marked.h5", DATA))), [link] * 3)
        self.assertEqual(self.refusal(lambda f: f.__setitem__(DATA, h5py.SoftLink("/us_policy_rate_sd"))), [link] * 3)
        for group in ("diagnostics", "provenance"):
            def replace(file, group=group):
                file[group] = h5py.ExternalLink("marked.h5", "/")
            self.assertEqual(self.refusal(replace, group), [f"{group} is a link that may lead out of the file"] * 3)

    def test_data_in_other_files_is_refused_unopened(self):
        def outside(file):
            file.create_dataset(DATA, (25,), "f8", external=[("marked.txt", 0, 200)])

        def virtual(file, length=25):
            layout = h5py.VirtualLayout((length,), "f8", maxshape=(None,))
            layout[:h5py.h5s.UNLIMITED] = h5py.VirtualSource("marked.h5", DATA, (25,), maxshape=(None,))[
                :h5py.h5s.UNLIMITED]
            file.create_virtual_dataset(DATA, layout)

        def like_a_summary(make):
            def change(file):
                make(file)
                for name, value in file["us_policy_rate_sd"].attrs.items():
                    if name not in ("DIMENSION_LIST", "sha256"):
                        file[DATA].attrs[name] = np.bytes_("mean") if name == "moniac_statistic" else value
            return change

        for make, said in ((outside, "keeps its data in another file"), (virtual, "is a virtual data set")):
            for change in (make, like_a_summary(make)):
                self.assertEqual(self.refusal(change), [f"{DATA} {said}"] * 3)

    def test_foreign_filters_are_refused(self):
        self.assertEqual(self.refusal(lambda f: f.create_dataset(DATA, data=np.ones(25), compression="lzf")),
                         [f"{DATA} uses filter 32000; only shuffle, gzip and fletcher32 are read"] * 3)

    def test_arrays_that_claim_more_than_the_file_holds_are_refused(self):
        for shape, chunks in (((10**15,), None), ((10**15,), (10**5,)), ((10**9, 10**9), (100, 100)),
                              ((2**62, 8), (1, 8)), ((25,), (5,))):
            shutil.copy(self.good, self.file)
            with h5py.File(self.file, "r+") as file:
                del file["time_bounds"]
                file.create_dataset("time_bounds", shape, "f8", chunks=chunks)
            run = self.moniac("verify", "result.h5")
            self.assertEqual(run.returncode, 65)
            self.assertRegex(run.stderr.decode(),
                             r"\Amoniac: result\.h5 is damaged: (time_bounds claims \d+ (elements|chunks), which the "
                             r"file does not hold|an array is too large to have been written)\n\Z")

    def test_types_and_objects_that_no_result_has_are_refused(self):
        pair = np.dtype([("a", "f8"), ("b", "f8")])
        self.assertEqual(self.refusal(lambda f: f.create_dataset("time", data=np.zeros(25, pair)), "time"),
                         ["time does not hold numbers", "time is of a type that no result has",
                          "time does not hold numbers"])
        self.assertEqual(self.refusal(lambda f: f.__setitem__("kind", pair), None)[1],
                         "kind is neither a group nor a data set")

    def test_buckets_that_do_not_fit_each_other_are_refused(self):
        def of_length(name, length):
            def change(file):
                axis = file.create_dataset("other", data=np.array(["a"] * length, object), dtype=h5py.string_dtype())
                axis.make_scale("other")
                old = dict(file[name].attrs)
                del file[name]
                file[name] = np.zeros(length)
                file[name].dims[0].attach_scale(axis)
                for key in ("moniac_outcome", "moniac_statistic", "kind"):
                    file[name].attrs[key] = old[key]
            return change

        for length in (1, 2, 3, 4):
            run = self.refusal(of_length("outcome_end_se", length), None)[0]
            self.assertEqual(run, "outcome_end_se does not fit the other arrays of its buckets")

    def test_groups_without_end_are_refused(self):
        def deep(file):
            file.create_group("a/" * 40)

        def circle(file):
            file["diagnostics/again"] = file["diagnostics"]

        self.assertEqual(self.refusal_of_verify(deep), "the groups of the file lie too deep within each other")
        self.assertEqual(self.refusal_of_verify(circle), "again is in the file under two names")

    def refusal_of_verify(self, change):
        shutil.copy(self.good, self.file)
        with h5py.File(self.file, "r+") as file:
            change(file)
        run = self.moniac("verify", "result.h5")
        self.assertEqual(run.returncode, 65)
        return run.stderr.decode().removeprefix("moniac: result.h5 is damaged: ").rstrip("\n")

    def test_absurd_attributes_are_refused(self):
        cases = [("steps", np.int32(-1)), ("steps", np.int32(2**31 - 1)), ("paths", np.int64(-5)),
                 ("start", np.bytes_("2025-02-30")), ("step", np.bytes_("9 parsecs")),
                 ("step", np.bytes_("2147483647 years")), ("step", np.bytes_("0 months")),
                 ("steps", np.bytes_("many")), ("start", np.bytes_("2024-06-01"))]
        for name, value in cases:
            with self.subTest(name=name, value=value):
                shutil.copy(self.good, self.file)
                with h5py.File(self.file, "r+") as file:
                    del file.attrs[name]
                    file.attrs[name] = value
                run = self.moniac("info", "result.h5")
                self.assertEqual(run.returncode, 65, run.stdout)
                self.assert_clean(run)

    def test_a_title_cannot_command_the_terminal(self):
        shutil.copy(self.good, self.file)
        with h5py.File(self.file, "r+") as file:
            del file.attrs["title"]
            file.attrs["title"] = np.bytes_(b"a\x1b[2Jb\xc2\x9bc")
        run = self.moniac("info", "result.h5")
        self.assertEqual(run.returncode, 0)
        self.assertTrue(run.stdout.startswith(b"a?[2Jb\xc2?c\n"), run.stdout[:20])

    # --- no result at all -----------------------------------------------------------------------------------------

    def said(self, code, *words, **options):
        run = self.moniac(*words, **options)
        self.assertEqual((run.returncode, run.stdout), (code, b""), run.stderr)
        return run.stderr.decode()

    def test_each_thing_that_is_no_result_gets_one_clear_line(self):
        (self.folder / "empty.h5").touch()
        (self.folder / "text.h5").write_text("moniac: 1\n", encoding="utf-8")
        (self.folder / "folder.h5").mkdir()
        (self.folder / "dangling.h5").symlink_to("nowhere.h5")
        os.mkfifo(self.folder / "fifo.h5")
        with h5py.File(self.folder / "other.h5", "w") as file:
            file["x"] = [1.0]
        shutil.copy(self.good, self.folder / "newer.h5")
        with h5py.File(self.folder / "newer.h5", "r+") as file:
            file.attrs.modify("format_version", np.bytes_("2.0"))
        shutil.copy(self.good, self.folder / "old.h5")
        with h5py.File(self.folder / "old.h5", "r+") as file:
            del file.attrs["content_sha256"]
        for words in (("info",), ("verify",), ("export", "--csv")):
            for file, code, message in (
                    ("none.h5", 66, "cannot read none.h5: No such file or directory"),
                    ("folder.h5", 66, "cannot read folder.h5: not a regular file"),
                    ("dangling.h5", 66, "cannot read dangling.h5: No such file or directory"),
                    ("fifo.h5", 66, "cannot read fifo.h5: not a regular file"),
                    ("empty.h5", 65, "empty.h5 is not an HDF5 file"),
                    ("text.h5", 65, "text.h5 is not an HDF5 file"),
                    ("other.h5", 65, "other.h5 is an HDF5 file, but not a result of moniac"),
                    ("newer.h5", 65, "newer.h5 was written by format 2.x; this program reads 1.x")):
                with self.subTest(words=words, file=file):
                    self.assertEqual(self.said(code, *words, file), f"moniac: {message}\n")
        self.assertEqual(self.said(65, "verify", "old.h5"),
                         "moniac: old.h5 has no content_sha256: it was written by format 1.0, or has been changed since\n")

    @unittest.skipUnless(os.geteuid() == 0, "becomes another user")
    def test_a_file_that_may_not_be_read_is_named_with_the_cause(self):
        program = self.folder / "moniac"  # the build may lie where others may not look
        shutil.copy(PROGRAM, program)
        shutil.copy(self.good, self.file)
        self.file.chmod(0o600)
        self.folder.chmod(0o755)
        for words in (("info",), ("verify",), ("export", "--csv")):
            run = subprocess.run([program, *words, "result.h5"], cwd=self.folder, capture_output=True, timeout=60,
                                 check=False, preexec_fn=lambda: os.setuid(65534))
            self.assertEqual((run.returncode, run.stderr.decode()),
                             (66, "moniac: cannot read result.h5: Permission denied\n"))


if __name__ == "__main__":
    unittest.main()
