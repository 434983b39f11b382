"""The first year of a run held against what is published: on the screen, or as a page of documentation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from experiments.indicators import label, saved_tables, unit
from experiments.show import print_table
from experiments.sources import source_in
from experiments.store import Results, ResultsError
from experiments.texts import Language, number, say
from sim.indicators.targets import Fit, compare
from sim.indicators.year import full_years

__all__ = ["page", "print_targets", "tally", "write_page"]

_NEEDED = 0.75  # share of the headline targets that are to lie in their range


def fits_of(results: Results) -> tuple[int, list[Fit]]:
    """First full year of a saved run and its targets.

    Raises:
        ResultsError: no year was simulated in full.
    """
    tables = saved_tables(results)
    years = full_years(tables)
    if not years:
        raise ResultsError(f"{results.folder} holds no full year, so there is nothing to hold against the targets")
    return years[0], compare(tables, results.manifest["region"])


def name(fit: Fit, lang: Language) -> str:
    """What a target is about."""
    age = f" ({say('age', lang)} {fit.target.age})" if fit.target.age else ""
    return label(fit.target.measure, lang) + age


def verdict(fit: Fit, lang: Language) -> str:
    """Whether the run lies in the range, with the side on which it does not."""
    if fit.simulated is None:
        return "-"
    if fit.inside:
        return say("yes", lang)
    return say("too_low" if fit.simulated < fit.target.low else "too_high", lang)


def tally(fits: list[Fit], lang: Language) -> str:
    """How many lie in their range, of all and of the headline targets."""
    known = [fit for fit in fits if fit.inside is not None]
    leading = [fit for fit in known if fit.target.headline]
    inside, headline = sum(bool(fit.inside) for fit in known), sum(bool(fit.inside) for fit in leading)
    free = [fit for fit in known if not fit.target.input]
    enough = bool(leading) and headline >= _NEEDED * len(leading)
    text = say(
        "targets_tally",
        lang,
        inside=inside,
        known=len(known),
        headline=headline,
        headlines=len(leading),
        free=sum(bool(fit.inside) for fit in free),
        frees=len(free),
        rule=say("rule_met" if enough else "rule_missed", lang),
    )
    missing = len(fits) - len(known)
    return text if not missing else f"{text} {say('targets_missing', lang, missing=missing)}"


def _cells(fit: Fit, lang: Language, star: str = "") -> list[str]:
    target = fit.target
    marks = (star if target.headline else "") + ("°" if target.input else "")
    return [
        f"{name(fit, lang)} {marks}".rstrip(),
        unit(target.measure, lang),
        number(fit.simulated, lang),
        f"{number(target.low, lang)} - {number(target.high, lang)}",
        verdict(fit, lang),
        str(target.year),
        target.grade,
        source_in(target, lang),
    ]


def _heads(lang: Language) -> list[tuple[str, str]]:
    sides = {"simulated": "right", "published": "right"}
    keys = ("indicator", "unit", "simulated", "published", "in_range", "year_of", "grade", "source")
    return [(say(key, lang), sides.get(key, "left")) for key in keys]


def print_targets(console: Console, results: Results, lang: Language) -> None:
    """The table of targets on the screen.

    Raises:
        ResultsError: no year was simulated in full.
    """
    year, fits = fits_of(results)
    console.print(_title(results.manifest, year, lang), style="bold")
    print_table(console, _heads(lang), [_cells(fit, lang, "*") for fit in fits])
    console.print(f"{say('headline_mark', lang)}; {say('targets_marks', lang)}", soft_wrap=True)
    console.print(tally(fits, lang), soft_wrap=True)


def _title(manifest: Mapping[str, Any], year: int, lang: Language) -> str:
    return say(
        "targets_title",
        lang,
        scenario=manifest["scenario_name"],
        seed=manifest["seed"],
        region=manifest["region_label"][lang],
        year=year,
    )


def page(results: Results, lang: Language) -> str:
    """The same as a page in Markdown, with what does not fit named first.

    Raises:
        ResultsError: no year was simulated in full.
    """
    year, fits = fits_of(results)
    manifest = results.manifest
    outside = [fit for fit in fits if fit.inside is False]
    lines = [
        f"# {_title(manifest, year, lang)}",
        "",
        say("page_made", lang, scenario=manifest["scenario_name"], seed=manifest["seed"], run=manifest["key"]),
        "",
        tally(fits, lang),
        "",
        f"## {say('page_outside', lang)}",
        "",
        *([_miss(fit, lang) for fit in outside] or [say("page_none", lang)]),
        "",
    ]
    for head, chosen in (
        ("page_headline", [fit for fit in fits if fit.target.headline]),
        ("page_other", [fit for fit in fits if not fit.target.headline]),
    ):
        lines += [f"## {say(head, lang)}", "", *_markdown(chosen, lang), ""]
    return "\n".join([*lines, say("targets_marks", lang), ""])


def _miss(fit: Fit, lang: Language) -> str:
    target = fit.target
    note = target.note_nl if lang == "nl" else target.note_en
    text = say(
        "page_miss",
        lang,
        name=name(fit, lang),
        simulated=number(fit.simulated, lang),
        low=number(target.low, lang),
        high=number(target.high, lang),
        unit=unit(target.measure, lang),
    )
    return f"- {text}{f' {note}.' if note else ''}"


def _markdown(fits: list[Fit], lang: Language) -> list[str]:
    heads = _heads(lang)
    lines = [
        "| " + " | ".join(title for title, _ in heads) + " |",
        "|" + "|".join("---:" if side == "right" else "---" for _, side in heads) + "|",
    ]
    for fit in fits:
        cells = _cells(fit, lang)
        note = fit.target.note_nl if lang == "nl" else fit.target.note_en
        cells[-1] += f". *{note}*" if note else ""
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return lines


def write_page(results: Results, file: Path, lang: Language) -> None:
    """Write the page; its folder must exist.

    Raises:
        ResultsError: no year was simulated in full, or the file cannot be written.
    """
    text = page(results, lang)
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ResultsError(f"{file} cannot be written ({error.strerror}); choose another file with --write") from None
