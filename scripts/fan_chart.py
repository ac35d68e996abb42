#!/usr/bin/python3
"""Draws fan charts of result files: one panel per recorded variable, shades that hold 50, 90 and 98 % of the paths (or
whatever pairs of quantiles the file has) and the median. Several files are drawn over each other.

    fan_chart.py result.h5 [more.h5 …] [-o chart.png|chart.svg] [--variables us.y10 us.holdings[japan] …]
"""
import argparse
import itertools
import math
import os
import sys
import textwrap

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import xarray as xr
from matplotlib.colors import to_rgb
from matplotlib.ticker import MaxNLocator

# Okabe and Ito (2008): told apart by every common kind of colour vision.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
INK, QUIET, GRID = "#222222", "#666666", "#e4e4e4"
MOST_PANELS = 30
GAP = 1.65  # inches between panels, for the labels at the end of a fan

plt.rcParams.update({
    "font.family": "DejaVu Sans", "font.size": 10, "text.color": INK, "axes.edgecolor": "#999999",
    "axes.labelcolor": INK, "xtick.color": QUIET, "ytick.color": QUIET, "axes.spines.top": False,
    "axes.spines.right": False, "axes.spines.left": False, "axes.grid": True, "axes.grid.axis": "y",
    "axes.axisbelow": True, "grid.color": GRID, "grid.linewidth": 0.8, "ytick.major.size": 0, "svg.fonttype": "none",
    "svg.hashsalt": "moniac",
})


class Mistake(Exception):
    """What the user asked for cannot be drawn."""


def open_dataset(path):
    if not os.path.exists(path):
        raise Mistake(f"{path}: no such file")
    try:
        result = xr.open_dataset(path, engine="h5netcdf")
    except OSError as error:
        raise Mistake(f"{path} cannot be read: {str(error).splitlines()[0]}") from error
    return result


def open_result(path):
    result = open_dataset(path)
    if result.attrs.get("format") != "moniac-results":
        raise Mistake(f"{path} is not a result of moniac")
    if result.sizes.get("time", 0) < 2:
        raise Mistake(f"{path} has fewer than two recorded dates; a fan needs `record: {{dates: all}}`")
    return result


def series_of(result):
    """The quantiles of every recorded variable, taken apart by label: {"us.y10": …, "us.holdings[japan]": …}."""
    found = {}
    for array in result.data_vars.values():
        if array.attrs.get("moniac_statistic") != "quantile":
            continue
        name = array.moniac_name
        if array.cell_methods == "time: sum":
            array = array.where(array.step > 0, drop=True)  # no step ends at the start
        for labels in itertools.product(*(array[dimension].values for dimension in array.dims[2:])):
            found[f"{name}[{','.join(labels)}]" if labels else name] = array.sel(dict(zip(array.dims[2:], labels)))
    return found


def choose(series, wanted):
    """The names to draw: all, or those asked for, where us.holdings stands for all its labels."""
    known = list(dict.fromkeys(name for one in series for name in one))
    if not wanted:
        return known
    chosen = []
    for name in wanted:
        matching = [k for k in known if k == name or k.startswith(name + "[")]
        if not matching:
            raise Mistake(f"no file records '{name}'; recorded: {', '.join(known)}")
        chosen += matching
    return list(dict.fromkeys(chosen))


def bands(quantiles):
    """Pairs (low, high) of equal tails, widest first."""
    return [(q, 100 - q) for q in sorted(float(q) for q in quantiles) if q < 50 and (100 - q) in quantiles]


def tint(colour, share):
    """`colour` mixed with white, so that shades do not depend on what lies below."""
    return tuple(1 - share * (1 - c) for c in to_rgb(colour))


def fitting(text, size, inches):
    """Font size, at most `size`, at which bold `text` fits; a letter is about 0.64 of the size wide."""
    return min(size, 72 * inches / (0.64 * max(len(text), 1)))


def unit_text(array, step):
    step = step[2:] if step.startswith("1 ") else step
    return array.attrs.get("moniac_unit", "").replace("/step", f" per {step}").replace("/", " per ")


def percent(number):
    return f"{number:g} %"


