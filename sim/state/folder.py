"""A state on disk: written whole or not at all, and refused unless it is whole and from this code."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.dates import date_of_month, month_of
from sim.folders import written_whole
from sim.parameters import Parameters
from sim.region.region import Region
from sim.scenario import Scenario, scenario_hash
from sim.state.allowed import NotAllowed
from sim.state.arrays import ArrayReader
from sim.state.branch import refuse_other_past, take_up
from sim.state.faults import StateError
from sim.state.graph import GraphWriter, read_graph
from sim.state.header import FORMAT, KIND, StateHeader, code_key, digest_of, region_digest, versions

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["check_date", "load_state", "read_header", "refuse_taken", "save_state"]

_HEADER, _OBJECTS = "header.json", "objects.json"
_SENSELESS = (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError)
"""What reading raises when digests fit but the content was never written by ``save_state``."""


def check_date(day: date, start: date, years: int, where: object, begin: date | None = None) -> None:
    """See that a state can be saved on ``day`` in a run of ``years`` from ``start``, which goes on from ``begin``.

    Raises:
        StateError: it is not the first of a month, or does not lie within the run.
    """
    first = start if begin is None else begin
    last = date_of_month(month_of(date(start.year + years, start.month, start.day)) - 1)
    if day.day != 1:
        near = min(max(date_of_month(month_of(day) + 1), first), last)
        raise StateError("not_first", where, date=day, near=near)
    if not first <= day <= last:
        raise StateError("outside", where, date=day, first=first, last=last)


def save_state(model: RegionModel, folder: Path | str, *, replace: bool = False) -> StateHeader:
    """Save a model as it is before the decisions of the month that begins.

    Args:
        model: which; its next day is the first of a month, and not the end of the run.
        folder: to be made; the parent folders too. Written under another name first, so that it is whole or absent.
        replace: put it in the place of a state of the same run and date.

    Raises:
        StateError: another day, the folder is taken, or the model holds something that a state cannot.
    """
    target = Path(folder)
    check_date(model.today, model.assumed.start, model.assumed.years, f"{target}:")
    refuse_taken(target, replace, model.today, model.seed, model.scale, model.assumed)
    try:
        graph = GraphWriter(model)
        arrays, files = graph.shelf.pack()
        region = region_digest(model.region)
    except NotAllowed as error:
        raise StateError("cannot_hold", target, what=str(error)) from None
    objects = {"root": graph.root, "nodes": graph.nodes, "order": graph.order, "arrays": arrays}
    files[_OBJECTS] = json.dumps(objects, separators=(",", ":"), allow_nan=False).encode()
    base = model.resolver.base
    header = StateHeader(
        date=model.today,
        day=model.day,
        seed=model.seed,
        share=model.scale,
        checked=model.check,
        region=model.region.id,
        region_digest=region,
        scenario=model.assumed.model_dump(mode="json"),
        parameters={name: base[name].value for name in base},
        code=code_key(),
        versions=versions(),
        files={name: {"bytes": len(content), "blake2b": digest_of(content)} for name, content in sorted(files.items())},
    )
    text = json.dumps(header.to_data(), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    _write(target, {**files, _HEADER: text.encode()})
    return StateHeader.from_data(json.loads(text))


def _write(target: Path, files: dict[str, bytes]) -> None:
    """The files in their order, the header last, into a folder that then takes the place of ``target``."""
    with written_whole(target) as new:
        for name, content in files.items():
            (new / name).write_bytes(content)


def _saved_there(folder: Path) -> StateHeader | None:
    try:
        return StateHeader.from_data(json.loads((folder / _HEADER).read_text(encoding="utf-8")))
    except (OSError, *_SENSELESS):
        return None


def refuse_taken(target: Path, replace: bool, day: date, seed: int, share: float, scenario: Scenario) -> None:
    """Raise StateError unless ``target`` is free, or with ``replace`` holds a state of this very run and date."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    there = _saved_there(target) if target.is_dir() else None
    if there is None:
        raise StateError("taken", target, what="")
    same = (there.date, there.seed, there.share) == (day, seed, share)
    if not (replace and same and scenario_hash(there.resolved) == scenario_hash(scenario)):
        what = f"{there.scenario['id']}, {there.date}, seed {there.seed}"
        raise StateError("taken", target, what=(f", with a state of {what}", f", met een stand van {what}"))


