"""The report of an answer: the same that `deltaplan compare` writes."""

from __future__ import annotations

import datetime
import functools
import tempfile
from pathlib import Path

from experiments.compare.comparison import Comparison
from experiments.compare.facts import arm_of, assumptions, places
from experiments.compare.texts import say
from experiments.compare.wording import LANGUAGES
from experiments.manifest import code_version
from experiments.texts import Language, number
from viz.desk import Answer
from viz.plan.file import slug
from viz.room.ground import shipped
from viz.room.room import Asked

__all__ = ["comparison_of", "report_files"]


def comparison_of(asked: Asked) -> Comparison:
    """An answer as a comparison, from which reports are written.

    Args:
        asked: a question whose answer has simulated all years, and some plan.
    """
    answer = asked.answer
    assert answer is not None
    request, base = answer.request, answer.request.base
    years = answer.glances[0][0].years
    files = " ".join(f"{slug(plan.name)}.toml" for plan in asked.plans)
    nl, en = (_warnings(answer, lang) for lang in LANGUAGES)
    return Comparison(
        base=arm_of(base),
        arms=tuple(arm_of(one, base) for one in request.scenarios[1:]),
        region=base.region.id,
        region_nl=base.region.label_nl,
        region_en=base.region.label_en,
        start=base.scenario.start.isoformat(),
        years=base.scenario.years,
        first_year=years[0],
        last_year=years[-1],
        window=1,
        share=answer.share,
        capacity_mode=base.scenario.capacity_mode,
        pairs=answer.pairs,
        seeds=tuple(base.seed + pair for pair in range(answer.pairs)),
        sets=1,
        contrasts=answer.contrasts,
        groups=answer.groups,
        courses=answer.courses,
        costs=answer.costs,
        spreads=(),
        modes=(),
        assumptions=assumptions(request.scenarios),
        places=places(base),
        code=dict(code_version()),
        command=f"deltaplan compare {base.name} {files} {_options(answer)}",
        finished=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        warnings_nl=nl,
        warnings_en=en,
    )


def _options(answer: Answer) -> str:
    """What the command line must be told to do the same."""
    base = answer.request.base
    said = [f"--runs {answer.pairs}", "--sets shipped"]
    if base.scenario.years != shipped(base.name).scenario.years:
        said.append(f"--years {base.scenario.years}")
    if answer.share < 1.0:
        said.append(f"--share {answer.share:g}")
    return " ".join(said)


def _warnings(answer: Answer, lang: Language) -> tuple[str, ...]:
    told = [one for one in answer.contrasts if one.difference.n > 1 and one.verdict != "same"]
    found = [say("warn_forecast", lang)]
    if told:
        found.append(say("warn_chance", lang, n=len(told), k=max(1, round(0.05 * len(told)))))
    found.append(say("warn_sets", lang))
    if answer.share < 1.0:
        found.append(say("warn_share", lang, share=number(100.0 * answer.share, lang)))
    return tuple(found)


def report_files(asked: Asked, lang: Language) -> dict[str, bytes]:
    """Page, workbook and tables of a report by name.

    Args:
        asked: as of :func:`comparison_of`.
        lang: language of page and workbook.
    """
    assert asked.answer is not None
    return _files(asked.answer, asked, lang)


@functools.lru_cache(maxsize=8)
def _files(answer: Answer, asked: Asked, lang: Language) -> dict[str, bytes]:
    from experiments.report.write import write_report  # of all the view, only this needs it: it comes when pressed

    with tempfile.TemporaryDirectory(prefix="deltaplan-") as folder:
        files = write_report(comparison_of(asked), Path(folder), (lang,))
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