def draw_fan(axes, array, colour, overlaid):
    """Shades and median of one series; returns what to write at its end: (height, text, colour, weight)."""
    dates = array.time.values
    pairs = bands(array["quantile"].values)
    labels = []
    for depth, (low, high) in enumerate(pairs, start=1):
        below, above = (array.sel(quantile=q).values for q in (low, high))
        share = 0.12 + 0.5 * depth / len(pairs)
        shade = {"color": colour, "alpha": 0.1} if overlaid else {"color": tint(colour, share)}
        axes.fill_between(dates, below, above, linewidth=0, zorder=1 + depth / 10, **shade)
        for edge in (below, above) if overlaid and depth == 1 else ():
            axes.plot(dates, edge, color=colour, linewidth=1, alpha=0.7, zorder=2)
        labels.append((above[-1], percent(high - low), QUIET, "normal"))
    if 50 in array["quantile"].values:
        median = array.sel(quantile=50).values
        axes.plot(dates, median, color=colour, linewidth=2, zorder=3, solid_capstyle="butt")
        word = "" if overlaid else "median "
        labels.append((median[-1], word + number_text(median[-1], array), colour, "bold"))
    return labels


def number_text(value, array):
    """`value` with as many digits as tell the width of the fan apart, and at most five behind the first."""
    width = float(array.isel(time=-1).max() - array.isel(time=-1).min())
    digits = 2 if width == 0 else max(0, 2 - math.floor(math.log10(width)))
    most = 5 - math.floor(math.log10(abs(value))) if value else 3
    return f"{value:,.{max(0, min(digits, most, 6))}f}"


def plain(value, _):
    """A tick: thousands apart, no common offset."""
    return f"{value:,.10g}"


def head_panel(axes, title, detail, room=3.4, size=10.5):
    """Title of a panel, in `room` inches, and what it measures under it. A long title takes two lines."""
    lines = [title]
    if fitting(title, size, room) < 0.8 * size:
        lines = textwrap.wrap(title, len(title) // 2 + 6)
    longest = max(lines, key=len)
    axes.set_title("\n".join(lines), loc="left", fontsize=fitting(longest, size if len(lines) == 1 else 0.85 * size, room),
                   fontweight="bold", pad=2 * size - 1)
    axes.text(0, 1.035, detail, transform=axes.transAxes, fontsize=8.5, color=QUIET)


def label_ends(axes, labels, last):
    """Writes the labels beside the last date, moved apart where they would overlap. A band that has no width to see goes
    without."""
    bottom, top = axes.get_ylim()
    gap = 0.075 * (top - bottom)
    medians = [label[0] for label in labels if label[3] == "bold"]
    seen = [label for label in labels if label[3] == "bold" or all(label[0] - m > gap / 5 for m in medians)]
    free = -math.inf
    for height, text, colour, weight in sorted(seen):
        free = max(height, free)
        axes.annotate(text, (last, free), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5,
                      color=colour, fontweight=weight, annotation_clip=False)
        free += gap


def draw_panel(axes, name, results, series):
    overlaid = len(results) > 1
    labels = []
    for i, (result, known) in enumerate(zip(results, series)):
        if name not in known:
            continue
        array = known[name]
        drawn = draw_fan(axes, array, COLOURS[i % len(COLOURS)], overlaid)
        labels += [label for label in drawn if label[3] == "bold" or not overlaid]
        title = f"{array.moniac_doc or name}" + (f": {name[name.index('[') + 1:-1]}" if "[" in name else "")
        unit = unit_text(array, result.attrs["step"])
        last = array.time.values[-1]
    axes.margins(x=0, y=0.06)
    label_ends(axes, labels, last)
    room = axes.figure.get_figwidth() * axes.get_position().width + GAP - 0.1
    head_panel(axes, title, f"{unit}   ·   {name}" if unit else name, room, size=11)
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(plain)
    locator = mdates.AutoDateLocator(minticks=3, maxticks=7)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=False))


def shades_text(series, names):
    array = next(known[name] for name in names for known in series if name in known)
    shares = [percent(high - low) for low, high in reversed(bands(array["quantile"].values))]
    return f"shades hold {' / '.join(shares)} of the paths, the line is the median" if shares else "the line is the median"


