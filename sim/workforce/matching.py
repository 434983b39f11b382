"""Who takes which seat: a choice model of would-be owners and a matching that does not depend on any order.

Candidates value vacancies by what can be seen and by a private taste that is fixed for the pair: a taste drawn anew
each month would be a free lottery ticket that lets every search succeed in time. Only looking round and waiting are
drawn by month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream

__all__ = [
    "Candidates",
    "Openings",
    "cooperative_members",
    "deferred_acceptance",
    "gumbel",
    "looks_round",
    "match_month",
    "preferences",
    "utilities",
    "waiting_value",
]

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]
type Bools = npt.NDArray[np.bool_]
type Ids = npt.NDArray[np.uint64]

_LOW32 = np.uint64(0xFFFFFFFF)
_SHIFT32 = np.uint64(32)
_LEAST = 2.0**-33  # half a step of a 32-bit uniform: the logarithms below stay finite


@dataclass(frozen=True)
class Candidates:
    """Would-be owners who look round this month (C)."""

    uid: Ids
    practice: Ints
    """Number of the practice they work in, -1 none."""
    tie: Bools
    """Family tie to the region, or trained in it."""
    outside: Bools
    """Look in from outside the region."""
    fte: Floats
    support: Floats
    """Support that goes with the candidate, in units of utility; 0 for most."""


@dataclass(frozen=True)
class Openings:
    """Vacant seats (V)."""

    uid: Ids
    practice: Ints
    """Practice number."""
    over_norm: Floats
    """List over the norm for the practice's FTE with this seat filled, as a share (0 at the norm)."""
    co_owner: Bools
    """An owner stays in the practice."""
    appeal: Floats
    """Appeal of the town, in units of utility."""
    fte: Floats
    """Full-time equivalents of the seat."""
    short_of_room: Bools
    """The premises are small for the list."""
    support: Floats
    """Support offered to whoever takes it, in units of utility; 0 where there is none."""


def gumbel(u: npt.ArrayLike) -> Floats:
    """Standard Gumbel values from uniforms in [0, 1)."""
    return np.asarray(-np.log(-np.log(np.asarray(u, np.float64) + _LEAST)))


def _pairs(seed: int, stream: Stream, candidate: Ids, vacancy: Ids) -> npt.NDArray[np.float64]:
    """Uniforms fixed for each pair, (C, V, 4): the candidate is the entity, the vacancy fills time and number."""
    out = np.empty((candidate.size, vacancy.size, 4))
    for v, uid in enumerate(vacancy):
        out[:, v] = uniforms(seed, stream, candidate, int(uid & _LOW32), int(uid >> _SHIFT32))
    return out


def looks_round(uid: Ids, seed: int, month: int, p: Parameters, members: Bools | None = None) -> Bools:
    """Which of the ready would-be owners (C,) look round this month; members of a cooperative do so more often."""
    usual = p.number("succession.look_round")
    chance = usual if members is None else np.where(members, usual * p.number("succession.cooperative_looks"), usual)
    return np.asarray(uniforms(seed, Stream.LOOK_ROUND, uid, month)[:, 0] < chance)


def cooperative_members(uid: Ids, locum: Bools, seed: int, p: Parameters) -> Bools:
    """Which GPs (C,) belong to a cooperative of changing locums; who does goes on doing so while it has that reach."""
    share = p.number("succession.cooperative_share")
    if share <= 0.0 or not uid.size:
        return np.zeros(uid.size, bool)
    return np.asarray(locum & (uniforms(seed, Stream.LOOK_ROUND, uid, 0, 1)[:, 0] < share))


def waiting_value(uid: Ids, seed: int, month: int, p: Parameters) -> Floats:
    """Utility of going on as one is for another month (C,)."""
    return p.number("succession.waiting") + gumbel(uniforms(seed, Stream.WAITING, uid, month)[:, 0])


