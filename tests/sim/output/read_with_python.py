#!/usr/bin/python3
"""read_with_python.py FILE: opens the example in ncdump, xarray (both engines) and h5py and compares what they see with
the closed forms that the example was made from."""
import hashlib
import math
import subprocess
import sys

import h5py
import numpy as np
import xarray as xr

path = sys.argv[1]
months = np.arange(25)
dates = np.array([np.datetime64("2025-12", "M") + m for m in months]).astype("datetime64[D]").astype("datetime64[ns]")
# Vasicek from 3.875 to 3 %/year: speed 0.5 a year, standard deviation 1.2 in the long run.
left = np.exp(-0.5 * months / 12)
policy_mean = 3 + 0.875 * left
policy_sd = 1.2 * np.sqrt(1 - left**2)
z95 = 1.6448536269514722


def check(holds, what):
    if not holds:
        sys.exit(f"{path}: {what}")


def check_root(ds, engine):
    def claim(holds, what):
        check(holds, f"{engine}: {what}")

    claim(dict(ds.sizes) == {"time": 25, "bounds": 2, "quantile": 7, "holder": 3, "importer": 2, "exporter": 3, "realization": 3, "passage_step": 25,
                               "outcome_ten_year_bucket": 3}, "dimensions")
    claim((ds.time.values == dates).all(), "dates")
    claim(ds.time.encoding["calendar"] == "proleptic_gregorian", "calendar")
    claim(ds.time_bounds.values[5].tolist() == [dates[4].astype(int), dates[5].astype(int)], "bounds of step 5")
    claim(list(ds.holder.values) == ["japan", "china", "rest of the world"], "labels")
    claim(list(ds["quantile"].values) == [1, 5, 25, 50, 75, 95, 99] and ds["quantile"].units == "percent", "quantiles")
    claim(ds.us_policy_rate_mean.dims == ("time",), "axes of a mean")
    claim(ds.us_holdings_quantile.dims == ("time", "quantile", "holder"), "axes of quantiles")
    claim("step" in ds.us_policy_rate_mean.coords and (ds.step.values == months).all(), "step as a coordinate")
    np.testing.assert_allclose(ds.us_policy_rate_mean.values, policy_mean, rtol=1e-14)
    np.testing.assert_allclose(ds.us_policy_rate_quantile.sel(quantile=95), policy_mean + z95 * policy_sd, rtol=1e-13)
    claim(ds.us_holdings_mean.sel(time="2026-02-01", holder="china").item() == 748, "holdings of china in step 2")
    claim(ds.us_holdings_max.sel(time="2026-04-01", holder="japan").item() == 1116 + 120, "maximum of japan in step 4")
    claim(ds.trade_flow_quantile.dims == ("time", "quantile", "importer", "exporter"), "axes of several dimensions")
    flow = ds.trade_flow_mean.sel(time="2026-03-01", importer="EU27", exporter="CHN")
    claim(flow.item() == 100 + 20 + 3, "imports of EU27 from CHN in step 3")
    claim(ds.trade_flow.sel(importer="EU27", exporter="CHN", time="2026-02-01").values.tolist() == [4002.05, 4102.05,
          4202.05], "recorded paths of imports")
    attributes = {"units": "percent/year", "long_name": "Policy rate, mean", "moniac_name": "us.policy_rate",
                  "moniac_statistic": "mean", "moniac_unit": "%/year", "cell_methods": "time: point",
                  "moniac_doc": "Policy rate", "model": "us.policy_rate (policy_rate)"}
    found = dict(ds.us_policy_rate_mean.attrs)
    claim(found.pop("sha256") == hashlib.sha256(ds.us_policy_rate_mean.values.tobytes()).hexdigest(), "hash of a mean")
    claim(found == attributes, "attributes of a mean")
    claim(ds.us_issuance_mean.cell_methods == "time: sum", "a flow is a sum over the step")
    claim(math.isnan(ds.us_y10_mean.encoding["_FillValue"]), "fill value")
    claim(ds.us_policy_rate.dims == ("realization", "time"), "axes of recorded paths")
    claim(ds.us_y10.values.tolist() == [[1000 + 100 * p + d for d in range(25)] for p in range(3)], "recorded paths")
    claim(ds.us_holdings.dims == ("realization", "time", "holder"), "axes of recorded paths with labels")
    claim(ds.us_holdings.sel(holder="china", time="2026-02-01").values.tolist() == [2002.01, 2102.01, 2202.01],
          "recorded paths of china in step 2")
    claim(ds.attrs["paths_recorded"] == 3 and ds.attrs["path_precision"] == "float64", "what was recorded")
    claim(ds.outcome_ten_year_5_probability.item() == 1500 / 19999, "probability")
    claim(ds.outcome_ten_year_5_hits.item() == 1500 and ds.outcome_bank_failure_hits.item() == 0, "hits")
    passages = ds.outcome_ten_year_5_first_passage
    claim(passages.sum().item() == 1500 and "passage_time" in passages.coords, "first passages")
    claim((ds.passage_time.values == dates).all(), "dates of first passage")
    quantiles = ds.outcome_ten_year_5_passage_quantile
    claim(quantiles.sel(quantile=5).item() == 8, "5 % have passed after 8 of 12 months")
    claim(math.isnan(quantiles.sel(quantile=25).item()), "7.5 % pass, so the quartile is not reached")
    claim(ds.outcome_ten_year_5_censored.item() == 18499 / 19999, "share of the paths that never pass")
    claim(ds.outcome_ten_year_hits.sel(outcome_ten_year_bucket="3 to 5 %/year").item() == 15000, "hits of a bucket")
    claim(ds.outcome_ten_year_probability.sum().item() == 1, "buckets hold every path")
    means = ds.outcome_ten_year_mean
    claim(means.attrs["units"] == "percent/year" and means.values[0] == 2.5, "mean within a bucket")
    claim(bool(ds.outcome_ten_year_mean_se.isnull()[2]) and ds.outcome_ten_year_stated.values[1] == 4, "stated of a bucket")
    claim(ds.outcome_ten_year_condition.values[0] == "us.y10 on 2027-12-01, below 3 %/year", "condition of a bucket")
    claim(ds.trigger_fed_steps_in_share.item() == 1200 / 19999 and ds.trigger_fed_steps_in_firings.item() == 1703,
          "share and firings of a trigger")
    firings = ds.trigger_fed_steps_in_first_firing
    claim(firings.sel(passage_step=2).item() == 100 and firings.attrs["moniac_trigger"] == "fed_steps_in", "first firings")
    claim(ds.attrs["Conventions"] == "CF-1.8" and ds.attrs["format"] == "moniac-results", "format")
    claim(ds.attrs["format_version"] == "1.8" and ds.attrs["quantile_method"] == "sketch", "version and method")
    claim(int(ds.attrs["seed"]) == 18446744073709551557 and ds.attrs["paths"] == 20000, "seed and paths")
    claim(ds.attrs["description"].endswith("dash – and an €."), "UTF-8 text")


