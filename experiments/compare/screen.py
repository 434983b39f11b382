"""A comparison on the screen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rich.console import Console

from experiments.compare.comparison import Arm, Comparison, Contrast, Costs, Estimate, GroupContrast
from experiments.compare.texts import say
from experiments.compare.wording import label, signed, unit
from experiments.show import print_table
from experiments.texts import Language, number
from experiments.texts import say as say_run
from sim.interventions.base import PAYERS

__all__ = ["print_comparison"]


def print_comparison(console: Console, comparison: Comparison, lang: Language, by: Sequence[str] = ()) -> None:
    """Contrasts, sentences, groups asked for, cost and what to keep in mind.

    Args:
        console: to print on.
        comparison: made before.
        lang: language.
        by: groupings to show: municipality, age, deprivation.
    """
    console.print(
        say(
            "title",
            lang,
            base=comparison.base.name,
            others=", ".join(arm.name for arm in comparison.arms),
            region=comparison.region_nl if lang == "nl" else comparison.region_en,
            first=comparison.first_year,
            last=comparison.last_year,
            pairs=comparison.pairs,
        ),
        style="bold",
    )
    for arm in comparison.arms:
        own = comparison.contrasts_of(arm.name)
        console.print()
        console.print(_against(comparison, arm, lang), style="bold")
        _print_contrasts(console, own, lang)
        console.print()
        for one in own:
            if one.verdict in ("better", "worse", "different"):
                console.print("  " + (one.sentence_nl if lang == "nl" else one.sentence_en), soft_wrap=True)
        _print_precision(console, comparison, own, lang)
        _print_spreads(console, comparison, arm, lang)
        _print_costs(console, comparison, next(one for one in comparison.costs if one.arm == arm.name), lang)
        for grouping in by:
            rows = [one for one in comparison.groups if one.by == grouping and one.contrast.other == arm.name]
            _print_groups(console, rows, arm, comparison.base, grouping, lang)
    if comparison.modes:
        _print_modes(console, comparison, lang)
    console.print()
    for text in comparison.warnings_nl if lang == "nl" else comparison.warnings_en:
        console.print(text, soft_wrap=True)


def _against(comparison: Comparison, arm: Arm, lang: Language) -> str:
    first = comparison.last_year - comparison.window + 1
    key = "year_at_end" if comparison.window == 1 else "years_at_end"
    when = say(key, lang, first=first, last=comparison.last_year)
    return say("against", lang, arm=f"B = {arm.name}", base=f"A = {comparison.base.name}") + f", {when}"


def _interval(one: Estimate, lang: Language) -> str:
    return "-" if math.isnan(one.low) else f"{signed(one.low, lang)} – {signed(one.high, lang)}"


def _chance(one: Contrast) -> str:
    if math.isnan(one.chance_better):
        return "-"
    percent = 100.0 * one.chance_better
    return "> 99 %" if percent > 99.0 else "< 1 %" if percent < 1.0 else f"{percent:.0f} %"


def _print_contrasts(console: Console, rows: Sequence[Contrast], lang: Language) -> None:
    heads = [(say_run("indicator", lang), "left"), (say_run("unit", lang), "left")]
    heads += [(say(key, lang), "right") for key in ("base", "arm", "difference", "interval", "chance", "pairs")]
    heads += [(say("verdict", lang), "left")]
    print_table(
        console,
        heads,
        [
            [
                label(one.indicator, lang),
                unit(one.indicator, lang),
                number(one.base.mean, lang),
                number(one.arm.mean, lang),
                signed(one.difference.mean, lang),
                _interval(one.difference, lang),
                _chance(one),
                str(one.difference.n),
                say(f"verdict_{one.verdict}", lang) + ("" if one.precise or one.verdict == "same" else " *"),
            ]
            for one in rows
        ],
    )


def _print_precision(console: Console, comparison: Comparison, rows: Sequence[Contrast], lang: Language) -> None:
    vague = [label(one.indicator, lang) for one in rows if not one.precise and one.verdict != "same"]
    text = say("imprecise", lang, names="; ".join(vague)) if vague else say("all_precise", lang)
    console.print()
    console.print(text, soft_wrap=True)
    known = sorted(one.reduction for one in rows if math.isfinite(one.reduction))
    if known:
        middle = known[len(known) // 2]
        low, high = (number(one, lang) for one in (known[0], known[-1]))
        key = "reduction_sets" if comparison.sets > 1 else "reduction"
        text = say(key, lang, median=number(middle, lang), n=len(known), low=low, high=high)
        console.print(text, soft_wrap=True)


def _print_spreads(console: Console, comparison: Comparison, arm: Arm, lang: Language) -> None:
    """Whether chance or the parameters weigh most in what the pairs differ, where the two are told apart."""
    own = [one for one in comparison.spreads if one.arm == arm.name and math.isfinite(one.parameters)]
    told = [one for one in own if one.seeds > 0.0 or one.parameters > 0.0]
    if not told:
        return
    names = [label(one.indicator, lang) for one in told if one.parameters > one.seeds]
    key = "spreads_none" if not names else "spreads_all" if len(names) == len(told) else "spreads_some"
    console.print(say(key, lang, names="; ".join(names), n=len(told) - len(names)), soft_wrap=True)


def _print_costs(console: Console, comparison: Comparison, one: Costs, lang: Language) -> None:
    console.print()
    if not one.by_payer:
        console.print(say("no_costs", lang))
        return
    names: Mapping[str, tuple[str, str]] = {str(key): pair for key, pair in PAYERS.items()}
    console.print(say("costs", lang, years=comparison.last_year - comparison.first_year + 1), style="bold")
    rows = [
        [names[payer][1 if lang == "nl" else 0], signed(euro.mean, lang), _interval(euro, lang)]
        for payer, euro in one.by_payer.items()
    ]
    rows.append([say("total", lang), signed(one.total.mean, lang), _interval(one.total, lang)])
    rows.append([say("care_cost", lang), signed(one.care.mean, lang), _interval(one.care, lang)])
    heads = [(say("payer", lang), "left"), (say("euro", lang), "right"), (say("interval", lang), "right")]
    print_table(console, heads, rows)
    extra = one.extra_registered
    more = [[say("extra_registered", lang), signed(extra.mean, lang), _interval(extra, lang)]]
    per = one.per_extra_registered
    if not math.isnan(per.mean):
        ends = f"{number(per.low, lang)} – {number(per.high, lang)}"
        more.append([say("per_extra", lang), number(per.mean, lang), ends])
    print_table(console, [("", "left"), ("", "right"), (say("interval", lang), "right")], more)
    if math.isnan(per.mean):
        console.print(say("per_extra_none", lang), soft_wrap=True)


def _print_groups(
    console: Console, rows: Sequence[GroupContrast], arm: Arm, base: Arm, by: str, lang: Language
) -> None:
    console.print()
    title = say("group_title", lang, by=say_run(f"by_{by}", lang), arm=arm.name, base=base.name)
    console.print(title, style="bold")
    heads = [(say("group", lang), "left"), (say_run("indicator", lang), "left")]
    heads += [(say(key, lang), "right") for key in ("base", "arm", "difference", "interval", "chance")]
    heads += [(say("verdict", lang), "left")]
    print_table(
        console,
        heads,
        [
            [
                row.name_nl if lang == "nl" else row.name_en,
                label(one.indicator, lang),
                number(one.base.mean, lang),
                number(one.arm.mean, lang),
                signed(one.difference.mean, lang),
                _interval(one.difference, lang),
                _chance(one),
                say(f"verdict_{one.verdict}", lang),
            ]
            for row in sorted(rows, key=lambda row: (row.contrast.indicator, row.key))
            for one in (row.contrast,)
        ],
    )


def _print_modes(console: Console, comparison: Comparison, lang: Language) -> None:
    """Verdicts side by side in the capacity modes, and whether the scenario does better in all of them."""
    own = [(comparison.capacity_mode, comparison.contrasts)]
    own += [(one.capacity_mode, one.contrasts) for one in comparison.modes]
    for arm in comparison.arms:
        console.print()
        console.print(say("modes_title", lang, arm=arm.name, base=comparison.base.name), style="bold")
        heads = [(say_run("indicator", lang), "left")] + [(say(f"mode_{mode}", lang), "left") for mode, _ in own]
        heads.append((say("in_all", lang), "left"))
        rows = []
        for one in comparison.contrasts_of(arm.name):
            found = [
                next(item for item in contrasts if item.indicator == one.indicator and item.other == arm.name)
                for _, contrasts in own
            ]
            cells = [f"{say(f'verdict_{item.verdict}', lang)} ({signed(item.difference.mean, lang)})" for item in found]
            beats = all(item.verdict == "better" for item in found)
            rows.append([label(one.indicator, lang), *cells, say("yes" if beats else "no", lang)])
        print_table(console, heads, rows)
