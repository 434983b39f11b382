"""Tables of a comparison: plans beside each other, groups, and cost."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from experiments.compare.comparison import Contrast, Costs, Estimate, GroupContrast
from experiments.compare.wording import label, signed, unit
from experiments.report.money import payer_name
from experiments.texts import Language, number
from viz.figures.markup import table, tag
from viz.figures.tiles import word_of
from viz.figures.words import say

__all__ = ["compare_table", "cost_table", "group_table"]


def compare_table(
    contrasts: Sequence[Contrast], arms: Sequence[str], names: Sequence[str], ids: Sequence[str], lang: Language
) -> Markup:
    """Indicators by row and plans by column: value, difference with interval, chance of being better, in a word.

    Args:
        contrasts: of the answer.
        arms: of the plans, the baseline left out.
        names: of the baseline and the plans for people.
        ids: of the indicators.
        lang: language.
    """
    found = {(one.indicator, one.other): one for one in contrasts}
    rows = []
    for id in ids:
        own = [found.get((id, arm)) for arm in arms]
        first = next((one for one in own if one is not None and math.isfinite(one.base.mean)), None)
        if first is None:
            continue
        rows.append(
            [
                tag("span", label(id, lang), tag("span", f" {unit(id, lang)}", cls="dp-unit")),
                _plain(first.base, lang),
                *(_cell(one, lang) for one in own),
            ]
        )
    return table(", ".join(names), [say("indicator", lang), *names], rows, cls="dp-compare")


def _plain(one: Estimate, lang: Language) -> Markup:
    return tag("span", number(one.mean, lang))


def _cell(one: Contrast | None, lang: Language) -> Markup:
    if one is None:
        return tag("span", "-")
    change = signed(one.difference.mean, lang)
    parts = [tag("span", number(one.arm.mean, lang), cls="dp-value"), tag("br")]
    if one.verdict == "same":
        pass  # the word says it all
    elif math.isfinite(one.difference.low):
        low, high = signed(one.difference.low, lang), signed(one.difference.high, lang)
        parts.append(tag("span", f"{change} ({low} – {high})", cls="dp-small"))
        parts.append(tag("br"))
    else:
        parts += [tag("span", change, cls="dp-small"), tag("br")]
    word = word_of(one.verdict, lang)
    if math.isfinite(one.chance_better):
        word += f" · {say('chance', lang).lower()} {round(100 * one.chance_better)} %"
    parts.append(tag("span", word, cls=f"dp-small dp-verdict dp-{one.verdict}"))
    return tag("span", *parts)


def group_table(
    groups: Sequence[GroupContrast], by: str, indicator: str, arms: Sequence[str], names: Sequence[str], lang: Language
) -> Markup:
    """One indicator by group: the baseline and what each plan changes there."""
    own = [one for one in groups if one.by == by and one.contrast.indicator == indicator]
    keys = sorted({one.key for one in own})
    rows = []
    for key in keys:
        of_key = {one.contrast.other: one for one in own if one.key == key}
        first = next(iter(of_key.values()))
        name = first.name_nl if lang == "nl" else first.name_en
        cells = [
            _change(of_key[arm].contrast if arm in of_key else None, lang)
            for arm in arms
        ]  # fmt: skip
        rows.append([name, number(first.contrast.base.mean, lang), *cells])
    title = f"{label(indicator, lang)} {say(f'by_{by}', lang)} ({unit(indicator, lang)})"
    return table(title, [say("group", lang), *names], rows, cls="dp-groups", hidden=False)


def _change(one: Contrast | None, lang: Language) -> Markup:
    if one is None:
        return tag("span", "-")
    text = signed(one.difference.mean, lang)
    if math.isfinite(one.difference.low):
        text += f" ({signed(one.difference.low, lang)} – {signed(one.difference.high, lang)})"
    return tag("span", text, " ", tag("span", word_of(one.verdict, lang), cls=f"dp-small dp-verdict dp-{one.verdict}"))


def cost_table(costs: Sequence[Costs], arms: Sequence[str], names: Sequence[str], lang: Language) -> Markup:
    """What plans cost, and for each extra person with a GP."""
    found = {one.arm: one for one in costs}
    own = [found.get(arm) for arm in arms]

    def row(key: str, pick: object, text: str) -> list[object]:
        cells = []
        for one in own:
            value = getattr(one, str(pick)) if one is not None else None
            cells.append(_amount(value, text, lang))
        return [say(key, lang), *cells]

    rows = [
        row("cost_total", "total", "euro"),
        row("cost_people", "extra_registered", "people"),
        row("cost_extra", "per_extra_registered", "euro"),
        row("cost_care", "care", "euro"),
    ]
    payers = sorted({payer for one in own if one is not None for payer in one.by_payer})
    for payer in payers:
        cells = [_amount(one.by_payer.get(payer) if one is not None else None, "euro", lang) for one in own]
        rows.append([payer_name(payer, lang), *cells])
    return table(say("cost_total", lang), [say("amount", lang), *names[1:]], rows, cls="dp-cost")


def _amount(value: Estimate | None, text: str, lang: Language) -> Markup:
    if value is None or not math.isfinite(value.mean):
        return tag("span", say("not_surely", lang) if text == "euro" and value is not None else "-")
    shown = say(text, lang, n=number(_round(value.mean), lang))
    if math.isfinite(value.low):
        ends = f"{number(_round(value.low), lang)} – {number(_round(value.high), lang)}"
        return tag("span", shown, tag("br"), tag("span", f"({ends})", cls="dp-small"))
    return tag("span", shown)


def _round(value: float) -> float:
    """To three figures, since more would be false."""
    if value == 0.0 or not math.isfinite(value):
        return value
    power = 10.0 ** (math.floor(math.log10(abs(value))) - 2)
    return round(value / power) * power
