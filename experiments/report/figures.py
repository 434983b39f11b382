"""Numbers as a reader in the language expects them: decimals that fit the matter, a true minus, intervals, euros."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from typing import Any

from experiments.report.texts import MONTHS, tell
from experiments.texts import Language, number

__all__ = [
    "axis_number",
    "chance",
    "date",
    "euro",
    "fixed",
    "interval",
    "level",
    "levels",
    "places_of",
    "plain",
    "signed",
]

MINUS = "−"


def fixed(value: float, places: int, lang: Language, *, sign: bool = False) -> str:
    """A number with that many decimals; ``sign`` also writes the plus. ``-`` where unknown."""
    if not math.isfinite(value):
        return "-"
    text = f"{abs(value):,.{places}f}"
    if lang == "nl":
        text = text.translate(str.maketrans(",.", ".,"))
    if not any(digit in text for digit in "123456789"):
        return text  # no minus before a zero
    return (MINUS if value < 0 else "+" if sign else "") + text


def places_of(*values: float) -> int:
    """Decimals that leave two digits of the largest value, at most four."""
    sizes = [abs(value) for value in values if math.isfinite(value) and value != 0.0]
    return min(max(1 - math.floor(math.log10(max(sizes))), 0), 4) if sizes else 0


def level(value: float, lang: Language) -> str:
    """The value of an indicator, to about three digits."""
    return number(value, lang).replace("-", MINUS) if math.isfinite(value) else "-"


def levels(values: Iterable[float], lang: Language) -> list[str]:
    """Values that are compared, all with as many decimals as leave three digits of the largest."""
    given = list(values)
    largest = max((abs(value) for value in given if math.isfinite(value)), default=0.0)
    places = 0 if largest >= 100.0 else 1 if largest >= 10.0 else 2 if largest >= 0.1 else 4
    return [fixed(value, places if largest else 0, lang) for value in given]


def signed(value: float, low: float, high: float, lang: Language, places: int | None = None) -> str:
    """A difference with its sign, in decimals that fit its interval unless they are given."""
    return fixed(value, places_of(value, low, high) if places is None else places, lang, sign=True)


def interval(value: float, low: float, high: float, lang: Language, places: int | None = None) -> str:
    """The bounds of an interval, ``-0,4 tot +1,2``, in the decimals of ``signed``."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return tell("unknown", lang)
    places = places_of(value, low, high) if places is None else places
    return tell("from_to", lang, low=fixed(low, places, lang, sign=True), high=fixed(high, places, lang, sign=True))


def chance(value: float, lang: Language) -> str:
    """A chance between 0 and 1 as a percentage that never claims certainty."""
    if not math.isfinite(value):
        return tell("no_direction", lang)
    percent = round(100.0 * value)
    if percent >= 100:
        return "> 99 %"
    return "< 1 %" if percent <= 0 else f"{percent} %"


def euro(value: float, lang: Language, *, sign: bool = False) -> str:
    """An amount in euro or million euro, kept on one line."""
    if not math.isfinite(value):
        return "-"
    size = abs(value)
    if size >= 999_500.0:
        places = 0 if size >= 99.5e6 else 1 if size >= 9.95e6 else 2
        return f"€\u00a0{fixed(value / 1e6, places, lang, sign=sign)}\u00a0{tell('million', lang)}"
    if size >= 100_000.0:
        return f"€\u00a0{fixed(round(value, -3), 0, lang, sign=sign)}"
    return f"€\u00a0{fixed(round(value, -1) if size >= 1000.0 else value, 0, lang, sign=sign)}"


def axis_number(value: float, step: float, lang: Language) -> str:
    """A tick of an axis with as many decimals as its step needs."""
    if abs(step) >= 1e5:
        return fixed(value / 1e6, 0 if step >= 1e6 else 1, lang) + (f" {tell('million_short', lang)}" if value else "")
    places = 0
    while places < 6 and abs(step * 10**places - round(step * 10**places)) > 1e-6 * abs(step) * 10**places:
        places += 1
    return fixed(value, places, lang)


def date(text: str, lang: Language) -> str:
    """An ISO date in words; other text as it is."""
    try:
        day = datetime.date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def plain(value: Any, lang: Language) -> str:
    """Plain data of a scenario in words: numbers, dates, names, lists of them."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return tell("yes" if value else "no", lang)
    if isinstance(value, int | float):
        text = f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
        return (
            text.translate(str.maketrans(",.", ".,")).replace("-", MINUS) if lang == "nl" else text.replace("-", MINUS)
        )
    if isinstance(value, list | tuple):
        numbers = [one for one in value if isinstance(one, int | float) and not isinstance(one, bool)]
        if len(numbers) == len(value) and len(value) > 6:
            ends = {"low": plain(min(numbers), lang), "high": plain(max(numbers), lang)}
            return tell("many_values", lang, count=len(value), **ends)
        return ", ".join(plain(one, lang) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {plain(one, lang)}" for key, one in value.items())
    return date(str(value), lang) if len(str(value)) == 10 else str(value)
