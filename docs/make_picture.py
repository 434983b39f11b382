"""Draw the README's picture from a saved run: a map of the region at the end, and four trends month by month.

Example: uv run --group docs python docs/make_picture.py results/my-run docs/twente.svg
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from pathlib import Path

import click
import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from experiments.catalogue import packaged
from experiments.store import Results, ResultsError, load_results
from sim.parameters import load_parameters
from sim.region import Region, load_region
from sim.scenario import ScenarioError, region_folder

Floats = npt.NDArray[np.float64]

# Okabe and Ito's colours, told apart with any colour vision; list states also differ in shape and lightness.
INK, GREY, DISC, ROAD, MAIN_ROAD = "#222222", "#666666", "#e7e5df", "#cfccc4", "#9d9a92"
LINE, FAINT, BAND = "#0072b2", "#9ccbe6", "#f3e3c3"
STATES = (("open", "o", "#56b4e9", 26), ("conditional", "D", "#e69f00", 24), ("full", "s", "#7a1f3d", 26))
LABEL_FROM = 12_000  # inhabitants from which a place is named on the map
MONTHS = 12


@dataclass(frozen=True)
class Trend:
    """One small panel: a value a month, and the range in which the first year should lie where there is one."""

    title: str
    unit: str
    values: Floats
    low: float | None = None
    high: float | None = None
    level: float | None = None  # a horizontal line that means something


def column(results: Results, table: str, name: str) -> npt.NDArray[np.generic]:
    """A column of a saved table as numpy."""
    return np.asarray(results.table(table).column(name).to_numpy(zero_copy_only=False))


def monthly(results: Results, table: str, *names: str) -> Floats:
    """Sum by month of some columns."""
    _, at = np.unique(column(results, table, "month").astype("U7"), return_inverse=True)
    total = sum(column(results, table, name).astype(np.float64) for name in names)
    return np.bincount(at, weights=total)


def trends(results: Results) -> tuple[Floats, list[Trend]]:
    """Middle of each month in years, and the four trends."""
    months = np.unique(column(results, "people_month", "month").astype("U7"))
    year = np.array([int(month[:4]) for month in months])
    number = np.array([int(month[5:]) for month in months])
    days = np.array([calendar.monthrange(int(y), int(m))[1] for y, m in zip(year, number, strict=True)], np.float64)
    days[-1] = float(results.manifest["last_date"][8:])  # Ctrl-C or an odd horizon may end a run within a month
    people = monthly(results, "people_month", "people")
    aimed = {str(row["id"]): (row["low"], row["high"]) for row in results.summary()}
    waits = monthly(results, "practice_month", "routine_wait_days") / monthly(results, "practice_month", "routine_seen")
    load = monthly(results, "practice_month", "gp_asked_seconds") / monthly(
        results, "practice_month", "gp_available_seconds"
    )
    post = monthly(results, "post_month", *(f"contacts_u{u}" for u in range(1, 6)))
    return year + (number - 0.5) / MONTHS, [
        Trend("Wait for a routine GP appointment", "working days, mean", waits),
        Trend("People without a GP", "persons", monthly(results, "people_month", "without_gp")),
        Trend("GP time asked over GP time available", "ratio", load, *aimed.get("gp_load", (None, None)), level=1.0),
        Trend(
            "Out-of-hours contacts",
            "per 1,000 inhabitants a year",
            post / people * 1000.0 * 365.25 / days,
            *aimed.get("post_contacts", (None, None)),
        ),
    ]


def by_year(when: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Middle and mean of each full calendar year."""
    years, at, count = np.unique(np.floor(when), return_inverse=True, return_counts=True)
    mean = np.bincount(at, weights=values) / count
    return years[count == MONTHS] + 0.5, mean[count == MONTHS]


