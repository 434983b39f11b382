"""The page: what the comparison says, in words, put into the template."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from experiments.compare.comparison import Comparison
from experiments.report.answer import answers, made_of, mode_name, question
from experiments.report.assumed import settings_blocks, shared_blocks
from experiments.report.changes import changes
from experiments.report.charts.marks import Style, marker
from experiments.report.figures import date, plain
from experiments.report.groups import gains, maps
from experiments.report.limits import LIMITS, READING
from experiments.report.money import cost_table, spread_rows
from experiments.report.names import named, window
from experiments.report.results import mode_rows, result_tables, trends
from experiments.report.texts import tell
from experiments.texts import Language

__all__ = ["page"]

SECTIONS = (
    "answer",
    "scenarios",
    "assumptions",
    "results",
    "trends",
    "map",
    "groups",
    "cost",
    "spreads",
    "limits",
    "again",
)


def page(comparison: Comparison, lang: Language, *, xlsx: str, csv: str, paper: bool = False) -> str:
    """The report as one HTML document that loads nothing.

    Args:
        comparison: what it tells.
        lang: its language.
        xlsx, csv: names of the workbook and the folder of tables that lie beside it.
        paper: leave out what is folded away on a screen and would not be printed.
    """
    arms = named(comparison, lang)
    shared = shared_blocks(comparison, lang)
    cost_arms, cost_rows = cost_table(comparison, lang)
    mode_heads, modes = mode_rows(comparison, lang)
    spreads = spread_rows(comparison, lang)
    together = bool(comparison.spreads) and not spreads and comparison.sets > 1
    words: dict[str, Any] = {
        "lang": lang,
        "paper": paper,
        "t": lambda key, **values: tell(key, lang, **values),
        "line": _line,
        "css": Markup(_css()),  # of the package, holds no markup
        "sections": [key for key in SECTIONS if key != "spreads" or spreads or together],
        "question": question(comparison, lang),
        "arms": arms,
        "answers": answers(comparison, lang),
        "made_of": made_of(comparison, lang),
        "warnings": comparison.warnings_nl if lang == "nl" else comparison.warnings_en,
        "reading": [one[lang] for one in READING],
        "changes": changes(comparison, lang),
        "blocks": settings_blocks(comparison, lang),
        "shared": shared,
        "shared_count": sum(len(block.rows) for block in shared),
        "shared_assumed": sum(row.assumed for block in shared for row in block.rows),
        "window": window(comparison, lang),
        "results": result_tables(comparison, lang),
        "trends": trends(comparison, lang),
        "mode_heads": mode_heads,
        "modes": modes,
        "maps": maps(comparison, lang),
        "gains": gains(comparison, lang),
        "cost_arms": cost_arms,
        "cost_rows": cost_rows,
        "years": comparison.years,
        "spreads": spreads,
        "together": together,
        "limits": [one[lang] for one in LIMITS],
        "again": _again(comparison, lang),
        "command": comparison.command,
        "xlsx": xlsx,
        "csv": csv,
    }
    return _environment().get_template("report.html").render(words)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("experiments.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _css() -> str:
    return (resources.files("experiments.report") / "templates" / "report.css").read_text(encoding="utf-8")


def _line(style: Style) -> Markup:
    """The line and marker of a scenario, for a legend; what it says stands beside it."""
    dash = Markup(' stroke-dasharray="{}"').format(style.dash) if style.dash else ""
    return (
        Markup('<svg viewBox="0 0 40 12" width="40" height="12" aria-hidden="true" focusable="false">')
        + Markup('<line x1="1" x2="39" y1="6" y2="6" stroke="{}" stroke-width="2"{}/>').format(style.colour, dash)
        + marker(style.shape, 20, 6, style.colour)
        + Markup("</svg>")
    )


def _again(comparison: Comparison, lang: Language) -> list[tuple[str, str]]:
    """Rows of what the comparison was made from."""
    rows = [
        (tell("scenario_hash", lang, letter=arm.letter, name=arm.name), one.scenario_hash)
        for arm, one in zip(named(comparison, lang), comparison.all_arms, strict=True)
    ]
    start = date(comparison.start, lang)
    rows += [
        (tell("period", lang), tell("period_text", lang, years=comparison.years, start=start)),
        (tell("seeds", lang), _seeds(comparison.seeds)),
        (tell("pairs", lang), str(comparison.pairs)),
        (tell("sets", lang), str(comparison.sets)),
        (tell("share", lang), f"{plain(100.0 * comparison.share, lang)} %"),
        (tell("mode", lang), mode_name(comparison.capacity_mode, lang)),
    ]
    for key in ("version", "source", "commit"):
        if comparison.code.get(key):
            rows.append((tell(f"code_{key}", lang), str(comparison.code[key])))
    rows += [
        (str(key), str(value)) for key, value in comparison.code.items() if key not in {"version", "source", "commit"}
    ]
    rows.append((tell("finished", lang), date(comparison.finished, lang)))
    return rows


def _seeds(seeds: tuple[int, ...]) -> str:
    if len(seeds) > 2 and list(seeds) == list(range(seeds[0], seeds[0] + len(seeds))):
        return f"{seeds[0]}-{seeds[-1]}"
    return ", ".join(map(str, seeds))
