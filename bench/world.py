#!/usr/bin/python3
"""The core of scenarios/world/baseline_2025.yaml written by hand in NumPy, and beside moniac: trade under the tariffs of
the end of 2025, five economies, their central banks and four currencies, month by month, each reading the others.

    world.py PROGRAM [--paths 2048] [--rounds 5]

moniac runs the same file without the other models and with a yuan that floats, so that both do the same; it also looks at
retaliation, deals and export controls, of which there are none, and publishes what nobody records. What is compared, and how:
numpy_twin.py.
"""

import tempfile
from pathlib import Path

import numpy as np
import yaml
from scipy.linalg import expm

from numpy_twin import arguments, compare, room, summary
from world_trade import REGIONS, Trade

ROOT = Path(__file__).resolve().parent.parent
STEPS, DT = 60, 1 / 12
ECONOMIES = ["us", "cn", "jp", "ea", "em"]
REGION = [REGIONS.index(name) for name in ("USA", "CHN", "JPN", "EU27", "GLS")]
PAIRS = ["usdcny", "usdjpy", "eurusd", "usdem"]
BASELINE = ROOT / "scenarios" / "world" / "baseline_2025.yaml"
KEPT = ["world.world", "trade.tariff_schedule", "trade.retaliation", "trade.applied_tariff", "trade.trade", "world.macro_core",
        *(economy + ".policy_rate" for economy in ECONOMIES), "usdjpy.fx_rate", "eurusd.fx_rate", "usdem.fx_rate"]
NAMES = [f"{economy}.{name}" for name in ("output_gap", "inflation", "policy_rate", "export_demand_gap", "exports", "imports")
         for economy in ECONOMIES] + [pair + ".rate" for pair in PAIRS] + ["us.tariff_revenue", "trade.flow[USA,*]"]


def scenario():
    """The baseline without the models that are not kept. The yuan floats: the model that manages it is none of them."""
    models = yaml.safe_load(BASELINE.read_text(encoding="utf-8"))["models"]
    left_out = {name: None for name in models if name not in KEPT}
    return yaml.safe_dump({"moniac": 1, "extends": str(BASELINE), "title": "The core of the coupled world",
                           "models": {**left_out, "usdcny.fx_rate": {}}, "outcomes": None,
                           "record": {"variables": NAMES, "dates": "all"}})


def tariffs():
    """Collected at the end of 2025 beyond those of the base, [importer][exporter][sector]."""
    added = np.zeros((8, 8, 6))
    added[0, 1:, :5] = 0.75 * np.array([18.9, 14.3, 11.3, 12.4, 9.1, 8.9, 16.8])[:, None] / 100
    added[1, 0, :5] = 0.75 * 11.4 / 100
    return added


class Currencies:
    """Logs of local currency per dollar: volatility that changes, jumps, a pull to the start, shocks that all share."""

    def __init__(self, draws, paths):
        self.draws = draws
        self.quoted = np.array([1, 1, -1, 1])[:, None]
        self.start = self.quoted * np.log([[7.17], [156.5], [1.17], [1]])
        total, risk = np.array([[4.2], [10.5], [9.6], [14]]) / 100, np.array([[.005], [-.022], [.006], [.05]])
        self.jump_rate, self.jump_mean, self.jump_size = (
            np.array(x)[:, None] for x in ([.5, 2, 1, 1.5], [.005, -.010, 0, .05], [.01, .025, .015, .06]))
        speed, wander = np.array([[3], [4.6], [1], [3]]), np.array([[.9], [1.04], [.48], [1]])
        pull = np.array([[.25], [.2], [.2], [.2]])
        self.jump_drift = self.jump_rate * np.expm1(self.jump_mean + self.jump_size**2 / 2)
        jump_variance = self.jump_rate * (self.jump_mean**2 + self.jump_size**2)
        self.variance, self.risk = total**2 - risk**2 - jump_variance, risk
        self.kept, self.drift_time = np.exp(-pull * DT), -np.expm1(-pull * DT) / pull
        self.root_time = np.sqrt(-np.expm1(-2 * pull * DT) / (2 * pull))
        self.long_run = wander**2 / (2 * speed)
        self.calmed = np.exp(-speed * DT)
        self.stirred = np.sqrt(self.long_run * -np.expm1(-2 * speed * DT))
        self.x = np.repeat(self.start, paths, axis=1)
        self.volatility = np.sqrt(self.long_run) * draws.standard_normal((4, paths))

    def step(self, shared):
        own, other, size = self.draws.standard_normal((3, *self.x.shape))
        variance = self.variance * np.exp(2 * (self.volatility - self.long_run))
        jumps = self.draws.poisson(self.jump_rate * DT, self.x.shape)
        self.x = (self.start + self.kept * (self.x - self.start)
                  - self.drift_time * ((variance + self.risk**2) / 2 + self.jump_drift)
                  + self.root_time * (self.risk * shared + np.sqrt(variance) * own)
                  + jumps * self.jump_mean + np.sqrt(jumps) * self.jump_size * size)
        self.volatility = self.calmed * self.volatility + self.stirred * other

    def against_dollar(self):
        return self.x - self.start

    def rates(self):
        return np.exp(self.quoted * self.x)


