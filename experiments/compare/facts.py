"""What a comparison rests on: its scenarios and how they differ, its assumptions, the places of its region."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from experiments.compare.comparison import Arm, Assumption, Difference, Place
from experiments.prepare import Prepared
from sim.interventions.base import Declaration, Setting
from sim.interventions.registry import declared

__all__ = ["arm_of", "assumptions", "differences", "places"]

_ASIDE = frozenset({"id", "label", "extends"})


def differences(base: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Keys in which two resolved scenarios differ, sorted; tables of interventions and events count as a whole when
    only one has them.
    """
    before, after = _flat(base), _flat(other)
    found = []
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            found.append(Difference(path, before.get(path), after.get(path)))
    return tuple(_folded(found, base, other))


def _flat(scenario: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in scenario.items():
        if key in _ASIDE:
            continue
        if key in ("interventions", "events"):
            for table in value:
                flat |= {f"{key}.{table['id']}.{name}": one for name, one in table.items() if name != "id"}
        elif key == "parameters":
            flat |= {f"{key}.{name}": one for name, one in value.items()}
        else:
            flat[key] = value
    return flat


def _folded(found: Sequence[Difference], base: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Difference]:
    """Tables that one side lacks as one row each."""
    tables = {
        f"{part}.{table['id']}": table for side in (base, other) for part in ("interventions", "events")
        for table in side.get(part, ())
    }  # fmt: skip
    had = {f"{part}.{table['id']}" for part in ("interventions", "events") for table in base.get(part, ())}
    has = {f"{part}.{table['id']}" for part in ("interventions", "events") for table in other.get(part, ())}
    for path in sorted(had ^ has):
        yield Difference(path, tables[path] if path in had else None, tables[path] if path in has else None)
    for one in found:
        if not any(one.path.startswith(f"{path}.") for path in had ^ has):
            yield one


def arm_of(prepared: Prepared, base: Prepared | None = None) -> Arm:
    """A scenario as it was run; ``base`` is None for the base itself."""
    return Arm(
        name=prepared.name,
        label_nl=prepared.scenario.label.nl,
        label_en=prepared.scenario.label.en,
        scenario_hash=prepared.scenario_hash,
        scenario=dict(prepared.scenario_data),
        differs=() if base is None else differences(base.scenario_data, prepared.scenario_data),
    )


def assumptions(prepared: Sequence[Prepared]) -> tuple[Assumption, ...]:
    """Every number in force that is an assumption (grade C), and every setting and price of the scenarios' parts.

    Settings come first, scenario by scenario; then the parameters of the model that are assumptions.
    """
    known = declared()
    found: list[Assumption] = []
    for one in prepared:
        for table in (*one.scenario.interventions, *one.scenario.events):
            declaration = known[table["kind"]]
            found += [_setting(one.name, table, item) for item in _items(declaration)]
    base = prepared[0].parameters
    for name, row in base.items():
        if row.grade == "C":
            found.append(
                Assumption(
                    "",
                    "",
                    name,
                    row.nl,
                    row.en,
                    row.value,
                    row.unit,
                    _end(row.low, min),
                    _end(row.high, max),
                    row.grade,
                    row.source,
                    row.source_nl,
                )
            )
    return tuple(found)


def _end(value: float | list[float], which: Callable[[list[float]], float]) -> float:
    return which(value) if isinstance(value, list) else value


def _items(declaration: Declaration) -> list[Setting]:
    own = [item for item in declaration.settings if isinstance(item, Setting)]
    return own + [cost.setting() for cost in declaration.costs]


def _setting(arm: str, table: Mapping[str, Any], item: Setting) -> Assumption:
    return Assumption(
        arm=arm,
        part=table["id"],
        name=f"{table['id']}.{item.key}",
        label_nl=item.nl,
        label_en=item.en,
        value=table.get(item.key, item.default),
        unit=item.unit,
        low=float(item.low),
        high=float(item.high),
        grade=item.grade,
        source=item.source,
        source_nl=item.source_nl,
    )


def places(prepared: Prepared) -> tuple[Place, ...]:
    """The municipalities, each at the middle of its people, in kilometres from the region's origin."""
    region = prepared.region
    found = []
    for number, town in enumerate(region.municipalities):
        own = [k for k, place in enumerate(region.places) if place.municipality == number]
        weight = sum(region.places[k].population for k in own) or 1
        x = sum(region.places[k].population * region.places[k].x for k in own) / weight
        y = sum(region.places[k].population * region.places[k].y for k in own) / weight
        found.append(Place(number, town.name, x, y, town.population))
    return tuple(found)
