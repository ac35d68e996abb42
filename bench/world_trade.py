"""World trade of every path written by hand in NumPy: the equations of models/trade/README.md with sticky wages and gradual
adjustment, for tariffs that are the same on all paths and do not change.

Arrays are [importer][exporter][sector][path] or a part of that. A solve begins at the base, as in moniac.
"""

import csv
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parent.parent / "scenarios" / "data" / "trade" / "icio_2022"
REGIONS = ["USA", "CHN", "JPN", "EU27", "EAS", "CAM", "ROA", "GLS"]
CHINA, SERVICES = 1, 5
THETA_SHORT = np.array([1.5, 1.5, 1.5, 1.5, 1.5, 1])[:, None]
THETA_LONG = np.array([4, 5, 4, 4, 4.5, 3])[:, None]
DISCOUNT = 0.7
TOLERANCE = 1e-13
BLOCK = 256


def table(name):
    """Rows of a file as [region][row of the region][column]."""
    with open(DATA / name, encoding="utf-8") as file:
        rows = list(csv.reader(line for line in file if not line.startswith("#")))
    return np.array([[float(x) for x in row[2:]] for row in rows[1:]]).reshape(8, 6, -1)


class Base:
    """The accounts of the base year and the costs of its borders under other tariffs."""

    def __init__(self, added):
        flow, tariff = (table(name).transpose(0, 2, 1) for name in ("flows.csv", "tariffs.csv"))
        self.input = table("inputs.csv")
        spent, sold = ((1 + tariff) * flow).sum(axis=1), flow.sum(axis=0)
        self.share = (1 + tariff) * flow / spent[:, None]
        self.value_added_share = 1 - self.input.sum(axis=1)
        demand = spent - np.einsum("nkj,nj->nk", self.input, sold)
        self.income = demand.sum(axis=1)
        self.final_share = demand / self.income[:, None]
        self.value_added = (self.value_added_share * sold).sum(axis=1)
        self.deficit = flow.sum(axis=(1, 2)) - flow.sum(axis=(0, 2))
        self.spent = spent
        self.tariff = np.minimum(tariff + added, 2)
        self.cost = ((1 + self.tariff) / (1 + tariff))[..., None]
        self.border = (1 / (1 + self.tariff))[..., None]


