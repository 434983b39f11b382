"""A validation as tables and sentences, which the screen and the page share."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.indicators import label, unit
from experiments.prepare import Prepared
from experiments.questions.asking import percent
from experiments.sources import source_in
from experiments.student import mean_interval
from experiments.texts import Language, number
from experiments.validate.answer import Backcast, Fitted, Validation
from experiments.validate.rivals import TREND_FROM, Score
from experiments.validate.series import COVID, LEAST, LEAST_SCORED, Series, unscored
from experiments.validate.texts import say
from sim.parameters import load_parameters

__all__ = [
    "Table", "about_back", "fit_table", "input_table", "made", "misfits", "name", "point_table", "score_table", "tally",
    "unscored_table", "verdict", "wrong",
]  # fmt: skip

_NEEDED = 0.75  # share of the headline targets that are to lie in their range


@dataclass(frozen=True)
class Table:
    """Titles with the side to which their column is set, and rows."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


def _table(keys: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]], lang: Language) -> Table:
    heads = tuple((say(key, lang), side) for key, side in keys)
    return Table(heads, tuple(tuple(row) for row in rows))


def made(found: Validation, lang: Language) -> list[str]:
    """What was run, and what to know of it before reading on."""
    told = {
        "scenario": found.prepared.name,
        "seeds": len(found.seeds),
        "first": found.seeds[0],
        "last": found.seeds[-1],
    }
    share = percent(found.prepared.share, lang)
    lines = [say("made", lang, **told, share=share)]
    lines += [say("one_seed", lang)] if len(found.seeds) < 2 else []
    return lines + ([say("part", lang, share=share)] if found.prepared.share < 1.0 else [])


# part A


def name(fit: Fitted, lang: Language) -> str:
    """What a target is about."""
    return label(fit.target.measure, lang) + (f" ({fit.target.age})" if fit.target.age else "")


def fit_table(fits: Sequence[Fitted], lang: Language) -> Table:
    """Targets: simulated with interval, published value and range, distance, source."""
    keys = [("target", "left"), ("unit", "left"), ("simulated", "right"), ("published", "right"), ("range", "right")]
    keys += [("distance", "right"), ("fits", "left"), ("grade", "left"), ("source", "left")]
    rows = []
    for fit in fits:
        target = fit.target
        note = target.note_nl if lang == "nl" else target.note_en
        rows.append(
            [
                name(fit, lang) + (" °" if target.input else ""),
                unit(target.measure, lang),
                _plus_minus(fit, lang),
                number(target.value, lang),
                f"{number(target.low, lang)} - {number(target.high, lang)}",
                _signed(fit.distance, lang) if fit.known else "-",
                "-" if not fit.known else say("yes" if fit.inside else "no", lang),
                f"{target.grade} {target.year}",
                source_in(target, lang) + (f". *{note}*" if note else ""),
            ]
        )
    return _table(keys, rows, lang)


def _plus_minus(fit: Fitted, lang: Language) -> str:
    mean, low, high = mean_interval(fit.values)
    half = (high - low) / 2.0
    text = number(mean, lang)
    return text if math.isnan(half) else f"{text} ± {number(half, lang)}"


def _signed(value: float, lang: Language) -> str:
    if math.isnan(value):
        return "-"
    text = f"{value:+.2f}" if abs(value) < 10.0 else f"{value:+.1f}"
    return text.replace(".", ",") if lang == "nl" else text


def misfits(fits: Sequence[Fitted], lang: Language) -> list[str]:
    """Every target outside its range with the size of the misfit: headline targets first, then the largest."""
    outside = sorted((one for one in fits if one.known and not one.inside), key=lambda one: -abs(one.distance))
    outside.sort(key=lambda one: not one.target.headline)
    return [
        say(
            "misfit",
            lang,
            name=("**" + name(one, lang) + "**" if one.target.headline else name(one, lang)),
            simulated=number(one.mean, lang),
            unit=unit(one.target.measure, lang),
            low=number(one.target.low, lang),
            high=number(one.target.high, lang),
            distance=_signed(one.distance, lang),
        )
        for one in outside
    ] or [say("none", lang)]


