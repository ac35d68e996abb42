"""Local debt of China through the program: what its scenarios promise, and what it says about figures that cannot be.

    program_test.py PROGRAM SCENARIOS
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

PROGRAM, SCENARIOS = sys.argv[1], Path(sys.argv[2]).resolve() / "local_debt"
FOLDER = tempfile.TemporaryDirectory(prefix="moniac_local_debt_")


def run(scenario, *options, command="run", code=0):
    """The result file of a shipped scenario, or of one by its path, and what the program said."""
    path = SCENARIOS / f"{scenario}.yaml" if isinstance(scenario, str) else scenario
    result = Path(FOLDER.name) / f"{path.stem}.h5"
    ended = subprocess.run([PROGRAM, command, path, "-o", result, "--force", *options], capture_output=True, text=True)
    assert ended.returncode == code, (ended.returncode, ended.stderr)
    return (h5py.File(result) if code == 0 else None), ended.stdout + ended.stderr


def written(text):
    path = Path(FOLDER.name) / "written.yaml"
    path.write_text("moniac: 1\ntitle: as the test wants it\n" + text)
    return path


def alone(model, rest=""):
    return written("time: {start: 2023-12-31, step: 1 month, horizon: 2 years}\nensemble: {paths: 64, seed: 1}\n"
                   f"models: {{cn.local_debt: {{{model}}}}}\n{rest}record: {{variables: [cn.swap_issued]}}\n")


def end(file, name):
    return file[name.replace(".", "_") + "_mean"][-1]


def total(file, name):
    return file[name.replace(".", "_") + "_mean"][..., 1:].sum(axis=-1)


def figures_that_cannot_be_are_refused_with_names_and_amounts():
    for model, said in [
            ("provinces: tiers, gdp: [9000 CNY bn, 60000 CNY bn, 40000 CNY bn]",
             "gdp of the provinces sums to 109000 CNY bn, but 126058.2 are stated"),
            ("provinces: tiers, eligible_debt: [9000 CNY bn, 0 CNY bn, 0 CNY bn]",
             "tier_1 may swap 9000 CNY bn of 2783 that its financing vehicles owe"),
            ("provinces: tiers, bonds: [-1 CNY bn, 20000 CNY bn, 20737 CNY bn]", "bonds = -1 CNY bn is outside >= 0 CNY bn"),
            ("provinces: tiers, lgfv_debt: [-5 CNY bn, 50000 CNY bn, 7005 CNY bn]",
             "lgfv_debt = -5 CNY bn is outside >= 0 CNY bn"),
            ("provinces: tiers, arrears: [0 CNY bn, -2 CNY bn, 0 CNY bn]", "arrears = -2 CNY bn is outside >= 0 CNY bn"),
            ("swap_to: [guizho, beijing]", "unknown province 'guizho'; there are guangdong, jiangsu"),
            ("provinces: tiers, tier: [1, 2, 2]", "the weights of provinces in sales of tier 3 sum to 0, not to 1"),
            ("provinces: tiers, tier: [1, 1.5, 3]", "tier_2 is of tier 1.5, not 0, 1, 2 or 3"),
            ("provinces: tiers, tier: [0, 2, 3]", "tier_2 and tier_1 mix tier 0 with others"),
            ("bank_group_shares: [0.5, 0.3, 0.3]", "shares of bank groups sum to 1.1, not to 1")]:
        _, answer = run(alone(model), code=65)
        assert said in answer and "written.yaml:" in answer, answer


def a_quota_of_swaps_beyond_the_eligible_debt_is_used_as_far_as_it_goes_and_the_run_says_so():
    file, said = run(alone("provinces: tiers", "levers: {policy.swap: 12000 CNY bn/year}\n"))
    assert abs(total(file, "cn.swap_issued") - 14300) < 1e-6, total(file, "cn.swap_issued")
    # 14 months at 1000 are used in full; the fifteenth uses 300 and the other nine nothing.
    assert "cn.local_debt.swap_beyond_eligible in 42 % of path-steps" in said, said


def rate_cuts_save_what_the_closed_form_of_repricing_says_dose_by_dose():
    # All debt is rolled, none is added: what matures at rate m takes the new rate, so that after n months the old one is left on
    # e^{-m n/12} of it; a month pays the rate at its start.
    rolled = {"bonds_refinanced": "1", "rollover": "2", "lgfv_growth": "0 1/year", "hazard": "0 1/year",
              "investment": "20 %", "spread_debt_service": "0", "spread_leverage": "0"}
    options = [word for name, value in rolled.items() for word in ("--set", f"cn.local_debt.{name}={value}")]
    file, _ = run("rate_cut_doses", "--paths", "64", "--set", "levers.policy.quota=0 CNY bn/year", *options, command="sweep")
    cuts = (2.35 - file["axis_levers_cn_y10"][()]) / 100
    interest = total(file, "cn.local_interest")
    bonds, vehicles = file["cn_local_debt_bond_mean"][()], file["cn_local_debt_lgfv_mean"][()]
    assert np.allclose(bonds, bonds[0, 0], rtol=1e-12) and np.allclose(vehicles, vehicles[0, 0], rtol=1e-12)
    months = np.arange(60) / 12
    repriced = (bonds[0, 0] * (1 - np.exp(-0.095 * months)) + vehicles[0, 0] * (1 - np.exp(-0.28 * months))).sum() / 12
    assert len(cuts) == 7 and abs(cuts).max() > 0.0149
    assert np.allclose(interest[0] - interest, cuts * repriced, rtol=1e-9, atol=1e-6), (interest[0] - interest, cuts * repriced)


def the_shipped_doses_save_what_repricing_does_and_up_to_a_tenth_more():
    file, _ = run("rate_cut_doses", "--paths", "128", command="sweep")
    cuts = (2.35 - file["axis_levers_cn_y10"][()]) / 100
    interest = total(file, "cn.local_interest")
    per_point = (interest[0] - interest)[1:] / cuts[1:]
    assert per_point.max() / per_point.min() < 1.02, per_point
    # With stocks as they came about, all but what is left of the first one carries the new rate. Lower spreads and early
    # repayment save more.
    months = np.arange(60) / 12
    repriced = sum((stock - stock[:, :1] * np.exp(-m * months)).sum(axis=1) / 12 for stock, m in
                   [(file["cn_local_debt_bond_mean"][:, :-1], 0.095), (file["cn_local_debt_lgfv_mean"][:, :-1], 0.28)])
    assert ((per_point > repriced[1:]) & (per_point < 1.1 * repriced[1:])).all(), per_point / repriced[1:]


def swaps_save_six_hundred_billion_and_debt_stays_without_them():
    relief, _ = run("relief_2024", "--paths", "512")
    none, _ = run("no_relief", "--paths", "512")
    saved = total(none, "cn.local_interest") - total(relief, "cn.local_interest")
    assert abs(saved - 600) < 60, saved
    assert end(none, "cn.local_debt_lgfv") > 57000, end(none, "cn.local_debt_lgfv")
    for name in ["cn.lgfv_spread", "cn.distress_share", "cn.debt_service_own"]:
        assert end(relief, name) < end(none, name), name
    assert total(relief, "cn.investment_cut") < total(none, "cn.investment_cut")


def china_2021(changes=""):
    file, _ = run(written(f"extends: {SCENARIOS / 'china_2021.yaml'}\n{changes}"), "--paths", "1024")
    return file


def beside_the_macro_model_the_fall_of_land_ends_in_deflation_and_households_make_it_deeper():
    file = china_2021()
    prices = file["cn_inflation_mean"][()]
    assert abs(prices[0] - 4.6) < 1e-9 and prices[36] < 1 and prices[48] < 0, prices
    assert end(file, "cn.demand_shift") < -0.5 and end(file, "cn.saving_rate") > 32, end(file, "cn.demand_shift")
    without = china_2021("models: {cn.households: null}\nrecord: {variables: [cn.inflation]}\n")
    assert end(without, "cn.inflation") > prices[-1] + 0.2, (end(without, "cn.inflation"), prices[-1])
    # Wages ahead of productivity push prices: k_pi k_w w/mu_cn = 1.5 · 0.2 · 2/0.745 after a few years at given expectations.
    wages = china_2021("levers: {policy.wage_gap: 2 pp/year}\n")
    assert 0.5 < end(wages, "cn.inflation") - prices[-1] < 2, end(wages, "cn.inflation") - prices[-1]


for test in [figures_that_cannot_be_are_refused_with_names_and_amounts,
             a_quota_of_swaps_beyond_the_eligible_debt_is_used_as_far_as_it_goes_and_the_run_says_so,
             rate_cuts_save_what_the_closed_form_of_repricing_says_dose_by_dose,
             the_shipped_doses_save_what_repricing_does_and_up_to_a_tenth_more,
             swaps_save_six_hundred_billion_and_debt_stays_without_them,
             beside_the_macro_model_the_fall_of_land_ends_in_deflation_and_households_make_it_deeper]:
    test()
    print("ok", test.__name__.replace("_", " "))
