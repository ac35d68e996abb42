"""Banks with the Federal Reserve, through the program: what the scenarios of March 2023 and of issuance promise.

    program_test.py PROGRAM SCENARIOS
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import h5py

PROGRAM, SCENARIOS = sys.argv[1], Path(sys.argv[2]).resolve() / "banks"
FOLDER = tempfile.TemporaryDirectory(prefix="moniac_banks_")


def run(scenario, *options, command="run", code=0):
    result = Path(FOLDER.name) / "result.h5"
    ended = subprocess.run([PROGRAM, command, SCENARIOS / f"{scenario}.yaml", "-o", result, "--force", "-q", *options],
                           capture_output=True, text=True)
    assert ended.returncode == code, (ended.returncode, ended.stderr)
    return (h5py.File(result) if code == 0 else None), ended.stderr


def regional_failures(file):
    """Mean number of exposed and other regional banks that failed, and that of SVB."""
    left = file["us_banks_left_mean"][()]
    failed = left[0] - left[-1]
    return failed[1] + failed[3], failed[0]


def svb_fails_within_a_fortnight_in_the_median_and_the_facility_halves_what_follows():
    without, _ = run("march_2023")
    quantiles = without["outcome_svb_fails_passage_quantile"][()]
    median = quantiles[list(without["quantile"][()]).index(50)]
    assert 8 <= median < 15, median  # one day a step
    alone, svb_alone = regional_failures(without)
    helped, svb_helped = regional_failures(run("march_2023_facility")[0])
    assert svb_helped < svb_alone / 2, (svb_alone, svb_helped)
    assert helped < alone / 2, (alone, helped)


def where_svb_fails_at_once_the_facility_still_prevents_two_in_five_further_failures():
    at_once = ["--set", "us.banks.losses=[40 USD bn, 27.8 USD bn, 335 USD bn, 157 USD bn, 105 USD bn]"]
    alone, svb_alone = regional_failures(run("march_2023", *at_once)[0])
    helped, svb_helped = regional_failures(run("march_2023_facility", *at_once)[0])
    assert svb_alone == svb_helped == 1, (svb_alone, svb_helped)
    assert helped < 0.6 * alone, (alone, helped)


def what_the_federal_reserve_lends_is_on_its_balance_sheet_a_step_later():
    file, _ = run("march_2023", "--paths", "512")
    lent = file["us_resolution_loans_mean"][()] + file["us_facility_loans_mean"][()]
    assets = file["us_fed_assets_mean"][()]
    assert abs(assets[1:] - assets[0] - lent[:-1]).max() < 1e-8, (assets, lent)
    assert lent[-1] > 100, lent


def issuance_breaks_a_large_bank_more_often_only_where_the_on_rrp_is_empty():
    file, _ = run("sweep_issuance", command="sweep")
    chance = file["outcome_large_bank_fails_probability"][()]
    error = file["outcome_large_bank_fails_se"][()].max()
    raised = file["axis_us_fiscal_tga_target"][()]
    rrp = file["axis_us_fed_balance_sheet_on_rrp"][()]
    calm = chance[(raised == raised.min()) & (rrp == rrp.max())][0]
    assert chance[(raised == raised.max()) & (rrp == 0)][0] > calm + 5 * error, chance
    assert abs(chance[rrp == rrp.max()] - calm).max() < 2 * error, chance


def a_branching_radius_of_one_is_refused_with_number_and_place():
    _, said = run("march_2023", "--set", "us.banks.contagion_decay=4 1/year", code=65)
    assert "the branching radius is 1.3" in said and "contagion_decay" in said and "march_2023.yaml:" in said, said


for test in [svb_fails_within_a_fortnight_in_the_median_and_the_facility_halves_what_follows,
             where_svb_fails_at_once_the_facility_still_prevents_two_in_five_further_failures,
             what_the_federal_reserve_lends_is_on_its_balance_sheet_a_step_later,
             issuance_breaks_a_large_bank_more_often_only_where_the_on_rrp_is_empty,
             a_branching_radius_of_one_is_refused_with_number_and_place]:
    test()
    print("ok", test.__name__.replace("_", " "))
