"""The Treasury's models together, through the program: dollars, yields and what the scenarios promise.

    program_test.py PROGRAM SCENARIOS
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import h5py

PROGRAM, SCENARIOS = sys.argv[1], Path(sys.argv[2]).resolve() / "treasury"
FOLDER = tempfile.TemporaryDirectory(prefix="moniac_treasury_")


def run(text, *options, code=0):
    """The result of a scenario, and what the program said."""
    scenario = Path(FOLDER.name) / "scenario.yaml"
    result = Path(FOLDER.name) / "result.h5"
    scenario.write_text(text)
    ended = subprocess.run([PROGRAM, "run", scenario, "-o", result, "--force", "-q", *options], capture_output=True,
                           text=True)
    assert ended.returncode == code, (ended.returncode, ended.stderr)
    return (h5py.File(result) if code == 0 else None), ended.stderr


def mean(file, name):
    return file[name.replace(".", "_") + "_mean"][()]


def baseline(events="", horizon="24 months"):
    return (f"moniac: 1\ntitle: test\nextends: {SCENARIOS / 'baseline_2025.yaml'}\ntime: {{horizon: {horizon}}}\n"
            f"ensemble: {{paths: 64}}\nrecord: {{dates: all, variables: [us.y10, us.flow_premium, us.worry, us.debt_ratio, us.term_premium_10y, us.interest_cost]}}\n{events}")


def event(what):
    return f"events: [{{at: 2026-01-15, set: {{{what}}}}}]\n"


def a_dollar_that_nobody_holds_ends_the_run():
    for unit, horizon, date in [("1 month", "9 months", "2026-03-31"), ("1 week", "20 weeks", "2026-03-18"),
                                ("1 quarter", "3 quarters", "2026-03-31")]:
        _, said = run("moniac: 1\ntitle: leak\n"
                      f"time: {{start: 2025-12-31, step: {unit}, horizon: {horizon}}}\n"
                      "ensemble: {paths: 64, seed: 1}\nmodels: {us.holders: {}}\n"
                      "events: [{at: 2026-03-15, set: {us.net_bills: 1 USD}}]\nrecord: {variables: [us.private_supply]}\n",
                      code=70)
        assert "us.holders.holder_identity_residual" in said and "model us.holders (holders)" in said, said
        assert date in said, said


def every_dollar_is_held_in_a_thousand_random_paths_at_any_step():
    for step, horizon in [("1 week", "104 weeks"), ("1 month", "60 months"), ("1 quarter", "40 quarters")]:
        text = (f"moniac: 1\ntitle: random\nextends: {SCENARIOS / 'baseline_2025.yaml'}\n"
                f"time: {{step: {step}, horizon: {horizon}}}\nensemble: {{paths: 1000, seed: 5}}\n"
                "models:\n  us.debt_limit: {binding_from: [2026-03-10]}\n"
                "levers: {uscn.posture: 1, us.qt_cap: 30 USD bn/month}\n"
                "events:\n"
                "  - {name: strike, when: {us.y10: {above: 4.6 %/year}, probability: 0.5}, set: {us.leader_action: -1}, for: 1 quarter}\n"
                "  - {name: buyers, when: {us.y10: {below: 3.9 %/year}, probability: 0.5}, set: {us.leader_action: 1}, for: 1 quarter}\n"
                "  - {name: purchases, when: {us.y10: {above: 5 %/year}, cooldown: 1 year}, set: {us.fed_purchases: 60 USD bn/month}, for: 6 months}\n"
                "  - {name: spending, when: {us.y2: {below: 3 %/year}}, set: {us.discretionary: 900 USD bn/year}, for: 1 year}\n"
                "  - {name: sale, when: {us.y2: {above: 4 %/year}}, set: {cn.treasury_sales: 100 USD bn/month}, for: 1 quarter}\n"
                "record: {dates: end}\n")
        file, _ = run(text)
        found = dict(zip([name.decode() for name in file["diagnostics/identity"][()]], file["diagnostics/identity_maximum"][()]))
        for name, scale in [("us.treasury.ladder", 31e3), ("us.holders.holder", 31e3), ("us.debt_limit.limit", 31e3),
                            ("us.fed_balance_sheet.liquidity", 6.6e3)]:
            assert found[name + "_identity_residual"] <= 1e-12 * scale, (step, found)


def a_trillion_moves_the_ten_year_as_far_as_its_duration():
    # Through the stock: the concession at auctions and the worry while supply is high are told apart, and fade.
    def through_stock(events=""):
        file, _ = run(baseline(events))
        return 100 * mean(file, "us.y10") - mean(file, "us.flow_premium") - mean(file, "us.worry")

    base = through_stock()
    notes = through_stock(event("us.other_financing: 1000 USD bn, us.ten_year_issuance: 1000 USD bn"))
    bills = through_stock(event("us.other_financing: 1000 USD bn"))
    assert 17 <= (notes - base)[2] <= 23, notes - base
    assert 0 < (bills - base)[2] < 1.5, bills - base


def sales_of_300_billion_leave_two_to_four_basis_points_after_a_year():
    base = mean(run(baseline())[0], "us.y10")
    sale = mean(run(baseline(event("cn.treasury_sales: 300 USD bn")))[0], "us.y10")
    response = 100 * (sale - base)
    assert 14 <= response.max() <= 20, response  # the premium on flows comes first and fades, the stock stays
    assert 2 <= response[14] <= 4, response


def the_wave_of_2023_comes_out_of_the_on_rrp():
    file, _ = run(f"moniac: 1\ntitle: wave\nextends: {SCENARIOS / 'wave_2023.yaml'}\nensemble: {{paths: 64}}\n")
    change = {name: mean(file, "us." + name)[7] - mean(file, "us." + name)[0]
              for name in ["bank_reserves", "on_rrp", "bills_outstanding", "tga", "bill_equivalents"]}
    # 31 May to 29 December 2023 (H.4.1, auction records): +137, -1,236, +1,746, +682.
    assert abs(change["bank_reserves"] - 137) < 200, change
    assert -1400 < change["on_rrp"] < -900, change
    assert abs(change["bills_outstanding"] - 1746) < 175, change
    assert abs(change["tga"] - 682) < 100, change
    assert 6 * 100 * change["bill_equivalents"] / 28400 < 5, change


def the_soma_runs_off_as_it_did():
    # 5,764 in April 2022, 4,454 in June 2024 (TREAST); caps of the FOMC, on the debt of June 2023.
    def money(*amounts):
        return "[" + ", ".join(f"{amount} USD bn" for amount in amounts) + "]"

    file, _ = run("moniac: 1\ntitle: runoff\ntime: {start: 2022-05-31, step: 1 month, horizon: 25 months}\n"
                  "ensemble: {paths: 64, seed: 1}\n"
                  "models:\n  us.treasury: {start: june_2023}\n  us.holders:\n    start: june_2023\n"
                  f"    holdings: {money(5764, 1105, 845, 695, 2300, 2618, 1600, 1200, 8785)}\n"
                  f"    bill_holdings: {money(326, 80, 17, 100, 275, 390, 100, 1000, 1701)}\n"
                  "levers:\n  us.qt_cap: {2022-05-31: 30 USD bn/month, 2022-09-01: 60 USD bn/month, "
                  "2024-06-01: 25 USD bn/month}\nrecord: {variables: [us.holdings]}\n")
    soma = mean(file, "us.holdings")[:, 0]
    assert abs((soma[-1] - soma[0]) / (4453.6 - 5763.9) - 1) < 0.05, soma


def without_shocks_little_drifts():
    # News about the premium averages out over more paths than these; it is no drift. Worry follows the supply.
    file, _ = run(baseline(horizon="5 years"), "--set", "us.curve.premium_volatility=0 bp/year^0.5")
    ratio = mean(file, "us.debt_ratio")
    premium = mean(file, "us.term_premium_10y") - mean(file, "us.worry") - mean(file, "us.flow_premium")
    interest = mean(file, "us.interest_cost")
    # The sanity table of the coupled prototype: debt 100.5, 105.7, 110.1 % of GDP, interest 3.43, 3.56, 3.63 %.
    for month, expected in [(12, 100.5), (36, 105.7), (60, 110.1)]:
        assert abs(ratio[month] - expected) < 3, ratio[[12, 36, 60]]
    gdp = {12: 32737.6, 36: 35535.2, 60: 38571.8}
    for month, expected in [(12, 3.43), (36, 3.56), (60, 3.63)]:
        assert abs(1200 * interest[month] / gdp[month] - expected) < 0.15, interest[[12, 36, 60]]
    assert abs(premium - premium[0]).max() < 3, premium


for check in [a_dollar_that_nobody_holds_ends_the_run, every_dollar_is_held_in_a_thousand_random_paths_at_any_step,
              a_trillion_moves_the_ten_year_as_far_as_its_duration,
              sales_of_300_billion_leave_two_to_four_basis_points_after_a_year,
              the_wave_of_2023_comes_out_of_the_on_rrp, the_soma_runs_off_as_it_did, without_shocks_little_drifts]:
    check()
    print("ok:", check.__name__.replace("_", " "))
