#!/usr/bin/env python3
"""What a run on many ranks of MPI would take: the handing out of sim/mpi, simulated message by message with figures that
were measured.

    bench/cluster_model.py [--units N] [--unit SECONDS] [--threads N] [--bytes BYTES] [--take SECONDS] …

Prints, by number of ranks that work: the time it takes, efficiency (core hours over workers x time), how much
of the time rank 0 is at work, shares, and what rank 0 receives. docs/decisions/0011-mpi.md has the assumptions and
where the figures come from.
"""

import argparse
import heapq
import random


def fair_share(left, workers, threads, rate, answer):
    """As sim/mpi/shares.cpp."""
    wanted = min(int(rate * max(0.5, 4 * workers * answer)), left // (4 * workers))
    return max(wanted, int(rate * workers * answer), threads)


class Cluster:
    """A worker is a rank; a message waits for rank 0, which takes one after the other, and an answer for the wire."""

    def __init__(self, workers, options):
        self.workers = workers
        self.options = options
        draw = random.Random(1)
        # Machines differ in speed; a unit takes the same on one machine.
        unit = options.unit / options.threads
        self.unit_seconds = [unit * draw.uniform(1, 1 + options.spread) for _ in range(workers)]
        self.left = options.units
        self.free_at = 0.0  # rank 0
        self.busy = 0.0  # rank 0
        self.shares = 0

    def hand_out(self, worker):
        rate = self.rates[worker]
        answer = self.busy / max(self.shares, 1)
        units = min(fair_share(self.left, self.workers, self.options.threads, rate, answer), self.left)
        self.left -= units
        return units

    def run(self):
        options = self.options
        self.rates = [0.0] * self.workers
        in_hand = [[] for _ in range(self.workers)]
        for worker in range(self.workers):
            units = self.hand_out(worker)
            if units:
                in_hand[worker].append(units)
        ready = [options.start] * self.workers  # when the worker can begin its next range
        events = []  # (time at which a message is sent, worker)

        def begin(worker, now):
            units = in_hand[worker][0]
            heapq.heappush(events, (max(now, ready[worker]) + units * self.unit_seconds[worker], worker))

        for worker in range(self.workers):
            if in_hand[worker]:
                begin(worker, 0)
        end = 0.0
        while events:
            sent, worker = heapq.heappop(events)
            wire = options.bytes / options.bandwidth
            took = options.take + wire  # rank 0 has one wire
            arrived = max(self.free_at, sent + options.latency)
            self.free_at = arrived + took
            self.busy += took
            self.shares += 1
            units = in_hand[worker].pop(0)
            self.rates[worker] = 1 / self.unit_seconds[worker]
            ready[worker] = self.free_at  # it waits until rank 0 has its message
            while self.left > 0 and len(in_hand[worker]) < 2:
                in_hand[worker].append(self.hand_out(worker))
            if in_hand[worker]:
                begin(worker, ready[worker])
            end = max(end, self.free_at)
        return end


def text_of(seconds):
    if seconds < 120:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.1f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 3, 4, 16, 64, 157, 1000, 10000])
    parser.add_argument("--units", type=int, default=1_000_000, help="units of work (of 2,048 paths)")
    parser.add_argument("--unit", type=float, default=0.0039, help="seconds that a thread takes for a unit")
    parser.add_argument("--threads", type=int, default=1, help="of each rank")
    parser.add_argument("--bytes", type=float, default=1.17e6, help="bytes that come back of a share")
    parser.add_argument("--take", type=float, default=0.002, help="seconds that rank 0 takes for them")
    parser.add_argument("--latency", type=float, default=0.0005, help="seconds until rank 0 sees a message")
    parser.add_argument("--bandwidth", type=float, default=1.2e9, help="bytes a second into rank 0")
    parser.add_argument("--start", type=float, default=0.05, help="seconds until a worker has planned the run")
    parser.add_argument("--spread", type=float, default=0.2, help="the slowest machine is so much slower")
    options = parser.parse_args()
    print(f"{options.units:,} units of {options.unit * 1000:.1f} ms: {text_of(options.units * options.unit)} of one core")
    print("workers        time  efficiency  rank 0 at work    shares  received")
    for workers in options.workers:
        cluster = Cluster(workers, options)
        end = cluster.run()
        # What the same machines would take with nothing lost.
        ideal = options.units / sum(1 / seconds for seconds in cluster.unit_seconds)
        print(f"{workers:7,}  {text_of(end):>10}  {100 * ideal / end:8.1f} %  {100 * cluster.busy / end:12.1f} %"
              f"  {cluster.shares:8,}  {cluster.shares * options.bytes / 1e9:5.1f} GB")


if __name__ == "__main__":
    main()
