"""What the kernels of care see of the model: named tuples of arrays, rebuilt when the month changes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.agents.people import OUTSIDE_PRACTICE, WITH_CHAIN, People
from sim.compiled import kernel
from sim.parameters import Parameters
from sim.world.needs import AGE_BAND_BY_MONTH

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

__all__ = [
    "CareTables",
    "Outbox",
    "Persons",
    "Requests",
    "Structure",
    "Tallies",
    "ability_of",
    "care_tables",
    "group_row",
    "has_chain",
    "is_alive",
    "make_outbox",
    "pack_persons",
    "practice_of",
    "usual_of",
]


class Persons(NamedTuple):
    """What care reads of a person, packed so that one look in memory is enough; made anew each month.

    ``record`` (n, 2): the id, and practice + 2 | (usual GP's book + 1) << 16 | row of the group tallies << 32 |
    alive << 52 | digital ability in 127ths << 53 | with a commercial chain << 60. All of these but the id change only
    between months.
    """

    record: Ints
    last_seen: npt.NDArray[np.int16]
    linked: npt.NDArray[np.int16]


@kernel(inline=True)
def practice_of(packed):  # type: ignore[no-untyped-def]
    """Practice number, -1 none, -2 outside the region."""
    return (packed & 0xFFFF) - 2


@kernel(inline=True)
def usual_of(packed):  # type: ignore[no-untyped-def]
    """Book of the usual GP, -1 none."""
    return ((packed >> 16) & 0xFFFF) - 1


@kernel(inline=True)
def group_row(packed):  # type: ignore[no-untyped-def]
    """Row of the group tallies: (node x 7 + age band) x 3 + deprivation group."""
    return (packed >> 32) & 0xFFFFF


@kernel(inline=True)
def is_alive(packed):  # type: ignore[no-untyped-def]
    """Lives in the region."""
    return (packed >> 52) & 1


@kernel(inline=True)
def ability_of(packed):  # type: ignore[no-untyped-def]
    """Digital ability, 0 to 1."""
    return float((packed >> 53) & 127) / 127.0


@kernel(inline=True)
def has_chain(packed):  # type: ignore[no-untyped-def]
    """Is with a commercial chain."""
    return (packed >> 60) & 1


@kernel(lean=True)
def _pack(n, uid, alive, birth, node, deprivation, practice, usual, digital, month, bands, record, lists):  # type: ignore[no-untyped-def]
    oldest = bands.shape[0] - 1
    # rows of one practice mostly lie together: counted in a register, written when the practice changes
    own = -1
    length = 0
    for i in range(n):
        band = int(bands[min(max(month - int(birth[i]), 0), oldest)])
        group = (int(node[i]) * 7 + band) * 3 + int(deprivation[i])
        lives = int(alive[i])
        p = int(practice[i])
        record[i, 0] = np.int64(uid[i])
        own_gp = int(usual[i])
        record[i, 1] = (p + 2) | ((max(own_gp, -1) + 1) << 16) | (group << 32) | (lives << 52)
        record[i, 1] |= int(digital[i] * np.float32(127.0) + np.float32(0.5)) << 53
        record[i, 1] |= int((own_gp == WITH_CHAIN) & (p == OUTSIDE_PRACTICE)) << 60
        if p != own:
            if own >= 0:
                lists[own] += length
            own = p
            length = 0
        length += lives
    if own >= 0:
        lists[own] += length


def pack_persons(people: People, month: int, practices: int) -> tuple[Persons, Ints]:
    """The packed records of a month, and the list size of each practice (P,)."""
    n = people.n
    record = np.empty((n, 2), np.int64)
    lists = np.zeros(practices, np.int64)
    _pack(
        n, people.uid, people.alive, people.birth_month, people.node, people.deprivation, people.practice,
        people.usual, people.digital, month, AGE_BAND_BY_MONTH, record, lists,
    )  # fmt: skip
    return Persons(record, people.last_seen, people.linked), lists


class Structure(NamedTuple):
    """Who works where: books of each practice, groups that cover for each other, practices by nearness."""

    gp_books: Ints  # (P, K) books of the practice's GPs and its locum seat, -1 padded
    role_book: Ints  # (P, 6) book by role, -1 none
    group: Ints  # (P,) local group
    group_practices: Ints  # (G, M) -1 padded
    near: Ints  # (N, K) practices by travel time from a node
    node_post: Ints  # (N,) nearest post


class Requests(NamedTuple):
    """Requests of one day (m of them), in the order in which they are handled within a practice."""

    row: npt.NDArray[np.int32]
    born: npt.NDArray[np.int32]
    ordinal: npt.NDArray[np.int32]
    step: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    what: npt.NDArray[np.int32]
    urgency: npt.NDArray[np.int32]
    asked: npt.NDArray[np.int32]  # working day of the first request


class Outbox(NamedTuple):
    """Requests that leave a kernel for another day or place: columns as ``Requests`` and a length."""

    row: npt.NDArray[np.int32]
    born: npt.NDArray[np.int32]
    ordinal: npt.NDArray[np.int32]
    step: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    what: npt.NDArray[np.int32]
    urgency: npt.NDArray[np.int32]
    asked: npt.NDArray[np.int32]
    length: Ints  # (1,)

    def requests(self) -> Requests:
        """The part in use, as requests (copies)."""
        n = int(self.length[0])
        return Requests(*(column[:n].copy() for column in self[:8]))


def make_outbox(room: int) -> Outbox:
    """An empty outbox for at most ``room`` requests."""
    a, b, c, d, e, f, g, h = np.empty((8, room), np.int32)
    return Outbox(a, b, c, d, e, f, g, h, np.zeros(1, np.int64))


class Tallies(NamedTuple):
    """Counters that only grow (see ``sim.ledger.counts``)."""

    practice: Ints  # (P + 1, PRACTICE_COUNTERS)
    group: Ints  # (N * 21, GROUP_COUNTERS)
    post: Ints  # (posts, POST_COUNTERS)
    waits: Ints  # (P + 1, WAIT_DAYS) routine waits of first requests, by practice


class CareTables(NamedTuple):
    """Parameters of care as arrays. The first axis is the variant: practices with the same measures share one.

    ``variant`` (P,) is that of each practice, ``node_variant`` (N,) that of a place: for people without a practice.
    """

    variant: Ints
    node_variant: Ints
    self_care: Floats  # (V, C) share of routine requests that end with self-care at the door
    advice: Floats
    assistant: Floats
    mental: Floats
    advanced: Floats
    phone: Floats
    long: Floats
    visit: Floats  # (V, 7) by age band
    gp_seconds: Ints  # (V, 4) by mode, closure included
    role_seconds: Ints  # (V, 6)
    follow_up: Floats  # (V, C)
    follow_up_days: Floats
    referral: Floats
    drop_to: Floats  # (V, 3) cumulative
    failed_call: Floats  # (V, 3) cumulative
    passant: Floats  # (V, 2)
    unregistered_to: Floats  # (V, 3) cumulative
    direct_access: Floats  # (V, C)
    nurse_follow_up: Floats  # (V, C)
    nurse_added: Floats  # (V, C)
    nurse_within: Ints  # (V,)
    self_booked: Floats  # (V, 2) share of follow-ups, chance of another against others
    self_booked_seconds: Ints  # (V,)
    line_use: Floats  # (V, C)
    line: Floats  # (V, 3) asked without a referral in mind, referrals that are not made, referrals that come of it
    line_seconds: Ints  # (V,)
    youth: Floats  # (V, 4) instead of a referral, and as ``line``
    second_look: Ints  # (V,) 1 where anybody looks before a referral
    link_share: Floats  # (V, C)
    online: Floats  # (V,), as all that follow
    hold: Floats
    sooner: Ints
    any_gp: Floats
    drop_rate: Floats
    drop_free: Floats
    phone_days: Floats
    phone_share: Floats
    phone_ramp: Floats
    phone_seconds: Ints
    advanced_days: Ints
    passants_try: Ints
    late: Floats  # seconds after 17 h within which people who are passed on call the post
    no_show: Floats
    rebooks: Floats
    distant: Floats
    door: Floats  # (V,) shares of the requests of people who are able: through the digital door; new ones
    induced: Floats
    door_resolved: Floats  # (V, C)
    desk_seconds: Ints  # (V,) of an assistant, of a GP, for a request through the door
    desk_gp_seconds: Ints
    consult: Floats  # (V,) share of routine consults that begin digitally, and what becomes of them
    consult_seconds: Ints
    consult_to_visit: Floats
    consult_to_call: Floats
    consult_days: Floats
    chain: Floats  # share of needs that a commercial chain handles itself
    horizon: int
    urgent_overtime: float
    elastic: int  # -1, or the days within which everybody is seen


def _seconds(minutes: float) -> int:
    return round(minutes * 60.0)


def _channels(p: Parameters, closure: float) -> dict[str, npt.ArrayLike]:
    """Ways to other help than the GP's that measures open."""
    use, youth = p.column("care.line_use"), p.number("care.youth_use")
    asks, youth_asks = p.number("care.line_asks"), p.number("care.youth_asks")
    closed = p.number("care.youth_closed")
    return {
        "direct_access": p.column("care.direct_access"),
        "nurse_follow_up": p.column("care.nurse_follow_up"),
        "nurse_added": p.column("care.nurse_added"),
        "nurse_within": int(p.number("care.nurse_within")),
        "self_booked": np.array([p.number("care.self_booked_share"), p.number("care.self_booked_repeat")]),
        "self_booked_seconds": _seconds(p.number("care.self_booked_minutes") * closure),
        "line_use": use,
        "line": np.array([asks, p.number("care.line_prevents"), p.number("care.line_induces")]),
        "line_seconds": _seconds(p.number("care.line_minutes")),
        "youth": np.array([youth, youth_asks, closed, 1.0 - closed]),
        "second_look": int(bool(use.any()) or max(asks, youth, youth_asks) > 0.0),
        "link_share": p.column("care.link_share"),
    }


def _of_variant(p: Parameters) -> dict[str, npt.ArrayLike]:
    closure = p.number("care.closure")
    return {
        "self_care": p.column("needs.self_care_eligible") * p.number("care.self_care_use"),
        "advice": p.column("care.assistant_advice"),
        "assistant": p.column("care.assistant_visit"),
        "mental": p.column("care.mental_nurse"),
        "advanced": p.column("care.advanced_eligible"),
        "phone": p.column("care.mode_phone"),
        "long": p.column("care.mode_long"),
        "visit": p.column("care.visit_share"),
        "gp_seconds": np.array([_seconds(m * closure) for m in p.column("care.gp_minutes")], np.int64),
        "role_seconds": np.array(
            [
                0,
                0,
                _seconds(p.number("care.assistant_visit_minutes")),
                _seconds(p.number("care.somatic_nurse_minutes")),
                _seconds(p.number("care.mental_nurse_minutes")),
                _seconds(p.number("care.advanced_minutes")),
            ],
            np.int64,
        ),
        "follow_up": p.column("care.follow_up"),
        "follow_up_days": p.column("care.follow_up_days"),
        "referral": p.column("care.referral"),
        "drop_to": np.cumsum(p.column("care.drop_to")),
        "failed_call": np.cumsum(p.column("care.after_failed_call")),
        "passant": p.column("care.passant_share"),
        "unregistered_to": np.cumsum(p.column("care.unregistered_to")),
        **_channels(p, closure),
        "online": p.number("care.online_share"),
        "hold": p.number("care.same_day_share"),
        "sooner": int(p.number("care.clearly_sooner")),
        "any_gp": p.number("care.any_gp_share"),
        "drop_rate": p.number("care.drop_rate"),
        "drop_free": p.number("care.drop_free_days"),
        "phone_days": p.number("care.phone_instead_days"),
        "phone_share": p.number("care.phone_instead_share"),
        "phone_ramp": p.number("care.phone_instead_ramp"),
        "phone_seconds": _seconds(p.number("care.phone_instead_minutes") * closure),
        "advanced_days": int(p.number("care.advanced_sooner_days")),
        "passants_try": int(p.number("care.passant_practices")),
        "late": p.number("care.passed_on_hours") * 3600.0,
        "no_show": p.number("care.no_show"),
        "rebooks": p.number("care.no_show_rebooks"),
        "distant": p.number("care.distant_practice_share"),
        "door": p.number("digital.door"),
        "induced": p.number("digital.induced"),
        "door_resolved": p.column("needs.self_care_eligible") * p.number("digital.door_resolved"),
        "desk_seconds": _seconds(p.number("digital.door_minutes")),
        "desk_gp_seconds": _seconds(p.number("digital.door_gp_minutes") * closure),
        "consult": p.number("digital.consult"),
        "consult_seconds": _seconds(p.number("digital.consult_minutes") * closure),
        "consult_to_visit": p.number("digital.consult_to_visit"),
        "consult_to_call": p.number("digital.consult_to_call"),
        "chain": p.number("digital.chain_handles"),
        "consult_days": p.number("digital.consult_return_days"),
    }


def care_tables(variants: Sequence[Parameters], mode: str, variant: Ints, node_variant: Ints) -> CareTables:
    """Read the tables for one capacity mode: ``elastic``, ``bounded`` or ``hard``.

    Args:
        variants: parameters of each variant; those of the region as a whole first.
        mode: capacity mode.
        variant: (P,) variant of each practice.
        node_variant: (N,) variant of each place.
    """
    p = variants[0]
    rows = [_of_variant(one) for one in variants]
    columns = {name: np.ascontiguousarray([row[name] for row in rows]) for name in rows[0]}
    overtime = {"bounded": p.number("care.overtime_limit"), "elastic": 99.0}
    return CareTables(
        variant=variant.astype(np.int64),
        node_variant=node_variant.astype(np.int64),
        **columns,
        horizon=int(p.number("care.horizon")),
        urgent_overtime=overtime.get(mode, 0.0),
        elastic=int(p.number("care.elastic_days")) if mode == "elastic" else -1,
    )