def tally(fits: Sequence[Fitted], lang: Language) -> list[str]:
    """How many lie in their range, and whether that is enough."""
    known = [one for one in fits if one.known]
    lead = [one for one in known if one.target.headline]
    free = [one for one in lead if not one.target.input]
    rest = [one for one in known if not one.target.headline]
    rest_free = [one for one in rest if not one.target.input]

    def inside(some: Sequence[Fitted]) -> int:
        return sum(one.inside for one in some)

    enough = bool(lead) and inside(lead) >= _NEEDED * len(lead)
    lines = [
        say(
            "tally",
            lang,
            headline=inside(lead),
            headlines=len(lead),
            rule=say("met" if enough else "missed", lang),
            free=inside(free),
            frees=len(free),
            other=inside(rest),
            others=len(rest),
            other_free=inside(rest_free),
            other_frees=len(rest_free),
        )
    ]
    missing = [name(one, lang) for one in fits if not one.known]
    return lines + ([say("no_value", lang, names=", ".join(missing))] if missing else [])


# part B


def about_back(back: Backcast, lang: Language) -> str:
    """How the back-cast is made and scored."""
    return say(
        "back_about",
        lang,
        date=back.prepared.scenario.start.isoformat(),
        start=back.start,
        covid=", ".join(map(str, COVID)),
        least=LEAST,
        scored=LEAST_SCORED,
        trend=TREND_FROM,
    )


def _outcome(one: Score, rival: float, lang: Language) -> str:
    if math.isnan(rival):
        return "-"
    if one.model_error == rival:
        return say("tie", lang)
    word = say("win" if one.model_error < rival else "lose", lang)
    return word if one.sure(rival) else f"{word} ?"


def score_table(scores: Sequence[Score], lang: Language) -> Table:
    """Every scored series: errors, skills, and who wins."""
    keys = [("series", "left"), ("points", "right"), ("error", "right"), ("error_flat", "right")]
    keys += [("error_trend", "right"), ("skill_flat", "right"), ("skill_trend", "right"), ("outcome", "left")]
    rows = [
        [
            one.series.label(lang),
            str(int(one.counts.sum())),
            number(one.model_error, lang),
            number(one.no_change_error, lang),
            number(one.trend_error, lang),
            _signed(one.skill(one.no_change_error), lang),
            _signed(one.skill(one.trend_error), lang),
            say(
                "against",
                lang,
                flat=_outcome(one, one.no_change_error, lang),
                trend=_outcome(one, one.trend_error, lang),
            ),
        ]
        for one in scores
    ]
    return _table(keys, rows, lang)


def verdict(scores: Sequence[Score], lang: Language) -> str:
    """Wins and losses against both rivals."""
    flat = [one for one in scores if not math.isnan(one.no_change_error)]
    line = [one for one in scores if not math.isnan(one.trend_error)]
    without = [one.series.label(lang) for one in scores if math.isnan(one.trend_error)]
    told = say(
        "verdict",
        lang,
        wins=sum(one.model_error < one.no_change_error for one in flat),
        losses=sum(one.model_error > one.no_change_error for one in flat),
        flat=len(flat),
        trend_wins=sum(one.model_error < one.trend_error for one in line),
        trend_losses=sum(one.model_error > one.trend_error for one in line),
        trends=len(line),
        without=", ".join(without) or say("nothing", lang),
    )
    return f"{told} {say('doubt', lang)}"


