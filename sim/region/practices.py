"""Practices at the start: where they stand, whom they serve, who works there.

The order is the order in which things depend on each other: places and forms, list sizes, registered people, then
GPs and staff *given* the list (list per FTE varies by about a quarter between practices, load by about 5 %), then each
person's usual GP. Everything is a function of the region and the seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.population import START_MONTH
from sim.region.practice_books import Books, make_books
from sim.region.practice_lists import (
    Homes,
    Residents,
    balance,
    catchments,
    draw_targets,
    find_cells,
    find_homes,
    register,
    shores_served,
)
from sim.region.practice_sites import (
    Floats,
    Ids,
    Ints,
    Sites,
    choose_forms,
    local_groups,
    name_key,
    normals,
    place_practices,
)
from sim.region.practice_staff import (
    HOUR,
    GPRole,
    Staff,
    draw_ages,
    draw_fte,
    draw_staff,
    locum_heads,
    net_direct_seconds,
    phone_lines,
    seat_gps,
    share_owners,
    spread_over_weekdays,
    staff_seconds,
    work_days,
)
from sim.region.region import Region
from sim.region.traits import keyed, keyed_row
from sim.region.travel import journey

__all__ = ["Denominator", "PracticePlan", "denominators", "make_practices", "supplied_hours"]

_RAKING_ROUNDS = 20
_SAME_SIZE = 0.05  # a few percent of growth since the levels were counted change no number of practices
_MINUTE_PARTS = 60_000  # minutes are summed as whole milliseconds, so that no order of rows changes a sum


@dataclass(frozen=True)
class PracticePlan:
    """Practices (P), GPs (all of them, regular ones first; G regular, A in all), local groups (K) and books (R)."""

    sites: Sites
    form: npt.NDArray[np.int8]
    """0 solo, 1 duo, 2 group (P,)."""
    target_list: Floats
    """List aimed at (P,)."""
    list_size: npt.NDArray[np.int32]
    """Registered people (P,)."""
    expected_minutes: Floats
    """GP minutes that the registered people are expected to ask, in the unit given (P,)."""
    group: npt.NDArray[np.int16]
    """Local group (P,)."""
    staff: Staff
    phone_lines: npt.NDArray[np.int16]
    """Telephone lines open by hour of a working day (P, 24)."""

    gp_uid: Ids
    gp_practice: npt.NDArray[np.int16]
    """Practice (A,), -1 for changing locums."""
    gp_group: npt.NDArray[np.int16]
    """Local group (A,)."""
    gp_role: npt.NDArray[np.int8]
    """``GPRole`` (A,)."""
    gp_birth_month: npt.NDArray[np.int16]
    gp_sex: npt.NDArray[np.uint8]
    gp_fte: Floats
    gp_hours: Floats
    """Hours worked a week, all work (A,)."""
    gp_agreed_hours: Floats
    """Hours a week wished (owners, locums) or contracted (employed GPs) (A,)."""
    gp_home_node: npt.NDArray[np.int16]
    gp_direct_seconds: npt.NDArray[np.int32]
    """Daytime patient seconds a working week, out-of-hours duty not included (A,)."""
    gp_week_seconds: npt.NDArray[np.int32]
    """The same by weekday (A, 5)."""
    gp_duty_share: Floats
    """Share of the region's out-of-hours duty that the GP owes (A,): the list, shared by the practice's owners."""

    locum_seconds_per_week: npt.NDArray[np.int64]
    """Daytime patient seconds a working week of each group's changing locums (K,)."""
    books: Books
    inhabitants: int

    @property
    def practices(self) -> int:
        """Number of practices."""
        return self.form.size

    @property
    def regular(self) -> int:
        """Number of regular GPs: GPs 0 up to this."""
        return int(np.count_nonzero(self.gp_role != GPRole.CHANGING_LOCUM))


