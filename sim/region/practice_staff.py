"""Who works in the practices: GPs with role, age, FTE and hours, staff, and telephone lines, all given the list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_sites import DUO, GROUP, Floats, Ids, Ints, apportion, normals

__all__ = [
    "GPRole",
    "Staff",
    "Team",
    "draw_ages",
    "draw_fte",
    "draw_staff",
    "net_direct_seconds",
    "phone_lines",
    "seat_gps",
    "share_owners",
    "spread_over_weekdays",
    "work_days",
]

HOUR = 3600
_OPEN_HOURS = 45  # a week, 8-17 h from Monday to Friday
_LONGEST_DAY = 8 * HOUR  # direct patient time
_FULL_WEEK = 5
_AGE_SPAN = 60  # months in an age band
_YOUNGEST = 30


class GPRole(IntEnum):
    """Function of a GP; the order of every parameter by role."""

    OWNER = 0
    EMPLOYED = 1
    FIXED_LOCUM = 2
    CHANGING_LOCUM = 3


@dataclass(frozen=True)
class Team:
    """Regular GPs in order of practice and seat (G)."""

    uid: Ids
    practice: npt.NDArray[np.int16]
    role: npt.NDArray[np.int8]


@dataclass(frozen=True)
class Staff:
    """FTE of practice staff, one entry a practice (P)."""

    assistant: Floats
    somatic_nurse: Floats
    mental_nurse: Floats
    advanced: Floats

    def columns(self) -> Floats:
        """FTE by role in the order assistant, somatic nurse, mental nurse, advanced practitioner (P, 4)."""
        return np.stack([self.assistant, self.somatic_nurse, self.mental_nurse, self.advanced], axis=1)


def share_owners(
    form: npt.NDArray[np.int8], heads: Ints, owners: int, uid: Ids, parameters: Parameters, seed: int
) -> Ints:
    """Owners of each practice (P,): one each, a second in a share of the duos, the rest in the groups.

    Raises:
        ValueError: fewer owners than practices or more than GPs.
    """
    if not form.size <= owners <= int(heads.sum()):
        raise ValueError(f"{owners} owners do not fit {form.size} practices with {int(heads.sum())} regular GPs")
    out = np.ones(form.size, np.int64)
    luck = uniforms(seed, Stream.PRACTICE, uid, 0, 2)[:, 0]
    duos = np.flatnonzero(form == DUO)
    second = min(round(parameters.number("practices.duo_second_owner") * duos.size), owners - form.size)
    out[duos[np.lexsort((uid[duos], luck[duos]))[:second]]] += 1
    for form_first in ((form == GROUP), np.ones(form.size, bool)):
        for _ in range(owners - int(out.sum())):
            free = np.flatnonzero(form_first & (out < heads))
            if not free.size:
                break
            best = np.lexsort((uid[free], luck[free], -heads[free] / (out[free] + 0.5)))[0]
            out[free[best]] += 1
    return out


def seat_gps(practice_uid: Ids, heads: Ints, owners: Ints, parameters: Parameters, seed: int, month: int) -> Team:
    """Regular GPs with their roles: owners in the first seats, then employed GPs and fixed locums by chance."""
    practice = np.repeat(np.arange(heads.size), heads)
    seat = np.arange(practice.size) - np.repeat(np.cumsum(heads) - heads, heads)
    uid = identify(Kind.GP, practice_uid[practice], month, seat)
    role = np.where(seat < owners[practice], GPRole.OWNER, GPRole.FIXED_LOCUM).astype(np.int8)
    others = np.flatnonzero(role != GPRole.OWNER)
    luck = uniforms(seed, Stream.GP, uid[others], 0, 3)[:, 0]
    employed = round(parameters.number("practices.employed_share") * others.size)
    role[others[np.lexsort((uid[others], luck))[:employed]]] = GPRole.EMPLOYED
    return Team(uid, practice.astype(np.int16), role)


def draw_ages(
    uid: Ids, role: npt.NDArray[np.int8], parameters: Parameters, seed: int, month: int
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.uint8]]:
    """Birth month (n,) and sex (n,), 0 man and 1 woman, of GPs by role."""
    names = ("age_owner", "age_employed", "age_employed", "age_locum")
    reach = np.stack([np.cumsum(parameters.column(f"practices.{name}")) for name in names])
    reach[:, -1] = 1.0
    u = uniforms(seed, Stream.GP, uid)
    band = (u[:, 0][:, None] >= reach[role]).sum(axis=1)
    age = _YOUNGEST * 12 + band * _AGE_SPAN + np.floor(u[:, 1] * _AGE_SPAN).astype(np.int64)
    sex = u[:, 2] < parameters.column("practices.women")[band]
    return (month - age).astype(np.int16), sex.astype(np.uint8)


def draw_fte(
    team: Team,
    sex: npt.NDArray[np.uint8],
    practice_uid: Ids,
    lists: Floats,
    list_per_fte: float,
    parameters: Parameters,
    seed: int,
) -> Floats:
    """FTE of each regular GP (G,), given the lists.

    The FTE of owners and employed GPs (fixed locums are not counted here, as in the published density) add up to
    lists / ``list_per_fte``, keep the published ratio between the two roles, and vary such that the list per FTE has
    the coefficient of variation of the parameter.
    """
    low, high = parameters.column("practices.fte_limits")
    by_sex = parameters.column("practices.fte_by_sex")
    by_role = parameters.column("practices.fte_by_role")
    base = by_role[team.role] * by_sex[sex] / by_sex[sex].mean()
    counted = team.role <= GPRole.EMPLOYED
    practice, count = team.practice.astype(np.int64), practice_uid.size
    noise = normals(seed, Stream.PRACTICE, practice_uid, 3)
    heads = np.bincount(team.role, minlength=2)[:2]
    goal = by_role[:2] * heads
    goal *= lists.sum() / list_per_fte / goal.sum()
    present = np.bincount(practice[counted], minlength=count) > 0

    def fit(spread: float) -> tuple[Floats, float]:
        wish = lists * np.exp(spread * noise)
        fte = base.copy()
        factor = wish / np.maximum(np.bincount(practice[counted], weights=base[counted], minlength=count), 1e-9)
        factor /= np.median(factor[present]) if present.any() else 1.0
        scale = np.ones(2)
        for _ in range(40):
            fte[counted] = np.clip((base * factor[practice])[counted] * scale[team.role[counted]], low, high)
            now = np.bincount(team.role[counted], weights=fte[counted], minlength=2)
            scale *= goal / np.maximum(now, 1e-9)
        total = np.bincount(practice[counted], weights=fte[counted], minlength=count)[present]
        ratio = lists[present] / total
        return fte, float(ratio.std() / ratio.mean())

    target = parameters.number("practices.list_per_fte_cv")
    small, large = 0.0, 1.0
    for _ in range(14):
        middle = (small + large) / 2
        if fit(middle)[1] < target:
            small = middle
        else:
            large = middle
    fte = fit((small + large) / 2)[0]
    fixed = ~counted
    if fixed.any():
        fte[fixed] = base[fixed] * (by_role[GPRole.FIXED_LOCUM] / base[fixed].mean())
    return fte


def net_direct_seconds(parameters: Parameters) -> Floats:
    """Daytime patient seconds a working week of the mean GP by role (4,): direct time less out-of-hours duty."""
    duty = parameters.column("practices.duty_hours") / parameters.number("practices.working_weeks")
    return np.asarray((parameters.column("practices.direct_hours") - duty) * HOUR)


def work_days(fte: Floats, seconds: Floats) -> Ints:
    """Working days a week (n,): five for a full-time GP, and enough to fit the patient seconds in."""
    days = np.maximum(np.rint(fte * _FULL_WEEK), np.ceil(seconds / _LONGEST_DAY))
    return np.clip(days, 1, _FULL_WEEK).astype(np.int64)


def spread_over_weekdays(
    seconds: Ints, days: Ints, practice: Ints, uid: Ids, stream: int, parameters: Parameters, seed: int
) -> npt.NDArray[np.int32]:
    """Patient seconds by weekday (n, 5), each row adding up to ``seconds``.

    Colleagues of one practice fill the days on which fewest of them work, and are off on the quiet days first; rows of
    one practice must follow each other.
    """
    out = np.zeros((seconds.size, _FULL_WEEK), np.int32)
    if not seconds.size:
        return out
    place = np.arange(practice.size) - np.searchsorted(practice, practice)
    cover = np.zeros((int(practice.max()) + 1, _FULL_WEEK))
    luck = np.concatenate([uniforms(seed, stream, uid, 0, 8), uniforms(seed, stream, uid, 0, 9)], axis=1)[:, :5]
    quiet = parameters.column("practices.quiet_days")
    for seat in range(int(place.max()) + 1):
        who = np.flatnonzero(place == seat)
        score = cover[practice[who]] + quiet + 0.5 * luck[who]
        rank = np.argsort(np.argsort(score, axis=1, kind="stable"), axis=1, kind="stable")
        on = rank < days[who][:, None]
        cover[practice[who]] += on
        each, rest = np.divmod(seconds[who], days[who])
        out[who] = np.where(on, each[:, None] + (rank < rest[:, None]), 0)
    return out


def draw_staff(practice_uid: Ids, lists: Floats, inhabitants: float, parameters: Parameters, seed: int) -> Staff:
    """FTE of assistants, practice nurses and advanced practitioners, given the list with some noise.

    Regional totals equal the published rates; a few practices have no practice nurse, most no advanced practitioner.
    """
    spread = np.sqrt(np.log1p(parameters.number("practices.staff_cv") ** 2))
    luck = uniforms(seed, Stream.PRACTICE, practice_uid, 0, 6)
    nurse = luck[:, 0] < parameters.number("practices.nurse_practices")

    def given_list(total: float, number: int, has: npt.NDArray[np.bool_]) -> Floats:
        weight = lists * np.exp(spread * normals(seed, Stream.PRACTICE, practice_uid, number)) * has
        return np.asarray(weight * (total / weight.sum())) if weight.sum() > 0 else weight

    everyone = np.ones(lists.size, bool)
    listed = float(lists.sum())
    advanced = np.zeros(lists.size, bool)
    some = round(parameters.number("practices.advanced_practices") * lists.size)
    wish = np.log(np.maximum(lists, 1.0)) - np.log(-np.log(np.maximum(luck[:, 1], 1e-12)))  # weighted by the list
    advanced[np.lexsort((practice_uid, -wish))[:some]] = True
    return Staff(
        assistant=given_list(parameters.number("practices.assistant_fte") / 1000 * listed, 7, everyone),
        somatic_nurse=given_list(parameters.number("practices.somatic_nurse_fte") / 1000 * listed, 8, nurse),
        mental_nurse=given_list(parameters.number("practices.mental_nurse_fte") / 1000 * listed, 9, nurse),
        advanced=given_list(parameters.number("practices.advanced_fte") / 10_000 * inhabitants, 10, advanced),
    )


def staff_seconds(fte: Floats, practice_uid: Ids, parameters: Parameters, seed: int) -> npt.NDArray[np.int32]:
    """Booked patient seconds by role and weekday (P, 4, 5) for the FTE of each role (P, 4).

    Assistants are in on all days; the others work as many days as their hours ask.
    """
    hours = parameters.column("practices.staff_week_hours") * parameters.column("practices.staff_direct")
    seconds = np.rint(fte * hours * HOUR).astype(np.int64)
    out = np.zeros((*fte.shape, _FULL_WEEK), np.int32)
    for role in range(fte.shape[1]):
        days = np.full(fte.shape[0], _FULL_WEEK) if role == 0 else np.clip(np.ceil(fte[:, role] * 5), 1, 5).astype(int)
        each = identify(Kind.PRACTICE, practice_uid, 0, 2_000_000 + role)
        out[:, role] = spread_over_weekdays(
            seconds[:, role], days, np.arange(days.size), each, Stream.PRACTICE, parameters, seed
        )
    return out


def phone_lines(assistant_fte: Floats, parameters: Parameters) -> npt.NDArray[np.int16]:
    """Telephone lines open by hour of a working day (P, 24), from the assistants present; at least one when open."""
    present = assistant_fte * parameters.column("practices.staff_week_hours")[0] / _OPEN_HOURS
    peak, rest = parameters.column("practices.phone_share")
    out = np.zeros((assistant_fte.size, 24), np.int16)
    out[:, 8:10] = np.maximum(np.floor(present * peak + 0.5), 1)[:, None]
    out[:, 10:17] = np.maximum(np.floor(present * rest + 0.5), 1)[:, None]
    return out


def locum_heads(count: int, minutes: Floats) -> Ints:
    """Changing locums of each local group (K,), in proportion to the minutes that its lists ask."""
    return apportion(count, minutes, np.arange(minutes.size))
