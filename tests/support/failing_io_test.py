"""The tool that makes system calls fail does so where it is told to, and nowhere else.

    failing_io_test.py LIBRARY
"""

import os
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

LIBRARY = sys.argv.pop(1)

# Each call twice below the folder that fails and once beside it; prints the calls that failed.
PROGRAM = textwrap.dedent("""\
    import os, sys
    folder, beside = sys.argv[1:]

    def attempt(name, call, *arguments):
        try:
            return call(*arguments)
        except OSError as error:
            print(name, os.strerror(error.errno), flush=True)

    for place in (beside, folder):
        for number in "12":
            file = attempt(f"open {number}", os.open, f"{place}/{number}", os.O_RDWR | os.O_CREAT)
            if file is None:
                continue
            written = [attempt(f"write {number}", os.write, file, b"12345678"),
                       attempt(f"pwrite {number}", os.pwrite, file, b"12345678", 0)]
            if 4 in written:
                print("short", written)
            attempt(f"fsync {number}", os.fsync, file)
            attempt(f"ftruncate {number}", os.ftruncate, file, 4)
            attempt(f"close {number}", os.close, file)
            os.chdir(place)
            attempt(f"rename {number}", os.rename, number, number + ".new")
            attempt(f"mkdir {number}", os.mkdir, f"{place}/{number}.folder")
            attempt(f"unlink {number}", os.unlink, f"{place}/{number}.new")
    """)

HDF5 = "import h5py, sys; h5py.File(sys.argv[1] + '/a.h5', 'w')['x'] = range(10000)"


class FailingIo(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="moniac_failing_io_")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        self.folder, self.beside, self.log = self.root / "folder", self.root / "beside", self.root / "log"
        self.folder.mkdir()
        self.beside.mkdir()

    def run_program(self, order, program=PROGRAM):
        environment = {**os.environ, "LD_PRELOAD": LIBRARY, "MONIAC_FAIL": f"{order}:{self.folder}/",
                       "MONIAC_FAIL_LOG": str(self.log)}
        return subprocess.run([sys.executable, "-c", program, self.folder, self.beside], env=environment, text=True,
                              capture_output=True, check=False)

    def test_the_call_that_is_named_fails_once_and_only_below_the_prefix(self):
        for order, failed, logged in [
            ("write:1:ENOSPC", "write 1 No space left on device\n", "write 1 {}/1\n"),
            ("write:4:EIO", "pwrite 2 Input/output error\n", "write 4 {}/2\n"),
            ("write:2:SHORT", "short [8, 4]\n", "write 2 {}/1\n"),
            ("fsync:2:EIO", "fsync 2 Input/output error\n", "fsync 2 {}/2\n"),
            ("truncate:1:EIO", "ftruncate 1 Input/output error\n", "truncate 1 {}/1\n"),
            ("close:2:EIO", "close 2 Input/output error\n", "close 2 {}/2\n"),
            ("rename:1:EACCES", "rename 1 Permission denied\nunlink 1 No such file or directory\n", "rename 1 {}/1.new\n"),
            ("mkdir:2:EDQUOT", "mkdir 2 Disk quota exceeded\n", "mkdir 2 {}/2.folder\n"),
            ("open:1:ENOSPC", "open 1 No space left on device\n", "open 1 {}/1\n"),
            ("unlink:2:5", "unlink 2 Input/output error\n", "unlink 2 {}/2.new\n"),
        ]:
            with self.subTest(order=order):
                self.setUp()
                run = self.run_program(order)
                self.assertEqual((run.returncode, run.stdout, run.stderr), (0, failed, ""))
                self.assertEqual(self.log.read_text(), logged.format(self.folder))

    def test_a_plus_lets_all_that_follow_fail_too(self):
        run = self.run_program("fsync:1+:ENOSPC")
        self.assertEqual(run.stdout, "fsync 1 No space left on device\nfsync 2 No space left on device\n")

    def test_beyond_the_last_call_nothing_fails_and_nothing_is_logged(self):
        run = self.run_program("fsync:3:ENOSPC")
        self.assertEqual((run.returncode, run.stdout, self.log.exists()), (0, "", False))

    def test_hdf5_meets_the_failure(self):
        for number in (1, 2, 3):
            run = self.run_program(f"write:{number}:ENOSPC", HDF5)
            self.assertIn("No space left on device", run.stderr)

    def test_an_order_that_makes_no_sense_stops_the_program(self):
        for order in ("write", "write:0:EIO", "write:x:EIO", "write:1:EWHAT"):
            self.assertEqual(self.run_program(order).returncode, 127, order)


if __name__ == "__main__":
    unittest.main()
