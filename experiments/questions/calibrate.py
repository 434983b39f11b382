"""``deltaplan calibrate``: the sets of free parameters that are not ruled out by what is published."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console
from scipy import stats

from experiments.indicators import label, unit
from experiments.manifest import code_version
from experiments.prepare import Prepared
from experiments.questions.accepted import sets_text
from experiments.questions.asking import Grid, QuestionError, Way, ask, grid_of, indicator_values, need, percent
from experiments.questions.emulator import apart, next_points
from experiments.questions.factors import Factor, values_at
from experiments.questions.fit import CUTOFF, Match, match
from experiments.questions.sobol import latin_hypercube
from experiments.questions.texts import say
from experiments.runs.draw import Draw
from experiments.runs.store import Store
from experiments.show import print_table, screen
from experiments.texts import Language, number
from sim.indicators.targets import Target, load_targets
from sim.ledger.counts import AGE_NAMES

__all__ = ["FREE", "KIND", "Wave", "execute", "target_values"]

KIND = "calibrate"
FREE = (
    "care.drop_rate",
    "care.phone_patience",
    "care.same_day_share",
    "registration.ample_share",
    "registration.conditional_below",
    "registration.full_when_busy",
    "registration.room_mean",
    "succession.look_round",
    "succession.private_taste",
    "succession.tie",
    "succession.travel",
    "succession.waiting",
)
"""Freed when nothing is named: assumptions that were fitted, or that nothing published fixes but their consequences."""
FILE = "accepted.toml"
LEAST = 5
SHOWN = 10
_SOME = 10  # sets that a correlation needs
_STRONG = 0.5

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Wave:
    """The sets of all waves and what they gave.

    Attributes:
        points: positions, (sets, factors).
        draws: the same as values.
        simulated: (sets, seeds, targets).
        match: against the fitted targets.
    """

    points: Array
    draws: list[Draw]
    simulated: Array
    match: Match


def target_values(store: Store, grid: Grid, targets: dict[str, Target]) -> Array:
    """What the first full year of every run gives for the targets, (points, seeds, targets); NaN for nothing."""
    ids = sorted({one.indicator for one in targets.values()})
    whole = indicator_values(store, grid, ids, "first_year")
    aged = store.query(
        "select key, id, member, value from groups join runs using (key) where year = first_year and dimension = 'age'"
    )
    by_age = {
        (key, id, member): value
        for key, id, member, value in zip(
            *(aged[name].to_pylist() for name in ("key", "id", "member", "value")), strict=True
        )
    }
    found = np.full((*whole.shape[:2], len(targets)), np.nan)
    for k, one in enumerate(targets.values()):
        if one.age is None:
            found[:, :, k] = whole[:, :, ids.index(one.indicator)]
            continue
        member = AGE_NAMES.index(one.age)
        for i, row in enumerate(grid):
            for j, task in enumerate(row):
                value = by_age.get((task.key, one.indicator, member))
                found[i, j, k] = np.nan if value is None else value
    return found


def standing(factors: Sequence[Factor]) -> Array:
    """Where the scenario's values lie between the ends of their ranges, (factors,).

    Of a list the mean of its places, which move together.
    """
    found = []
    for one in factors:
        value, low, high = (np.atleast_1d(np.asarray(end, float)) for end in (one.value, one.low, one.high))
        moves = low < high
        found.append(float(np.mean((value - low)[moves] / (high - low)[moves])))
    return np.array(np.clip(found, 0.0, 1.0), np.float64)


def execute(
    prepared: Prepared,
    factors: Sequence[Factor],
    samples: int,
    way: Way,
    *,
    waves: int = 1,
    misses: int | None = None,
    every_target: bool = False,
    file: Path | None = None,
    targets: dict[str, Target] | None = None,
    today: datetime.date | None = None,
) -> Wave:
    """Try sets, rule out, look further, print what is left, and write the file of accepted sets.

    Args:
        prepared: the scenario; its first full year is held against the targets.
        factors: freed parameters.
        samples: sets a wave.
        way: how it is run.
        waves: of the first, one set is the values as they stand; each next one looks where an emulator of all sets that
            were run misses fewest targets. All sets of all waves are judged together.
        misses: targets that a set may miss; None for as few as leave some sets (see ``match``).
        every_target: fit to all targets that the model is not given, not to the headline ones alone.
        file: of the accepted sets; ``accepted.toml`` in the folder by default.
        targets: instead of the published ones.
        today: date in the file.

    Raises:
        QuestionError: too few sets, nothing is left, or runs are missing.
        StoreError, Stopped: as for any question.
    """
    if samples < LEAST:
        raise QuestionError(f"--samples {samples} is too few; give {LEAST} sets or more")
    known = {name: one for name, one in (targets or load_targets()).items() if not one.input}
    fitted = np.array([every_target or one.headline for one in known.values()])
    low = np.array([one.low for one in known.values()])
    high = np.array([one.high for one in known.values()])
    need("sklearn")
    points = np.vstack((standing(factors), latin_hypercube(len(factors), samples - 1, 1)))
    tried = np.zeros((0, len(factors)))
    draws: list[Draw] = []
    simulated = np.zeros((0, len(way.seeds), len(known)))
    if prepared.share < 1.0:
        way.tell("calibrate_share")
    for turn in range(1, waves + 1):
        new = [Draw(values_at(factors, point)) for point in points]
        grid = grid_of(prepared, new, way.seeds, ("groups", "indicators"))
        way.tell(
            "calibrate_starting",
            scenario=prepared.name,
            wave=turn,
            waves=waves,
            factors=len(factors),
            samples=samples,
            seeds=len(way.seeds),
            runs=samples * len(way.seeds),
            share=percent(prepared.share, way.lang),
            jobs=way.jobs,
        )
        store = ask(KIND, way, grid)
        tried, draws = np.vstack((tried, points)), draws + new
        simulated = np.concatenate((simulated, target_values(store, grid, known)))
        found = match(simulated[:, :, fitted], low[fitted], high[fitted], misses)
        if turn < waves:
            held = np.flatnonzero(fitted)[found.reachable]
            points = next_points(tried, simulated[:, :, held], low[held], high[held], samples, turn + 1)
    if not found.accepted.any():
        _nothing_left(found, [name for name, one in zip(known, fitted, strict=True) if one], way.lang)
    wave = Wave(tried, draws, simulated, found)
    target = file if file is not None else way.out / FILE
    try:
        target.write_text(
            _file(prepared, factors, wave, known, fitted, way, today or datetime.date.today()),
            encoding="utf-8",
        )
    except OSError as error:
        raise QuestionError(f"{target} cannot be written ({error.strerror}); choose another with --write") from None
    if way.quiet:
        screen().print(str(target), soft_wrap=True)
    else:
        report(screen(), prepared, factors, wave, known, fitted, way.lang)
        screen().print(say("calibrate_saved", way.lang, file=target, folder=way.out), soft_wrap=True)
    return wave


def _nothing_left(found: Match, names: list[str], lang: Language) -> None:
    fewest = int(found.misses.min())
    best = int(np.argmin(found.misses))
    bad = [
        name
        for name, value, held in zip(names, found.implausibility[best], found.reachable, strict=True)
        if held and value > CUTOFF
    ]
    raise QuestionError(
        f"every set is ruled out; the best of {len(found.misses)} misses {fewest} of {int(found.reachable.sum())} "
        f"targets within reach ({', '.join(bad)}). Give more --samples, free more with --free, or allow "
        f"--misses {fewest}"
    )


# on the screen


def report(
    out: Console, prepared: Prepared, factors: Sequence[Factor], wave: Wave, targets: dict[str, Target],
    fitted: npt.NDArray[np.bool_], lang: Language,
) -> None:  # fmt: skip
    """Targets, what is left of each parameter, correlations and the best of the accepted sets."""
    accepted = wave.match.accepted
    count = int(accepted.sum())
    out.print(say("calibrate_title", lang, scenario=prepared.name, accepted=count, samples=len(accepted)), style="bold")
    if wave.match.allowed:
        text = say("calibrate_misses", lang, misses=wave.match.allowed, targets=int(wave.match.reachable.sum()))
        out.print(text, soft_wrap=True)
    out.print("")
    means = wave.simulated.mean(axis=1)
    reach = np.zeros(len(fitted), bool)
    reach[np.flatnonzero(fitted)] = wave.match.reachable
    heads = [("head_target", "left"), ("head_unit", "left"), ("head_published", "right"), ("head_tried", "right")]
    heads += [("head_left", "right"), ("head_inside", "right"), ("head_use", "left")]
    rows = []
    for k, (_, one) in enumerate(targets.items()):
        inside = float(((means[accepted, k] >= one.low) & (means[accepted, k] <= one.high)).mean())
        use = "check" if not fitted[k] else "fitted" if reach[k] else "unreachable"
        rows.append(
            [
                label(one.measure, lang) + (f" ({one.age})" if one.age else ""),
                unit(one.measure, lang),
                f"{number(one.low, lang)} - {number(one.high, lang)}",
                _span(means[:, k], lang),
                _span(means[accepted, k], lang),
                f"{100.0 * inside:.0f} %",
                say(f"use_{use}", lang),
            ]
        )
    order = sorted(range(len(rows)), key=lambda k: (not fitted[k], k))
    print_table(out, [(say(key, lang), side) for key, side in heads], [rows[k] for k in order])
    out.print(say("calibrate_targets", lang, cutoff=number(CUTOFF, lang)), soft_wrap=True)
    out.print("")
    heads = [("head_factor", "left"), ("", "left"), ("head_now", "right"), ("head_range", "right")]
    heads += [("head_median", "right"), ("head_middle", "right"), ("head_narrowed", "right")]
    table = []
    for k, factor in enumerate(factors):
        positions = wave.points[accepted, k]
        ends = [factor.at(float(np.quantile(positions, q))) for q in (0.05, 0.5, 0.95)]
        a, b, c = (next(iter(one.values())) for one in ends)
        now = factor.value[0] if isinstance(factor.value, list) else factor.value
        kept = float(np.quantile(positions, 0.95) - np.quantile(positions, 0.05)) / 0.9
        table.append(
            [
                factor.name,
                factor.label(lang),
                number(now, lang),
                factor.span(lang),
                number(b, lang),
                f"{number(a, lang)} - {number(c, lang)}",
                f"{100.0 * max(0.0, 1.0 - kept):.0f} %",
            ]
        )
    print_table(out, [(say(key, lang) if key else "", side) for key, side in heads], table)
    out.print(say("calibrate_ranges", lang), soft_wrap=True)
    for text in correlations(factors, wave.points[accepted], lang):
        out.print(text, soft_wrap=True)
    out.print("")
    heads = [("head_set", "left"), ("head_worst", "right"), ("head_misses", "right"), ("head_inside_of", "right")]
    fits = (means >= np.array([one.low for one in targets.values()])) & (
        means <= np.array([one.high for one in targets.values()])
    )
    best = sorted(np.flatnonzero(accepted).tolist(), key=lambda k: (wave.match.misses[k], wave.match.worst[k]))
    print_table(
        out,
        [(say(key, lang), side) for key, side in heads],
        [
            [
                wave.draws[k].id,
                number(float(wave.match.worst[k]), lang),
                str(int(wave.match.misses[k])),
                say("of", lang, part=int(fits[k].sum()), whole=len(targets)),
            ]
            for k in best[:SHOWN]
        ],
    )
    if count > SHOWN:
        out.print(say("calibrate_more", lang, more=count - SHOWN), soft_wrap=True)


def correlations(factors: Sequence[Factor], points: Array, lang: Language) -> list[str]:
    """Pairs that go together in the accepted sets: they are known less well apart than together."""
    if len(points) < _SOME:
        return [say("calibrate_few", lang, accepted=len(points))]
    found = []
    for i in range(len(factors)):
        for j in range(i):
            r = float(stats.spearmanr(points[:, i], points[:, j]).statistic)
            if abs(r) >= _STRONG:
                found.append((abs(r), say("calibrate_pair", lang, a=factors[j].name, b=factors[i].name, r=f"{r:+.2f}")))
    return [text for _, text in sorted(found, reverse=True)] or [say("calibrate_no_pairs", lang)]


def _span(values: Array, lang: Language) -> str:
    known = values[~np.isnan(values)]
    if not known.size:
        return "-"
    low, high = np.quantile(known, (0.05, 0.95))
    return f"{number(float(low), lang)} - {number(float(high), lang)}"


# the file


def _file(
    prepared: Prepared, factors: Sequence[Factor], wave: Wave, targets: dict[str, Target],
    fitted: npt.NDArray[np.bool_], way: Way, today: datetime.date,
) -> str:  # fmt: skip
    code = code_version()
    means = wave.simulated.mean(axis=1)
    accepted = _in_turn(wave)
    reach = np.zeros(len(fitted), bool)
    reach[np.flatnonzero(fitted)] = wave.match.reachable
    about = {
        "date": today,
        "scenario": prepared.name,
        "region": prepared.region.id,
        "share": prepared.share,
        "seeds": list(way.seeds),
        "tried": len(wave.draws),
        "accepted": len(accepted),
        "cutoff": CUTOFF,
        "misses_allowed": wave.match.allowed,
        "version": str(code["version"]),
        "source": str(code["source"]),
        "commit": str(code["commit"] or "-"),
        "free": [one.name for one in factors],
    }
    rows = [
        {
            "name": name,
            "low": one.low,
            "high": one.high,
            "use": "check" if not fitted[k] else "fitted" if reach[k] else "unreachable",
            "simulated_low": float(np.min(means[accepted, k])),
            "simulated_high": float(np.max(means[accepted, k])),
        }
        for k, (name, one) in enumerate(targets.items())
    ]
    sets = [
        {
            "id": wave.draws[k].id,
            "worst": float(wave.match.worst[k]),
            "misses": int(wave.match.misses[k]),
            "values": dict(wave.draws[k].values),
        }
        for k in accepted.tolist()
    ]
    return sets_text(about, rows, sets)


def _in_turn(wave: Wave) -> npt.NDArray[np.int64]:
    """Numbers of the accepted sets, best first, then each as far as can be from those before: a few stand for all."""
    accepted = np.flatnonzero(wave.match.accepted)
    best = accepted[np.lexsort((wave.match.worst[accepted], wave.match.misses[accepted]))]
    return best[apart(wave.points[best], len(best))]
