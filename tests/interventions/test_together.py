"""All interventions at once: the order in which a file has them means nothing, and they cost little time."""

from __future__ import annotations

import time
import zlib
from typing import Any

import numpy as np
import pytest

from sim.dates import month_of
from sim.interventions.package import Package
from sim.interventions.registry import declared, events, interventions
from sim.ledger import counts as C
from sim.modifiers import Resolver
from tests.interventions.tables import model_of, table
from tests.model.digest import prepared

MONTHS = (0, 5, 13, 40, 90)


def packed(tables: list[dict[str, Any]]) -> Package:
    ready = prepared()
    update = {
        "interventions": tuple(one for one in tables if one["kind"] in interventions()),
        "events": tuple(one for one in tables if one["kind"] in events()),
    }
    return Package.of(ready.scenario.model_copy(update=update), ready.region, ready.parameters)


def shuffled(tables: list[dict[str, Any]], turn: int) -> list[dict[str, Any]]:
    """Some order, another at each turn."""
    return sorted(tables, key=lambda one: zlib.crc32(f"{turn} {one['id']}".encode()))


def staggered(reach: float = 0.5) -> list[dict[str, Any]]:
    """All interventions and events there are, with adoption under way for years and half of the practices."""
    tables = []
    for one in declared().values():
        keys = {} if one.event else {"adoption_months": 24, **({"reach": reach} if one.by == "practice" else {})}
        tables.append(table(one, start="2025-03-01", **keys))
    return tables


@pytest.mark.parametrize("turn", range(8))
def test_any_order_is_the_same_package(turn: int) -> None:
    one, other = packed(staggered()), packed(shuffled(staggered(), turn))
    assert [each.id for each in other.instances] == [each.id for each in one.instances]
    assert other.acts == one.acts
    assert sorted(map(repr, other.modifiers)) == sorted(map(repr, one.modifiers))


def test_any_order_gives_the_same_parameters() -> None:
    ready = prepared()
    first = month_of(ready.scenario.start)
    uid = np.arange(40, dtype=np.uint64) * np.uint64(977)
    towns = np.arange(40) % len(ready.region.municipalities)
    packages = [packed(staggered()), *(packed(shuffled(staggered(), turn)) for turn in range(4))]
    for month in MONTHS:
        # resolved from the modifiers in yet another order: what counts is what they are
        found = [
            Resolver(ready.parameters, one.modifiers[::step], 1).resolve(
                first + month, uid, towns, ready.region.node_municipality
            )
            for one, step in zip(packages, (1, -1, 1, -1, 1), strict=True)
        ]
        for number in range(uid.size):
            values = [{name: row.value for name, row in each.practice(number).items()} for each in found]
            assert all(each == values[0] for each in values), (month, number)


@pytest.mark.slow
def test_all_at_once_take_at_most_half_as_long_again() -> None:
    """Processor time of all of Twente, in turns of a month each so that both see the same machine.

    Adoption is as declared. Where everybody takes part in everything from the first day it is about half as much again.
    """
    shipped = [table(one, adoption_months=one.adoption_months) for one in interventions().values()]
    models = [model_of(tables, scale=1.0) for tables in ([], shipped)]
    spent = [0.0, 0.0]
    for turn in range(5):
        for k, model in enumerate(models):
            begin = time.process_time()
            model.advance(30)
            if turn:  # the first may compile
                spent[k] += time.process_time() - begin
    assert spent[1] <= 1.5 * spent[0], spent


def test_desk_work_and_questions_to_specialists_share_the_overtime() -> None:
    """Both take what the day's visits leave; together no more than that (``check`` asserts it every day)."""
    given: dict[str, dict[str, float]] = {
        "digital_triage": {"share": 0.95, "gp_minutes": 3.0, "reach": 1.0},
        "specialist_lines": {"use": 0.25, "extra_questions": 0.01, "minutes": 15.0, "reach": 1.0},
    }
    tables = [table(interventions()[id], **keys) for id, keys in given.items()]
    model = model_of(tables, scale=0.05)
    model.check = True
    model.advance(60)
    assert model.care.front_door.through > 1000 and model.ledger.practice[:, C.LINE_ASKED].sum() > 100