def draw_trend(axes: Axes, when: Floats, trend: Trend, *, last: bool) -> None:
    """One panel."""
    first = np.floor(when[0])
    if trend.low is not None and trend.high is not None:
        axes.fill_between([first, first + 1.0], trend.low, trend.high, color=BAND, linewidth=0)
        axes.plot(
            [first, first + 1.0], [trend.low] * 2, [first, first + 1.0], [trend.high] * 2, color="#b98a2e", lw=0.9
        )
    if trend.level is not None:
        axes.axhline(trend.level, color=GREY, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.plot(when, trend.values, color=FAINT, linewidth=1.1)
    middle, mean = by_year(when, trend.values)
    axes.plot(middle, mean, color=LINE, linewidth=2.0, marker="o", markersize=4.0)
    low, high = axes.get_ylim()
    if trend.level is None and low < 0.55 * high:  # from zero, unless that would flatten the line
        axes.set_ylim(0.0, high)
    axes.set_title(trend.title, loc="left", fontsize=10.5, color=INK, fontweight="bold", pad=4)
    axes.set_ylabel(trend.unit.replace(" inhabitants", "\ninhabitants").replace(", ", ",\n"), fontsize=9, color=INK)
    axes.set_xlim(first, np.ceil(when[-1]))
    axes.locator_params(axis="y", nbins=4)
    if high >= 1000.0:
        axes.yaxis.set_major_formatter("{x:,.0f}")
    span = int(np.ceil(when[-1]) - first)
    ticks = np.arange(first, first + span + 1, max(1, round(span / 5)))
    axes.set_xticks(ticks, [f"{tick:.0f}" for tick in ticks] if last else [])
    axes.tick_params(labelsize=9, colors=INK, length=3)
    axes.grid(axis="y", color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def spread(x: Floats, y: Floats, by: float = 0.32) -> tuple[Floats, Floats]:
    """Practices in one building, set around it so that each can be seen (km)."""
    x, y = x.copy(), y.copy()
    _, at, count = np.unique(np.stack([x, y]), axis=1, return_inverse=True, return_counts=True)
    at = at.ravel()
    for place in np.flatnonzero(count > 1):
        here = np.flatnonzero(at == place)
        angle = 2.0 * np.pi * np.arange(here.size) / here.size
        x[here] += by * np.cos(angle)
        y[here] += by * np.sin(angle)
    return x, y


def draw_map(axes: Axes, region: Region, results: Results) -> None:
    """Places as discs, roads between neighbours, practices by state of their list, posts."""
    for a, b, link in region.graph.edges(data=True):
        main = link["kind"] == "main"
        axes.plot(
            [region.node_x[a], region.node_x[b]],
            [region.node_y[a], region.node_y[b]],
            color=MAIN_ROAD if main else ROAD,
            linewidth=1.6 if main else 0.9,
            zorder=1,
        )
    for x, y, radius in zip(region.node_x, region.node_y, region.node_radius, strict=True):
        axes.add_patch(Circle((x, y), radius, facecolor=DISC, edgecolor="white", linewidth=0.6, zorder=2))

    month = column(results, "practice_month", "month").astype("U7")
    last = month == np.sort(month)[-1]
    state = column(results, "practice_month", "list_state")[last]
    open_now = column(results, "practice_month", "practice")[last]
    at = {int(number): row for row, number in enumerate(column(results, "practices", "practice"))}
    rows = [at[int(number)] for number in open_now]
    x, y = (column(results, "practices", axis)[rows].astype(np.float64) for axis in ("x", "y"))
    x, y = spread(x, y)
    handles = []
    for number, (name, marker, colour, size) in enumerate(STATES):
        chosen = state == number
        label = f"{'practice, list ' if not number else 'list '}{name} ({np.count_nonzero(chosen)})"
        handles.append(
            axes.scatter(
                x[chosen], y[chosen], s=size, marker=marker, color=colour, edgecolor="white", linewidth=0.5,
                zorder=4, label=label,
            )
        )  # fmt: skip
    handles.append(
        axes.scatter(
            region.post_x, region.post_y, s=150, marker="P", color="black", edgecolor="white", linewidth=1.2, zorder=6,
            label="out-of-hours post",
        )
    )  # fmt: skip
    halo = [patheffects.withStroke(linewidth=2.6, foreground="white")]
    for place in region.places:
        if place.population < LABEL_FROM:
            continue
        here = np.flatnonzero([region.places[p] is place for p in region.node_place])
        top = float(np.max(region.node_y[here] + region.node_radius[here]))
        middle = float(np.mean(region.node_x[here]))
        axes.text(
            middle,
            top + 0.25,
            place.name,
            fontsize=10,
            color=INK,
            ha="center",
            va="bottom",
            path_effects=halo,
            zorder=7,
        )
    low_x, low_y = float(np.min(region.node_x - region.node_radius)), float(np.min(region.node_y - region.node_radius))
    axes.plot([low_x, low_x + 10.0], [low_y, low_y], color=INK, linewidth=2.0, solid_capstyle="butt")
    axes.text(low_x + 5.0, low_y + 0.4, "10 km", fontsize=10, color=INK, ha="center", va="bottom")
    axes.legend(
        handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.005), ncols=4, fontsize=10, frameon=False,
        handletextpad=0.2, columnspacing=1.2,
    )  # fmt: skip
    axes.text(
        0.5, -0.068, "grey disc: built-up area of a place or district; line: road between neighbours, thick main road",
        transform=axes.transAxes, fontsize=9.5, color=GREY, ha="center", va="top",
    )  # fmt: skip
    axes.set_aspect("equal")
    axes.margins(0.01)
    axes.set_axis_off()


def draw(results: Results, region: Region) -> Figure:
    """The whole picture."""
    manifest = results.manifest
    practices = int(np.count_nonzero(column(results, "practices", "founded").astype(np.int64) < 0))
    figure = Figure(figsize=(11.4, 7.1), facecolor="white")
    figure.suptitle(
        f"{region.label_nl}: {region.population:,} inhabitants, "
        f"{practices} practices at the start, day by day from {manifest['scenario']['start']} "
        f"to {manifest['last_date']}",
        x=0.012, y=0.985, ha="left", va="top", fontsize=13, fontweight="bold", color=INK,
    )  # fmt: skip
    figure.text(
        0.012, 0.937,
        f"Scenario {manifest['scenario_name']}, seed {manifest['seed']}. "
        "Left: the last day. Right: by month (thin) and year (thick); shaded: the range aimed at for the first year.",
        ha="left", va="top", fontsize=9.5, color=GREY,
    )  # fmt: skip
    draw_map(figure.add_axes((0.005, 0.085, 0.615, 0.825)), region, results)
    when, panels = trends(results)
    height, gap = 0.150, 0.069
    for number, trend in enumerate(panels):
        bottom = 0.863 - (number + 1) * height - number * gap
        axes = figure.add_axes((0.70, bottom, 0.277, height))
        draw_trend(axes, when, trend, last=number == len(panels) - 1)
        axes.yaxis.set_label_coords(-0.165, 0.5)
    return figure


@click.command()
@click.argument("folder", metavar="RESULTS", type=click.Path(path_type=Path))
@click.argument("pictures", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def main(folder: Path, pictures: tuple[Path, ...]) -> None:
    """Draw the saved run in RESULTS as FILE (.svg or .png; several may be given)."""
    try:
        results = load_results(folder)
        place = region_folder(results.manifest["region"], packaged())
        region = load_region(place, load_parameters())
        # same run, same bytes
        mpl.rcParams.update({"font.family": "DejaVu Sans", "svg.hashsalt": "deltaplan", "svg.fonttype": "path"})
        figure = draw(results, region)
        for picture in pictures:
            figure.savefig(
                picture, dpi=120, metadata={"Date": None, "Creator": None} if picture.suffix == ".svg" else None
            )
    except (ResultsError, ScenarioError) as error:
        raise click.ClickException(str(error)) from None


if __name__ == "__main__":
    main()
