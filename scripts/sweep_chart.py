#!/usr/bin/python3
"""Draws a sweep along one axis: the mean of each recorded variable at the last date, one panel per variable, with its
highest point marked.

    moniac sweep curve.yaml -o curve.h5
    sweep_chart.py curve.h5 [-o chart.png|chart.svg] [--variables us.tariff_revenue …] [--title TEXT]
"""
import argparse

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from fan_chart import INK, QUIET, Mistake, open_dataset, picked, write_chart

LINE = "#0072B2"


def open_sweep(path):
    """The dataset, and the one axis that varies."""
    result = open_dataset(path)
    axes = [array for name, array in result.data_vars.items() if name.startswith("axis_")]
    if len(axes) != 1:
        raise Mistake(f"{path} has {len(axes)} axes; a curve is drawn along one")
    return result, axes[0]


def variables_of(result):
    """{name: mean by case} of the recorded scalars, in the order of the file."""
    return {mean.moniac_name: mean for mean in result.data_vars.values()
            if mean.attrs.get("moniac_statistic") == "mean" and mean.ndim == 2}


def draw_panel(panel, name, mean, axis):
    order = np.argsort(axis.values)
    x, y = axis.values[order], mean.values[order, -1]
    panel.plot(x, y, color=LINE, linewidth=1.6)
    top = int(np.nanargmax(y))
    if 0 < top < len(y) - 1:
        panel.plot(x[top], y[top], "o", color=LINE, markersize=5)
        panel.annotate(f"{y[top]:.4g} at {x[top]:.4g}", (x[top], y[top]), xytext=(8, -2), textcoords="offset points",
                       fontsize=8.5, color=INK)
    panel.set_title(name, loc="left", fontsize=10.5, fontweight="bold", pad=19)
    panel.text(0, 1.03, mean.attrs["moniac_unit"], transform=panel.transAxes, fontsize=8.5, color=QUIET)
    panel.spines[["top", "right"]].set_visible(False)


def draw(title, variables, axis):
    heading = f"{axis.moniac_axis.removeprefix('levers.')}, {axis.attrs.get('moniac_unit', '')}"
    figure, panels = plt.subplots(1, len(variables), figsize=(0.6 + 3.6 * len(variables), 3.6), squeeze=False)
    for panel, (name, mean) in zip(panels[0], variables.items()):
        draw_panel(panel, name, mean, axis)
        panel.set_xlabel(heading, fontsize=8.5, color=QUIET)
    figure.suptitle(title, x=0.015, ha="left", fontsize=12, fontweight="bold")
    figure.tight_layout(rect=(0, 0, 1, 0.97), w_pad=2.5)
    return figure


def chart(file, variables, title):
    """The figure of a sweep."""
    result, axis = open_sweep(file)
    return draw(title or result.attrs["title"], picked(variables_of(result), variables, "variable"), axis)


def main():
    parser = argparse.ArgumentParser(description="Curves from a sweep along one axis.")
    parser.add_argument("file", metavar="sweep.h5")
    parser.add_argument("-o", "--output", help="picture to write, .png or .svg (default: <file>.png)")
    parser.add_argument("--variables", nargs="+", metavar="NAME", help="default: all recorded")
    parser.add_argument("--title", help="heading; default that of the scenario")
    options = parser.parse_args()
    write_chart("sweep_chart", options.file, options.output,
                lambda: chart(options.file, options.variables, options.title), dpi=130)


if __name__ == "__main__":
    main()
