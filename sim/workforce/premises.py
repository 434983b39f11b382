"""Premises: what practices are housed in, and where a new one finds room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.agents.practice import Practice, Premises
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_sites import name_key, normals

__all__ = ["enlarged", "furnish", "new_premises", "on_the_market", "tiny_found", "tiny_premises"]

_CENTS = 100


def _premises(square_metres: float, rent: float, p: Parameters) -> Premises:
    rooms = max(1, round(square_metres / p.number("parties.square_metres_room")))
    return Premises(square_metres, rooms, round(square_metres * rent * _CENTS))


def furnish(practices: Sequence[Practice], seed: int, p: Parameters) -> None:
    """Give practices their premises: floor area by list with some spread, rent as in the tariff."""
    uid = np.array([one.uid for one in practices], np.uint64)
    spread = np.exp(p.number("parties.square_metres_spread") * normals(seed, Stream.PREMISES, uid))
    per_person = p.number("parties.square_metres") / p.number("practices.norm_list")
    rent = float(p.column("parties.rent")[0])
    for practice, factor in zip(practices, spread.tolist(), strict=True):
        practice.premises = _premises(round(max(practice.registered, 1) * per_person * factor, 1), rent, p)


def new_premises(people: float, p: Parameters) -> Premises:
    """Premises built or rented anew for a list of ``people``."""
    metres = people * p.number("parties.square_metres") / p.number("practices.norm_list")
    return _premises(round(metres, 1), float(p.column("parties.rent")[1]), p)


def tiny_premises(p: Parameters) -> Premises:
    """A few rooms for a tiny practice, with a list that fits in at most; rent between existing and new."""
    one = _premises(p.number("parties.tiny_square_metres"), float(p.column("parties.rent").mean()), p)
    return replace(one, most_people=round(p.number("succession.tiny_list")))


def enlarged(one: Premises, people: int, p: Parameters) -> Premises:
    """The same with rooms rented beside it for so many people more."""
    metres = one.square_metres + round(people * one.square_metres / one.most_people, 1)
    more = _premises(metres, one.rent_cents / _CENTS / one.square_metres, p)
    return replace(more, most_people=one.most_people + people)


def tiny_found(municipality: str, year: int, seed: int, p: Parameters) -> bool:
    """Whether room for a tiny practice can be found in a municipality this year."""
    chance = p.number("parties.tiny_premises")
    return chance > 0.0 and bool(uniforms(seed, Stream.PREMISES, name_key(municipality), year, 3)[0, 0] < chance)


def on_the_market(municipality: str, year: int, seed: int, p: Parameters) -> bool:
    """Whether suitable premises can be found in a municipality this year; the same all year, no monthly lottery."""
    luck = uniforms(seed, Stream.PREMISES, name_key(municipality), year, 1)[0, 0]
    return bool(luck < p.number("parties.market_premises"))