def make_practices(
    region: Region,
    people: Residents,
    parameters: Parameters,
    seed: int,
    expected_gp_minutes: npt.NDArray[np.floating[Any]],
    month: int = START_MONTH,
    scale: float = 1.0,
) -> PracticePlan:
    """Make the practices of a region and register its people with them.

    Writes ``practice``, ``usual``, ``search``, ``search_since`` and ``wants_other`` of everybody alive.

    Args:
        expected_gp_minutes: GP minutes that each person asks in a year (rows of ``people``; any unit does).
        month: month index of the start.
        scale: of the inhabitants against the real number; ways to practices are shorter by its root (``journey``).

    Raises:
        ValueError: nobody lives in the region, or its start levels do not fit together.
    """
    homes = find_homes(people)
    inhabitants = homes.rows.size
    if not inhabitants:
        raise ValueError("nobody lives in the region; make its people before its practices")
    practices, regular, changing = _counts(region, parameters, inhabitants)
    sites = place_practices(region, parameters, practices, seed, month)
    cells = find_cells(region, homes, sites, scale)
    pull = np.exp(-parameters.number("practices.gravity") * cells.minutes)
    without = _without(region)
    registered = cells.people * (1.0 - without[cells.node])

    place = np.asarray(region.node_place, np.int64)[sites.node]
    place_people = np.bincount(region.node_place, weights=region.node_population)[place]
    around = catchments(pull, registered, np.ones(practices))
    form, heads = choose_forms(sites, around, place_people, regular, parameters, seed)
    shore = shores_served(region, cells, sites)
    target = draw_targets(sites, form, heads, pull, registered, shore, parameters, seed)
    flow = balance(pull, registered, target)
    register(people, homes, cells, flow, without, parameters, seed, month)

    chosen = people.practice[homes.rows].astype(np.int64)
    served = chosen >= 0
    list_size = np.bincount(chosen[served], minlength=practices)
    parts = np.rint(np.asarray(expected_gp_minutes, np.float64)[homes.rows] * _MINUTE_PARTS)
    minutes = np.bincount(chosen[served], weights=parts[served], minlength=practices) / _MINUTE_PARTS

    at = (sites.node[:, None], sites.x[:, None], sites.y[:, None])
    between = journey(region, *at, sites.node, sites.x, sites.y, scale)[1].astype(np.float64)
    group = local_groups(between, parameters.number("practices.local_group_size"))
    staff = draw_staff(sites.uid, list_size.astype(np.float64), inhabitants, parameters, seed)
    gps = _make_gps(region, sites, form, heads, list_size, minutes, group, changing, parameters, seed, month)
    weeks, groups = gps["gp_week_seconds"], int(group.max()) + 1
    locum = gps["gp_role"] == GPRole.CHANGING_LOCUM
    pooled = np.zeros((groups, 5), np.int64)
    np.add.at(pooled, gps["gp_group"][locum], weeks[locum].astype(np.int64))
    books = make_books(
        practice_uid=sites.uid,
        practice_group=group,
        practice_list=list_size.astype(np.int32),
        gp_uid=gps["gp_uid"][~locum],
        gp_practice=gps["gp_practice"][~locum],
        gp_index=np.flatnonzero(~locum).astype(np.int32),
        gp_seconds=weeks[~locum],
        staff_seconds=staff_seconds(staff.columns(), sites.uid, parameters, seed),
        locum_day_seconds=pooled,
    )
    _choose_usual(people, homes, books, gps["gp_direct_seconds"], parameters, seed)
    return PracticePlan(
        sites=sites,
        form=form,
        target_list=target,
        list_size=list_size.astype(np.int32),
        expected_minutes=minutes,
        group=group,
        staff=staff,
        phone_lines=phone_lines(staff.assistant, parameters),
        locum_seconds_per_week=pooled.sum(axis=1),
        books=books,
        inhabitants=inhabitants,
        **gps,
    )


def _setting(region: Region, name: str) -> float | None:
    """A start level of the region, None where it gives none."""
    return region.setting(name) if name in region.settings else None


def _counts(region: Region, parameters: Parameters, inhabitants: int) -> tuple[int, int, int]:
    """Practices, regular GPs and changing locums: the region's own levels, else national densities.

    A region's levels hold for its published population; a region made at another size has them in proportion.
    """
    size = inhabitants / max(float(np.asarray(region.node_population).sum()), 1.0)
    size = 1.0 if abs(size - 1.0) < _SAME_SIZE else size
    level = _setting(region, "practices")
    count = inhabitants / parameters.number("practices.inhabitants_per_practice") if level is None else level * size
    level = _setting(region, "gps_regular")
    density = parameters.number("practices.regular_gps_per_10000") / 10_000
    regular = inhabitants * density if level is None else level * size
    owner, employed, changing = parameters.column("practices.role_share")
    level = _setting(region, "gps_changing_locum")
    locums = regular * changing / (owner + employed) if level is None else level * size
    practices = max(1, round(count))
    return practices, max(practices, round(regular)), round(locums)


def _without(region: Region) -> Floats:
    """Share of people without a GP by node (N,)."""
    share = np.array([town.without_gp.value for town in region.municipalities])
    return np.asarray(share[region.node_municipality])


