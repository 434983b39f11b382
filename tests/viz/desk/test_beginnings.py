"""Plans on a region that is kept as it began: the same to the bit as on one made anew, and none touches another's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.prepare import Prepared, prepare
from experiments.runs.perform import build_model
from viz.desk import beginnings
from viz.desk.beginnings import Beginnings

SHARE, DAYS = 0.01, 270


def asked(name: str = "twente", *, seed: int = 1, share: float = SHARE, **more: Any) -> Prepared:
    return prepare(name, seed=seed, years=1, share=share, **more)


def tables(model: Any) -> dict[str, dict[str, Any]]:
    model.advance(DAYS)
    return dict(model.ledger.tables())


def same(one: dict[str, dict[str, Any]], other: dict[str, dict[str, Any]]) -> bool:
    return one.keys() == other.keys() and all(
        np.array_equal(column, other[name][key], equal_nan=column.dtype.kind == "f")
        for name, table in one.items()
        for key, column in table.items()
    )


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Prepared]:
    """Every region that is made."""
    found: list[Prepared] = []

    def build(prepared: Prepared) -> Any:
        found.append(prepared)
        return build_model(prepared)

    monkeypatch.setattr(beginnings, "build_model", build)
    return found


def test_a_plan_begins_as_if_its_region_were_made_anew(built: list[Prepared]) -> None:
    begin = Beginnings()
    base, plan = asked(), asked("twente-deltaplan")
    told = [tables(begin(one)) for one in (base, plan, base)]
    assert built == [base]
    assert same(told[0], told[2]) and not same(told[0], told[1])
    assert same(told[0], tables(build_model(base)))
    assert same(told[1], tables(build_model(plan)))


@pytest.mark.parametrize(
    "otherwise",
    [
        {"seed": 2},
        {"share": 2 * SHARE},
        {"parameters": {"care.no_show": 0.05}},
        {"capacity_mode": "hard"},
        {"name": "zeeland"},
    ],
)
def test_what_differs_from_the_start_is_made_anew(built: list[Prepared], otherwise: dict[str, Any]) -> None:
    begin = Beginnings()
    base, other = asked(), asked(**otherwise)
    begin(base)
    found = tables(begin(other))
    assert built == [base, other]
    assert same(found, tables(build_model(other)))


def test_only_the_newest_are_kept(built: list[Prepared], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "_KEPT", 2)
    begin = Beginnings()
    one, two, three = (asked(seed=seed) for seed in (1, 2, 3))
    for asked_for in (one, two, one, three, one, two):
        begin(asked_for)
    assert built == [one, two, three, two]
