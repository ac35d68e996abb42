#!/usr/bin/python3
"""Draws responses: the mean differences of a comparison, one panel per quantity and one line per economy, with their
95 % intervals where these are wide enough to see.

    moniac compare rest.h5 shock.yaml -o response.h5
    response_chart.py response.h5 [-o chart.png|chart.svg] [--quantities output_gap policy_rate …] [--title TEXT]
"""
import argparse

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from matplotlib.ticker import MaxNLocator

from fan_chart import QUIET, Mistake, head_panel, open_dataset, panel_grid, picked, plain, unit_text, write_chart

# Okabe and Ito (2008): told apart by every common kind of colour vision.
COLOURS = {"us": "#0072B2", "cn": "#D55E00", "jp": "#CC79A7", "ea": "#009E73", "em": "#E69F00"}

plt.rcParams.update({"font.size": 9.5, "axes.spines.bottom": False})


def open_comparison(path):
    result = open_dataset(path)
    if "comparison" not in result.attrs:
        raise Mistake(f"{path} is no comparison; moniac compare A B -o FILE writes one")
    return result


def years_of(result):
    return (result.time.values - result.time.values[0]).astype("timedelta64[s]").astype(float) / (365.25 * 86400)


def responses_of(result):
    """{quantity: {scope: (mean, standard error)}} of the recorded scalars, in the order of the file."""
    found = {}
    for name, mean in result.data_vars.items():
        if mean.attrs.get("moniac_statistic") != "mean" or mean.ndim != 1:
            continue
        scope, quantity = mean.moniac_name.removesuffix(".difference").split(".", 1)
        found.setdefault(quantity, {})[scope] = (mean, result[name.removesuffix("_mean") + "_se"])
    return found


def draw_panel(axes, quantity, lines, years, step):
    axes.axhline(0, color=QUIET, linewidth=0.8)
    ends = []
    for i, (scope, (mean, error)) in enumerate(lines.items()):
        colour = COLOURS.get(scope, plt.cm.tab10(i))
        axes.plot(years, mean, color=colour, linewidth=1.8)
        axes.fill_between(years, mean - 1.96 * error, mean + 1.96 * error, color=colour, alpha=0.2, linewidth=0)
        ends.append((float(mean[-1]), scope, colour))
    axes.margins(x=0, y=0.06)
    bottom, top = axes.get_ylim()
    free = -float("inf")
    for height, scope, colour in sorted(ends):
        free = max(height, free)
        axes.annotate(scope, (years[-1], free), xytext=(4, 0), textcoords="offset points", va="center", color=colour,
                      fontweight="bold", fontsize=8.5, annotation_clip=False)
        free += 0.055 * (top - bottom)
    head_panel(axes, quantity.replace("_", " "), unit_text(next(iter(lines.values()))[0], step))
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(plain)
    axes.set_xlabel("years", fontsize=8.5, color=QUIET)


def chart(file, quantities, title):
    """The figure of a comparison."""
    result = open_comparison(file)
    responses = picked(responses_of(result), quantities, "quantity")
    figure, panels = panel_grid(result.assign_attrs(title=title or result.attrs["title"]),
                                "mean differences, the shade is their 95 % interval", len(responses))
    for axes, (quantity, lines) in zip(panels, responses.items()):
        draw_panel(axes, quantity, lines, years_of(result), result.attrs["step"])
    return figure


def main():
    parser = argparse.ArgumentParser(description="Charts of responses from a comparison.")
    parser.add_argument("file", metavar="response.h5")
    parser.add_argument("-o", "--output", help="picture to write, .png or .svg (default: <file>.png)")
    parser.add_argument("--quantities", nargs="+", metavar="NAME", help="output_gap, policy_rate; default all")
    parser.add_argument("--title", help="heading; default the two scenarios compared")
    options = parser.parse_args()
    write_chart("response_chart", options.file, options.output,
                lambda: chart(options.file, options.quantities, options.title), dpi=130)


if __name__ == "__main__":
    main()
