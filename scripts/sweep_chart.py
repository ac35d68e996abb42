#!/usr/bin/python3
"""Draws a sweep along one axis: the mean of each recorded variable at the last date, one panel per variable, with its
highest point marked.

    moniac sweep curve.yaml -o curve.h5
    sweep_chart.py curve.h5 [-o chart.png|chart.svg] [--variables us.tariff_revenue …] [--title TEXT]
"""
import argparse
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from fan_chart import INK, QUIET, Mistake, open_dataset

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


def main():
    parser = argparse.ArgumentParser(description="Curves from a sweep along one axis.")
    parser.add_argument("file", metavar="sweep.h5")
    parser.add_argument("-o", "--output", help="picture to write, .png or .svg (default: <file>.png)")
    parser.add_argument("--variables", nargs="+", metavar="NAME", help="default: all recorded")
    parser.add_argument("--title", help="heading; default that of the scenario")
    options = parser.parse_args()
    output = options.output or os.path.splitext(options.file)[0] + ".png"
    try:
        if not output.endswith((".png", ".svg")):
            raise Mistake(f"{output}: the picture is .png or .svg")
        result, axis = open_sweep(options.file)
        variables = variables_of(result)
        for name in options.variables or ():
            if name not in variables:
                raise Mistake(f"the file has no variable '{name}'; it has: {', '.join(variables)}")
        title = options.title or result.attrs["title"]
        figure = draw(title, {name: variables[name] for name in options.variables or variables}, axis)
        figure.savefig(output, dpi=130, metadata={"Date": None} if output.endswith(".svg") else None)
    except (Mistake, OSError) as error:
        sys.exit(f"sweep_chart: {error}")
    print(output)


if __name__ == "__main__":
    main()
