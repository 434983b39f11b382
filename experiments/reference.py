"""Reference pages: commands, parameters, indicators, scenario files and state, written from what declares them."""

from __future__ import annotations

import copy
import inspect
import re
from collections.abc import Iterable
from itertools import groupby

import click

from experiments.catalogue import packaged
from sim.agents.gp import GP
from sim.agents.parties import Insurer, Municipality, RegionalOrganisation
from sim.agents.people import People
from sim.agents.post import Post
from sim.agents.practice import Practice
from sim.agents.trainee import Trainee
from sim.indicators.catalogue import INDICATORS
from sim.interventions.registry import kinds
from sim.parameters import Parameter, load_parameters
from sim.randomness.streams import Stream
from sim.scenario import list_regions, scenario_schema

__all__ = ["reference"]

_WIDTH = 100
_MOST_PLACES = 6  # of a list that are written out
_AGENTS = (Practice, GP, Trainee, Post, RegionalOrganisation, Insurer, Municipality)
_NOTE = "Written by `deltaplan docs docs/reference --of reference` from {what}; change it there."

_SCENARIO = """\
A scenario is a TOML file. `deltaplan new mine` writes one with comments, `deltaplan check mine.toml` says all that is
wrong with it, `deltaplan schema` prints the whole JSON schema for editors."""

_TABLES = """\
A parameter is named by topic and key: `[parameters.care]` with `no_show = 0.04`; a value outside the range of its
evidence is refused. A table `[interventions.ID]` or `[events.ID]` takes the keys on the page of that intervention or
event ([all pages](../interventions/README.md)); `kind = "..."` lets a second table of one kind have its own name. With
`extends`, what is not named is inherited, and `remove = true` takes out an intervention or event of the base."""


def reference(main: click.Group) -> dict[str, str]:
    """All reference pages by file name.

    Args:
        main: the command line.
    """
    return {
        "commands.md": commands(main),
        "parameters.md": parameters(),
        "indicators.md": indicators(),
        "scenario.md": scenario(),
        "state.md": state(),
    }


def commands(main: click.Group) -> str:
    """Every command with its own help."""
    lines = ["# Commands", "", _NOTE.format(what="the commands' own help"), ""]
    lines += ["`deltaplan COMMAND --help` prints the same.", ""]
    every = dict(main.commands)
    for above, group in main.commands.items():
        if isinstance(group, click.Group):
            every |= {f"{above} {name}": command for name, command in group.commands.items()}
    for path, command in sorted(every.items()):
        above, _, name = path.rpartition(" ")
        shown = copy.copy(command)
        shown.add_help_option = False  # its names hang on who asked for help first
        parent = click.Context(main, info_name=f"deltaplan {above}".strip())
        context = click.Context(
            shown, info_name=name, parent=parent, terminal_width=_WIDTH, max_content_width=_WIDTH, color=False
        )
        lines += [f"## {path}", "", "```text", *_tidy(shown.get_help(context)), "```", ""]
    return "\n".join(lines)


def parameters() -> str:
    """Every parameter with its passport, by topic."""
    lines = ["# Parameters", "", _NOTE.format(what="`sim/parameters/data`"), ""]
    lines += [
        "Grade A was read at its source, B is well known, C is an assumption. Of long lists only the least and the",
        'greatest value stand here; `deltaplan evidence "care.*"` prints those of a topic.',
        "",
    ]
    known = load_parameters()
    names = sorted(known)
    grades: list[str] = [known[name].grade for name in names]
    counts = ", ".join(f"{grades.count(grade)} of grade {grade}" for grade in "ABC")
    lines += [f"{len(names)} parameters: {counts}.", ""]
    for topic, own in groupby(names, key=lambda name: name.split(".")[0]):
        rows = [(name, known[name]) for name in own]
        lines += [f"## {topic}", ""]
        lines += _table(
            ("name", "what", "value", "range", "unit", "year", "grade", "source"),
            (
                (f"`{name}`", row.en, _value(row), _range(row), row.unit, str(row.year), row.grade, row.source)
                for name, row in rows
            ),
        )
    return "\n".join(lines)