def wrong(scores: Sequence[Score], lang: Language) -> list[str]:
    """How far the model is off at the last point of each series that counts, the farthest first."""
    found = []
    for one in scores:
        k = max(k for k, counts in enumerate(one.counts) if counts)
        mean, value = float(one.mean[k]), float(one.published[k])
        text = say(
            "off",
            lang,
            name=one.series.label(lang),
            way=say("high" if mean > value else "low", lang),
            gap=number(abs(mean - value), lang),
            when=one.points[k].label,
            mean=number(mean, lang),
            published=number(value, lang),
        )
        note = one.series.note(lang)
        found.append((abs(mean - value), f"{text}. {note}." if note else f"{text}."))
    return [text for _, text in sorted(found, key=lambda one: -one[0])]


def point_table(scores: Sequence[Score], lang: Language) -> Table:
    """Every point of every scored series."""
    keys = [("series", "left"), ("when", "left"), ("published", "right"), ("simulated", "right")]
    keys += [("flat", "right"), ("trend", "right"), ("counts", "left")]
    rows = []
    for one in scores:
        for k, point in enumerate(one.points):
            mean, low, high = mean_interval(one.simulated[:, k])
            half = (high - low) / 2.0
            rows.append(
                [
                    one.series.label(lang),
                    point.label,
                    _two(float(one.published[k]), lang),
                    _two(mean, lang) + ("" if math.isnan(half) else f" ± {_two(half, lang)}"),
                    _two(one.no_change, lang),
                    _two(float(one.trend[k]), lang),
                    say("no" if point.in_covid else "yes", lang),
                ]
            )
    return _table(keys, rows, lang)


def _two(value: float, lang: Language) -> str:
    if math.isnan(value):
        return "-"
    text = f"{value:,.2f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text


def unscored_table(left_out: Sequence[Series], start: int, lang: Language) -> Table:
    """What is published and not scored, and why not."""
    rows = [
        [
            one.label(lang),
            ", ".join(f"{point.value:g} ({point.label})" for point in one.points),
            say(one.lacks(start), lang, least=LEAST, scored=LEAST_SCORED),
        ]
        for one in left_out
    ]
    rows += [
        [one.nl, one.points, one.why_nl] if lang == "nl" else [one.en, one.points, one.why_en] for one in unscored()
    ]
    return _table([("what", "left"), ("points", "left"), ("why", "left")], rows, lang)


def input_table(past: Prepared, comments: str, lang: Language) -> Table:
    """Start levels of the region of then and the parameters that differ, with their sources.

    Args:
        past: the scenario of the back-cast.
        comments: text of its file: the comment above a parameter says where its value comes from.
    """
    rows = []
    for passport in past.region.settings.values():
        text = passport.nl if lang == "nl" else passport.en
        rows.append([text, _plain(passport.value, lang), "-", passport.grade, source_in(passport, lang)])
    told = _comments(comments)
    usual = load_parameters()
    for key, value in past.scenario.parameters.items():
        row = usual[key]
        source, _, grade = told.get(key, "").rpartition("; ")
        text = f"`{key}`: {row.nl if lang == 'nl' else row.en}"
        rows.append([text, _plain(value, lang), _plain(row.value, lang), grade, source])
    for file in past.region.sources:
        columns = f" ({', '.join(file.columns)})" if file.columns else ""
        rows.append([f"{file.file}{columns}", "-", "-", file.grade, file.text])
    keys = [("input", "left"), ("value", "right"), ("baseline", "right"), ("grade", "left"), ("source", "left")]
    return _table(keys, rows, lang)


def _plain(value: float | list[float], lang: Language) -> str:
    if isinstance(value, list):
        return "; ".join(_plain(one, lang) for one in value)
    text = f"{value:g}"
    return text.replace(".", ",") if lang == "nl" else text


def _comments(text: str) -> dict[str, str]:
    """The comment that stands above each quoted key of a TOML file."""
    found: dict[str, str] = {}
    kept: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            kept.append(line.lstrip("# ").rstrip())
        elif (key := re.match(r'"([^"]+)"\s*=', line)) is not None:
            found[key[1]] = " ".join(kept) or (list(found.values())[-1] if found else "")
            kept = []
        else:
            kept = []
    return found
