"""Bargaining through the program: mistakes at their lines, settlements that become rates, what a first mover does.

    bargaining_program_test.py PROGRAM SCENARIOS
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import h5py

PROGRAM, SCENARIOS = sys.argv[1], Path(sys.argv[2]).resolve() / "diplomacy"
FOLDER = tempfile.TemporaryDirectory(prefix="moniac_bargaining_")
HEAD = """moniac: 1
title: Partners
time: {start: 2025-04-09, step: 1 week, steps: 4}
ensemble: {paths: 64, seed: 1}
models:
"""
TARIFFS = """  trade.tariff_schedule: {threat: [0 %, 0 %, 24 %, 20 %, 32 %, 25 %, 15 %, 20 %]}
record: {variables: ["trade.tariff_statutory[USA,*,*]"]}
"""


def moniac(command, scenario, *options):
    return subprocess.run([PROGRAM, command, scenario, *options], capture_output=True, text=True)


def written(models):
    file = Path(FOLDER.name) / "scenario.yaml"
    file.write_text(HEAD + models)
    return file


def run(scenario, *options):
    result = Path(FOLDER.name) / "result.h5"
    ended = moniac("run", scenario, "-o", result, "--force", "-q", *options)
    assert ended.returncode == 0, ended.stderr
    return h5py.File(result)


def refused(models, *expected):
    ended = moniac("validate", written(models))
    assert ended.returncode == 65, ended
    for text in expected:
        assert "scenario.yaml:" + text in ended.stderr, (text, ended.stderr)


def every_mistake_is_named_at_its_line():
    refused("""  uscn.attrition:
    mode: reputation
    demand: [0.5, 0.4]
  us.bargaining:
    refusal_chance: 1.5
    extension_chance: -0.1
    partners: [japan, korea]
    weights: [1 %, 2 %, 3 %]
    dependence: [0.1, 0.2]
    partner_regions: [JPN, CHN]
    first_mover: france
""",
            "8:13: error: uscn.attrition: the sides demand 0.9 of the cake together; up to 1 there is nothing to fight for",
            "10:21: error: refusal_chance = 1.5 is outside 0 … 1",
            "11:23: error: extension_chance = -0.1 is outside 0 … 1",
            "13:14: error: us.bargaining: weights has 3 entries for 2 partners",
            "15:22: error: us.bargaining: partners live in JPN, EU27, EAS, CAM, ROA or GLS, not in CHN",
            "16:18: error: first_mover = 'france' is none of: none, japan, korea")
    refused("""  us.bargaining:
    partners: [japan, japan]
    weights: [1 %, 2 %]
    dependence: [0.1, 0.2]
    partner_regions: [JPN, JPN]
""",
            "7:15: error: us.bargaining: partner japan is named twice, or none, or like one of the others")


def who_settles_is_decided_by_one_model():
    refused("  us.bargaining_queue: {}\n  us.bargaining: {}\n",
            "7:3: error: 'us.partners_settled' is produced twice: by us.bargaining and by us.bargaining_queue")


def a_settlement_is_the_rate_that_its_terms_say_and_a_refusal_the_threat():
    # Between a pause of 10 % and a threat of 24 %: half way, the pause for a favoured first mover, the threat for one
    # that is made to pay. Korea, in EAS, waits at the rate of the pause.
    for move, discount, expected in [("generous", 0, 0.17), ("generous", 1, 0.10), ("harsh", -1, 0.24), ("refusal", 1, 0.24)]:
        japan = f"  us.bargaining: {{first_mover: japan, first_move: {move}, turn_rate: 0 1/week}}\n"
        file = run(written(japan + TARIFFS), "--set", f"trade.tariff_schedule.first_mover={discount}")
        exporters = [name.decode() for name in file["exporter"][()]]
        rates = file["trade_tariff_statutory_mean"][-1, 0]
        assert abs(rates[exporters.index("JPN"), 0] - expected) < 1e-12, (move, discount, rates)
        assert abs(rates[exporters.index("EAS"), 0] - 0.10) < 1e-12, rates


def partners_follow_a_generous_deal_and_a_refusal_on_the_same_paths():
    def settled(*options):
        file = run(SCENARIOS / "partners_2025.yaml", *options)
        return file["us_partners_complied_mean"][-1], file["us_partners_refused_mean"][-1]

    japan = ["--set", "us.bargaining.first_mover=japan", "--set"]
    alone = settled()
    generous, harsh, refusal = (settled(*japan, f"us.bargaining.first_move={move}")
                                for move in ("generous", "harsh", "refusal"))
    # Standard errors below 0.002.
    assert generous[0] > alone[0] + 0.1 and refusal[0] < alone[0] - 0.1, (alone, generous, refusal)
    assert generous[1] < alone[1] < harsh[1] < refusal[1], (alone, generous, harsh, refusal)


for test in [every_mistake_is_named_at_its_line,
             who_settles_is_decided_by_one_model,
             a_settlement_is_the_rate_that_its_terms_say_and_a_refusal_the_threat,
             partners_follow_a_generous_deal_and_a_refusal_on_the_same_paths]:
    test()
    print("ok", test.__name__.replace("_", " "))