def read_header(folder: Path | str) -> StateHeader:
    """The header of a state that this code can go on with; the other files are not looked at.

    Raises:
        StateError: it is no state, damaged, or of another format or version.
    """
    path = Path(folder)
    if not path.is_dir():
        raise StateError("no_state", path, what=("it is no folder", "het is geen map"))
    try:
        data = json.loads((path / _HEADER).read_text(encoding="utf-8"))
        kind, format_there = data["kind"], data["format"]
    except FileNotFoundError:
        raise StateError("no_state", path, what=(f"{_HEADER} is missing", f"{_HEADER} ontbreekt")) from None
    except (OSError, *_SENSELESS):
        raise StateError("damaged", path, what=(f"{_HEADER} is not readable", f"{_HEADER} is niet leesbaar")) from None
    if kind != KIND:
        raise StateError("no_state", path, what=(f"{_HEADER} is of something else", f"{_HEADER} is van iets anders"))
    if format_there != FORMAT:
        raise StateError("other_format", path, there=format_there, here=FORMAT)
    try:
        header = StateHeader.from_data(data)
    except _SENSELESS:
        raise StateError("damaged", path, what=(f"{_HEADER} was altered", f"{_HEADER} is veranderd")) from None
    for what, there, here in [
        (("source", "broncode"), header.code, code_key()),
        *((name, header.versions.get(name, "-"), version) for name, version in versions().items()),
    ]:
        if there != here:
            raise StateError("other_code", path, what=what, there=there, here=here)
    return header


def _contents(path: Path, header: StateHeader) -> dict[str, bytes]:
    """The files, each as the header says."""
    found: dict[str, bytes] = {}
    for name, said in header.files.items():
        if Path(name).name != name:
            raise StateError("foreign", path, what=name)
        try:
            content = (path / name).read_bytes()
        except OSError:
            raise StateError("damaged", path, what=(f"{name} is missing", f"{name} ontbreekt")) from None
        if len(content) != said["bytes"]:
            sizes = f"{len(content)}", f"{said['bytes']}"
            english, dutch = "{} has {} bytes instead of {}", "{} heeft {} bytes in plaats van {}"
            raise StateError("damaged", path, what=(english.format(name, *sizes), dutch.format(name, *sizes)))
        if digest_of(content) != said["blake2b"]:
            raise StateError("damaged", path, what=(f"{name} was altered", f"{name} is veranderd"))
        found[name] = content
    return found


def load_state(
    folder: Path | str,
    *,
    scenario: Scenario | None = None,
    parameters: Parameters | None = None,
    region: Region | None = None,
    seed: int | None = None,
    share: float | None = None,
    check: bool | None = None,
) -> RegionModel:
    """Load a state; the model goes on exactly as the one that was saved, or under ``scenario`` from here on.

    Args:
        folder: of the state.
        scenario: under which to go on; it must be the same up to the date of the state. That of the state if left out.
        parameters: of that scenario, to see that they are those of the state.
        region, seed, share: to see that they are those of the state.
        check: assert conservation after every day from here on; as it was if left out.

    Raises:
        StateError: it is no state, damaged, of another version or world, or the scenario differs before its date. Said
            before anything of the state is built, as far as its header can tell.
    """
    path = Path(folder)
    header = read_header(path)
    _refuse_other_world(path, header, region, seed, share)
    if scenario is not None or parameters is not None:
        refuse_other_past(path, header, header.resolved if scenario is None else scenario, parameters)
    files = _contents(path, header)
    try:
        objects: dict[str, Any] = json.loads(files.pop(_OBJECTS))
        model = read_graph(objects["root"], objects["nodes"], objects["order"], ArrayReader(objects["arrays"], files))
        if (model.today, model.day, model.seed) != (header.date, header.day, header.seed):
            raise ValueError("the model is not the one that the header names")
    except NotAllowed as error:
        raise StateError("foreign", path, what=str(error)) from None
    except _SENSELESS as error:
        raise StateError("damaged", path, what=f"{_OBJECTS}: {error!r}") from None
    loaded: RegionModel = model
    take_up(loaded, loaded.assumed if scenario is None else scenario, where=path)
    if check is not None:
        loaded.check = check
    return loaded


def _refuse_other_world(
    path: Path, header: StateHeader, region: Region | None, seed: int | None, share: float | None
) -> None:
    pairs: list[tuple[tuple[str, str], object, object]] = []
    if region is not None:
        pairs.append((("region", "regio"), header.region, region.id))
        digests = header.region_digest, region_digest(region)
        pairs.append((("region data", "regiogegevens"), *digests))
    if seed is not None:
        pairs.append((("seed", "seed"), header.seed, seed))
    if share is not None:
        pairs.append((("share of the inhabitants", "deel van de inwoners"), header.share, share))
    for what, there, here in pairs:
        if there != here:
            raise StateError("other_world", path, what=what, there=there, here=here)