def header(figure, results, shades, height):
    """Title or legend, reading aid and source."""
    room = figure.get_figwidth() - 0.6
    left = 0.3 / figure.get_figwidth()

    def line(y, text, **style):
        figure.text(left, 1 - y / height, text, va="center", **style)

    y = 0.38
    for i, result in enumerate(results):
        title = result.attrs.get("title", result.attrs.get("scenario", ""))
        if len(results) == 1:
            line(y, title, fontsize=fitting(title, 15, room), fontweight="bold")
        else:
            line(y, "━ " + title, fontsize=fitting("━ " + title, 12.5, room), fontweight="bold",
                 color=COLOURS[i % len(COLOURS)])
        y += 0.3
    line(y, shades[0].upper() + shades[1:], fontsize=9.5, color=QUIET)
    sources = dict.fromkeys(f"{r.attrs['scenario']}, {int(r.attrs['paths_used']):,} paths, seed {r.attrs['seed']}"
                            for r in results)
    version = results[0].attrs["moniac_version"].removeprefix("moniac ").split()[0]
    line(height - 0.2, "   ·   ".join([f"moniac {version}", *sources]), fontsize=7.5, color=QUIET)


def panel_grid(result, reading_aid, count):
    """A figure with the header of `result`, and `count` panels in rows of three, or four in a square."""
    columns = 2 if count == 4 else min(count, 3)
    rows = math.ceil(count / columns)
    head, foot = 0.75, 0.35  # inches
    height = head + 3 * rows + foot
    figure, panels = plt.subplots(rows, columns, figsize=(0.4 + 4.1 * max(columns, 2), height), squeeze=False)
    figure.set_layout_engine("constrained", rect=(0.01, foot / height, 0.98, 1 - (head + foot) / height), w_pad=0.12, h_pad=0.1)
    header(figure, [result], reading_aid, height)
    for axes in panels.flat[count:]:
        axes.remove()
    return figure, list(panels.flat[:count])


def draw(results, names, series):
    columns = 1 if len(names) == 1 else 2 if len(names) <= 4 else 3
    rows = math.ceil(len(names) / columns)
    panel_width, panel_height = (7.0, 3.4) if columns == 1 else (4.0, 2.2)
    left, above, below = 0.65, 0.75, 0.4  # inches beside, over and under panels
    head = 0.68 + 0.3 * (len(results) - 1)
    height = head + rows * (above + panel_height + below) + 0.35
    width = left + columns * (panel_width + GAP) - 0.55
    figure = plt.figure(figsize=(width, height))
    header(figure, results, shades_text(series, names), height)
    for i, name in enumerate(names):
        row, column = divmod(i, columns)
        top = head + row * (above + panel_height + below) + above
        axes = figure.add_axes([(left + column * (panel_width + GAP)) / width, 1 - (top + panel_height) / height,
                                panel_width / width, panel_height / height])
        draw_panel(axes, name, results, series)
    return figure


def picked(found, wanted, kind):
    """The entries of `found` that are wanted, or all of them."""
    for name in wanted or ():
        if name not in found:
            raise Mistake(f"the file has no {kind} '{name}'; it has: {', '.join(found)}")
    return {name: found[name] for name in wanted or found}


def write_chart(program, file, output, draw_it, dpi):
    """Writes the figure of draw_it() to `output`, by default <file>.png, and prints where; a mistake ends the program."""
    output = output or os.path.splitext(file)[0] + ".png"
    try:
        if not output.endswith((".png", ".svg")):
            raise Mistake(f"{output}: the picture is .png or .svg")
        draw_it().savefig(output, dpi=dpi, metadata={"Date": None} if output.endswith(".svg") else None)
    except (Mistake, OSError) as error:
        sys.exit(f"{program}: {error}")
    print(output)


def chart(files, variables):
    """The figure of result files."""
    results = [open_result(path) for path in files]
    series = [series_of(result) for result in results]
    names = choose(series, variables)
    if not names:
        raise Mistake("the files record no quantiles")
    if len(names) > MOST_PANELS:
        raise Mistake(f"{len(names)} panels are too many; choose with --variables from: {', '.join(names)}")
    return draw(results, names, series)


def main():
    parser = argparse.ArgumentParser(description="Fan charts of moniac's result files.")
    parser.add_argument("files", nargs="+", metavar="result.h5")
    parser.add_argument("-o", "--output", help="picture to write, .png or .svg (default: <first file>.png)")
    parser.add_argument("--variables", nargs="+", metavar="NAME", help="us.y10, us.holdings, us.holdings[japan]; default all")
    options = parser.parse_args()
    write_chart("fan_chart", options.files[0], options.output, lambda: chart(options.files, options.variables), dpi=150)


if __name__ == "__main__":
    main()