class CentralBanks:
    """Rules with inertia that move rates at meetings by whole increments."""

    inflation_effect, gap_effect = np.array([[1.5, 1.3, 1.5, 1.5, 1.6], [.5, .4, .5, .5, .4]])[..., None]
    follow = np.array([0, .15, .05, .20, .40])
    natural, target = np.array([.8, .6, -.25, 0, 2]), np.array([2.0, 1, 2, 2, 4])
    floor, increment = np.array([.125, .5, -.1, -.5, 1]), np.array([.25, .1, .25, .25, .25])
    most, meetings = np.array([3, 2, 2, 2, 2]), np.array([8, 12, 8, 8, 8])

    def __init__(self, draws, paths):
        self.draws = draws
        speed = -4 * np.log([.85, .90, .92, .88, .80])
        self.kept = np.exp(-speed * DT)[:, None]
        self.noise = (np.array([.6, .3, .2, .4, 1]) * np.sqrt(-np.expm1(-2 * speed * DT) / (2 * speed)))[:, None]
        self.rate = np.repeat(np.array([[3.75], [1.40], [.75], [2.00], [6.0]]), paths, axis=1)
        self.shadow = self.rate.copy()
        self.neutral = (self.natural + self.target)[:, None]

    def step(self, k, gap, seen):
        noise = self.noise * self.draws.standard_normal(self.rate.shape)
        taylor = self.neutral + self.inflation_effect * (seen - self.target[:, None]) + self.gap_effect * gap
        for c in range(5):
            aim = taylor[c]
            if c > 0:
                aim = (1 - self.follow[c]) * aim + self.follow[c] * (self.rate[0] - self.neutral[0] + self.neutral[c])
            self.shadow[c] = aim + self.kept[c] * (self.shadow[c] - aim) + noise[c]
            for _ in range(k * self.meetings[c] // 12 - (k - 1) * self.meetings[c] // 12):
                distance = self.shadow[c] - self.rate[c]
                moves = np.sign(distance) * np.minimum(np.floor(np.abs(distance) / self.increment[c] + 0.5), self.most[c])
                self.rate[c] = np.maximum(self.rate[c] + moves * self.increment[c], self.floor[c])


class Economies:
    """Gaps and inflation of five economies, one exact linear step of a month."""

    def __init__(self, draws, paths):
        self.draws = draws
        share = np.array([[0, .006, .004, .016, .050], [.028, 0, .009, .028, .110], [.036, .033, 0, .017, .090],
                          [.034, .016, .005, 0, .140], [.060, .070, .018, .060, 0]])
        b_y, b_pi = np.array([.85, .82, .82, .85, .78]), np.array([.75, .83, .75, .75, .70])
        anchored = np.array([.7, .4, .6, .7, .5])
        kappa, mu = -4 * np.log(b_y), -4 * np.log(b_pi)
        sigma = np.array([.14, .10, .10, .13, .10]) * kappa / (1 - b_y)
        gamma = np.array([.12, .13, .07, .12, .16]) * mu / (1 - b_pi)
        drift = np.block([[1.5 * kappa[:, None] * share - np.diag(kappa), np.diag(sigma * (1 - anchored))],
                          [np.diag(gamma), np.diag(-mu)]])
        covariance = np.diag(np.square([1.6, 1.6, 1.8, 1.7, 1.8, 1.3, 2.0, 1.2, 1.3, 2.5]))
        block = expm(DT * np.block([[-drift, covariance], [np.zeros((10, 10)), drift.T]]))
        transition = block[10:, 10:].T
        effect = expm(DT * np.block([[drift, np.eye(10)], [np.zeros((10, 20))]]))[:10, 10:]
        news = np.linalg.cholesky(transition @ block[:10, 10:])
        self.map = np.hstack([transition, effect, news])
        self.kappa, self.sigma, self.passed_on = kappa[:, None], sigma[:, None], 0.3 * mu[:, None]
        self.target = CentralBanks.target[:, None]
        self.gap = np.repeat(np.array([[1.0], [-.5], [0], [-.2], [0]]), paths, axis=1)
        self.core = np.repeat(np.array([[2.3], [-.3], [2.6], [2.0], [4.1]]), paths, axis=1)
        self.export_trend, self.real_trend, self.passed, self.prices = np.zeros((4, 5, paths))
        self.adapted, self.passing = -np.expm1(-.25 * DT), -np.expm1(-2 * np.log(2) * DT)
        self.real_effect = np.array([[.05], [.10], [.08], [.10], [.10]])
        self.pass_through = np.array([[.03], [.05], [.06], [.06], [.20]])

    def with_dollar(self, four):
        """The dollar before four currencies: against a basket of them."""
        return np.vstack([-np.array([.079, .053, .211, .658]) @ four, four])

    def step(self, excess_rate, exports, tariffs, depreciation):
        nominal = 100 * depreciation
        real = self.with_dollar(nominal + self.prices[0] - self.prices[1:]) - self.real_trend
        self.real_trend = self.real_trend + self.adapted * real
        moved = self.passing * (self.pass_through * self.with_dollar(nominal) - self.passed)
        self.passed = self.passed + moved
        imported = moved / DT
        pull = (self.kappa * (0.5 * (exports - self.export_trend) + self.real_effect * real) - self.sigma * excess_rate)
        push = self.passed_on * (tariffs + imported)
        news = self.draws.standard_normal((10, exports.shape[1]))
        state = self.map @ np.vstack([self.gap, self.core - self.target, pull, push, news])
        self.gap, self.core = state[:5], state[5:] + self.target
        self.export_trend = self.export_trend + self.adapted * (exports - self.export_trend)
        self.inflation = self.core + tariffs + imported
        self.seen = self.inflation - 0.7 * (tariffs + imported)
        self.prices = self.prices + DT * self.inflation


def simulate(paths, seed, recorded):
    draws = np.random.Generator(np.random.SFC64(seed))
    trade = Trade(tariffs(), paths, DT)
    currencies, banks, economies = (kind(draws, paths) for kind in (Currencies, CentralBanks, Economies))
    gap, exchange = np.zeros((8, paths)), np.ones((8, paths))
    for k in range(1, STEPS + 1):
        risk = draws.standard_normal(paths)
        depreciation = currencies.against_dollar()
        gap[REGION] = economies.gap
        exchange[REGION[1:]] = np.exp(-depreciation)
        trade.step(gap, exchange)
        of = {name: values[REGION] for name, values in trade.reports.items()}
        economies.step(banks.rate - banks.neutral, of["demand_gap"], of["tariff_inflation"], depreciation)
        banks.step(k, economies.gap, economies.seen)
        currencies.step(risk)
        values = [*economies.gap, *economies.inflation, *banks.rate, *of["demand_gap"], *of["exports"], *of["imports"],
                  *currencies.rates(), of["revenue"][0], *trade.us_imports]
        for v, out in zip(values, recorded):
            out[k] = summary(v)


def simulated(paths):
    recorded = room(len(NAMES) - 1 + len(REGIONS), STEPS)
    simulate(paths, 1, recorded)
    return recorded


def main():
    given = arguments(__doc__, 2048)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "world.yaml"
        file.write_text(scenario(), encoding="utf-8")
        compare(given, file, [name.replace(".", "_") for name in NAMES[:-1]] + ["trade_flow"] * len(REGIONS), simulated)


if __name__ == "__main__":
    main()
