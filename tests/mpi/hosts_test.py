"""A run on three hosts, each a network namespace of this machine with a name and an address of its own: MPI has nothing
but TCP between them.

    hosts_test.py PROGRAM MPIRUN

Needs root and ip; says why it is skipped where something is missing.
"""

import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

PROGRAM, MPIRUN = map(os.path.abspath, sys.argv[1:3])
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from shared_work import InFolder  # noqa: E402

InFolder.PROGRAM = PROGRAM
os.environ["PATH"] += ":/usr/sbin:/sbin"
HOSTS = 3
NAME = f"moniac{os.getpid() % 10000}"  # of namespaces; interfaces have at most 15 letters
NETWORK = "10.213.77"


def must(*command):
    subprocess.run(command, check=True, capture_output=True, text=True)


def namespace(host):
    return f"{NAME}n{host}"


def address(host):
    return f"{NETWORK}.{host + 1}"


def connect_hosts():
    """Host 0 holds the bridge."""
    for host in range(HOSTS):
        must("ip", "netns", "add", namespace(host))
        must("ip", "-n", namespace(host), "link", "set", "lo", "up")
    must("ip", "-n", namespace(0), "link", "add", "bridge", "type", "bridge")
    must("ip", "-n", namespace(0), "addr", "add", f"{address(0)}/24", "dev", "bridge")
    must("ip", "-n", namespace(0), "link", "set", "bridge", "up")
    for host in range(1, HOSTS):
        must("ip", "-n", namespace(0), "link", "add", f"to{host}", "type", "veth", "peer", "name", "net", "netns",
             namespace(host))
        must("ip", "-n", namespace(0), "link", "set", f"to{host}", "master", "bridge", "up")
        must("ip", "-n", namespace(host), "addr", "add", f"{address(host)}/24", "dev", "net")
        must("ip", "-n", namespace(host), "link", "set", "net", "up")


def disconnect_hosts():
    for host in range(HOSTS):
        subprocess.run(["ip", "netns", "del", namespace(host)], check=False, capture_output=True)


# What mpirun calls instead of ssh, with an address and a command.
AGENT = f"""\
#!/bin/sh
host=$((${{1##*.}} - 1)); shift
exec ip netns exec {NAME}n$host unshare --uts sh -c "hostname host$host; $*"
"""


def missing():
    if os.getuid() != 0:
        return "root is needed for network namespaces"
    if shutil.which("ip") is None:
        return "ip (iproute2) is not installed"
    probe = subprocess.run(["ip", "netns", "add", f"{NAME}probe"], capture_output=True, text=True, check=False)
    subprocess.run(["ip", "netns", "del", f"{NAME}probe"], capture_output=True, check=False)
    return f"no network namespaces here: {probe.stderr.strip()}" if probe.returncode != 0 else None


class Hosts(InFolder):
    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(disconnect_hosts)
        connect_hosts()

    def on_hosts(self, *words, seed_on_host_2=None):
        agent = self.folder / "agent"
        agent.write_text(AGENT)
        agent.chmod(0o755)
        options = ["--mca", "plm_rsh_agent", str(agent), "--mca", "oob_tcp_if_include", f"{NETWORK}.0/24", "--mca",
                   "btl", "self,vader,tcp", "--mca", "btl_tcp_if_include", f"{NETWORK}.0/24", "--mca", "pml", "ob1",
                   "--oversubscribe", "--wdir", str(self.folder)]
        command = [MPIRUN, *options]
        for host in range(HOSTS):
            seed = ["--seed", str(seed_on_host_2)] if host == 2 and seed_on_host_2 else []
            command += [":"] * (host > 0) + ["-n", "2", "--host", f"{address(host)}:2", PROGRAM, *words, *seed]
        return subprocess.run(["ip", "netns", "exec", namespace(0), "unshare", "--uts", "sh", "-c",
                               'hostname host0; exec "$@"', "sh", *command], cwd=self.folder, capture_output=True,
                              text=True, check=False, timeout=300,
                              env=dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1"))

    def test_a_run_and_a_sweep_on_three_hosts_are_one_process(self):
        for command in ("run", "sweep"):
            with self.subTest(command):
                expected = self.one(command=command)
                run = self.on_hosts(command, f"{command}.yaml", "-o", "out.h5")
                self.assertEqual(run.returncode, 0, run.stderr)
                self.assertIn("5 workers: ", run.stderr)
                self.assert_bytes(expected)

    def test_the_host_of_a_rank_that_does_something_else_is_named(self):
        run = self.on_hosts("run", "run.yaml", "-o", "out.h5", seed_on_host_2=7)
        self.assertEqual(run.returncode, 73, run.stderr)
        for rank in (4, 5):
            self.assertRegex(run.stderr, rf"(?m)^   rank {rank} on host2 is moniac .*: run run.yaml --seed 7$")
        self.assertNotIn("on host1", run.stderr)


if __name__ == "__main__":
    reason = missing()
    if reason:
        print(f"skipped: {reason}")
    else:
        unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
