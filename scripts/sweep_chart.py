#!/usr/bin/python3
"""Draws a sweep: a panel for the mean of each recorded variable at the last date and for the probability of each outcome.
Along one axis a curve with its 95 % interval, and its highest point where that stands out; over a grid of two a heat map.

    moniac sweep curve.yaml -o curve.h5
    sweep_chart.py curve.h5 [-o chart.png|chart.svg] [--variables us.tariff_revenue …] [--title TEXT]
"""
import argparse
import collections
import math

import matplotlib

matplotlib.use("Agg")
import numpy as np

from fan_chart import COLOURS, INK, MOST_PANELS, QUIET, Mistake, head_panel, open_dataset, panel_grid, picked, plain, \
    unit_text, write_chart

MOST_NUMBERS = 80  # cells of a heat map that can hold a number
Answer = collections.namedtuple("Answer", "title unit values errors")  # by case


def open_sweep(path):
    """The dataset, and the one or two axes that vary."""
    result = open_dataset(path)
    axes = [array for name, array in result.data_vars.items() if name.startswith("axis_")]
    if len(axes) not in (1, 2):
        raise Mistake(f"{path} has {len(axes)} axes; one gives a curve and two a heat map. "
                      f"moniac info {path} says which of them drives what")
    return result, axes


def answers_of(result):
    """{name: answer} of the recorded scalars and of the outcomes, in the order of the file."""
    found = {}
    for key, array in result.data_vars.items():
        statistic = array.attrs.get("moniac_statistic")
        if statistic == "mean" and array.dims == ("case", "time"):
            errors = result[key.removesuffix("_mean") + "_se"]
            found[array.moniac_name] = Answer(array.attrs.get("moniac_doc", ""), unit_text(array, result.attrs["step"]),
                                              array.values[:, -1], errors.values[:, -1])
        elif statistic == "probability":
            errors = result[key.removesuffix("_probability") + "_se"]
            found[array.moniac_outcome] = Answer(array.attrs.get("condition", ""), "% of the paths", 100 * array.values,
                                                 100 * errors.values)
    return found


def axis_title(axis):
    unit = axis.attrs.get("moniac_unit", "")
    return axis.moniac_axis.removeprefix("levers.") + (f", {unit}" if unit else "")


def draw_curve(panel, answer, axis):
    x, y, errors = axis.values, answer.values, answer.errors
    if x.dtype.kind in "if":
        order = np.argsort(x)
        x, y, errors = x[order], y[order], errors[order]
    panel.fill_between(x, y - 1.96 * errors, y + 1.96 * errors, color=COLOURS[0], alpha=0.2, linewidth=0)
    panel.plot(x, y, color=COLOURS[0], linewidth=1.6)
    top = int(np.nanargmax(y))
    if y[top] - max(y[0], y[-1]) > 1.96 * errors[top]:
        panel.plot(x[top], y[top], "o", color=COLOURS[0], markersize=5)
        panel.annotate(f"{y[top]:.4g} at {x[top]:.4g}" if x.dtype.kind in "if" else f"{y[top]:.4g}", (x[top], y[top]),
                       xytext=(8, -2), textcoords="offset points", fontsize=8.5, color=INK)
    panel.yaxis.set_major_formatter(plain)
    panel.set_xlabel(axis_title(axis), fontsize=8.5, color=QUIET)


def draw_cells(panel, values, texts):
    """A cell for each of `values` [row, column], coloured by it, with a text in it; the first row lies at the bottom."""
    panel.grid(False)
    image = panel.imshow(values, origin="lower", cmap="cividis", aspect="auto")
    middle = (np.nanmin(values) + np.nanmax(values)) / 2
    for (i, j), text in np.ndenumerate(texts):
        panel.text(j, i, text, ha="center", va="center", fontsize=8, color="white" if values[i, j] < middle else INK)
    return image


def cell_texts(values):
    """Numbers with as many decimals as tell a tenth of their range apart, or less."""
    spread = np.nanmax(values) - np.nanmin(values)
    decimals = min(max(0, 1 - math.floor(math.log10(spread))), 6) if spread > 0 else 2
    return np.vectorize(lambda value: f"{value:,.{decimals}f}")(values)


def draw_map(panel, answer, axes):
    (rows, row), (columns, column) = (np.unique(axis.values, return_inverse=True) for axis in axes)
    values = np.full((len(rows), len(columns)), np.nan)
    values[row, column] = answer.values
    numbers = values.size <= MOST_NUMBERS
    image = draw_cells(panel, values, cell_texts(values) if numbers else np.empty((0, 0)))
    if not numbers:
        panel.figure.colorbar(image, ax=panel)
    for ticks, where in ((panel.set_xticks, columns), (panel.set_yticks, rows)):
        every = -(-len(where) // 8)
        ticks(range(0, len(where), every), [x if isinstance(x, str) else f"{x:.4g}" for x in where[::every]])
    panel.set_ylabel(axis_title(axes[0]), fontsize=8.5, color=QUIET)
    panel.set_xlabel(axis_title(axes[1]), fontsize=8.5, color=QUIET)


def check_grid(file, axes):
    """A cell of a heat map is one case."""
    cases = set(zip(*(axis.values for axis in axes)))
    wanted = len(set(axes[0].values)) * len(set(axes[1].values))
    if len(cases) != wanted or axes[0].size != wanted:
        raise Mistake(f"{file} has two axes and is no grid; a heat map needs a case for every pair of values")


def chart(file, variables, title):
    """The figure of a sweep."""
    result, axes = open_sweep(file)
    answers = picked(answers_of(result), variables, "variable")
    if len(answers) > MOST_PANELS:
        raise Mistake(f"{len(answers)} panels are too many; choose with --variables from: {', '.join(answers)}")
    if len(axes) == 2:
        check_grid(file, axes)
    aid = f"means over the paths on {str(result.time.values[-1])[:10]}" + (
        ", the shade is their 95 % interval" if len(axes) == 1 else "")
    figure, panels = panel_grid(result.assign_attrs(title=title or result.attrs["title"]), aid, len(answers))
    for panel, (name, answer) in zip(panels, answers.items()):
        head_panel(panel, answer.title or name, f"{answer.unit}   ·   {name}" if answer.unit else name)
        draw_curve(panel, answer, axes[0]) if len(axes) == 1 else draw_map(panel, answer, axes)
    return figure


def main():
    parser = argparse.ArgumentParser(description="Curves from a sweep along one axis, heat maps over two.")
    parser.add_argument("file", metavar="sweep.h5")
    parser.add_argument("-o", "--output", help="picture to write, .png or .svg (default: <file>.png)")
    parser.add_argument("--variables", nargs="+", metavar="NAME", help="variables and outcomes; default all recorded")
    parser.add_argument("--title", help="heading; default that of the scenario")
    options = parser.parse_args()
    write_chart("sweep_chart", options.file, options.output,
                lambda: chart(options.file, options.variables, options.title), dpi=130)


if __name__ == "__main__":
    main()
