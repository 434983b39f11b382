"""Checking a scenario: all faults of all its files at once, before anything runs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sim.parameters import Parameters, load_parameters
from sim.region import RegionError, load_region
from sim.region.files import read_region_file
from sim.scenario.catalogue import find_scenario, region_folder
from sim.scenario.chain import Link, follow
from sim.scenario.overrides import flatten, override_faults
from sim.scenario.schema import BASE_DATE, Folder, Kinds, Scenario, ScenarioError
from sim.scenario.tables import SORTS, Table, late_faults, lay_over, month_notes, resolved, table_misfits
from sim.texts.faults import FaultError, show

__all__ = ["Checked", "check_scenario", "load_scenario"]

_PLAIN = ("region", "start", "years", "capacity_mode")


@dataclass(frozen=True)
class Checked:
    """What a check has found.

    Attributes:
        scenario: resolved; None when there are faults.
        faults: what must be mended; sentences in both languages.
        notes: what is allowed and worth knowing.
    """

    scenario: Scenario | None
    faults: tuple[FaultError, ...]
    notes: tuple[FaultError, ...] = ()


def check_scenario(
    scenario: str | Path,
    catalogue: Folder,
    parameters: Parameters | None = None,
    kinds: Kinds | None = None,
) -> Checked:
    """Everything that is wrong with the scenario of that name or path.

    Args:
        scenario: name of a scenario in the catalogue, or path of a TOML file. Bases and regions are looked for beside a
            file first, then in the catalogue.
        catalogue: folder with scenario files and ``regions/``.
        parameters: those that may be overridden; the shipped ones when None.
        kinds: the interventions and events that exist; none when None.
    """
    known = load_parameters() if parameters is None else parameters
    exist = Kinds() if kinds is None else kinds
    faults: list[FaultError] = []
    try:
        file, search = find_scenario(scenario, catalogue)
    except ScenarioError as fault:
        return Checked(None, (fault,))
    chain = follow(file, search, faults)
    if not chain:
        return Checked(None, tuple(faults))
    merged, active = _merge(chain, search, known, exist, faults)
    begin = merged.get("start", BASE_DATE)
    years = merged.get("years", Scenario.model_fields["years"].get_default())
    for table in active.values():
        faults.extend(late_faults(table, exist, begin, years))
    if active and "region" in merged:
        faults.extend(_misfits(active, exist, merged["region"], search, known, merged["parameters"]))
    said = {(fault.file, fault.place) for fault in faults}
    notes = [note for table in active.values() for note in month_notes(table)]
    notes = [note for note in notes if (note.file, note.place) not in said]
    if faults:
        return Checked(None, tuple(faults), tuple(notes))
    for sort in SORTS:
        own = sorted((table for table in active.values() if table.sort == sort), key=lambda one: one.id)
        merged[sort] = tuple(resolved(table, exist, begin) for table in own)
    return Checked(Scenario.model_validate(merged), (), tuple(notes))


def load_scenario(
    scenario: str | Path,
    catalogue: Folder,
    parameters: Parameters | None = None,
    kinds: Kinds | None = None,
) -> Scenario:
    """The scenario of that name or path, resolved and checked; arguments as of :func:`check_scenario`.

    Raises:
        ScenarioError, RegionError: one line that names file, key, fault and mend, and how many others there are.
    """
    checked = check_scenario(scenario, catalogue, parameters, kinds)
    if checked.scenario is None:
        first = checked.faults[0]
        if isinstance(first, ScenarioError):
            first.others = len(checked.faults) - 1
        raise first
    return checked.scenario


def _merge(
    chain: list[Link], search: Sequence[Folder], parameters: Parameters, kinds: Kinds, faults: list[FaultError]
) -> tuple[dict[str, Any], dict[str, Table]]:
    """What the files come to, laid over each other from the last base on, leaving out what is of no use."""
    merged: dict[str, Any] = {"parameters": {}}
    active: dict[str, Table] = {}
    for link in reversed(chain):
        faults.extend(_own_faults(link, search))
        merged |= {key: value for key in _PLAIN if (value := link.get(key)) is not None}
        flat = flatten(link.table("parameters"))
        wrong = list(override_faults(flat, link.name, parameters))
        faults.extend(fault for _, fault in wrong)
        bad = {key for key, _ in wrong}
        merged["parameters"] |= {key: value for key, value in flat.items() if key not in bad}
        for sort in SORTS:
            faults.extend(lay_over(active, sort, link.table(sort), link.name, kinds))
    own = chain[0]
    merged |= {key: own.data[key] for key in ("id", "label", "extends") if key in own.data}
    if "region" not in merged and not any("region" in link.broken or "extends" in link.broken for link in chain):
        if not any(fault.key in {"unknown_base", "extends_cycle"} for fault in faults):
            faults.append(ScenarioError("key_missing", own.name, "region"))
    merged["start"] = _start(chain, merged.get("region"), search, faults)
    return merged, active


def _start(chain: list[Link], region: object, search: Sequence[Folder], faults: list[FaultError]) -> date:
    """The day that the region describes; that another start is written is a fault of the file that says so."""
    day = BASE_DATE
    if isinstance(region, str):
        with suppress(RegionError, ScenarioError):  # said where the region is looked for or read
            day = read_region_file(region_folder(region, *search)).describes
    said = next((link for link in chain if isinstance(link.get("start"), date)), None)
    if said is not None and said.get("start") != day:
        start = str(said.get("start"))
        faults.append(ScenarioError("start_fixed", said.name, "start", value=start, expected=day.isoformat()))
    return day


def _own_faults(link: Link, search: Sequence[Folder]) -> list[ScenarioError]:
    """Of one file: a name that is not its own, a region that does not exist."""
    found = []
    stem = link.name.removesuffix(".toml")
    if (id := link.get("id")) is not None and id != stem:
        found.append(ScenarioError("id_file", link.name, "id", value=show(id), expected=stem))
    if isinstance(region := link.get("region"), str):
        try:
            region_folder(region, *search)
        except ScenarioError as error:
            found.append(ScenarioError(error.key, link.name, "region", **error.values))
    return found


def _misfits(
    active: dict[str, Table],
    kinds: Kinds,
    name: str,
    search: Sequence[Folder],
    parameters: Parameters,
    overrides: dict[str, Any],
) -> list[FaultError]:
    """What cannot be used in the region; a region that cannot be read is a fault itself."""
    try:
        region = load_region(region_folder(name, *search), parameters.replace(overrides))
    except ScenarioError:
        return []  # said already
    except RegionError as fault:
        return [fault]
    return [fault for table in active.values() for fault in table_misfits(table, kinds, region)]