def indicators() -> str:
    """Every indicator with its definition and the source of the definition."""
    lines = ["# Indicators", "", _NOTE.format(what="the functions in `sim/indicators`"), ""]
    lines += ["An indicator reads the closed periods of the ledger and nothing else.", ""]
    better = {"lower": "lower is better", "higher": "higher is better", "none": "neither way is better"}
    for one in INDICATORS.values():
        groups = f"; by {', '.join(one.by)}" if one.by else ""
        headline = "; headline" if one.headline else ""
        lines += [f"## {one.id}", "", f"**{one.en}** (*{one.nl}*): {one.unit}; {better[one.better]}{headline}{groups}."]
        lines += ["", f"{one.definition_en} Source: {one.source}", ""]
    return "\n".join(lines)


def scenario() -> str:
    """The keys of scenario files."""
    schema = scenario_schema(regions=list_regions(packaged()), kinds=kinds())
    lines = ["# Scenario files", "", _NOTE.format(what="`sim/scenario/schema.py`"), ""]
    lines += [_SCENARIO, ""]
    needed = schema.get("required", [])
    lines += _table(
        ("key", "what", "must be given"),
        (
            (f"`{key}`", says.get("description", "Name for people: `nl` and `en`"), "yes" if key in needed else "")
            for key, says in schema["properties"].items()
        ),
    )
    lines += [_TABLES, ""]
    return "\n".join(lines)


def state() -> str:
    """State variables of people and agents, and the random streams."""
    lines = ["# State variables and random streams", "", _NOTE.format(what="`sim/agents` and `sim/randomness`"), ""]
    lines += ["## Person", "", "Columns of `sim/agents/people.py`; all are numpy arrays with one place a person.", ""]
    lines += _table(("column", "type", "meaning"), ((f"`{c.name}`", str(c.dtype), c.meaning) for c in People.SCHEMA))
    for kind in _AGENTS:
        lines += [f"## {_words(kind.__name__)}", "", f"Class `{kind.__name__}` in `{_file(kind)}`.", ""]
        lines += _table(("attribute", "meaning"), _attributes(kind))
    lines += ["## Random streams", "", "Names and numbers are never reused (`sim/randomness/streams.py`).", ""]
    lines += _table(("number", "stream"), ((str(int(one)), one.name) for one in Stream))
    return "\n".join(lines)


def _tidy(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += ["| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return [*lines, ""]


def _value(row: Parameter) -> str:
    if not isinstance(row.value, list):
        return f"{row.value:g}"
    if len(row.value) <= _MOST_PLACES and row.index is not None:
        return ", ".join(f"{place}: {value:g}" for place, value in zip(row.index, row.value, strict=True))
    return f"{len(row.value)} values, {min(row.value):g} to {max(row.value):g}"


def _range(row: Parameter) -> str:
    low = min(row.low) if isinstance(row.low, list) else row.low
    high = max(row.high) if isinstance(row.high, list) else row.high
    return f"{low:g} to {high:g}"


def _words(name: str) -> str:
    return name if name.isupper() else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _file(kind: type) -> str:
    return kind.__module__.replace(".", "/") + ".py"


def _attributes(kind: type) -> list[tuple[str, str]]:
    """What the docstrings of a class and its bases in ``sim`` say below "Attributes:"."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("sim.agents") and "Attributes:" in (base.__doc__ or ""):
            section = inspect.cleandoc(base.__doc__ or "").split("Attributes:\n", 1)[1].split("\n\n")[0]
            for names, meaning in re.findall(r"^    ([\w, ]+): (.*(?:\n     .*)*)", section, re.MULTILINE):
                found[", ".join(f"`{name}`" for name in names.split(", "))] = meaning
    return list(found.items())