class Trade:
    """The state of trade on `paths` paths. `added`: tariffs beyond those of the base, [importer][exporter][sector]."""

    def __init__(self, added, paths, dt):
        self.base, self.dt = Base(added), dt
        base = self.base
        self.habit = np.zeros((8, 8, 6, paths))
        self.wage = np.ones((8, paths))
        self.spending = np.repeat(base.income[:, None], paths, axis=1)
        self.idle = np.zeros(paths)
        self.passed = np.zeros((8, paths))
        self.reports = {name: np.zeros((8, paths)) for name in
                        ("demand_gap", "tariff_inflation", "exports", "imports", "revenue")}
        self.us_imports = np.zeros((8, paths))
        self.blocks = [slice(first, first + BLOCK) for first in range(0, paths, BLOCK)]
        for block in self.blocks:
            held, price = self.held(block)
            self.passed[:, block] = 0.7 * price
            self.exports_start, self.goods_start = (exports[:, :1] for exports in held)

    def step(self, gap, exchange):
        """`gap`: output gaps in %, `exchange`: value of currencies relative to the start, both [region][path]."""
        for block in self.blocks:
            self.step_block(block, 1 + gap[:, block] / 100, exchange[:, block])

    def held(self, block):
        """At wages and spending of the base: exports and exports of goods at base prices, and log consumer prices."""
        base, paths = self.base, self.habit[..., block].shape[-1]
        found = self.solve(block, np.ones((8, paths)), np.repeat(base.income[:, None], paths, axis=1), None)
        abroad = (found["flow"] / found["cost"]).sum(axis=0) - np.einsum("nnjp->njp", found["flow"]) / found["cost"]
        goods = abroad[:, :SERVICES].sum(axis=1)
        price = np.einsum("nj,njp->np", base.final_share, found["log_price"])
        return (goods + abroad[:, SERVICES], goods), price

    def step_block(self, block, demand, exchange):
        base, dt, reports = self.base, self.dt, self.reports
        (exports, goods), price = self.held(block)
        moved = (1 - 2 ** (-dt / 0.5)) * (0.7 * price - self.passed[:, block])
        self.passed[:, block] += moved
        reports["tariff_inflation"][:, block] = 100 * moved / dt
        reports["demand_gap"][:, block] = 100 * (exports - self.exports_start) / base.value_added[:, None]
        unused = np.maximum(0, 1 - goods[CHINA] / self.goods_start[CHINA])
        self.idle[block] += (1 - np.exp(-dt / 0.5)) * (-DISCOUNT * unused - self.idle[block])

        wage = self.wage[:, block] * exchange
        found = self.solve(block, wage, self.spending[:, block] * demand, np.exp(self.idle[block]))
        flow = found["flow"]
        inside = np.einsum("nnjp->np", flow)
        reports["exports"][:, block] = (flow.sum(axis=(0, 2)) - inside) * dt / 1000
        reports["imports"][:, block] = (flow.sum(axis=(1, 2)) - inside) * dt / 1000
        reports["revenue"][:, block] = found["revenue"] * dt / 1000
        self.us_imports[:, block] = flow[0].sum(axis=1) * dt / 1000

        habit = self.habit[..., block]
        habit += (1 - 0.72**dt) * (np.log(found["landed"]) - habit)
        self.adjust(block, wage, exchange, found)

    def adjust(self, block, wage, exchange, found):
        """Wages follow employment and spending follows income."""
        base, dt = self.base, self.dt
        bill = wage * base.value_added[:, None]
        at_work = found["paid"] / bill
        world = base.value_added.sum()
        income = found["paid"] + found["revenue"] + found["export_yield"] + base.deficit[:, None] * bill.sum(axis=0) / world
        spending = self.spending[:, block]
        wage = self.wage[:, block] * at_work ** (0.5 * dt)
        spending = spending * (income / spending) ** (1 - np.exp(-4 * dt))
        scale = world / (wage * exchange * base.value_added[:, None]).sum(axis=0)
        self.wage[:, block], self.spending[:, block] = wage * scale, spending * scale

    def shares(self, block):
        """Those of an envelope of demand systems around the costs that buyers are used to."""
        habit = self.habit[..., block]
        mean = np.log(np.einsum("nij,nijp->njp", self.base.share, np.exp(-THETA_LONG * habit))) / -THETA_LONG
        return self.base.share[..., None] * np.exp((THETA_SHORT - THETA_LONG) * (habit - mean[:, None]))

    def borders(self, discount):
        """What goods cost at arrival over what they cost at home, relative to the base, and the producer's part of a payment."""
        cost, kept = self.base.cost, self.base.border
        if discount is None:
            return cost, kept
        cost, kept = (np.broadcast_to(x, (8, 8, 6, discount.size)).copy() for x in (cost, kept))
        others = [n for n in range(8) if n != CHINA]
        cost[others, CHINA, :SERVICES] *= discount
        kept[others, CHINA, :SERVICES] /= discount
        return cost, kept

    def prices(self, pull, wages):
        """Log costs and prices that agree with themselves, and the share of each exporter."""
        log_price = np.zeros(wages.shape)
        while True:
            log_cost = wages + self.base.input.transpose(0, 2, 1) @ log_price
            attraction = np.exp(-THETA_SHORT * log_cost)
            total = np.einsum("nijp,ijp->njp", pull, attraction)
            before, log_price = log_price, np.log(total) / -THETA_SHORT
            if np.abs(log_price - before).max() < TOLERANCE:
                return log_cost, log_price, pull * attraction / total[:, None]

    def expenditures(self, sold, final):
        """Spending that agrees with the output it leads to, and output."""
        spent = np.repeat(self.base.spent[..., None], final.shape[-1], axis=2)
        while True:
            output = np.einsum("nijp,njp->ijp", sold, spent)
            before, spent = spent, self.base.input @ output + final
            if np.abs(spent / before - 1).max() < TOLERANCE:
                return spent, output

    def solve(self, block, wage, spending, discount):
        """The world at these wages and final spending. `discount`: what Chinese goods cost abroad of what they cost at home;
        None: as much."""
        base = self.base
        border_cost, kept = self.borders(discount)
        log_cost, log_price, share = self.prices(self.shares(block) * border_cost**-THETA_SHORT,
                                                 base.value_added_share[..., None] * np.log(wage)[:, None])
        spent, output = self.expenditures(share * kept, base.final_share[..., None] * spending[:, None])
        flow = share * base.border * spent[:, None]
        cost = np.exp(log_cost)
        yields = np.zeros_like(wage)
        if discount is not None:
            taxed = np.delete(flow[:, CHINA, :SERVICES], CHINA, axis=0)
            yields[CHINA] = taxed.sum(axis=(0, 1)) * (discount - 1) / discount
        return {"flow": flow, "cost": cost, "log_price": log_price, "landed": border_cost * cost, "export_yield": yields,
                "revenue": np.einsum("nij,nijp->np", base.tariff, flow),
                "paid": np.einsum("nj,njp->np", base.value_added_share, output)}
