"""The model's parameters as tables: value, range, unit, grade and source."""

from __future__ import annotations

import difflib
import fnmatch

from rich.console import Console

from experiments.show import print_table
from experiments.sources import source_in
from experiments.texts import Language, say
from experiments.units import unit_in
from sim.parameters import Parameter, ParameterError, Parameters

__all__ = ["find", "print_parameters"]


def find(parameters: Parameters, pattern: str | None) -> list[str]:
    """Full names that equal ``pattern``, else match it as a glob, else begin with it; all of them for None.

    Raises:
        ParameterError: nothing matches; names what comes near.
    """
    names = sorted(parameters)
    if pattern is None:
        return names
    if pattern in parameters.entries:
        return [pattern]
    found = fnmatch.filter(names, pattern) or [name for name in names if name.startswith(pattern)]
    if found:
        return found
    keys = {name.partition(".")[2]: name for name in names}
    topics = {name.partition(".")[0] for name in names}
    near = difflib.get_close_matches(pattern, [*names, *keys, *topics], n=1)
    if near:
        hint = f"did you mean {keys.get(near[0], near[0])!r}?"
    else:
        hint = f"topics: {', '.join(sorted(topics))}"
    raise ParameterError(f"no parameter is called or begins with {pattern!r}; {hint}")


def _short(value: float | list[float], lang: Language) -> str:
    if not isinstance(value, list):
        return f"{value:g}"
    return say("values_of", lang, count=len(value), low=f"{min(value):g}", high=f"{max(value):g}")


def _span(row: Parameter) -> str:
    low = min(row.low) if isinstance(row.low, list) else row.low
    high = max(row.high) if isinstance(row.high, list) else row.high
    return f"{low:g} - {high:g}"


def print_parameters(console: Console, parameters: Parameters, names: list[str], lang: Language) -> None:
    """One parameter with all that is known of it, or several as a table (grade C is an assumption)."""
    if len(names) == 1:
        _print_card(console, names[0], parameters[names[0]], lang)
        return
    print_table(
        console,
        [
            (say(key, lang), side)
            for key, side in (
                ("name", "left"),
                ("value", "right"),
                ("range", "right"),
                ("unit", "left"),
                ("grade", "left"),
                ("source", "left"),
            )
        ],
        [
            [name, _short(row.value, lang), _span(row), unit_in(row.unit, lang), row.grade, source_in(row, lang)]
            for name, row in ((name, parameters[name]) for name in names)
        ],
    )
    assumed = sum(parameters[name].grade == "C" for name in names)
    console.print(say("parameters_count", lang, count=len(names), assumed=assumed))


def _changed(row: Parameter, lang: Language) -> str:
    """What an intervention can do with it."""
    if row.read == "start":
        return say("changed_never", lang)
    return say(f"changed_{row.combine}", lang) + (say("changed_region", lang) if row.read == "region" else "")


def _print_card(console: Console, name: str, row: Parameter, lang: Language) -> None:
    console.print(name, style="bold")
    console.print(row.nl if lang == "nl" else row.en)
    for key, text in (
        ("value", _short(row.value, lang)),
        ("range", _span(row)),
        ("unit", unit_in(row.unit, lang)),
        ("year_of", str(row.year)),
        ("grade", f"{row.grade} ({say(f'grade_means_{row.grade.lower()}', lang)})"),
        ("source", source_in(row, lang)),
        ("changed", _changed(row, lang)),
    ):
        console.print(f"  {say(key, lang):<7} {text}")
    if isinstance(row.value, list):
        count = len(row.value)
        low = row.low if isinstance(row.low, list) and len(row.low) == count else None
        high = row.high if isinstance(row.high, list) and len(row.high) == count else None
        print_table(
            console,
            [(f"  {say('value_for', lang)}", "left")]
            + [(say(key, lang), "right") for key in ("value", "loop_low", "loop_high")],
            [
                [f"  {label}", f"{value:g}", f"{low[i]:g}" if low else "", f"{high[i]:g}" if high else ""]
                for i, (label, value) in enumerate(zip(row.index or [], row.value, strict=True))
            ],
        )
