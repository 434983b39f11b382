"""The rest of the Netherlands: graduates, movers and locums who come to work here, and owners-to-be who look in.

Each origin has a national stock, a share that comes to the region, and a response to load. Candidates are seats of a
month: the same seat has the same luck in every scenario, and a larger share only lets more seats come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP, Origin, new_number
from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_sites import name_key, normals
from sim.region.practice_staff import GPRole, net_direct_seconds, spread_over_weekdays, work_days
from sim.region.region import Region
from sim.workforce.crew import Floats, Ints
from sim.workforce.employment import Jobs, employed_role, jobs_of
from sim.workforce.outlook import Outlook

__all__ = [
    "Newcomer",
    "Seeker",
    "begin",
    "entry_fte",
    "expected_arrivals",
    "home_by_people",
    "make_gp",
    "outside_seekers",
    "pool_month",
    "ready_month",
    "settle_seeker",
]

_SEATS = 128  # a month for each origin, more than ever come
_BLOCK = 1000  # seat numbers of an origin
_MILLION = 1_000_000
_ORIGINS = (Origin.GRADUATE, Origin.MOVER, Origin.LOCUM)


@dataclass(frozen=True)
class Newcomer:
    """A GP about to begin in the region."""

    uid: int
    origin: Origin
    birth_month: int
    sex: int
    fte: float
    home_node: int
    diploma_month: int
    tie: bool
    trained_here: bool
    wants_to_own: bool
    ready_month: int


@dataclass(frozen=True)
class Seeker:
    """An owner-to-be from elsewhere who looks at the vacancies of this month; no agent before signing for one."""

    uid: int
    birth_month: int
    sex: int
    fte: float
    diploma_month: int
    tie: bool
    home_node: int
    """Where he or she would live, a place drawn by inhabitants."""


def expected_arrivals(outlook: Outlook, p: Parameters) -> Floats:
    """GPs expected in a year from elsewhere: graduates, movers, locums (3,)."""
    stock, share = p.column("careers.pool_stock"), p.column("careers.pool_share")
    pull = np.exp(p.number("careers.pool_pull") * np.clip(outlook.regional_load - 1.0, -0.3, 0.3))
    more = (1.0 + p.column("careers.campaign")) * p.column("careers.pool_supply")
    return np.asarray(stock * share * (outlook.people.sum() / _MILLION) * pull * more[: len(_ORIGINS)])


def pool_month(model: Any, region: Region, outlook: Outlook, seed: int, p: Parameters) -> list[GP]:
    """Let this month's newcomers from the rest of the country begin, as changing locum or in a job."""
    coming = []
    for k, expected in enumerate(expected_arrivals(outlook, p)):
        uid = _seats(region, outlook.month, k * _BLOCK)
        comes = uniforms(seed, Stream.POOL_SEAT, uid, outlook.month)[:, 0] < expected / 12 / _SEATS
        coming += [(int(each), k) for each in uid[comes]]
    if not coming:
        return []
    jobs, locum = jobs_of(model), p.column("careers.pool_locum")
    return [
        begin(model, _newcomer(uid, k, outlook, seed, p), jobs, float(locum[k]), outlook, seed, p) for uid, k in coming
    ]


def outside_seekers(region: Region, outlook: Outlook, seed: int, p: Parameters) -> list[Seeker]:
    """Owners-to-be from elsewhere who look in this month."""
    month = outlook.month
    uid = _seats(region, month, len(_ORIGINS) * _BLOCK)
    expected = p.number("careers.outside_owners") * outlook.people.sum() / _MILLION
    owner = len(_ORIGINS)
    expected *= (1.0 + p.column("careers.campaign")[owner]) * p.column("careers.pool_supply")[owner]
    uid = uid[uniforms(seed, Stream.POOL_SEAT, uid, month)[:, 0] < expected / 12 / _SEATS]
    u = np.concatenate([uniforms(seed, Stream.POOL_PERSON, uid, 0, k) for k in range(2)], axis=1)
    youngest, oldest = p.column("careers.outside_owner_age") * 12
    diploma = p.column("careers.diploma_age").mean() * 12
    out = []
    for k in range(uid.size):
        age = youngest + (oldest - youngest) * u[k, 0]
        sex = int(u[k, 1] < p.number("careers.women_entrants"))
        out.append(
            Seeker(
                uid=int(uid[k]),
                birth_month=month - round(age),
                sex=sex,
                fte=entry_fte(p.column("careers.outside_owner_fte"), sex, u[k, 2]),
                diploma_month=min(month, month - round(age - diploma)),
                tie=bool(u[k, 3] < p.number("careers.family_tie")),
                home_node=home_by_people(outlook.people, u[k, 4]),
            )
        )
    return out


def settle_seeker(model: Any, seeker: Seeker, outlook: Outlook, seed: int, p: Parameters) -> GP:
    """Make an outside owner-to-be a GP of the region, with no practice yet (``become_owner`` comes next)."""
    one = Newcomer(
        uid=seeker.uid,
        origin=Origin.OWNER_TO_BE,
        birth_month=seeker.birth_month,
        sex=seeker.sex,
        fte=seeker.fte,
        home_node=seeker.home_node,
        diploma_month=seeker.diploma_month,
        tie=seeker.tie,
        trained_here=False,
        wants_to_own=True,
        ready_month=outlook.month,
    )
    gp = make_gp(model, one, GPRole.OWNER, jobs_of(model).group, outlook, seed, p)
    _arrives(model, gp, outlook)
    return gp


