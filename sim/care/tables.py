"""Parameters of care as arrays that kernels read, a row for each set of practices with the same measures."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Floats, Ints
from sim.parameters import Parameters

__all__ = ["CareTables", "Rules", "care_tables"]


class Rules(NamedTuple):
    """``CareTables`` as kernels take them. One array of rows instead of sixty: a kernel compiles in a fraction of the
    time, as every array of an argument is seven values that are carried along wherever the argument is used.
    """

    rows: npt.NDArray[np.void]  # (V,) fields as the columns of ``CareTables``, with their types and lengths
    variant: Ints  # (P,)
    node_variant: Ints  # (N,)
    horizon: int
    urgent_overtime: float
    elastic: int


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

    def rules(self) -> Rules:
        """The same for kernels (copies)."""
        columns = {name: getattr(self, name) for name in self._fields[2:-3]}
        fields = [(name, column.dtype, column.shape[1:]) for name, column in columns.items()]
        rows = np.empty(self.hold.size, np.dtype(fields, align=True))
        for name, column in columns.items():
            rows[name] = column
        return Rules(rows, self.variant, self.node_variant, self.horizon, self.urgent_overtime, self.elastic)


def _seconds(minutes: float) -> int:
    return round(minutes * 60.0)


class _Reader:
    """Parameters as one variant has them, with the names of those that were read."""

    def __init__(self, p: Parameters) -> None:
        self.p = p
        self.names: list[str] = []

    def number(self, name: str) -> float:
        self.names.append(name)
        return self.p.number(name)

    def column(self, name: str) -> Floats:
        self.names.append(name)
        return self.p.column(name)


def _at_the_door(p: _Reader) -> dict[str, npt.ArrayLike]:
    """What becomes of a request, and with whom."""
    return {
        "self_care": p.column("needs.self_care_eligible") * p.number("care.self_care_use"),
        "advice": p.column("care.assistant_advice"),
        "assistant": p.column("care.assistant_visit"),
        "mental": p.column("care.mental_nurse"),
        "advanced": p.column("care.advanced_eligible"),
        "advanced_days": int(p.number("care.advanced_sooner_days")),
        "direct_access": p.column("care.direct_access"),
    }


def _time_of_visits(p: _Reader) -> dict[str, npt.ArrayLike]:
    closure = p.number("care.closure")
    names = ("assistant_visit", "somatic_nurse", "mental_nurse", "advanced")
    staff = [_seconds(p.number(f"care.{name}_minutes")) for name in names]
    return {
        "phone": p.column("care.mode_phone"),
        "long": p.column("care.mode_long"),
        "visit": p.column("care.visit_share"),
        "gp_seconds": np.array([_seconds(m * closure) for m in p.column("care.gp_minutes")], np.int64),
        "role_seconds": np.array([0, 0, *staff], np.int64),
        "phone_seconds": _seconds(p.number("care.phone_instead_minutes") * closure),
        "self_booked_seconds": _seconds(p.number("care.self_booked_minutes") * closure),
    }


def _booking(p: _Reader) -> dict[str, npt.ArrayLike]:
    return {
        "drop_to": np.cumsum(p.column("care.drop_to")),
        "failed_call": np.cumsum(p.column("care.after_failed_call")),
        "online": p.number("care.online_share"),
        "hold": p.number("care.same_day_share"),
        "sooner": int(p.number("care.clearly_sooner")),
        "any_gp": p.number("care.any_gp_share"),
        "drop_rate": p.number("care.drop_rate"),
        "drop_free": p.number("care.drop_free_days"),
        "phone_days": p.number("care.phone_instead_days"),
        "phone_share": p.number("care.phone_instead_share"),
        "phone_ramp": p.number("care.phone_instead_ramp"),
        "late": p.number("care.passed_on_hours") * 3600.0,
        "no_show": p.number("care.no_show"),
        "rebooks": p.number("care.no_show_rebooks"),
    }


def _without_practice(p: _Reader) -> dict[str, npt.ArrayLike]:
    return {
        "passant": p.column("care.passant_share"),
        "unregistered_to": np.cumsum(p.column("care.unregistered_to")),
        "passants_try": int(p.number("care.passant_practices")),
        "distant": p.number("care.distant_practice_share"),
        "chain": p.number("digital.chain_handles"),
    }


def _afterwards(p: _Reader) -> dict[str, npt.ArrayLike]:
    """What follows on a visit, and ways to other help than the GP's that measures open."""
    use, youth = p.column("care.line_use"), p.number("care.youth_use")
    asks, youth_asks = p.number("care.line_asks"), p.number("care.youth_asks")
    closed = p.number("care.youth_closed")
    return {
        "follow_up": p.column("care.follow_up"),
        "follow_up_days": p.column("care.follow_up_days"),
        "referral": p.column("care.referral"),
        "nurse_follow_up": p.column("care.nurse_follow_up"),
        "nurse_added": p.column("care.nurse_added"),
        "nurse_within": int(p.number("care.nurse_within")),
        "self_booked": np.array([p.number("care.self_booked_share"), p.number("care.self_booked_repeat")]),
        "line_use": use,
        "line": np.array([asks, p.number("care.line_prevents"), p.number("care.line_induces")]),
        "line_seconds": _seconds(p.number("care.line_minutes")),
        "youth": np.array([youth, youth_asks, closed, 1.0 - closed]),
        "second_look": int(bool(use.any()) or max(asks, youth, youth_asks) > 0.0),
        "link_share": p.column("care.link_share"),
    }


