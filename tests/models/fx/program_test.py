"""Exchange rates, reserves and the Treasury market together, through the program.

    program_test.py PROGRAM SCENARIOS
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import h5py

PROGRAM, SCENARIOS = sys.argv[1], Path(sys.argv[2]).resolve() / "fx"
FOLDER = tempfile.TemporaryDirectory(prefix="moniac_fx_")


def run(text, code=0):
    """The result of a scenario, and what the program said."""
    scenario, result = Path(FOLDER.name) / "scenario.yaml", Path(FOLDER.name) / "result.h5"
    scenario.write_text("moniac: 1\ntitle: test\n" + text)
    ended = subprocess.run([PROGRAM, "run", scenario, "-o", result, "--force", "-q"], capture_output=True, text=True)
    assert ended.returncode == code, (ended.returncode, ended.stderr)
    return (h5py.File(result) if code == 0 else None), ended.stderr


def mean(file, name):
    return file[name.replace(".", "_") + "_mean"][()]


def defence(parameters="", events="", more="us.y5, us.foreign_official_flow, usdjpy.rate, us.holdings, us.treasury_sales"):
    return (f"extends: {SCENARIOS / 'yen_defence_2025.yaml'}\ntime: {{horizon: 6 months}}\nensemble: {{paths: 512}}\n"
            f"models: {{jp.fx_defence: {{trigger: 1000, rebuilding: 0{parameters}}}}}\n{events}"
            f"record: {{dates: all, variables: [{more}]}}\n")


SALE = "events: [{at: 2026-01-15, set: {jp.intervention_order: 100 USD bn}}]\n"


def selling_treasuries_for_the_yen_raises_us_yields_by_the_reported_gain():
    base, _ = run(defence())
    y5, yen = mean(base, "us.y5"), mean(base, "usdjpy.rate")
    held = mean(base, "us.holdings")
    sale, _ = run(defence(events=SALE, more="us.y5, us.foreign_official_flow, usdjpy.rate, us.holdings, us.treasury_sales, jp.loop_gain"))
    assert abs(mean(sale, "us.foreign_official_flow")[1] + 90) < 1e-9      # a tenth is paid out of deposits
    assert abs(mean(sale, "us.treasury_sales")[1][0] - 90) < 1e-9
    assert abs((mean(sale, "us.holdings") - held)[1][1] + 90) < 1e-6        # holders: SOMA, Japan, …
    response = 100 * (mean(sale, "us.y5") - y5)
    assert 3 < response.max() < 8, response                                 # bp for 100 billion in a month
    gain = mean(sale, "jp.loop_gain")[0]
    measured = 6 * response.max() / 1e4 / 100 / (0.4 * 8.8e-4 * 1.25)
    assert 0.05 < gain < 0.09 and abs(measured - gain) < 0.03, (gain, measured)
    assert (mean(sale, "usdjpy.rate") < yen)[1:].all()


def without_effect_only_the_ledger_changes():
    recorded = "usdjpy.rate, usdjpy.intervention_lasting, usdjpy.intervention_transient, jp.fx_reserves"
    head = (f"time: {{start: 2025-12-31, step: 1 month, horizon: 6 months}}\nensemble: {{paths: 512, seed: 1}}\n"
            "models: {usdjpy.fx_rate: {}, jp.fx_ledger: {}, jp.fx_defence: {trigger: 1000, rebuilding: 0, effect: none}}\n"
            f"record: {{dates: all, variables: [{recorded}]}}\n")
    base, _ = run(head)
    sale, _ = run(head + SALE)
    for name in ["usdjpy.rate", "usdjpy.intervention_lasting", "usdjpy.intervention_transient"]:
        assert (mean(base, name) == mean(sale, name)).all(), name            # to the bit, at every date
    sold = mean(base, "jp.fx_reserves") - mean(sale, "jp.fx_reserves")       # dep, ust, oth, sdr, fwd, total
    assert (abs(sold[1:] - [10, 90, 0, 0, 0, 100]) < 1e-9).all(), sold
    # With the Treasury models the yen answers the rise of US yields all the same, a step later.
    base, _ = run(defence(", effect: none", more="usdjpy.rate, us.y5"))
    sale, _ = run(defence(", effect: none", SALE, more="usdjpy.rate, us.y5"))
    assert mean(base, "usdjpy.rate")[1] == mean(sale, "usdjpy.rate")[1]
    assert (mean(sale, "usdjpy.rate") > mean(base, "usdjpy.rate"))[2:].all()


def defending_the_yuan_moves_treasuries_from_china_to_others_and_raises_yields():
    recorded = ("usdcny.rate, cn.intervention_flow, cn.fx_delivered, cn.fx_reserves, cn.fx_income, cn.fx_valuation, "
                "cn.base_money, us.foreign_official_flow, us.treasury_sales, us.holdings, us.y5")
    text = (f"extends: {SCENARIOS / 'yuan_defence_2025.yaml'}\ntime: {{horizon: 24 months}}\nensemble: {{paths: 512}}\n"
            f"record: {{dates: all, variables: [{recorded}]}}\n")
    calm, _ = run(text + "levers: {usdcny.premium: {2025-12-31: 0 %/year}}\n")
    fear, _ = run(text)
    sold, asked = mean(fear, "cn.fx_delivered"), mean(fear, "cn.intervention_flow")
    assert (abs(sold - asked) < 1e-9).all()                                  # the reserves suffice
    assert sold.sum() > mean(calm, "cn.fx_delivered").sum() + 300
    reserves = mean(fear, "cn.fx_reserves")[:, 5]
    change = -sold + mean(fear, "cn.fx_income") + mean(fear, "cn.fx_valuation")
    assert (abs(reserves[1:] - reserves[:-1] - change[1:]) < 1e-9).all()
    sales, official = mean(fear, "us.treasury_sales"), mean(fear, "us.foreign_official_flow")
    assert (abs(sales.sum(axis=1) + official) < 1e-9).all()
    # SOMA, Japan, China, …: holdings of China are lower by what was sold more, in every month.
    more_sold = (sales - mean(calm, "us.treasury_sales"))[:, 1].cumsum()
    fewer_held = (mean(calm, "us.holdings") - mean(fear, "us.holdings"))[:, 2]
    assert (abs(fewer_held - more_sold) < 0.05 * abs(more_sold).max()).all(), (fewer_held, more_sold)
    assert (mean(fear, "us.y5") > mean(calm, "us.y5"))[8:].all()
    assert (mean(fear, "usdcny.rate") > mean(calm, "usdcny.rate"))[8:].all()
    assert (mean(fear, "cn.base_money") < mean(calm, "cn.base_money"))[8:].all()


def two_countries_add_up_to_one_flow():
    file, _ = run("time: {start: 2025-12-31, step: 1 month, horizon: 3 months}\nensemble: {paths: 64, seed: 1}\n"
                  "models: {jp.fx_ledger: {}, cn.fx_ledger: {}}\n"
                  "levers: {jp.intervention_flow: {2025-12-31: 10 USD bn/month}, cn.intervention_flow: {2025-12-31: 20 USD bn/month}}\n"
                  "record: {dates: all, variables: [us.treasury_sales, us.foreign_official_flow]}\n")
    sales, flow = mean(file, "us.treasury_sales"), mean(file, "us.foreign_official_flow")
    assert abs(sales[1][0] - 9) < 1e-12 and abs(sales[1][1] - 14) < 1e-12, sales
    assert abs(flow[1] + 23) < 1e-12, flow


def mistakes_are_refused_at_their_lines():
    head = "time: {start: 2025-12-31, step: 1 month, horizon: 3 months}\nensemble: {paths: 64, seed: 1}\nmodels:\n"
    for model, place, words in [
            ("jp.fx_defence: {band: [150, 130]}", "6:25", "the strong edge 150 is not below the weak edge 130"),
            ("usdjpy.fx_target_zone: {band: [150, 130], initial: 140}", "6:33", "the smaller rate first"),
            ("usdjpy.fx_target_zone: {initial: 156}", "6:36", "156, is not inside the band 130 … 150"),
            ("usdjpy.fx_rate: {jumps: kou, jump_up_decay: 1}", "6:47", "jump_up_decay = 1 is outside > 1"),
            ("jp.fx_ledger: {treasuries: -1 USD bn}", "6:30", "treasuries = -1 USD bn is outside >= 0 USD bn"),
            ("em.em_external: {reserves: -1 USD bn}", "6:30", "reserves = -1 USD bn is outside >= 0 USD bn"),
            ("jp.fx_defence: {mode: list, budget: 100 USD bn}", "6:39", "a list sells what its levels say"),
            ("jp.fx_ledger: {deposit_share: 1.5}", "6:33", "deposit_share = 1.5 is outside 0 … 1"),
            ("cn.cny: {absorbed: 0.2}", "6:22", "raise `absorbed` or lower the outflows"),
            ("usdjpy.fx_target_zone: {}\n  jp.fx_defence: {}", "7:3", "take one of the two out of the scenario")]:
        _, said = run(head + f"  {model}\nrecord: {{dates: end}}\n", code=65)
        assert f"scenario.yaml:{place}: error:" in said and words in said, (words, said)


for check in [selling_treasuries_for_the_yen_raises_us_yields_by_the_reported_gain, without_effect_only_the_ledger_changes,
              defending_the_yuan_moves_treasuries_from_china_to_others_and_raises_yields,
              two_countries_add_up_to_one_flow, mistakes_are_refused_at_their_lines]:
    check()
    print("passed:", check.__name__.replace("_", " "))
