"""``deltaplan events``: what happened to one practice or one GP in a saved run, in order, with dates."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from experiments.event_texts import cause_text, event_text
from experiments.show import print_table
from experiments.store import Results, ResultsError
from experiments.texts import Language, number, say

__all__ = ["Line", "Story", "events_of", "print_events"]

MOVED = "people move to practice"
"""Kind of the events that say where the people of a practice went."""
NOBODY = -1


@dataclass(frozen=True)
class Line:
    """One event of the story; numbers are -1 where the event has none."""

    date: datetime.date
    kind: str
    practice: int
    gp: int
    other: int
    value: float
    cause: str


@dataclass(frozen=True)
class Story:
    """What happened, in the order of the log, and where the people of a practice went."""

    lines: list[Line]
    moved: dict[int, float]
    """People by practice that took them on, most first; -1 those left without a GP. Empty where nobody had to go."""


def events_of(results: Results, *, practice: int | None = None, gp: int | None = None) -> Story:
    """The events of one practice (also those of others in which it takes part), or of one GP.

    Args:
        results: a saved run.
        practice: number of the practice.
        gp: number of the GP; exactly one of the two is given.

    Raises:
        ResultsError: the run has no event log, no such practice, or no event of such a GP.
        ValueError: none or both are given.
    """
    if (practice is None) == (gp is None):
        raise ValueError("events are of one practice or of one GP")
    rows = results.table("events").to_pylist()
    start = datetime.date.fromisoformat(results.manifest["scenario"]["start"])
    if practice is not None:
        known = results.table("practices")["practice"].to_pylist()
        if practice not in known:
            raise ResultsError(f"there is no practice {practice} in {results.folder}; they run from 0 to {max(known)}")
        own = [row for row in rows if practice in (row["practice"], row["other"])]
    else:
        own = [row for row in rows if row["gp"] == gp]
        if not own:
            raise ResultsError(f"the event log of {results.folder} does not mention GP {gp}")
    moved: dict[int, float] = {}
    lines = []
    for row in own:
        if row["kind"] == MOVED and row["practice"] == practice:
            moved[row["other"]] = moved.get(row["other"], 0.0) + row["value"]
        else:
            lines.append(_line(row, start))
    most_first = sorted(moved.items(), key=lambda item: (item[0] == NOBODY, -item[1], item[0]))
    return Story(lines, dict(most_first))


def _line(row: Mapping[str, Any], start: datetime.date) -> Line:
    return Line(
        date=start + datetime.timedelta(days=row["day"]),
        kind=row["kind"],
        practice=row["practice"],
        gp=row["gp"],
        other=row["other"],
        value=row["value"],
        cause=row["cause"],
    )


# on the screen


def print_events(
    console: Console, results: Results, lang: Language, *, practice: int | None = None, gp: int | None = None
) -> None:
    """Print the story of one practice or one GP; see :func:`events_of` for what is refused."""
    story = events_of(results, practice=practice, gp=gp)
    manifest = results.manifest
    towns = _towns(results)
    key = "events_practice" if practice is not None else "events_gp"
    where = f" ({towns[practice]})" if practice in towns else ""
    title = say(
        key,
        lang,
        number=practice if practice is not None else gp,
        where=where,
        scenario=manifest["scenario_name"],
        seed=manifest["seed"],
        date=manifest["last_date"],
    )
    console.print(title, style="bold")
    if story.lines:
        _print_lines(console, story, practice, lang)
    else:
        console.print(say("events_none", lang))
    if story.moved:
        console.print()
        total = number(sum(story.moved.values()), lang)
        console.print(say("events_moved", lang, people=total), style="bold")
        heads = [(say("practice", lang), "right"), (say("municipality", lang), "left")]
        rows = [
            [
                "-" if other == NOBODY else str(other),
                say("events_without", lang) if other == NOBODY else towns.get(other, ""),
                number(people, lang),
            ]
            for other, people in story.moved.items()
        ]
        print_table(console, [*heads, (say("events_people", lang), "right")], rows)
    console.print(say("events_note", lang, seed=manifest["seed"]), soft_wrap=True)


def _print_lines(console: Console, story: Story, practice: int | None, lang: Language) -> None:
    """A table with the date, the other party (GP or practice), what happened and why."""
    party = "events_party_gp" if practice is not None else "practice"
    heads = [(say("events_date", lang), "left"), (say(party, lang), "right")]
    heads += [(say("events_what", lang), "left"), (say("events_why", lang), "left")]
    rows = []
    for line in story.lines:
        shown = line.gp if practice is not None else line.practice
        text = event_text(
            line.kind,
            lang,
            value=number(line.value, lang),
            practice=line.practice,
            other=line.other,
            arrives=practice is not None and line.other == practice,
        )
        rows.append([line.date.isoformat(), "" if shown == NOBODY else str(shown), text, cause_text(line.cause, lang)])
    print_table(console, heads, rows)


def _towns(results: Results) -> dict[int, str]:
    """Name of the municipality by practice."""
    nodes = results.table("nodes")
    names = dict(zip(nodes["municipality"].to_pylist(), nodes["municipality_name"].to_pylist(), strict=True))
    table = results.table("practices")
    places = zip(table["practice"].to_pylist(), table["municipality"].to_pylist(), strict=True)
    return {practice: names.get(town, "") for practice, town in places}