def _digital(p: _Reader) -> dict[str, npt.ArrayLike]:
    closure = p.number("care.closure")
    return {
        "door": p.number("digital.door"),
        "induced": p.number("digital.induced"),
        "door_resolved": p.column("needs.self_care_eligible") * p.number("digital.door_resolved"),
        "desk_seconds": _seconds(p.number("digital.door_minutes")),
        "desk_gp_seconds": _seconds(p.number("digital.door_gp_minutes") * closure),
        "consult": p.number("digital.consult"),
        "consult_seconds": _seconds(p.number("digital.consult_minutes") * closure),
        "consult_to_visit": p.number("digital.consult_to_visit"),
        "consult_to_call": p.number("digital.consult_to_call"),
        "consult_days": p.number("digital.consult_return_days"),
    }


_PARTS = (_at_the_door, _time_of_visits, _booking, _without_practice, _afterwards, _digital)


def _columns(variants: Sequence[Parameters]) -> dict[str, npt.NDArray[Any]]:
    """All columns by variant; variants that share the parameters of a part share its row, and it is made once."""
    columns: dict[str, npt.NDArray[Any]] = {}
    for part in _PARTS:
        first = _Reader(variants[0])
        rows = [part(first)]
        passports = itemgetter(*dict.fromkeys(first.names))
        known = {tuple(map(id, passports(variants[0].entries))): 0}
        place = []
        for one in variants:
            key = tuple(map(id, passports(one.entries)))
            if key not in known:
                known[key] = len(rows)
                rows.append(part(_Reader(one)))
            place.append(known[key])
        columns |= {name: np.ascontiguousarray(np.array([row[name] for row in rows])[place]) for name in rows[0]}
    return columns


def care_tables(variants: Sequence[Parameters], mode: str, variant: Ints, node_variant: Ints) -> CareTables:
    """Read the tables for one capacity mode: ``elastic``, ``bounded`` or ``hard``.

    Args:
        variants: parameters of each variant; those of the region as a whole first.
        mode: capacity mode.
        variant: (P,) variant of each practice.
        node_variant: (N,) variant of each place.
    """
    p = variants[0]
    columns = _columns(variants)
    overtime = {"bounded": p.number("care.overtime_limit"), "elastic": 99.0}
    return CareTables(
        variant=variant.astype(np.int64),
        node_variant=node_variant.astype(np.int64),
        **columns,
        horizon=int(p.number("care.horizon")),
        urgent_overtime=overtime.get(mode, 0.0),
        elastic=int(p.number("care.elastic_days")) if mode == "elastic" else -1,
    )
