"""The country on the screen and in files."""

from __future__ import annotations

import datetime
from pathlib import Path

import tomlkit
from rich.console import Console

from experiments.country.answer import Country, Series
from experiments.country.drive import Year
from experiments.country.exchange import KINDS
from experiments.country.legs import event_of
from experiments.country.texts import say
from experiments.prepare import Prepared
from experiments.questions.asking import Way, write_csv
from experiments.show import print_headlines, print_table, screen
from experiments.texts import Language, number
from sim.indicators.catalogue import INDICATORS
from sim.indicators.targets import published

__all__ = ["command_of", "print_country", "save_country"]

_SHOWN = {"without": "without_gp_share", "full": "lists_full", "wait": "third_next_available", "fte": "fte_all"}
"""Columns of the table by region: text and indicator."""


def print_country(country: Country, way: Way) -> None:
    """Print the country, its regions, and what they exchange."""
    console, lang = screen(), way.lang
    first, last = country.span
    console.print(say("title", lang, first=first, last=last), style="bold")
    _whole(console, country, lang)
    console.print()
    console.print(say("by_region", lang, first=first, last=last), style="bold")
    _regions(console, country, lang)
    console.print()
    _pool(console, country, lang)
    console.print(say("assumed", lang), soft_wrap=True)


def _whole(console: Console, country: Country, lang: Language) -> None:
    first, last = country.span
    rows = []
    for id, one in INDICATORS.items():
        if not one.headline:
            continue
        series, target = country.whole.get(id, {}), published(id)
        low, high = (target.low, target.high) if target is not None and target.region is None else (None, None)
        rows.append(
            {
                "nl": one.nl, "en": one.en, "unit": one.unit, "first": series.get(first), "last": series.get(last),
                "low": low, "high": high,
            }
        )  # fmt: skip
    print_headlines(console, rows, lang, (str(first), str(last)))


def _regions(console: Console, country: Country, lang: Language) -> None:
    first, last = country.span

    def pair(part: Series, id: str) -> str:
        series = part.get(id, {})
        return " -> ".join(number(series.get(year), lang) for year in dict.fromkeys((first, last)))

    heads = [(say("region", lang), "left"), (say("people", lang), "right")]
    heads += [(say(key, lang), "right") for key in _SHOWN]
    rows = [
        [region.region_label[lang], pair(part, "inhabitants"), *(pair(part, id) for id in _SHOWN.values())]
        for region, part in zip(country.regions, country.parts, strict=True)
    ]
    print_table(console, heads, rows)


def _pool(console: Console, country: Country, lang: Language) -> None:
    if not country.years:
        console.print(say("no_exchange", lang), soft_wrap=True)
        return
    console.print(say("pool", lang), style="bold")
    keys = [f"{kind}_{what}" for kind in KINDS for what in ("left", "came", "factor")]
    print_table(
        console,
        [(say("year", lang), "left"), *((say(key, lang), "right") for key in keys)],
        [
            [
                str(one.year),
                *(
                    number(value, lang)
                    for k, factor in enumerate(one.pool.factors)
                    for value in (*_persons(country, one, k), round(factor, 2))
                ),
            ]
            for one in country.years
        ],
    )
    console.print(say("pool_read", lang), soft_wrap=True)


def _persons(country: Country, one: Year, kind: int) -> tuple[float | None, float | None]:
    """Who left and who came in a year, scaled up from the share that was simulated; None where it was not counted."""
    if one.flows is None:
        return None, None
    share = country.regions[0].share
    return one.flows.left[kind] / share, one.flows.came[kind] / share


def save_country(country: Country, folder: Path) -> None:
    """Write country.csv, regions.csv and exchange.csv, and a scenario file of each region."""
    rows = [[id, year, value] for id, series in country.whole.items() for year, value in sorted(series.items())]
    write_csv(folder / "country.csv", ("indicator", "year", "value"), rows)
    rows = [
        [region.region.id, id, year, value]
        for region, part in zip(country.regions, country.parts, strict=True)
        for id, series in sorted(part.items())
        for year, value in sorted(series.items())
    ]
    write_csv(folder / "regions.csv", ("region", "indicator", "year", "value"), rows)
    write_csv(
        folder / "exchange.csv",
        ("year", "kind", "left", "came", "factor"),
        [
            [one.year, kind, *("" if value is None else value for value in _persons(country, one, k)), factor]
            for one in country.years
            for k, (kind, factor) in enumerate(zip(KINDS, one.pool.factors, strict=True))
        ],
    )
    _scenarios(country, folder / "regions")


def _scenarios(country: Country, folder: Path) -> None:
    """Each region as it was run: the baseline with the years of the exchange as events."""
    folder.mkdir(exist_ok=True)
    for region in country.regions:
        content = tomlkit.document()
        content.add("id", tomlkit.item(_name(region.region.id)))
        content.add("extends", tomlkit.item(region.name))
        content.add("years", tomlkit.item(region.scenario.years))
        content.add("label", tomlkit.item(region.region_label))
        events = tomlkit.table(is_super_table=True)
        for event in (event_of(year, pool) for year, pool in country.pools.items()):
            dates = {key: datetime.date.fromisoformat(event[key]) for key in ("date", "end")}
            events.add(event["id"], {key: dates.get(key, value) for key, value in event.items() if key != "id"})
        if country.pools:
            content.add("events", events)
        (folder / f"{_name(region.region.id)}.toml").write_text(tomlkit.dumps(content), encoding="utf-8")


def command_of(region: Prepared, folder: Path) -> str:
    """The command that runs one region of the country by itself."""
    share = "" if region.share == 1.0 else f" --share {region.share:g}"
    return f"deltaplan run {folder / 'regions' / _name(region.region.id)}.toml --seed {region.seed}{share}"


def _name(id: str) -> str:
    return f"country-{id}"
