"""A Slurm cluster of this machine alone, and a run and a sweep as arrays of its jobs: to the bytes of one process.

    slurm_test.py PROGRAM

Needs root, slurmctld, slurmd and munged; says why it is skipped where something is missing. Everything that it starts
and writes is its own: keys, ports, folders.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "slurm_array.sh"
sys.path.insert(0, str(ROOT / "tests" / "support"))
from shared_work import InFolder, settings  # noqa: E402

InFolder.PROGRAM = PROGRAM
os.environ["PATH"] += ":/usr/sbin:/sbin"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    """Four processors of one machine, whatever it has."""

    def __init__(self):
        self.place = tempfile.TemporaryDirectory(prefix="moniac_slurm_")
        self.folder = Path(self.place.name)
        self.processes = []

    def start(self):
        host = os.uname().nodename
        controller, daemon = free_ports(2)
        key, munge = self.folder / "munge.key", self.folder / "munge.socket"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        (self.folder / "slurm.conf").write_text(f"""\
ClusterName=moniac_test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmdPort={daemon}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={munge},cred_expire=5
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/spool
SlurmctldPidFile={self.folder}/slurmctld.pid
SlurmdPidFile={self.folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
KillWait=5
MailProg=/bin/true
NodeName={host} NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
""")
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        os.environ["SLURM_CONF"] = str(self.folder / "slurm.conf")
        self.run("munged", "--foreground", "--force", f"--key-file={key}", f"--socket={munge}",
                 f"--pid-file={self.folder}/munged.pid", f"--log-file={self.folder}/munged.log",
                 f"--seed-file={self.folder}/munged.seed")
        self.run("slurmctld", "-D", "-c")
        self.run("slurmd", "-D", "-N", host)
        self.wait("the node", lambda: ask("sinfo", "--noheader", "--format=%T").strip() == "idle")

    def run(self, *command):
        with open(self.folder / f"{command[0]}.out", "w", encoding="utf-8") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log))

    def wait(self, what, ready, seconds=300):
        end = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > end:
                logs = "".join(f"{log.name}:\n{log.read_text(errors='replace')}\n" for log in
                               sorted(self.folder.glob("*.out")))
                raise TimeoutError(f"{what} is not ready\n{ask('squeue')}\n{logs}")
            time.sleep(0.2)

    def stop(self):
        subprocess.run(["scancel", "--user=root"], capture_output=True, check=False)
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(timeout=60)
        self.place.cleanup()


def ask(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def missing():
    if os.getuid() != 0:
        return "root is needed to start a Slurm cluster"
    lacking = [name for name in ("munged", "slurmctld", "slurmd", "sbatch") if shutil.which(name) is None]
    return f"{' '.join(lacking)}: not installed (scripts/install_dependencies --slurm)" if lacking else None


class Arrays(InFolder):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster()
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.start()

    def submit(self, *words):
        """The numbers of the array and of the job that joins it."""
        run = subprocess.run([SCRIPT, "4", PROGRAM, *words], cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout.split()

    def wait_for(self, job):
        self.cluster.wait(f"job {job}", lambda: not ask("squeue", "--noheader", f"--jobs={job}").strip())
        self.assertRegex(ask("scontrol", "show", "job", job), "JobState=COMPLETED", self.logs())

    def logs(self):
        return "".join(f"{log.name}:\n{log.read_text()}" for log in sorted(self.folder.glob("slurm-*.out")))

    def test_an_array_of_four_jobs_is_one_process(self):
        for command in ("run", "sweep"):
            with self.subTest(command):
                expected = self.one(command=command)
                _, join = self.submit(command, f"{command}.yaml", "-o", "out.h5", "-j", "1")
                self.wait_for(join)
                self.assert_bytes(expected)

    def test_a_share_that_is_interrupted_is_queued_again_and_goes_on(self):
        words = ("--paths", "1600000", *settings("record.quantile_method=sketch"))
        array, join = self.submit("run", "run.yaml", "-o", "out.h5", "-j", "1", *words)
        begun = self.folder / "out.h5.parts" / "shard-2-of-4" / "run.record"
        self.cluster.wait("the share", begun.exists)
        subprocess.run(["scancel", "--batch", "--signal=TERM", f"{array}_2"], check=True)
        self.wait_for(join)
        self.assertIn("moniac: interrupted; ", (self.folder / f"slurm-{array}_2.out").read_text())
        self.assert_bytes(self.one(*words))

    def test_ranks_of_mpi_in_a_job_are_one_process(self):
        expected = self.one()
        launchers = ["mpirun --allow-run-as-root"]
        if "pmix" in ask("sh", "-c", "srun --mpi=list 2>&1"):
            launchers.append("srun --mpi=pmix")
        for launcher in launchers:
            with self.subTest(launcher):
                work = f"{launcher} {PROGRAM} run run.yaml -o out.h5"
                subprocess.run(["sbatch", "--wait", "--ntasks=4", f"--wrap={work}"], cwd=self.folder, check=False,
                               capture_output=True)
                self.assertIn("3 workers: 10 units in ", self.logs())
                self.assert_bytes(expected)
                for log in self.folder.glob("slurm-*.out"):
                    log.unlink()

    def test_nothing_is_joined_when_a_share_fails(self):
        (self.folder / "run.yaml").write_text("moniac: 1\n")
        array, join = self.submit("run", "run.yaml", "-o", "out.h5")
        self.cluster.wait("the end", lambda: not ask("squeue", "--noheader", f"--jobs={array},{join}").strip())
        self.assertRegex(ask("scontrol", "show", "job", join), "JobState=(CANCELLED|FAILED)")
        self.assertIn("ExitCode=65:0", ask("scontrol", "show", "job", f"{array}_0"))
        self.assertFalse((self.folder / "out.h5").exists())


class Usage(unittest.TestCase):
    def test_what_is_missing_is_asked_for(self):
        for words in ([], ["4"], ["0", "moniac", "run", "x.yaml", "-o", "x.h5"], ["4", "moniac", "run", "x.yaml"]):
            with self.subTest(words):
                run = subprocess.run([SCRIPT, *words], capture_output=True, text=True, check=False)
                self.assertEqual(run.returncode, 64)
                self.assertRegex(run.stderr, re.escape("scripts/slurm_array.sh [SBATCH OPTION…] N moniac run|sweep"))


if __name__ == "__main__":
    reason = missing()
    if reason:
        print(f"skipped: {reason}")
    else:
        unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
