#!/usr/bin/python3
"""Draws what several scenarios change against the same base: one panel per variable, one line per comparison, shaded where
the 95 % interval of the mean difference is wide enough to see.

    moniac compare base.yaml one.yaml -o one.h5
    moniac compare base.yaml two.yaml -o two.h5
    option_chart.py one.h5 two.h5 [-o chart.png|chart.svg] [--variables us.y10 trade.flow[USA,CHN] …] [--title TEXT]
"""
import argparse
import math

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from matplotlib.ticker import MaxNLocator

from fan_chart import COLOURS, INK, QUIET, Mistake, head_panel, plain, unit_text, write_chart
from response_chart import open_comparison, years_of

COLUMNS = 3


def title_of(comparison):
    """The title of B out of "title of B (B) less title of A (A)"."""
    return comparison.attrs["title"].partition(" (B) less ")[0]


def base_of(comparison):
    return comparison.attrs["title"].partition(" (B) less ")[2].removesuffix(" (A)")


def differences_of(comparison):
    """{"us.y10": (mean, standard error), "trade.flow[USA,CHN]": …} of the recorded variables, taken apart by label."""
    found = {}
    for name, mean in comparison.data_vars.items():
        if mean.attrs.get("moniac_statistic") != "mean" or not mean.attrs["moniac_name"].endswith(".difference"):
            continue
        error = comparison[name.removesuffix("_mean") + "_se"]
        variable = mean.moniac_name.removesuffix(".difference")
        if mean.ndim == 1:
            found[variable] = (mean, error)
            continue
        stacked, errors = (array.stack(label=mean.dims[1:]) for array in (mean, error))
        for i, labels in enumerate(stacked.label.values):
            found[f"{variable}[{','.join(labels)}]"] = (stacked.isel(label=i), errors.isel(label=i))
    return found


def draw_panel(axes, variable, comparisons, differences):
    axes.axhline(0, color=QUIET, linewidth=0.8)
    for colour, comparison, known in zip(COLOURS, comparisons, differences):
        mean, error = known[variable]
        years = years_of(comparison)
        axes.plot(years, mean, color=colour, linewidth=1.8)
        axes.fill_between(years, mean - 1.96 * error, mean + 1.96 * error, color=colour, alpha=0.2, linewidth=0)
    axes.margins(x=0, y=0.08)
    doc = mean.moniac_doc.removesuffix(", B less A") or variable
    title = doc + (f": {variable[variable.index('[') + 1:-1]}" if "[" in variable else "")
    unit = unit_text(mean, comparisons[0].attrs["step"])
    head_panel(axes, title, f"{unit}   ·   {variable}" if unit else variable)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(plain)
    axes.tick_params(labelsize=8.5)
    axes.set_xlabel("years", fontsize=8.5, color=QUIET)


def draw(heading, comparisons, differences, variables):
    columns = min(COLUMNS, len(variables))
    rows = math.ceil(len(variables) / columns)
    head = 0.75 + 0.25 * len(comparisons)
    height = head + 2.75 * rows
    figure, panels = plt.subplots(rows, columns, figsize=(0.4 + 3.9 * columns, height), squeeze=False)
    for axes, variable in zip(panels.flat, variables):
        draw_panel(axes, variable, comparisons, differences)
    for axes in panels.flat[len(variables):]:
        axes.remove()
    left = 0.2 / figure.get_figwidth()
    figure.text(left, 1 - 0.25 / height, heading, fontsize=13, fontweight="bold", va="center", color=INK)
    aid = f"Mean differences from: {base_of(comparisons[0])}; shaded: their 95 % intervals"
    figure.text(left, 1 - 0.5 / height, aid, fontsize=9, va="center", color=QUIET)
    for i, comparison in enumerate(comparisons):
        figure.text(left, 1 - (0.75 + 0.25 * i) / height, "━ " + title_of(comparison), fontsize=10, fontweight="bold",
                    va="center", color=COLOURS[i])
    figure.tight_layout(rect=(0, 0, 1, 1 - head / height), w_pad=2, h_pad=1.5)
    return figure


def chart(files, variables, heading):
    """The figure of comparisons with one base."""
    comparisons = [open_comparison(file) for file in files]
    if len(comparisons) > len(COLOURS):
        raise Mistake(f"{len(comparisons)} comparisons are too many; {len(COLOURS)} colours can be told apart")
    for file, comparison in zip(files, comparisons):
        if base_of(comparison) != base_of(comparisons[0]):
            raise Mistake(f"{file} compares with '{base_of(comparison)}', {files[0]} with '{base_of(comparisons[0])}'")
    differences = [differences_of(comparison) for comparison in comparisons]
    common = [name for name in differences[0] if all(name in known for known in differences)]
    for name in variables or ():
        if name not in common:
            raise Mistake(f"the comparisons have no common variable '{name}'; they have: {', '.join(common)}")
    return draw(heading, comparisons, differences, variables or common)


def main():
    parser = argparse.ArgumentParser(description="Charts of several comparisons with one base.")
    parser.add_argument("files", nargs="+", metavar="comparison.h5")
    parser.add_argument("-o", "--output", help="picture to write, .png or .svg (default: <first file>.png)")
    parser.add_argument("--variables", nargs="+", metavar="NAME", help="us.y10, trade.flow[USA,CHN]; default all common ones")
    parser.add_argument("--title", default="What each scenario changes", help="heading")
    options = parser.parse_args()
    write_chart("option_chart", options.files[0], options.output,
                lambda: chart(options.files, options.variables, options.title), dpi=110)


if __name__ == "__main__":
    main()