def utilities(
    candidates: Candidates, openings: Openings, minutes: Floats, seed: int, p: Parameters
) -> tuple[Floats, Floats]:
    """What each candidate would give for each seat (C, V), and the keyed draws that break exact ties (C, V).

    Args:
        candidates: C candidates.
        openings: V vacant seats.
        minutes: car minutes from home to practice (C, V).
        seed: seed of the run.
        p: parameters.
    """
    luck = _pairs(seed, Stream.VACANCY_TASTE, candidates.uid, openings.uid)
    low, high = p.column("succession.over_norm_bounds")
    place = (
        openings.appeal
        + p.number("succession.list_over_norm") * np.clip(openings.over_norm, low, high)
        + p.number("succession.co_owner") * openings.co_owner
        + p.number("succession.short_of_room") * openings.short_of_room
        + openings.support
    )
    person = (
        p.number("succession.tie") * candidates.tie
        + p.number("succession.partner_moves") * (candidates.outside & ~candidates.tie)
        + candidates.support
    )  # fmt: skip
    pair = (
        p.number("succession.travel") * minutes / 10.0
        + p.number("succession.hours_differ") * np.abs(candidates.fte[:, None] - openings.fte)
        + p.number("succession.private_taste") * gumbel(luck[:, :, 0])
    )
    return place + person[:, None] + pair, luck[:, :, 1]


def preferences(candidates: Candidates, openings: Openings, seed: int, p: Parameters) -> tuple[Floats, Floats]:
    """What each practice would give for each candidate (C, V), and the keyed draws that break exact ties (C, V)."""
    luck = _pairs(seed, Stream.VACANCY_PREFERENCE, candidates.uid, openings.uid)
    known = candidates.practice[:, None] == openings.practice
    return gumbel(luck[:, :, 0]) + p.number("succession.own_colleague") * known, luck[:, :, 1]


def deferred_acceptance(
    utility: Floats,
    reserve: Floats,
    preference: Floats,
    utility_tie: Floats | None = None,
    preference_tie: Floats | None = None,
) -> Ints:
    """Deferred acceptance (Gale and Shapley 1962), candidates proposing.

    With strict preferences the result is unique and best for the candidates, whatever the order of rows and columns.

    Args:
        utility: value of each seat to each candidate (C, V); -inf where the pair is ruled out.
        reserve: value of not taking any (C,); a seat must be worth more.
        preference: value of each candidate to each seat (C, V).
        utility_tie, preference_tie: decide between equal values (C, V), the larger wins.

    Returns:
        The seat of each candidate (C,), -1 for none.

    Raises:
        ValueError: the shapes do not fit.
    """
    count, seats = utility.shape
    if preference.shape != (count, seats) or reserve.shape != (count,):
        raise ValueError(f"utility is {utility.shape}, preference {preference.shape}, reserve {reserve.shape}")
    first = np.zeros_like(utility) if utility_tie is None else utility_tie
    second = np.zeros_like(preference) if preference_tie is None else preference_tie
    acceptable = utility > reserve[:, None]
    wishes = [
        [int(v) for v in np.lexsort((-first[c], -utility[c])) if acceptable[c, v]][::-1] for c in range(count)
    ]  # the best last: taken off the end
    match = np.full(count, -1, np.int64)
    holder = [-1] * seats
    free = list(range(count))
    while free:
        c = free.pop()
        if not wishes[c]:
            continue
        v = wishes[c].pop()
        rival = holder[v]
        if rival >= 0 and (preference[rival, v], second[rival, v]) >= (preference[c, v], second[c, v]):
            free.append(c)
            continue
        if rival >= 0:
            match[rival] = -1
            free.append(rival)
        holder[v], match[c] = c, v
    return match


def match_month(
    candidates: Candidates,
    openings: Openings,
    minutes: Floats,
    ruled_out: Bools,
    month: int,
    seed: int,
    p: Parameters,
) -> tuple[Ints, Bools]:
    """One month of matching.

    Args:
        candidates: who looks round (C).
        openings: vacant seats (V).
        minutes: car minutes from home to practice (C, V).
        ruled_out: pairs that came to nothing before (C, V).
        month: month index.
        seed: seed of the run.
        p: parameters.

    Returns:
        The seat of each candidate, -1 for none (C,), and the pairs that the candidate would accept (C, V).
    """
    if not candidates.uid.size or not openings.uid.size:
        return np.full(candidates.uid.size, -1, np.int64), np.zeros((candidates.uid.size, openings.uid.size), bool)
    utility, tie = utilities(candidates, openings, minutes, seed, p)
    utility = np.where(ruled_out, -np.inf, utility)
    reserve = waiting_value(candidates.uid, seed, month, p)
    preference, second = preferences(candidates, openings, seed, p)
    return deferred_acceptance(utility, reserve, preference, tie, second), utility > reserve[:, None]