def _make_gps(
    region: Region,
    sites: Sites,
    form: npt.NDArray[np.int8],
    heads: Ints,
    list_size: Ints,
    minutes: Floats,
    group: npt.NDArray[np.int16],
    changing: int,
    parameters: Parameters,
    seed: int,
    month: int,
) -> dict[str, Any]:
    """The columns of :class:`PracticePlan` that begin with ``gp_``."""
    owner_share, employed_share, _ = parameters.column("practices.role_share")
    regular = int(heads.sum())
    all_gps = regular + changing
    known = _setting(region, "gps_owner")
    part = owner_share / (owner_share + employed_share) if known is None else known / region.setting("gps_regular")
    owners = round(part * regular)
    # where both bases agree: the published one counts all GPs
    if known is None and abs(all_gps * owner_share - owners) < 1.0:
        owners = round(all_gps * owner_share)
    owners = min(max(owners, form.size), regular)
    per_practice = share_owners(form, heads, owners, sites.uid, parameters, seed)
    team = seat_gps(sites.uid, heads, per_practice, parameters, seed, month)
    asked = np.bincount(group, weights=minutes)
    per_group = locum_heads(changing, asked)
    locum_uid = identify(Kind.GP, name_key(region.id), month, np.arange(changing))
    uid = np.concatenate([team.uid, locum_uid])
    role = np.concatenate([team.role, np.full(changing, GPRole.CHANGING_LOCUM)]).astype(np.int8)
    practice = np.concatenate([team.practice, np.full(changing, -1)]).astype(np.int16)
    gp_group = np.concatenate([group[team.practice], np.repeat(np.arange(per_group.size), per_group)]).astype(np.int16)
    birth, sex = draw_ages(uid, role, parameters, seed, month)

    over = _setting(region, "list_over_norm") or parameters.number("practices.list_over_norm")
    per_fte = parameters.number("practices.norm_list") * over
    fte = np.empty(all_gps)
    fte[:regular] = draw_fte(team, sex[:regular], sites.uid, list_size.astype(np.float64), per_fte, parameters, seed)
    by_role, by_sex = parameters.column("practices.fte_by_role"), parameters.column("practices.fte_by_sex")
    if changing:
        fte[regular:] = by_sex[sex[regular:]]
        fte[regular:] *= by_role[GPRole.CHANGING_LOCUM] / fte[regular:].mean()

    direct = _direct_seconds(team.practice, role, fte, minutes, gp_group, asked, per_group, sites.uid, parameters, seed)
    days = work_days(fte, direct)
    seconds = np.rint(direct).astype(np.int64)
    week = np.empty((all_gps, 5), np.int32)
    week[:regular] = spread_over_weekdays(
        seconds[:regular], days[:regular], team.practice.astype(np.int64), team.uid, Stream.GP, parameters, seed
    )
    week[regular:] = spread_over_weekdays(
        seconds[regular:], days[regular:], gp_group[regular:].astype(np.int64), locum_uid, Stream.GP, parameters, seed
    )
    mean_fte = np.array([fte[role == r].mean() if np.any(role == r) else 1.0 for r in GPRole])
    hours = parameters.column("practices.week_hours")[role] * fte / mean_fte[role]
    mean, spread = parameters.column("practices.wished_hours")
    wish = np.clip(mean + spread * normals(seed, Stream.GP, uid, 5), 0.5, 1.2)
    duty = np.where(role == GPRole.OWNER, list_size[practice] / np.maximum(per_practice[practice], 1), 0.0)
    return {
        "gp_uid": uid,
        "gp_practice": practice,
        "gp_group": gp_group,
        "gp_role": role,
        "gp_birth_month": birth,
        "gp_sex": sex,
        "gp_fte": fte,
        "gp_hours": hours,
        "gp_agreed_hours": hours * wish,
        "gp_home_node": _homes(region, sites, practice, uid, parameters, seed),
        "gp_direct_seconds": seconds.astype(np.int32),
        "gp_week_seconds": week,
        "gp_duty_share": duty / duty.sum(),
    }


def _direct_seconds(
    gp_practice: npt.NDArray[np.int16],
    role: npt.NDArray[np.int8],
    fte: Floats,
    minutes: Floats,
    gp_group: npt.NDArray[np.int16],
    asked: Floats,
    per_group: Ints,
    practice_uid: Ids,
    parameters: Parameters,
    seed: int,
) -> Floats:
    """Daytime patient seconds a working week of each GP.

    The regional total of the regular GPs is the published supply; a practice gets it in proportion to the minutes its
    list asks, times a load that varies by a few percent, and its GPs share it by role and FTE. The changing locums'
    total is shared over the groups that have any, in proportion to the minutes asked.
    """
    net = net_direct_seconds(parameters)
    regular = gp_practice.size
    spread = np.sqrt(np.log1p(parameters.number("practices.load_cv") ** 2))
    need = minutes * np.exp(spread * normals(seed, Stream.PRACTICE, practice_uid, 11))
    need *= net[role[:regular]].sum() / need.sum()
    mean_fte = np.array([fte[role == r].mean() if np.any(role == r) else 1.0 for r in GPRole])
    weight = net[role] * fte / mean_fte[role]
    out = np.empty(role.size)
    goal = np.bincount(role[:regular], minlength=3) * net[:3]
    for _ in range(_RAKING_ROUNDS):  # role totals towards the published ones, then practice totals exactly
        total = np.bincount(gp_practice, weights=weight[:regular], minlength=need.size)
        out[:regular] = (need / total)[gp_practice] * weight[:regular]
        held = np.bincount(role[:regular], weights=out[:regular], minlength=3)
        weight[:regular] *= (goal / np.maximum(held, 1.0))[role[:regular]]
    if role.size > regular:
        pool = np.where(per_group > 0, asked, 0.0)
        pool *= net[role[regular:]].sum() / pool.sum()
        held = np.bincount(gp_group[regular:], weights=weight[regular:], minlength=pool.size)
        out[regular:] = weight[regular:] * (pool / np.maximum(held, 1e-9))[gp_group[regular:]]
    return out


