"""The stock of GPs that regions share: arithmetic by hand."""

from __future__ import annotations

import pytest

from experiments.country.exchange import LEAST, MOST, Flows, Pool, added, next_pool


def test_regions_add_up() -> None:
    assert added([Flows((1, 2), (3, 4)), Flows((10, 20), (30, 40))]) == Flows((11, 22), (33, 44))


def test_as_many_come_as_the_first_year_says_for_those_who_are_to_be_had() -> None:
    first = Flows((400, 300), (200, 150))  # two come for each one who is to be had
    assert next_pool(first, first, Pool()) == Pool(1.0, 1.0)
    more_left = next_pool(first, Flows((400, 300), (220, 120)), Pool())
    assert more_left.factors == pytest.approx((1.1, 0.8))
    pulled = next_pool(first, Flows((500, 300), (200, 150)), Pool())  # load draws a quarter more than there are
    assert pulled.factors == pytest.approx((0.8, 1.0))
    # with that factor 400 come again: it stays where it is
    assert next_pool(first, Flows((400, 300), (200, 150)), pulled).factors == pytest.approx((0.8, 1.0))


def test_nothing_is_divided_by_nobody_and_factors_are_bounded() -> None:
    assert next_pool(Flows((0, 5), (3, 0)), Flows((4, 4), (4, 4)), Pool(0.7, 1.2)) == Pool(0.7, 1.2)
    assert next_pool(Flows((5, 5), (5, 5)), Flows((0, 5), (5, 0)), Pool()).factors == (1.0, LEAST)
    assert next_pool(Flows((9, 9), (1, 1)), Flows((1, 1), (9, 9)), Pool()).factors == (MOST, MOST)
