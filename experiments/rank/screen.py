"""The order in words: a table, what it is made of, why each region stands where it does, what was published."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rich.console import Console

from experiments.indicators import label as name_of
from experiments.indicators import unit as unit_of
from experiments.questions.asking import Way, percent, write_csv, write_json
from experiments.rank.answer import Ranking, Support, tiers
from experiments.rank.components import COMPONENTS, Component
from experiments.rank.texts import say
from experiments.show import print_table, screen
from experiments.student import mean_interval
from experiments.texts import Language, number
from sim.indicators.catalogue import INDICATORS

__all__ = ["print_ranking", "print_support", "save_ranking"]

_NAMED = 3
"""Components named in a region's sentence."""
_BESIDE = 8
"""Regions that stand beside each other in a table."""
_LITTLE = 0.02
"""What adds less to the index is not named."""


def print_ranking(ranking: Ranking, way: Way) -> None:
    """Print the order and why it is so."""
    console, lang = screen(), way.lang
    first, last = ranking.years
    console.print(say("title", lang, regions=len(ranking.regions), first=first, last=last), style="bold")
    _table(console, ranking, lang)
    console.print(say("read", lang), soft_wrap=True)
    if ranking.values.shape[1] < 2:
        console.print(say("one_seed", lang), soft_wrap=True)
    share = ranking.regions[0].share
    if share < 1.0:
        console.print(say("part_seed", lang, share=percent(share, lang)), soft_wrap=True)
    console.print()
    console.print(say("components", lang), style="bold")
    _components(console, ranking, lang)
    console.print(say("assumed", lang), soft_wrap=True)
    console.print()
    console.print(say("why", lang), style="bold")
    for k in ranking.places:
        console.print(sentence(ranking, k, lang), soft_wrap=True)
    _differences(console, ranking, lang)


def _table(console: Console, ranking: Ranking, lang: Language) -> None:
    order, known = ranking.order, tiers()
    rows = []
    for k in ranking.places:
        tier = known.get(ranking.regions[k].region.id)
        rows.append(
            [
                str(int(order.rank[k])),
                ranking.regions[k].region_label[lang],
                f"{number(float(order.index[k]), lang)}{_plus(float(order.half[k]), lang)}",
                _range(order.by_chance[k]),
                "-" if np.isnan(order.first[k]) else percent(round(float(order.first[k]), 2), lang),
                _range(order.by_weights[k]),
                "-" if tier is None else say(f"tier_{tier}", lang),
            ]
        )
    heads = ("rank", "region", "index", "by_chance", "first", "by_weights", "tier")
    print_table(console, [(say(one, lang), "left" if one in {"region", "tier"} else "right") for one in heads], rows)


def _components(console: Console, ranking: Ranking, lang: Language) -> None:
    """Values of the components: a column for each region, or of many regions a row for each."""
    weights = [percent(round(weight, 3), lang) for weight in ranking.weights]
    values = [
        [_value(one, float(ranking.values[k, :, c].mean()), lang) for c, one in enumerate(COMPONENTS)]
        for k in ranking.places
    ]
    labels = [ranking.regions[k].region_label[lang] for k in ranking.places]
    names = [_name(one, ranking, lang) for one in COMPONENTS]
    if len(labels) <= _BESIDE:
        heads = [(say("component", lang), "left"), (say("weight", lang), "right")]
        rows = [[names[c], weights[c], *(row[c] for row in values)] for c in range(len(names))]
        print_table(console, heads + [(one, "right") for one in labels], rows)
        return
    for c, (name, weight) in enumerate(zip(names, weights, strict=True), 1):
        console.print(f"({c}) {name}, {weight}", soft_wrap=True)
    heads = [(say("region", lang), "left"), *((f"({c})", "right") for c in range(1, len(names) + 1))]
    print_table(console, heads, [[label, *row] for label, row in zip(labels, values, strict=True)])


def _plus(half: float, lang: Language) -> str:
    return "" if np.isnan(half) else f" ± {number(half, lang)}"


def _range(ends: np.ndarray) -> str:
    if np.isnan(ends).any():
        return "-"
    low, high = (int(one) for one in ends)
    return str(low) if low == high else f"{low} - {high}"


def _name(one: Component, ranking: Ranking, lang: Language) -> str:
    first, last = ranking.years
    return say(f"when_{one.when}", lang, name=name_of(INDICATORS[one.indicator], lang), first=first, last=last)


def _value(one: Component, value: float, lang: Language) -> str:
    text = number(round(value, 3), lang)
    measure = unit_of(INDICATORS[one.indicator], lang)
    sign = "+" if one.when == "change" and value > 0.0 else ""
    return f"{sign}{text} %" if measure == "%" else f"{sign}{text}"


def sentence(ranking: Ranking, k: int, lang: Language) -> str:
    """Why a region stands where it does: what adds most to its index, and what takes most off."""
    parts = ranking.order.parts[k]
    told = []
    for key, sign in (("up", 1.0), ("down", -1.0)):
        chosen = [int(c) for c in np.argsort(-sign * parts, kind="stable") if sign * parts[c] > _LITTLE][:_NAMED]
        if chosen:
            told.append(say(key, lang, parts=", ".join(_part(ranking, k, c, lang) for c in chosen)))
    label = ranking.regions[k].region_label[lang]
    return say(
        "place", lang, rank=int(ranking.order.rank[k]), region=label, parts="; ".join(told) or say("level", lang)
    )