def _homes(
    region: Region, sites: Sites, practice: npt.NDArray[np.int16], uid: Ids, parameters: Parameters, seed: int
) -> npt.NDArray[np.int16]:
    """Node where each GP lives: near the practice where people live; changing locums anywhere people live."""
    people = np.asarray(region.node_population, np.float64)
    near = np.exp(-parameters.number("practices.home_near") * np.asarray(region.car_minutes, np.float64))
    weight = np.where((practice >= 0)[:, None], people * near[sites.node[practice]], people[None, :])
    reach = np.cumsum(weight, axis=1)
    u = uniforms(seed, Stream.GP, uid, 0, 2)[:, 0]
    return np.minimum((u[:, None] * reach[:, -1:] >= reach).sum(axis=1), people.size - 1).astype(np.int16)


def _choose_usual(
    people: Residents, homes: Homes, books: Books, direct: npt.NDArray[np.int32], parameters: Parameters, seed: int
) -> None:
    """Usual GP within the practice, in proportion to the GPs' hours; a household mostly shares one."""
    rows = homes.rows
    practice = people.practice[rows].astype(np.int64)
    served = practice >= 0
    home = keyed_row(seed, Stream.REGISTRATION_START, homes.uid, 0, 0, 2)
    own = keyed(seed, Stream.REGISTRATION_START, people.uid[rows], 0, 3)
    shared = own[0] < parameters.number("practices.same_usual")
    u = np.where(shared, home[homes.of_person], own[1])
    gp_books = books.practice_gp_books
    reach = np.cumsum(np.where(gp_books >= 0, direct[np.maximum(gp_books, 0)], 0), axis=1)
    place = (u[served][:, None] * reach[practice[served], -1:] >= reach[practice[served]]).sum(axis=1)
    usual = np.full(rows.size, -1, np.int64)
    heads = (gp_books >= 0).sum(axis=1)
    usual[served] = gp_books[practice[served], np.minimum(place, heads[practice[served]] - 1)]
    people.usual[rows] = usual


class Denominator(NamedTuple):
    """One way to count patients per GP."""

    name: str
    patients: int
    """Registered people."""
    divisor: float
    """What they are divided by (FTE or persons)."""
    value: float
    """Patients per unit of the divisor."""
    published: float | None
    """Published figure that counts the same way, None when there is none."""
    note: str


def denominators(plan: PracticePlan, parameters: Parameters) -> list[Denominator]:
    """Registered patients per GP, counted in each of the ways in use; every table should name which one it takes."""
    listed = int(plan.list_size.sum())
    role = plan.gp_role
    owner = float(plan.gp_fte[role == GPRole.OWNER].sum())
    counted = float(plan.gp_fte[role <= GPRole.EMPLOYED].sum())
    regular = float(plan.gp_fte[role <= GPRole.FIXED_LOCUM].sum())
    norm = parameters.number("practices.norm_list")
    per_owner, per_counted, per_all, per_practice = parameters.column("practices.published_lists").tolist()
    rows: list[tuple[str, float, float | None, str]] = [
        ("norm list size", listed / norm, norm, "the norm per full-time GP; the divisor is the number of norm lists"),
        ("per FTE owner", owner, per_owner, "published with another FTE (1.39 a practice) than ours (0.76 a head)"),
        ("per FTE owner + employed", counted, per_counted, "the one to hold against the norm; no fixed locums"),
        ("per FTE regular GP", regular, None, "owners, employed GPs and fixed locums"),
        ("per FTE of all GPs", float(plan.gp_fte.sum()), per_all, "changing locums included"),
        ("per regular GP", float(plan.regular), None, "persons"),
        ("per practice", float(plan.practices), per_practice, "practices"),
    ]
    return [Denominator(name, listed, by, listed / by, published, note) for name, by, published, note in rows]


def supplied_hours(plan: PracticePlan) -> Floats:
    """Daytime patient hours a working week by role (4,), before leave."""
    return np.bincount(plan.gp_role, weights=plan.gp_direct_seconds, minlength=len(GPRole)) / HOUR