def begin(
    model: Any,
    one: Newcomer,
    jobs: Jobs,
    locum_share: float,
    outlook: Outlook,
    seed: int,
    p: Parameters,
    prefer: tuple[int, float] = (-1, 0.0),
) -> GP:
    """Let a newcomer begin as changing locum or, where there is one, in a job."""
    u = uniforms(seed, Stream.POOL_PERSON, one.uid, 0, 3)[0]
    practice = None if u[0] < locum_share else jobs.best(one.uid, one.home_node, outlook, seed, p, prefer)
    role = GPRole.CHANGING_LOCUM if practice is None else employed_role(float(u[1]), p)
    gp = make_gp(model, one, role, jobs.group, outlook, seed, p)
    if practice is not None:
        jobs.take(gp, practice, role, outlook.month)
    _arrives(model, gp, outlook)
    return gp


def make_gp(model: Any, one: Newcomer, role: GPRole, groups: Ints, outlook: Outlook, seed: int, p: Parameters) -> GP:
    """A GP with the hours that go with a role, in the model, with no practice yet; role and practice come after.

    Args:
        groups: local group by practice (P,).
    """
    mean_fte = p.column("practices.fte_by_role")[role]
    hours = p.column("practices.week_hours")[role] * one.fte / mean_fte
    seconds = net_direct_seconds(p)[role] * one.fte / mean_fte
    uid = np.array([one.uid], np.uint64)
    whole = np.rint(np.array([seconds])).astype(np.int64)
    days = work_days(np.array([one.fte]), np.array([seconds]))
    week = spread_over_weekdays(whole, days, np.zeros(1, np.int64), uid, Stream.POOL_PERSON, p, seed)[0]
    mean, spread = p.column("practices.wished_hours")
    wish = float(np.clip(mean + spread * normals(seed, Stream.POOL_PERSON, uid, 5)[0], 0.5, 1.2))
    mon, tue, wed, thu, fri = map(int, week)
    return GP(
        model,
        number=new_number(model),
        uid=one.uid,
        role=GPRole.CHANGING_LOCUM,
        group=_local_group(groups, one.uid, one.home_node, outlook, seed, p),
        birth_month=one.birth_month,
        sex=one.sex,
        fte=one.fte,
        hours=float(hours),
        agreed_hours=float(hours) * wish,
        home_node=one.home_node,
        week_seconds=(mon, tue, wed, thu, fri),
        origin=one.origin,
        trained_here=one.trained_here,
        tie=one.tie,
        wants_to_own=one.wants_to_own,
        ready_month=one.ready_month,
        diploma_month=one.diploma_month,
        arrived=outlook.month,
    )


def _local_group(groups: Ints, uid: int, home: int, outlook: Outlook, seed: int, p: Parameters) -> int:
    """Local group in which a GP works as changing locum: that of a practice near home, larger lists first.

    Args:
        groups: local group by practice (P,).
    """
    near = np.exp(-p.number("practices.home_near") * outlook.minutes[home].astype(np.float64))
    reach = np.cumsum(np.maximum(outlook.lists, 0) * near)
    u = uniforms(seed, Stream.POOL_PERSON, uid, 0, 4)[0, 0]
    return int(groups[min(int(np.searchsorted(reach, u * reach[-1], side="right")), groups.size - 1)])


def ready_month(diploma: npt.ArrayLike, noise: npt.ArrayLike, p: Parameters) -> Ints:
    """Month from which GPs are ready to own, from the month of the diploma and a standard normal (same shapes)."""
    years = p.number("careers.ready_years") * np.exp(p.number("careers.ready_spread") * np.asarray(noise))
    return np.asarray(np.asarray(diploma) + np.rint(years * 12)).astype(np.int64)


def _seats(region: Region, month: int, first: int) -> npt.NDArray[np.uint64]:
    return identify(Kind.POOL_GP, name_key(region.id), month, np.arange(first, first + _SEATS))


def _newcomer(uid: int, kind: int, outlook: Outlook, seed: int, p: Parameters) -> Newcomer:
    """Who comes on a seat of an origin (0 graduate, 1 mover, 2 locum)."""
    month = outlook.month
    u = np.concatenate([uniforms(seed, Stream.POOL_PERSON, uid, 0, k)[0] for k in range(3)])
    youngest, oldest = p.column("careers.diploma_age")
    years = -np.log1p(-u[1]) * p.column("careers.pool_age")[kind]
    age = youngest + (oldest - youngest) * u[0] + min(years, 25.0)
    diploma = month - round(min(years, 25.0) * 12)
    sex = int(u[2] < p.number("careers.women_entrants"))
    noise = float(normals(seed, Stream.POOL_PERSON, np.array([uid], np.uint64), 6)[0])
    return Newcomer(
        uid=uid,
        origin=_ORIGINS[kind],
        birth_month=month - round(age * 12),
        sex=sex,
        fte=entry_fte(p.column("careers.entry_fte"), sex, u[3]),
        home_node=home_by_people(outlook.people, u[4]),
        diploma_month=diploma,
        tie=bool(u[5] < p.number("careers.family_tie")),
        trained_here=False,
        wants_to_own=bool(u[6] < p.number("careers.wish_to_own")),
        ready_month=int(ready_month(diploma, noise, p)),
    )


def entry_fte(level: Floats, sex: int, draw: float) -> float:
    """FTE from the mean of men, what women work less, and a step down, none or up."""
    return float(level[0] - level[1] * sex + level[2] * (np.floor(3 * draw) - 1))


def home_by_people(people: Ints, draw: float) -> int:
    """Node by inhabitants."""
    reach = np.cumsum(people)
    return min(int(np.searchsorted(reach, draw * reach[-1], side="right")), people.size - 1)


def _arrives(model: Any, gp: GP, outlook: Outlook) -> None:
    number = -1 if gp.practice is None else gp.practice.number
    model.ledger.log(outlook.day, "GP arrives", number, value=gp.fte, gp=gp.number, cause=gp.origin.words)
