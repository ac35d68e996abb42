#!/usr/bin/python3
"""equal_bytes.py WRITE_EXAMPLE: writes the example in several processes and compares the files byte by byte.

MALLOC_PERTURB_ fills fresh memory with other bytes each time, so that a byte which nobody set shows; the second that
passes in between shows a time stamp.
"""
import os
import subprocess
import sys
import tempfile
import time

program = sys.argv[1]
with tempfile.TemporaryDirectory() as folder:
    files = []
    for perturb in ("85", "170", "1"):
        path = os.path.join(folder, perturb + ".h5")
        subprocess.run([program, path], check=True, env={**os.environ, "MALLOC_PERTURB_": perturb})
        files.append(open(path, "rb").read())
        time.sleep(0.7)
if files[0] != files[1] or files[0] != files[2]:
    sys.exit("equal results were written as different bytes")