def check_groups(engine):
    provenance = xr.open_dataset(path, engine=engine, group="provenance")
    check(provenance.scenario.item().startswith("moniac: 1\ntitle: Policy rate   # a comment"), f"{engine}: scenario text")
    speed = provenance.sel(parameter="us.curve.speed")
    row = [speed[c].item() for c in ("value", "default", "unit", "doc", "status", "source", "set_by")]
    check(row == ["0.5", "0.4", "1/year", "Speed of return — to the mean", "calibrated", "H.15, 1990–2025",
                  "--set us.curve.speed=0.5"], f"{engine}: parameters")
    check(provenance.sel(parameter="us.policy_rate.mode").unit.item() == "", f"{engine}: an empty text")
    diagnostics = xr.open_dataset(path, engine=engine, group="diagnostics")
    residual = diagnostics.sel(identity="us.curve.identity_residual")
    bound = diagnostics.sel(clamp="us.policy_rate.at_lower_bound")
    check(bound.clamp_held.item() == 12 and bound.clamp_path_steps.item() == 3600, f"{engine}: clamps")
    check(residual.identity_maximum.item() == 3.5e-15 and residual.identity_path.item() == 17, f"{engine}: identities")
    check(diagnostics.firing_path.values.tolist() == [3, 3, 71] and diagnostics.firing_step.values.tolist() == [2, 9, 13]
          and diagnostics.trigger.values[diagnostics.firing_trigger.values[2]] == "fed_steps_in",
          f"{engine}: log of triggers")
    check(diagnostics.failure_path.values.tolist() == [4711], f"{engine}: failures")


def check_h5py():
    with h5py.File(path) as file:
        rate = file["us_policy_rate_quantile"]
        check([axis.keys() for axis in rate.dims] == [["time"], ["quantile"]], "h5py: scales")
        check(rate.attrs["units"].decode() == "percent/year", "h5py: units")
        check(file["holder"].asstr()[:].tolist() == ["japan", "china", "rest of the world"], "h5py: labels")
        check(file["us_holdings_quantile"].compression == "gzip" and file["us_holdings_quantile"].shuffle, "h5py: gzip")


def check_ncdump():
    text = subprocess.run(["ncdump", "-t", "-v", "time,holder", path], check=True, capture_output=True, text=True).stdout
    for line in ("time = 25 ;", "holder = 3 ;", "int time(time) ;", 'time:units = "days since 2025-12-01" ;',
                 "string holder(holder) ;", "double us_holdings_quantile(time, quantile, holder) ;",
                 'us_policy_rate_mean:units = "percent/year" ;', ':Conventions = "CF-1.8" ;',
                 'holder = "japan", "china", "rest of the world" ;', 'time = "2025-12-01", "2026-01-01"',
                 "group: provenance {", "bounds = 2 ;", "failure = 1 ;"):
        check(line in text, f"ncdump does not say: {line}")
    check(text.index("us_policy_rate_mean(") < text.index("string holder("), "ncdump does not keep the order of creation")
    check("netCDF dimension but not" not in text, "ncdump shows a bare dimension as a variable")
    kind = subprocess.run(["ncdump", "-k", path], check=True, capture_output=True, text=True).stdout
    check(kind.strip() == "netCDF-4", f"ncdump calls it {kind.strip()}")


for reader in ("netcdf4", "h5netcdf"):
    with xr.open_dataset(path, engine=reader) as dataset:
        check_root(dataset, reader)
    check_groups(reader)
check_h5py()
check_ncdump()
