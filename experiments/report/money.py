"""What scenarios cost and who pays; and where the uncertainty of differences comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass

from experiments.compare.comparison import Comparison, Costs, Estimate
from experiments.report.answer import euros
from experiments.report.figures import euro, fixed, interval, signed
from experiments.report.names import IndicatorName, Named, indicator_name, named
from experiments.report.texts import tell
from experiments.texts import Language
from sim.interventions.base import PAYERS

__all__ = ["CostRow", "SpreadRow", "cost_table", "payer_name", "spread_rows"]


@dataclass(frozen=True)
class CostRow:
    """One row: a value and its interval for each scenario; ``sum`` for the total."""

    name: str
    cells: tuple[tuple[str, str], ...]
    sum: bool = False


@dataclass(frozen=True)
class SpreadRow:
    """One indicator in one scenario: spread by chance and by parameters, and which weighs most."""

    indicator: IndicatorName
    letter: str
    seeds: str
    parameters: str
    larger: str


def payer_name(payer: str, lang: Language) -> str:
    """A payer in words, with a capital; one that this version does not know as it is."""
    words = next((names[lang == "nl"] for key, names in PAYERS.items() if key == payer), payer)
    return words[:1].upper() + words[1:]


def cost_table(comparison: Comparison, lang: Language) -> tuple[list[Named], list[CostRow]]:
    """Scenarios with costs, and the rows: payers, total, cost of care, people with a GP more, and cost of each."""
    by_arm = {one.arm: one for one in comparison.costs}
    arms = [arm for arm in named(comparison, lang) if arm.name in by_arm]
    own = [by_arm[arm.name] for arm in arms]
    payers = list(dict.fromkeys(payer for one in own for payer in one.by_payer))
    zero = Estimate(0.0, 0.0, 0.0, 0)
    rows = [
        CostRow(payer_name(payer, lang), tuple(_amount(one.by_payer.get(payer, zero), lang) for one in own))
        for payer in payers
    ]
    rows += [
        CostRow(tell("total", lang), tuple(_amount(one.total, lang) for one in own), sum=True),
        CostRow(tell("care_cost", lang), tuple(_amount(one.care, lang) for one in own)),
        CostRow(tell("extra_registered", lang), tuple(_people(one.extra_registered, lang) for one in own)),
        CostRow(tell("per_extra", lang), tuple(_each(one, lang) for one in own), sum=True),
    ]
    return arms, rows


def _amount(one: Estimate, lang: Language) -> tuple[str, str]:
    if one.mean == 0.0 and one.low == one.high:
        return euro(0.0, lang), ""
    if not math.isfinite(one.mean):
        return tell("unknown", lang), ""
    alike = euro(one.low, lang) == euro(one.high, lang)
    return euro(one.mean, lang), "" if alike else euros(one.low, one.high, lang)


def _people(one: Estimate, lang: Language) -> tuple[str, str]:
    if not math.isfinite(one.mean):
        return tell("unknown", lang), ""
    return signed(one.mean, one.low, one.high, lang), interval(one.mean, one.low, one.high, lang)


def _each(one: Costs, lang: Language) -> tuple[str, str]:
    each = one.per_extra_registered
    return _amount(each, lang) if math.isfinite(each.mean) else (tell("undefined", lang), "")


def spread_rows(comparison: Comparison, lang: Language) -> list[SpreadRow]:
    """A row for each spread that is known, at least that by chance."""
    letters = {arm.name: arm.letter for arm in named(comparison, lang)}
    rows = []
    for one in comparison.spreads:
        if not math.isfinite(one.seeds):
            continue
        known = math.isfinite(one.parameters)
        larger = tell("chance_word" if one.seeds >= one.parameters else "parameters_word", lang) if known else "-"
        parameters = _size(one.parameters, lang) if known else tell("spread_unknown", lang)
        name = indicator_name(one.indicator, lang)
        rows.append(SpreadRow(name, letters.get(one.arm, one.arm), _size(one.seeds, lang), parameters, larger))
    return rows


def _size(value: float, lang: Language) -> str:
    if not math.isfinite(value):
        return "-"
    places = min(max(1 - math.floor(math.log10(abs(value))), 0), 4) if value else 0
    return fixed(value, places, lang)
