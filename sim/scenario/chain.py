"""The files of a scenario: itself, the base it extends, the base of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.checks import examine, read_toml
from sim.scenario.catalogue import COUNTRY, list_scenarios, listed
from sim.scenario.schema import Folder, ScenarioError, ScenarioFile
from sim.texts.faults import FaultError, nearest, show

__all__ = ["Link", "follow"]


@dataclass(frozen=True)
class Link:
    """One file of the chain: its name, its keys as read, and which of them are of no use."""

    name: str
    data: dict[str, Any]
    broken: frozenset[str]

    def get(self, key: str) -> Any:
        """Value of a top-level key; None when it is left out or of the wrong kind."""
        return None if key in self.broken else self.data.get(key)

    def table(self, key: str) -> dict[str, Any]:
        """A top-level table; empty when it is left out or is none."""
        found = self.get(key)
        return found if isinstance(found, dict) else {}


def follow(file: Folder, search: Sequence[Folder], faults: list[FaultError]) -> list[Link]:
    """Files from the scenario itself to its last base.

    Args:
        file: of the scenario.
        search: folders in which bases are looked for.
        faults: those of reading and of the keys of each file are added here.
    """
    chain: list[Link] = []
    seen: list[str] = []
    current: Folder | None = file
    while current is not None:
        try:
            data = read_toml(current, ScenarioError)
        except ScenarioError as fault:
            faults.append(fault)
            break
        found = examine(ScenarioFile, data, current.name, ScenarioError)
        faults.extend(fault for _, fault in found)
        link = Link(current.name, data, frozenset(str(key) for key, _ in found))
        chain.append(link)
        seen.append(str(current))
        if not isinstance(extends := link.get("extends"), str):
            break
        try:
            current = _base(current, extends, search)
        except ScenarioError as fault:
            faults.append(fault)
            break
        if str(current) in seen:
            first = seen.index(str(current))
            circle = " -> ".join([*(one.name for one in chain[first:]), current.name])
            faults.append(ScenarioError("extends_cycle", link.name, "extends", value=circle))
            break
    return chain


def _base(file: Folder, wanted: str, search: Sequence[Folder]) -> Folder:
    """File that `file` extends: relative to it when written as a path, else looked for in the search folders.

    A file never extends itself by its name alone while another of that name can be meant.
    """
    candidates: list[Folder]
    if wanted.endswith(".toml"):
        candidates = [file.parent / wanted] if isinstance(file, Path) else [search[-1] / wanted]
    else:
        candidates = [folder / f"{wanted}.toml" for folder in (*search, *(each / COUNTRY for each in search))]
    there = [candidate for candidate in candidates if _is_file(candidate)]
    for candidate in there:
        if str(candidate) != str(file):
            return candidate
    if there:
        return there[0]
    own = file.name.removesuffix(".toml")
    known = sorted({name for folder in search for name in list_scenarios(folder)} - {own})
    raise ScenarioError(
        "unknown_base", file.name, "extends", value=show(wanted), hint=nearest(wanted, known), expected=listed(known)
    )


def _is_file(path: Folder) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
