"""Modifiers: how they combine, where and when they act, and that their order never matters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.modifiers import NEUTRAL, Adoption, Modifier, Resolver, Scope, adopting, find_quantity
from sim.parameters import ParameterError, Parameters, load_parameters

BASE = load_parameters()
UID = np.arange(1, 41, dtype=np.uint64) * 977
TOWN = np.arange(40) % 4
NODES = np.array([0, 0, 1, 2, 2, 3])
FACTOR, TERM = "care.no_show", "parties.shell_places"
LIST = "care.follow_up"
PLACE = f"{LIST}[{(BASE[LIST].index or [])[1]}]"


def resolve(modifiers: list[Modifier], month: int = 1500, seed: int = 1) -> Any:
    return Resolver(BASE, modifiers, seed).resolve(month, UID, TOWN, NODES)


def values(p: Parameters) -> dict[str, Any]:
    return {name: p[name].value for name in p}


def test_without_modifiers_the_parameters_are_the_very_same() -> None:
    resolver = Resolver(BASE, [], 1)
    first = resolver.resolve(1500, UID, TOWN, NODES)
    assert first.region is BASE
    assert first.variants == (BASE,)
    assert resolver.resolve(1501, UID, TOWN, NODES) is first


def test_factors_multiply_and_terms_add() -> None:
    found = resolve([Modifier(FACTOR, 2.0, "a", 0), Modifier(FACTOR, 0.75, "b", 0), Modifier(TERM, 2.0, "a", 0)])
    assert found.region.number(FACTOR) == BASE.number(FACTOR) * 2.0 * 0.75
    assert found.region.number(TERM) == BASE.number(TERM) + 2.0
    assert BASE[TERM].combine == "add"


def test_one_place_of_a_list() -> None:
    before, found = BASE.column(LIST), resolve([Modifier(PLACE, 0.5, "a", 0), Modifier(LIST, 0.5, "b", 0)])
    assert found.region.column(LIST).tolist() == (before * np.where(np.arange(before.size) == 1, 0.25, 0.5)).tolist()


@pytest.mark.parametrize(("factor", "value"), [(1000.0, 1.0), (-1.0, 0.0)])
def test_what_is_physically_possible_is_not_left(factor: float, value: float) -> None:
    assert resolve([Modifier(FACTOR, factor, "a", 0)]).region.number(FACTOR) == value


def test_the_range_of_the_evidence_may_be_left() -> None:
    found = resolve([Modifier(FACTOR, 4.0, "a", 0)]).region
    high = BASE[FACTOR].high
    assert isinstance(high, float) and found.number(FACTOR) > high


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("care.no_shwo", "did you mean 'care.no_show'"),
        ("care.no_show[x]", "without brackets"),
        (f"{LIST}[nonsense]", "its places are"),
        (PLACE.replace("]", ""), "without brackets"),
    ],
)
def test_an_unknown_quantity_is_refused(name: str, hint: str) -> None:
    with pytest.raises(ParameterError, match=hint):
        find_quantity(BASE, name)
    with pytest.raises(ParameterError):
        Resolver(BASE, [Modifier(name, 2.0, "a", 0)], 1)


modifier = st.builds(
    Modifier,
    quantity=st.sampled_from([FACTOR, TERM, LIST, PLACE, "practices.norm_list"]),
    value=st.sampled_from([0.0, 1.0, 0.3, 0.7, 1.1, 2.9]),
    source=st.sampled_from(["a", "b", "c"]),
    first=st.sampled_from([1490, 1499, 1500, 1501]),
    until=st.sampled_from([None, 1500, 1505]),
    scope=st.sampled_from([Scope(), Scope(frozenset({1, 2})), Scope(practices=frozenset({0, 5, 6}))]),
    adoption=st.sampled_from([Adoption(), Adoption("region", 20), Adoption("practice", 24, 0.7)]),
)


@given(st.lists(modifier, max_size=8), st.randoms(use_true_random=False))
def test_order_does_not_matter(modifiers: list[Modifier], luck: Any) -> None:
    one = resolve(modifiers)
    luck.shuffle(modifiers)
    other = resolve(modifiers)
    assert values(one.region) == values(other.region)
    assert [values(p) for p in one.variants] == [values(p) for p in other.variants]
    assert one.practice_variant.tolist() == other.practice_variant.tolist()
    assert one.node_variant.tolist() == other.node_variant.tolist()


@given(st.lists(modifier, max_size=6), st.lists(modifier, max_size=4))
def test_neutral_modifiers_change_no_bit(real: list[Modifier], more: list[Modifier]) -> None:
    combine = {name: BASE[find_quantity(BASE, name).parameter].combine for name in (FACTOR, TERM, LIST, PLACE)}
    neutral = [
        Modifier(
            one.quantity, NEUTRAL[combine.get(one.quantity, "multiply")], one.source, one.first, one.until, one.scope,
            one.adoption,
        )
        for one in more
    ]  # fmt: skip
    one, other = resolve(real), resolve([*real, *neutral])
    assert [values(p) for p in one.variants] == [values(p) for p in other.variants]
    assert resolve(neutral).variants == (BASE,)
    assert resolve(neutral).region is BASE


def test_time() -> None:
    resolver = Resolver(BASE, [Modifier(FACTOR, 0.5, "a", 1501, 1503)], 1)
    found = [resolver.resolve(month, UID, TOWN, NODES) for month in range(1500, 1505)]
    usual = BASE.number(FACTOR)
    assert [one.region.number(FACTOR) / usual for one in found] == [1.0, 0.5, 0.5, 1.0, 1.0]
    assert found[2] is found[1]
    assert found[4] is found[3]
    assert found[3].region is BASE


def test_strength_grows_by_the_month() -> None:
    resolver = Resolver(
        BASE, [Modifier(FACTOR, 0.5, "a", 1500, adoption=Adoption("region", 3)), Modifier(TERM, 4.0, "a", 1500)], 1
    )
    usual = BASE.number(FACTOR)
    found = [resolver.resolve(1500 + k, UID, TOWN, NODES).region.number(FACTOR) for k in range(5)]
    assert found == [usual * (1.0 - 0.5 * share) for share in (0.25, 0.5, 0.75, 1.0, 1.0)]


def test_place() -> None:
    here = Scope(frozenset({2}))
    found = resolve([Modifier(FACTOR, 0.5, "a", 0, scope=here), Modifier(TERM, 1.0, "b", 0)])
    assert len(found.variants) == 2
    assert (found.practice_variant == (TOWN == 2)).all()
    assert (found.node_variant == (NODES == 2)).all()
    assert found.municipality_variant.tolist() == [0, 0, 1, 0]
    assert found.municipality(2).number(FACTOR) == 0.5 * BASE.number(FACTOR)
    assert found.practice(2).number(TERM) == found.region.number(TERM) == BASE.number(TERM) + 1.0
    assert found.practice(1000) is found.region
    one = resolve([Modifier(FACTOR, 0.5, "a", 0, scope=Scope(practices=frozenset({3, 99})))])
    assert np.flatnonzero(one.practice_variant).tolist() == [3]
    assert not one.node_variant.any()


def test_practices_with_the_same_modifiers_share_parameters() -> None:
    halves = [
        Modifier(FACTOR, 0.5, "a", 0, scope=Scope(frozenset({0, 1}))),
        Modifier(FACTOR, 0.9, "b", 0, scope=Scope(frozenset({1, 2}))),
    ]
    found = resolve(halves)
    assert len(found.variants) == 4
    assert found.practice(0) is found.practice(4)
    assert found.practice(1) is not found.practice(0)
    assert found.practice(3) is found.region


@given(
    st.integers(0, 60),
    st.floats(0.0, 1.0),
    st.integers(0, 2**32 - 1),
    st.text("abc_", min_size=1, max_size=8),
)
def test_adoption_only_grows(months: int, reach: float, seed: int, source: str) -> None:
    adoption = Adoption("practice", months, reach)
    before = np.zeros(UID.size, bool)
    assert not adopting(adoption, source, -1, UID, seed).any()
    for month in range(0, months + 2, 3):
        now = adopting(adoption, source, month, UID, seed)
        assert (now >= before).all()
        before = now
    assert (adopting(adoption, source, months, UID, seed) == adopting(adoption, source, months + 50, UID, seed)).all()


def test_adoption_is_of_the_practice_and_the_instance() -> None:
    half = Adoption("practice", 0, 0.5)
    uid = np.arange(1, 4001, dtype=np.uint64)
    one = adopting(half, "a", 0, uid, 1)
    assert 0.46 < one.mean() < 0.54
    assert (adopting(half, "a", 0, uid[::-1], 1) == one[::-1]).all(), "whatever the order of practices"
    assert (adopting(Adoption("practice", 0, 0.7), "a", 0, uid, 1) >= one).all(), "a larger reach adds practices"
    for other in (adopting(half, "b", 0, uid, 1), adopting(half, "a", 0, uid, 2)):
        assert 0.45 < (other == one).mean() < 0.55
    assert adopting(Adoption("practice", 0, 1.0), "a", 0, uid, 1).all()
    assert not adopting(Adoption("practice", 0, 0.0), "a", 0, uid, 1).any()


def test_half_way_half_of_them_take_part() -> None:
    uid = np.arange(1, 4001, dtype=np.uint64)
    assert 0.21 < adopting(Adoption("practice", 11, 0.5), "a", 5, uid, 1).mean() < 0.29
