"""What scenarios and indicators are called: a letter and a short name each, label, unit and direction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from experiments.compare.comparison import Comparison
from experiments.indicators import label, unit
from experiments.report.charts.marks import Style, style
from experiments.report.texts import tell
from experiments.texts import Language
from sim.indicators.catalogue import INDICATORS

__all__ = ["IndicatorName", "Named", "indicator_name", "joined", "letter_of", "named", "window"]

LONGEST = 56


@dataclass(frozen=True)
class Named:
    """A scenario as the report calls it; the base is A."""

    letter: str
    name: str
    label: str
    short: str
    style: Style


@dataclass(frozen=True)
class IndicatorName:
    """An indicator in words; ``factor`` turns its values into ``unit``."""

    id: str
    label: str
    unit: str
    better: str
    factor: float = 1.0

    @property
    def full(self) -> str:
        """Label with unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


def letter_of(place: int) -> str:
    """A, B, ... Z, A2, B2, ..."""
    return chr(ord("A") + place % 26) + (str(place // 26 + 1) if place >= 26 else "")


def named(comparison: Comparison, lang: Language) -> list[Named]:
    """The base and the others, with letters and names short enough for a heading."""
    labels = [arm.label_nl if lang == "nl" else arm.label_en for arm in comparison.all_arms]
    shorts = [_short(label) for label in labels]
    return [
        Named(
            letter_of(place),
            arm.name,
            label,
            short if shorts.count(short) == 1 else f"{short} ({arm.name})",
            style(place),
        )
        for place, (arm, label, short) in enumerate(zip(comparison.all_arms, labels, shorts, strict=True))
    ]


def _short(label: str) -> str:
    """What stands before a colon, else the label; cut at a word where it is too long."""
    head = label.partition(":")[0].strip() or label
    if len(head) <= LONGEST:
        return head
    return head[:LONGEST].rsplit(" ", 1)[0] + " …"


def indicator_name(id: str, lang: Language) -> IndicatorName:
    """Label, unit and direction of an indicator; one that this version does not know keeps its id."""
    one = INDICATORS.get(id)
    if one is None:
        return IndicatorName(id, id, "", "none")
    return IndicatorName(id, label(one, lang), unit(one, lang), one.better)


def joined(words: list[str], lang: Language, write: Callable[[str], str] = str) -> str:
    """``a, b and c``."""
    if len(words) <= 1:
        return "".join(map(write, words))
    return f"{', '.join(map(write, words[:-1]))} {tell('and', lang)} {write(words[-1])}"


def window(comparison: Comparison, lang: Language) -> str:
    """The years that the contrasts are of."""
    first = comparison.last_year - comparison.window + 1
    key = "window_more" if comparison.window > 1 else "window_one"
    return tell(key, lang, first=first, last=comparison.last_year)
