"""A validation on the screen and as files."""

from __future__ import annotations

from experiments.questions.asking import Way, write_csv, write_json
from experiments.show import print_table, screen
from experiments.student import mean_interval
from experiments.validate import words
from experiments.validate.answer import Validation
from experiments.validate.page import charts
from experiments.validate.texts import say

__all__ = ["print_validation", "save_validation"]


def print_validation(found: Validation, way: Way) -> None:
    """Print what fits, what does not, and how the back-cast did."""
    console, lang = screen(), way.lang
    console.print(say("title", lang, region=found.prepared.region_label[lang]), style="bold")
    for text in words.made(found, lang):
        console.print(text, soft_wrap=True)
    console.print()
    console.print(say("fit", lang, year=found.year), style="bold")
    for head, lead in (("headlines", True), ("checks", False)):
        console.print(say(head, lang), style="bold")
        table = words.fit_table([one for one in found.fits if one.target.headline is lead], lang)
        print_table(console, table.heads, table.rows)
    console.print(say("marks", lang), soft_wrap=True)
    console.print()
    console.print(say("misfits", lang), style="bold")
    for text in (*words.misfits(found.fits, lang), *words.tally(found.fits, lang)):
        console.print(text.replace("**", ""), soft_wrap=True)
    back = found.backcast
    if back is None:
        return
    last = back.start + back.prepared.scenario.years - 1
    console.print()
    console.print(say("back", lang, start=back.start, last=last), style="bold")
    table = words.score_table(back.scores, lang)
    print_table(console, table.heads, table.rows)
    console.print(words.verdict(back.scores, lang), soft_wrap=True)
    console.print(words.about_back(back, lang).replace("*", ""), soft_wrap=True)
    console.print()
    console.print(say("wrong", lang), style="bold")
    for text in words.wrong(back.scores, lang):
        console.print(text, soft_wrap=True)
    console.print()
    console.print(say("not_scored", lang), style="bold")
    table = words.unscored_table(back.left_out, back.start, lang)
    print_table(console, table.heads, table.rows)


def save_validation(found: Validation, way: Way) -> None:
    """Write ``fit.csv``, ``backcast.csv``, the charts and ``validate.json`` (what was asked) into the folder."""
    write_csv(
        way.out / "fit.csv",
        (
            "target", "indicator", "age", "headline", "given", "mean", "low95", "high95", "value", "low", "high",
            "distance",
        ),
        [
            (
                one.name, one.target.indicator, one.target.age or "", one.target.headline, one.target.input,
                *mean_interval(one.values), one.target.value, one.target.low, one.target.high, one.distance,
            )
            for one in found.fits
        ],
    )  # fmt: skip
    back = found.backcast
    if back is not None:
        write_csv(
            way.out / "backcast.csv",
            ("series", "indicator", "when", "scored", "published", "mean", "low95", "high95", "no_change", "trend"),
            [
                (
                    one.series.name, one.series.indicator, point.label, not point.in_covid, float(one.published[k]),
                    *mean_interval(one.simulated[:, k]), one.no_change, float(one.trend[k]),
                )
                for one in back.scores
                for k, point in enumerate(one.points)
            ],
        )  # fmt: skip
    for name, text in charts(found, way.lang).items():
        (way.out / f"{name}.svg").write_text(text, encoding="utf-8", newline="\n")
    asked = {
        "scenario": found.prepared.name,
        "scenario_hash": found.prepared.scenario_hash,
        "backcast": None if back is None else back.prepared.name,
        "backcast_hash": None if back is None else back.prepared.scenario_hash,
        "seeds": list(found.seeds),
        "share": found.prepared.share,
        "year": found.year,
    }
    write_json(way.out / "validate.json", asked)
