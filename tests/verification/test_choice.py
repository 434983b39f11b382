"""Choices as multinomial draws: where movers settle, which GP becomes the usual one, which list a household joins."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import chisquare

from sim.model import RegionModel
from sim.parameters import load_parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region import load_region
from sim.region.practice_lists import Homes, choose_practices
from sim.source import COMPILED
from sim.world.moves import Destinations
from tests.care.clinic import make_people
from tests.region.islands import make_islands

N = 120_000
Ints = npt.NDArray[np.int64]


def luck(stream: Stream, n: int, time: int = 0) -> npt.NDArray[np.float64]:
    return np.asarray(uniforms(1, int(stream), identify(Kind.RESIDENT, np.arange(n), 0, 0), time)[:, 0])


def assert_multinomial(chosen: Ints, share: npt.ArrayLike, what: str) -> None:
    """Every share within 3 standard errors of at most 1 % of a draw, none where there should be none, and together."""
    p = np.asarray(share, np.float64) / np.sum(share)
    count = np.bincount(chosen, minlength=p.size)
    assert count.size == p.size and (count[p == 0.0] == 0).all(), what
    error = np.sqrt(p * (1.0 - p) / chosen.size)
    assert error.max() <= 0.01
    assert (np.abs(count / chosen.size - p) <= 3.0 * error).all(), f"{what}: {count / chosen.size} against {p}"
    if np.count_nonzero(p) > 1:
        assert chisquare(count[p > 0.0], chosen.size * p[p > 0.0]).pvalue > 0.001, what


@pytest.mark.skipif(not COMPILED, reason="millions of draws need compiled kernels")
def test_movers_settle_by_inhabitants_and_nearness(tmp_path: Path) -> None:
    parameters = load_parameters()
    region = load_region(make_islands(tmp_path), parameters)
    destinations = Destinations.of(region, parameters)
    people, town = region.node_population.astype(np.float64), region.node_municipality
    scale = parameters.number("demography.move_minutes")
    for origin in range(people.size):
        pull = people * np.exp(-region.car_minutes[origin].astype(np.float64) / scale)
        same = town == town[origin]
        here, to_other = np.full(N, origin), np.ones(N, np.bool_)
        u = luck(Stream.MOVE_WITHIN, N, origin)
        assert_multinomial(destinations.choose(here, ~to_other, u), people * same, f"within, from {origin}")
        assert_multinomial(destinations.choose(here, to_other, u), pull * ~same, f"to another town, from {origin}")
    for municipality in range(len(region.municipalities)):
        node = destinations.settle(np.full(N, municipality), luck(Stream.MOVE_IN, N))
        assert_multinomial(node, people * (town == municipality), f"into {municipality}")


def test_usual_gps_are_chosen_by_their_hours() -> None:
    """Three practices: one GP, two, and three of whom one does not work; each person chooses in the own practice."""
    hours = np.array([30, 10, 40, 24, 0, 8])
    books = np.array([[0, -1, -1], [1, 2, -1], [3, 4, 5]], np.int64)
    own = np.arange(N) % 3
    people = make_people([(practice, -1) for practice in own.tolist()])
    week = np.zeros((hours.size, 5), np.int64)
    week[:, 1] = hours * 3600
    model = SimpleNamespace(
        people=people, seed=1, numbered=SimpleNamespace(practice_gp_books=books.astype(np.int32), week_seconds=week)
    )
    RegionModel._choose_usual(model, np.arange(N), 1500)  # type: ignore[arg-type]
    usual = people.usual[:N].astype(np.int64)
    for practice in range(3):
        mine = np.isin(np.arange(hours.size), books[practice])
        assert_multinomial(usual[own == practice], hours * mine, f"GPs of practice {practice}")
    assert (people.usual_since[:N] == 1500).all()


def test_households_choose_lists_as_the_flow_says() -> None:
    """Each household's own choice, over many draws, has the shares of its cell; lists are full to a few people."""
    flow = np.array([[500.0, 300.0, 200.0, 0.0], [0.0, 60.0, 0.0, 540.0]])
    size = np.array([1, 2, 3, 4] * 100 + [1, 2, 3] * 100)
    of_home = np.repeat([0, 1], [400, 300])
    count = size.size
    homes = Homes(
        uid=identify(Kind.HOUSEHOLD, np.arange(count), 0, 0),
        node=np.zeros(count, np.int64),
        x=np.zeros(count),
        y=np.zeros(count),
        size=size,
        rows=np.zeros(0, np.int64),
        of_person=np.zeros(0, np.int64),
    )
    repeats = 3_000
    chosen = np.empty((repeats, count), np.int64)
    for k in range(repeats):
        u = uniforms(k, int(Stream.REGISTRATION_START), homes.uid)
        chosen[k] = choose_practices(flow, homes, of_home, u[:, 0], u[:, 1])
        lists = np.bincount(chosen[k], size, 4)
        assert np.abs(lists - flow.sum(axis=0)).max() <= 3.0 * size.max()
    for home in (0, 3, 399, 400, 402, 699):
        assert_multinomial(chosen[:, home], flow[of_home[home]], f"household {home} of {size[home]}")
