"""A contrast in one plain sentence."""

from __future__ import annotations

from dataclasses import replace

from experiments.compare.comparison import Contrast
from experiments.compare.texts import say
from experiments.indicators import label as name_of
from experiments.indicators import unit as unit_of
from experiments.questions.accepted import Sets
from experiments.texts import Language, number
from sim.indicators.catalogue import INDICATORS

__all__ = ["LANGUAGES", "about_sets", "label", "sentence", "signed", "unit", "with_sentences"]

LANGUAGES: tuple[Language, Language] = ("nl", "en")


def label(indicator: str, lang: Language) -> str:
    """Name of an indicator by its id."""
    return name_of(INDICATORS[indicator], lang)


def unit(indicator: str, lang: Language) -> str:
    """Unit of an indicator by its id."""
    return unit_of(INDICATORS[indicator], lang)


def signed(value: float, lang: Language) -> str:
    """A difference with its sign."""
    text = number(value, lang)
    return f"+{text}" if value > 0.0 else text.replace("-", "−", 1) if value < 0.0 else text


def about_sets(sets: Sets, lang: Language) -> dict[str, object]:
    """How many sets there are, from when and where, and of how many parameters, as values for texts."""
    return {
        "known": len(sets.draws),
        "when": say("sets_when", lang, date=sets.date) if sets.date else "",
        "file": sets.file,
        "parameters": len({name for draw in sets.draws for name in draw.values}),
    }


def sentence(contrast: Contrast, base: str, arm: str, lang: Language) -> str:
    """What one contrast says, in words.

    Args:
        contrast: numbers and verdict.
        base: name of the base for people.
        arm: name of the scenario for people.
        lang: language.
    """
    measure = unit(contrast.indicator, lang)
    return say(
        f"sentence_{contrast.verdict}",
        lang,
        name=label(contrast.indicator, lang),
        unit=f"({measure})" if "=" in measure else measure,  # a scale, not a measure
        base=base,
        arm=arm,
        a=number(contrast.arm.mean, lang),
        b=number(contrast.base.mean, lang),
        d=signed(contrast.difference.mean, lang),
        low=signed(contrast.difference.low, lang),
        high=signed(contrast.difference.high, lang),
    )


def with_sentences(contrast: Contrast, base: str, arm: str) -> Contrast:
    """The contrast with its sentence in both languages."""
    nl, en = (sentence(contrast, base, arm, lang) for lang in LANGUAGES)
    return replace(contrast, sentence_nl=nl, sentence_en=en)
