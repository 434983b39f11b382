"""Newborns: in their mother's household, at her address and on her practice's list, full or not."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.streams import Stream
from sim.region.traits import condition_bits, digital_ability, frailty, keyed

__all__ = ["born"]


def born(
    people: People,
    mothers: npt.NDArray[np.int64],
    parameters: Parameters,
    shares: npt.NDArray[np.float64],
    seed: int,
    month: int,
) -> dict[str, npt.NDArray[Any]]:
    """Columns of one newborn for each row in ``mothers``; twins do not occur.

    Practice, usual GP and search are the mother's (the only thing here that is not a function of region and seed).
    """
    uid = identify(Kind.NEWBORN, people.uid[mothers], month, 0)
    boy = keyed(seed, Stream.BIRTH, uid)[0] < parameters.number("demography.boys")
    sex = np.where(boy, 0, 1).astype(np.uint8)
    age = np.zeros(mothers.size, np.int64)
    group = people.deprivation[mothers]
    search = people.search[mothers]
    copied = ("node", "x", "y", "household", "household_birth", "deprivation", "practice", "usual")
    return {
        "uid": uid,
        "birth_month": np.full(mothers.size, month, np.int16),
        "sex": sex,
        **{name: getattr(people, name)[mothers] for name in copied},
        "conditions": condition_bits(seed, uid, age, sex, group, shares),
        "frailty": frailty(parameters, seed, uid),
        "digital": digital_ability(parameters, seed, uid, age, group),
        "search": search,
        "search_since": np.where(search > 0, month, -1).astype(np.int16),
    }