def _part(ranking: Ranking, k: int, c: int, lang: Language, others: list[int] | None = None) -> str:
    """A component of a region against the mean of all regions, or of some others, and what that does to the index."""
    one, values = COMPONENTS[c], ranking.values[:, :, c].mean(axis=1)
    whom = list(range(values.size)) if others is None else others
    add = float(ranking.order.parts[k, c] - ranking.order.parts[whom, c].mean())
    return say(
        "part",
        lang,
        name=_name(one, ranking, lang),
        value=_value(one, float(values[k]), lang),
        mean=_value(one, float(values[whom].mean()), lang),
        add=f"{'+' if add > 0 else ''}{number(round(add, 2), lang)}",
    )


def _differences(console: Console, ranking: Ranking, lang: Language) -> None:
    """Regions that stand above one that the programme chose earlier, and what makes the difference."""
    known, order = tiers(), ranking.order
    console.print()
    console.print(say("differs", lang), style="bold")
    told = False
    for k in ranking.places:
        tier = known.get(ranking.regions[k].region.id)
        earlier = [
            j for j in ranking.places
            if tier is not None and order.rank[j] > order.rank[k] and known.get(ranking.regions[j].region.id, 9) < tier
        ]  # fmt: skip
        if not earlier:
            continue
        told = True
        apart = [j for j in earlier if order.by_chance[k, 1] < order.by_chance[j, 0]]
        gap = order.parts[k] - order.parts[earlier].mean(axis=0)
        chosen = [int(c) for c in np.argsort(-gap, kind="stable") if gap[c] > _LITTLE][:_NAMED]
        parts = ", ".join(_part(ranking, k, c, lang, earlier) for c in chosen)
        if not apart:
            parts = "; ".join(one for one in (parts, say("not_sure", lang)) if one)
        labels = ", ".join(ranking.regions[j].region_label[lang] for j in earlier[:_NAMED])
        if len(earlier) > _NAMED:
            labels = say("and_more", lang, labels=labels, more=len(earlier) - _NAMED)
        region = ranking.regions[k].region_label[lang]
        console.print(
            say("higher", lang, region=region, tier=say(f"tier_{tier}", lang), others=labels, parts=parts),
            soft_wrap=True,
        )
    if not told:
        console.print(say("agrees", lang), soft_wrap=True)
    console.print(say("basis", lang, start=ranking.regions[0].scenario.start.year), soft_wrap=True)


def print_support(ranking: Ranking, support: list[Support], way: Way) -> None:
    """Print what support in the most urgent regions changes."""
    console, lang = screen(), way.lang
    console.print()
    console.print(say("support", lang, count=len(support)), style="bold")
    for one in support:
        mean, low, high = mean_interval(one.other - one.base)
        if not (one.other - one.base).any():
            region = ranking.regions[one.region].region_label[lang]
            console.print(say("support_nothing", lang, region=region), soft_wrap=True)
            continue
        console.print(
            say(
                "support_line",
                lang,
                region=ranking.regions[one.region].region_label[lang],
                last=ranking.years[1],
                base=number(float(one.base.mean()), lang),
                with_it=number(float(one.other.mean()), lang),
                difference=number(mean, lang),
                low=number(low, lang),
                high=number(high, lang),
            ),
            soft_wrap=True,
        )
    mean, low, high = mean_interval(np.sum([one.other - one.base for one in support], axis=0))
    cost = number(sum(one.cost for one in support), lang)
    told = {"difference": number(mean, lang), "low": number(low, lang), "high": number(high, lang), "cost": cost}
    console.print(say("support_total", lang, **told), soft_wrap=True)
    if low <= 0.0 <= high and mean != 0.0:
        console.print(say("support_noise", lang), soft_wrap=True)
    console.print(say("support_about", lang), soft_wrap=True)


def save_ranking(ranking: Ranking, support: list[Support], folder: Path) -> None:
    """Write ``ranking.csv``, ``components.csv`` (every region and seed) and ``rank.json`` (what was asked)."""
    order, known = ranking.order, tiers()
    heads = ["rank", "region", "index", "index_half_90", "rank_low", "rank_high", "chance_first",
             "rank_low_weights", "rank_high_weights", "tier_2021"]  # fmt: skip
    rows: list[list[object]] = [
        [
            int(order.rank[k]), ranking.regions[k].region.id, float(order.index[k]), float(order.half[k]),
            *(float(end) for end in order.by_chance[k]), float(order.first[k]),
            *(float(end) for end in order.by_weights[k]), known.get(ranking.regions[k].region.id, ""),
        ]
        for k in ranking.places
    ]  # fmt: skip
    write_csv(folder / "ranking.csv", heads, rows)
    write_csv(
        folder / "components.csv",
        ["region", "seed", "component", "weight", "value", "adds"],
        [
            [one.region.id, one.seed + s, part.id, weight, float(ranking.values[k, s, c]), float(order.parts[k, c])]
            for k, one in enumerate(ranking.regions)
            for s in range(ranking.values.shape[1])
            for c, (part, weight) in enumerate(zip(COMPONENTS, ranking.weights, strict=True))
        ],
    )
    write_json(
        folder / "rank.json",
        {
            "regions": [one.name for one in ranking.regions],
            "keys": [one.key for one in ranking.regions],
            "years": list(ranking.years),
            "weights": dict(zip((one.id for one in COMPONENTS), ranking.weights, strict=True)),
            "share": ranking.regions[0].share,
            "support": [ranking.regions[one.region].region.id for one in support],
        },
    )
