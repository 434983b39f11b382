"""The chain behind a number, printed from the number down to the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from experiments.compare.comparison import Assumption, Comparison
from experiments.compare.texts import say as say_compare
from experiments.compare.wording import label, signed, unit
from experiments.manifest import code_key, code_version
from experiments.questions.asking import percent
from experiments.show import print_table
from experiments.sources import source_in
from experiments.texts import Language, number
from experiments.trace.chain import Chain
from experiments.trace.texts import say
from experiments.units import unit_in
from sim.indicators.catalogue import INDICATORS
from sim.parameters import load_parameters

__all__ = ["parameter_rows", "print_chain"]


def print_chain(console: Console, chain: Chain, lang: Language) -> None:
    """Print number, runs, scenarios, code, settings and parameters, each with where it lies or comes from."""
    comparison = chain.comparison

    def line(key: str, **values: object) -> None:
        console.print(say(key, lang, **values), soft_wrap=True)

    def head(key: str, **values: object) -> None:
        console.print()
        console.print(say(key, lang, **values), style="bold", soft_wrap=True)

    console.print(say("report", lang), style="bold")
    line("made", folder=chain.folder, finished=comparison.finished, command=comparison.command)
    line(
        "what", region=comparison.region_nl if lang == "nl" else comparison.region_en, start=comparison.start,
        years=comparison.years, share=percent(comparison.share, lang), pairs=comparison.pairs,
        mode=comparison.capacity_mode,
    )  # fmt: skip
    if chain.told:
        _number(console, chain, lang)
    else:
        known = dict.fromkeys(one.indicator for one in comparison.contrasts)
        line("ask", known=", ".join(known))
    head("runs")
    _runs(console, chain, lang)
    head("scenarios")
    for one in comparison.all_arms:
        file = chain.folder / "scenarios" / f"{one.scenario_hash}.json"
        place = str(file) if file.exists() else say("not_there", lang)
        text = one.label_nl if lang == "nl" else one.label_en
        line("arm", name=one.name, label=text, hash=one.scenario_hash[:16], file=place)
        if one.differs:
            line("differs", base=comparison.base.name, paths=", ".join(part.path for part in one.differs))
    regions = dict.fromkeys(str(run.record["region_hash"])[:16] for run in chain.runs if run.record)
    if regions:
        line("region", hash=", ".join(regions))
    head("code")
    line("code_is", **_code(comparison.code))
    same = _same_code(chain)
    line("code_same" if same else "code_other")
    settings = [one for one in comparison.assumptions if one.arm]
    if settings:
        head("settings")
        rows = [[one.arm, *_row(one, lang)] for one in settings]
        _print(console, ("scenario", "name", "value", "range", "unit", "grade", "source"), rows, lang)
    rows = parameter_rows(comparison, same, lang)
    grades = [row[4] for row in rows]
    head("parameters", count=len(rows), a=grades.count("A"), b=grades.count("B"), c=grades.count("C"))
    if not same:
        line("only_assumed")
    drawn = dict.fromkeys(str(run.record["draw"]) for run in chain.runs if run.record)
    files = [str(chain.folder / "draws" / f"{id}.json") for id in drawn if id != "plain"]
    if files:
        line("drawn", files=", ".join(files))
    _print(console, ("name", "value", "range", "unit", "grade", "source"), rows, lang)


def _print(console: Console, keys: Sequence[str], rows: Sequence[Sequence[str]], lang: Language) -> None:
    right = {"value", "range", "seed", "difference"}
    print_table(console, [(say(key, lang), "right" if key in right else "left") for key in keys], rows)


def _number(console: Console, chain: Chain, lang: Language) -> None:
    comparison, id = chain.comparison, chain.told[0].indicator
    one = INDICATORS.get(id)
    console.print()
    if one is None:
        console.print(id, style="bold")
    else:
        text = say("number", lang, name=label(id, lang), id=id, unit=unit(id, lang))
        console.print(text, style="bold", soft_wrap=True)
        definition = one.definition_nl if lang == "nl" else one.definition_en
        console.print(say("defined", lang, definition=definition, source=source_in(one, lang)), soft_wrap=True)
    last = comparison.last_year
    key = "window" if comparison.window > 1 else "one_year"
    console.print(say(key, lang, first=last - comparison.window + 1, last=last), soft_wrap=True)
    again = {one.told.other: one for one in chain.again}
    for told in chain.told:
        values = {
            "base": number(told.base.mean, lang),
            "arm": number(told.arm.mean, lang),
            "difference": signed(told.difference.mean, lang),
            "low": signed(told.difference.low, lang),
            "high": signed(told.difference.high, lang),
        }
        names = {"base_name": comparison.base.name, "name": told.other}
        verdict = say_compare(f"verdict_{told.verdict}", lang)
        console.print(say("told", lang, **names, **values, verdict=verdict), soft_wrap=True)
        if told.other not in again:
            console.print(say("not_again", lang, why=_why(chain, lang)), soft_wrap=True)
            continue
        fresh = again[told.other]
        rows = [[str(pair.seed), *(number(v, lang) for v in (pair.base, pair.arm)), signed(pair.arm - pair.base, lang)]
                for pair in fresh.pairs]  # fmt: skip
        heads = [(say("seed", lang), "right"), (comparison.base.name, "right"), (told.other, "right")]
        print_table(console, [*heads, (say("difference", lang), "right")], rows)
        key = "again_same" if fresh.same else "again_other"
        console.print(say(key, lang, difference=signed(fresh.found.difference.mean, lang)), soft_wrap=True)


def _why(chain: Chain, lang: Language) -> str:
    if chain.store is None or not chain.runs:
        return say("no_store", lang, folder=chain.folder)
    return say("runs_missing", lang, missing=len(chain.missing), runs=len(chain.runs), folder=chain.folder)


def _runs(console: Console, chain: Chain, lang: Language) -> None:
    if chain.store is None:
        console.print(say("no_store", lang, folder=chain.folder), soft_wrap=True)
        return
    rows = []
    for one in chain.runs:
        seed, draw = str(one.record.get("seed", "-")), str(one.record.get("draw", "-"))
        file = chain.folder / "tables" / "indicators" / f"{one.key}.parquet"
        rows.append([one.key, one.arm, seed, draw, str(file) if one.record else say("not_there", lang)])
    _print(console, ("run", "scenario", "seed", "draw", "file"), rows, lang)


def _code(code: Mapping[str, Any]) -> dict[str, object]:
    return {name: code.get(name) or "-" for name in ("version", "commit", "source")}


def _same_code(chain: Chain) -> bool:
    if chain.store is not None:
        return chain.store.code == code_key()
    return bool(chain.comparison.code.get("source") == code_version()["source"])


def parameter_rows(comparison: Comparison, same: bool, lang: Language) -> list[list[str]]:
    """Name, value in force in the base, range, unit, grade and source, the assumed ones first.

    Args:
        comparison: what the report tells.
        same: whether this installation holds the parameters of the report; else the assumed ones that it holds itself.
        lang: of units, numbers and sources.
    """
    if not same:
        return [_row(one, lang) for one in comparison.assumptions if not one.arm]
    own = comparison.base.scenario.get("parameters", {})
    rows = []
    for name, one in load_parameters().items():
        low = min(one.low) if isinstance(one.low, list) else one.low
        high = max(one.high) if isinstance(one.high, list) else one.high
        cells = _cells(own.get(name, one.value), low, high, one.unit, lang)
        rows.append([name, *cells, one.grade, source_in(one, lang)])
    return sorted(rows, key=lambda row: (row[4] != "C", row[0]))


def _row(one: Assumption, lang: Language) -> list[str]:
    return [one.name, *_cells(one.value, one.low, one.high, one.unit, lang), one.grade, source_in(one, lang)]


def _cells(value: Any, low: float, high: float, measure: str, lang: Language) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    text = "; ".join(number(float(each), lang) if isinstance(each, int | float) else str(each) for each in values)
    known = low == low and high == high
    span = f"{number(low, lang)} - {number(high, lang)}" if known else "-"
    return [text, span, unit_in(measure, lang)]
