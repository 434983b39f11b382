"""Pages on interventions and events, written from their declarations."""

from __future__ import annotations

from pathlib import Path

from sim.interventions.base import PAYERS, Choice, Declaration, Name, Setting
from sim.interventions.registry import declared

__all__ = ["example", "index", "page", "pages", "write_pages"]

_WHERE = {"region": "the whole region", "municipalities": "some `municipalities`", "practices": "some `practices`"}
_NAMES = {"municipality": '"Almelo"', "place": '"Enschede"', "post": '"Spoedpost Almelo"', "practice": "10", "gp": "12"}
"""Names in the examples, of the region of Twente."""

_NOTE = "Written by `deltaplan docs docs/interventions` from the declaration in `{file}`; change it there.\n"


def page(one: Declaration) -> str:
    """The page of an intervention or event, in Markdown."""
    lines = [f"# {one.name.en}", "", _NOTE.format(file=_file(one)), f"*{one.name.nl}*. {one.about.en}", ""]
    lines += ["## How it works", "", one.mechanism, "", "## Where and when", "", _when(one), ""]
    lines += [
        "In a scenario file (`deltaplan new` starts one; what is left out is as below):",
        "",
        "```toml",
        *example(one),
        "```",
        "",
    ]
    numbers = [item for item in one.settings if isinstance(item, Setting)]
    if numbers:
        lines += ["## Settings", "", "| key | what | default | range | does nothing at | unit | grade | source |"]
        lines += ["|---|---|--:|--:|--:|---|---|---|"]
        lines += [
            f"| `{item.key}` | {item.en} | {item.default:,.6g} | {item.low:,.6g} to {item.high:,.6g} "
            f"| {'' if item.neutral is None else f'{item.neutral:g}'} | {item.unit} | {_grade(item.grade)} "
            f"| {_source(item.source, item.evidence)} |"
            for item in numbers
        ]
        lines.append("")
    for other in one.settings:
        if isinstance(other, Choice):
            options = ", ".join(f"`{key}` ({text.en})" for key, text in other.options.items())
            lines += [f"`{other.key}`: {other.en}; {options}; `{other.default}` unless it is given.", ""]
        elif isinstance(other, Name):
            lines += [f"`{other.key}`: {other.en}; {'must be given' if other.needed else 'may be left out'}.", ""]
    if one.costs:
        lines += ["## Costs", "", "| key | what | default | range | unit | payer | grade | source |"]
        lines += ["|---|---|--:|--:|---|---|---|---|"]
        lines += [
            f"| `{cost.key}` | {cost.en} | {cost.default:,.15g} | {cost.low:,.15g} to {cost.high:,.15g} "
            f"| {cost.unit()} | {PAYERS[cost.payer][0]} | {_grade(cost.grade)} "
            f"| {_source(cost.source, cost.evidence)} |"
            for cost in one.costs
        ]
        lines.append("")
    return "\n".join(lines)


def example(one: Declaration) -> list[str]:
    """The shortest table of it in a scenario file, with names from Twente."""
    sort, when = ("events", "date") if one.event else ("interventions", "start")
    names = [other for other in one.settings if isinstance(other, Name) and other.needed]
    return [f"[{sort}.{one.id}]", f"{when} = 2027-01-01", *(f"{name.key} = {_NAMES[name.of]}" for name in names)]


def index(known: dict[str, Declaration]) -> str:
    """The page that lists them all."""
    lines = ["# Interventions and events", ""]
    lines += ["Written by `deltaplan docs docs/interventions` from the declarations in `sim/interventions`.", ""]
    lines += ["Grade C settings are assumptions: they are shown with their range and are no findings.", ""]
    for title, event in (("Interventions", False), ("Events", True)):
        own = [one for one in known.values() if one.event == event]
        if own:
            lines += [f"## {title}", "", "| id | name | what it is | assumed |", "|---|---|---|---|"]
            lines += [
                f"| [`{one.id}`]({one.id}.md) | {one.name.en} | {one.about.en} | {_assumed(one)} |" for one in own
            ]
            lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """All pages by file name."""
    known = declared()
    return {"README.md": index(known)} | {f"{id}.md": page(one) for id, one in known.items()}


def write_pages(folder: Path, found: dict[str, str] | None = None) -> int:
    """Write pages into a folder, made where needed; pages of what no longer exists go. How many there are.

    Args:
        folder: where.
        found: texts by file name; those of interventions and events when left out.
    """
    found = pages() if found is None else found
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in found and old.read_text(encoding="utf-8").find("`deltaplan docs") >= 0:
            old.unlink()
    for name, text in found.items():
        (folder / name).write_text(text, encoding="utf-8")
    return len(found)


def _file(one: Declaration) -> str:
    return one.function.__module__.replace(".", "/") + ".py"


def _grade(grade: str) -> str:
    return "C, assumption" if grade == "C" else grade


def _source(source: str, evidence: tuple[str, ...]) -> str:
    """Without the word that the column of grades has already."""
    said = source.removeprefix("Assumption: ")
    return said[:1].upper() + said[1:] + (f" ({', '.join(evidence)})" if evidence else "")


def _assumed(one: Declaration) -> str:
    numbers = list(one.numbers)
    return f"{sum(item.grade == 'C' for item in numbers)} of {len(numbers)}"


def _when(one: Declaration) -> str:
    *others, last = (_WHERE[place] for place in one.where)
    places = f"{', '.join(others)} or {last}" if others else last
    if one.event:
        return f"In {places}, from its `date` on{', until its `end` if there is one' if one.lasting else ''}."
    if one.by == "practice":
        return (
            f"In {places}; practices take it up one by one over `adoption_months` ({one.adoption_months}) from its "
            f"`start` on, up to `reach` ({one.reach:g}) of them."
        )
    if one.adoption_months:
        return f"In {places}, from its `start` on, at full strength after `adoption_months` ({one.adoption_months})."
    return f"In {places}, from its `start` on, at once unless `adoption_months` is given."
