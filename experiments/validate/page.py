"""A validation as a page of documentation in Markdown, with its charts beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from experiments.questions.asking import QuestionError
from experiments.sources import source_in
from experiments.student import mean_interval
from experiments.texts import Language
from experiments.validate import words
from experiments.validate.answer import Fitted, Validation
from experiments.validate.chart import Dot, distances, panels
from experiments.validate.texts import say

__all__ = ["charts", "page", "write_page"]


def charts(found: Validation, lang: Language) -> dict[str, str]:
    """The charts as SVG by name: ``fit``, and ``backcast`` where there is one."""
    dots = [_dot(one, lang) for one in found.fits if one.target.headline and one.known]
    made = {"fit": distances(say("chart_fit", lang), say("chart_fit_about", lang), dots)}
    back = found.backcast
    if back is not None and back.scores:
        labels = [one.series.label(lang) for one in back.scores]
        title = say("chart_back", lang, start=back.start)
        made["backcast"] = panels(title, say("chart_back_about", lang), back.scores, labels, back.start)
    return made


def _dot(fit: Fitted, lang: Language) -> Dot:
    middle, half = (fit.target.low + fit.target.high) / 2.0, (fit.target.high - fit.target.low) / 2.0
    _, low, high = mean_interval(fit.values)
    ends = [(end - middle) / half if half > 0.0 else math.nan for end in (low, high)]
    return Dot(words.name(fit, lang), fit.distance, ends[0], ends[1], fit.target.input)


def page(found: Validation, comments: str, stem: str, lang: Language) -> str:
    """The page.

    Args:
        found: what it tells.
        comments: text of the back-cast's scenario file.
        stem: of its file; the charts are ``<stem>-fit.svg`` and ``<stem>-backcast.svg``.
        lang: language.
    """
    lead = [one for one in found.fits if one.target.headline]
    rest = [one for one in found.fits if not one.target.headline]
    lines = [f"# {say('title', lang, region=found.prepared.region_label[lang])}", ""]
    lines += _paragraphs(words.made(found, lang))
    lines += [f"## {say('fit', lang, year=found.year)}", "", say("fit_about", lang), ""]
    lines += _paragraphs(words.tally(found.fits, lang))
    lines += [f"![{say('chart_fit', lang)}]({stem}-fit.svg)", ""]
    lines += [f"### {say('misfits', lang)}", "", *_bullets(words.misfits(found.fits, lang)), ""]
    lines += [f"### {say('headlines', lang)}", "", *_markdown(words.fit_table(lead, lang)), ""]
    lines += [f"### {say('checks', lang)}", "", *_markdown(words.fit_table(rest, lang)), "", say("marks", lang), ""]
    return "\n".join(lines + _back(found, comments, stem, lang))


def _back(found: Validation, comments: str, stem: str, lang: Language) -> list[str]:
    back = found.backcast
    if back is None:
        return []
    last = back.start + back.prepared.scenario.years - 1
    lines = [f"## {say('back', lang, start=back.start, last=last)}", "", words.about_back(back, lang), ""]
    if back.scores:
        lines += [words.verdict(back.scores, lang), ""]
        lines += [*_markdown(words.score_table(back.scores, lang)), ""]
        lines += [f"![{say('chart_back', lang, start=back.start)}]({stem}-backcast.svg)", ""]
        lines += [f"### {say('wrong', lang)}", "", say("wrong_about", lang), ""]
        lines += [*_bullets(words.wrong(back.scores, lang)), ""]
        lines += [f"### {say('values', lang)}", "", *_markdown(words.point_table(back.scores, lang)), ""]
        lines += _bullets([f"{one.series.label(lang)}: {source_in(one.series, lang)}." for one in back.scores])
        lines += [""]
    lines += [f"### {say('not_scored', lang)}", ""]
    lines += [*_markdown(words.unscored_table(back.left_out, back.start, lang)), ""]
    lines += [f"### {say('inputs', lang, start=back.start)}", ""]
    lines += [say("inputs_about", lang, region=back.prepared.region.id), ""]
    return [*lines, *_markdown(words.input_table(back.prepared, comments, lang)), ""]


def _paragraphs(texts: Sequence[str]) -> list[str]:
    return [line for text in texts for line in (text, "")]


def _bullets(texts: Sequence[str]) -> list[str]:
    return [f"- {text}" for text in texts]


def _markdown(table: words.Table) -> list[str]:
    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"

    sides = "|" + "|".join("---:" if side == "right" else "---" for _, side in table.heads) + "|"
    return [row([title for title, _ in table.heads]), sides, *(row(cells) for cells in table.rows)]


def write_page(found: Validation, comments: str, file: Path, lang: Language) -> None:
    """Write the page and its charts; the folder must exist.

    Raises:
        QuestionError: the files cannot be written.
    """
    pieces = {file: page(found, comments, file.stem, lang)}
    pieces |= {file.with_name(f"{file.stem}-{name}.svg"): text for name, text in charts(found, lang).items()}
    for target, text in pieces.items():
        try:
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise QuestionError(
                f"{target} cannot be written ({error.strerror}); choose another file with --write"
            ) from None
