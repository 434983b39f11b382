"""The question in one sentence, and its answer in one paragraph a scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.compare.comparison import Comparison, Contrast, Costs, Estimate
from experiments.report.figures import euro, fixed, levels, places_of, plain
from experiments.report.names import Named, indicator_name, joined, named, window
from experiments.report.texts import tell
from experiments.texts import Language

__all__ = ["FIRST", "answers", "made_of", "question"]

FIRST = (
    "without_gp", "wait_mean", "third_next_available", "seen_in_3_days", "forgone", "gp_load", "list_per_fte",
    "fte_all", "post_contacts", "lists_full", "usual_gp_share", "phone_wait",
)  # fmt: skip
"""What people ask about first; other indicators follow in the order of the comparison."""
NAMED = 3  # indicators named in a sentence; the others are counted


def question(comparison: Comparison, lang: Language) -> str:
    """What the report answers."""
    base, *others = named(comparison, lang)
    quoted = [tell("quoted", lang, name=one.short) for one in others]
    return tell(
        "question" if len(others) == 1 else "question_more",
        lang,
        others=joined(quoted, lang),
        base=tell("quoted", lang, name=base.short),
        region=comparison.region_nl if lang == "nl" else comparison.region_en,
        first=comparison.first_year,
        last=comparison.last_year,
    )


def answers(comparison: Comparison, lang: Language) -> list[tuple[Named, str]]:
    """A paragraph for each scenario but the base."""
    _, *others = named(comparison, lang)
    return [(one, _paragraph(comparison, one, lang)) for one in others]


def made_of(comparison: Comparison, lang: Language) -> str:
    """How many people, pairs and parameter sets the answer is made of, and on how many assumptions it rests."""
    share = comparison.share
    text = tell(
        "made_of",
        lang,
        people=tell("people_all", lang)
        if share >= 1.0
        else tell("people_share", lang, share=plain(100.0 * share, lang)),
        pairs=comparison.pairs,
        sets=tell("sets_one" if comparison.sets <= 1 else "sets_more", lang, sets=comparison.sets),
        mode=mode_name(comparison.capacity_mode, lang),
    )
    if comparison.assumptions:
        assumed = sum(one.grade == "C" for one in comparison.assumptions)
        text += " " + tell("rests_on", lang, count=assumed, all=len(comparison.assumptions))
    return text


def mode_name(mode: str, lang: Language) -> str:
    """A capacity mode in words; another as it is."""
    key = f"mode_{mode}"
    return tell(key, lang) if mode in {"bounded", "elastic", "hard"} else mode


def _paragraph(comparison: Comparison, arm: Named, lang: Language) -> str:
    found = sorted(comparison.contrasts_of(arm.name), key=_weight)
    by = {verdict: [one for one in found if one.verdict == verdict] for verdict in ("better", "worse", "different")}
    noise = [one for one in found if one.verdict == "noise"]
    same = [one for one in found if one.verdict == "same"]
    unknown = [one for one in found if one.verdict == "unknown"]
    where = {"window": window(comparison, lang), "all": len(found)}
    parts = []
    if by["better"]:
        items = _items(by["better"], lang, values=True)
        parts.append(tell("answer_better", lang, count=len(by["better"]), items=items, **where))
    else:
        parts.append(tell("answer_not_better", lang, **where))
    if by["worse"]:
        parts.append(tell("answer_worse", lang, count=len(by["worse"]), items=_items(by["worse"], lang, values=True)))
    else:
        parts.append(tell("answer_not_worse", lang))
    if by["different"]:
        parts.append(tell("answer_different", lang, items=_items(by["different"], lang, values=True)))
    if noise:
        parts.append(tell("answer_noise", lang, count=len(noise), items=_items(noise, lang, values=False)))
    if same:
        parts.append(tell("answer_same", lang, count=len(same)))
    if unknown:
        parts.append(tell("answer_unknown", lang, count=len(unknown)))
    parts += [text for cost in comparison.costs if cost.arm == arm.name for text in _cost(cost, comparison.years, lang)]
    return " ".join(parts)


def _weight(contrast: Contrast) -> int:
    return FIRST.index(contrast.indicator) if contrast.indicator in FIRST else len(FIRST)


def _items(contrasts: Sequence[Contrast], lang: Language, *, values: bool) -> str:
    shown = [_item(one, lang) if values else _label(one, lang) for one in contrasts[:NAMED]]
    more = len(contrasts) - NAMED
    separator = "; " if values else ", "
    return separator.join(shown) + (f"{separator}{tell('answer_more', lang, count=more)}" if more > 0 else "")


def _label(contrast: Contrast, lang: Language) -> str:
    label = indicator_name(contrast.indicator, lang).label
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _item(contrast: Contrast, lang: Language) -> str:
    """From, to, and the size of the difference with its interval; of what is certain, so all have one sign."""
    gap = contrast.difference
    base, arm = levels((contrast.base.mean, contrast.arm.mean), lang)
    places = places_of(gap.mean, gap.low, gap.high)
    low, high = sorted((abs(gap.low), abs(gap.high)))
    return tell(
        "answer_item",
        lang,
        label=_label(contrast, lang),
        base=base,
        arm=arm,
        unit=indicator_name(contrast.indicator, lang).unit,
        size=fixed(abs(gap.mean), places, lang),
        way=tell("lower" if gap.mean < 0.0 else "higher", lang),
        low=fixed(low, places, lang),
        high=fixed(high, places, lang),
    )


def _cost(cost: Costs, years: int, lang: Language) -> list[str]:
    if not math.isfinite(cost.total.mean):
        return []
    parts = [
        tell(
            "answer_cost",
            lang,
            years=years,
            total=euro(cost.total.mean, lang),
            interval=_brackets(cost.total, lang),
        )
    ]
    each = cost.per_extra_registered
    if math.isfinite(each.mean):
        parts.append(tell("answer_cost_each", lang, each=euro(each.mean, lang), interval=_brackets(each, lang)))
    else:
        parts.append(tell("answer_cost_undefined", lang))
    return parts


def _brackets(one: Estimate, lang: Language) -> str:
    """The interval of an amount in brackets, unless both ends read the same: then there is nothing to tell."""
    if euro(one.low, lang) == euro(one.high, lang):
        return ""
    return tell("in_brackets", lang, interval=euros(one.low, one.high, lang))


def euros(low: float, high: float, lang: Language) -> str:
    """An interval in euro."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return tell("unknown", lang)
    return tell("from_to", lang, low=euro(low, lang), high=euro(high, lang))
