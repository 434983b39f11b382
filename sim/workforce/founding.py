"""New practices: where somebody wants to own, premises exist and people lack a GP."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP, GPRole
from sim.agents.parties import Municipality
from sim.agents.practice import Practice, Premises
from sim.agents.staffing import practices_of
from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_sites import name_key
from sim.region.practice_staff import net_direct_seconds, staff_seconds
from sim.workforce.local import of_municipality
from sim.workforce.matching import gumbel
from sim.workforce.outlook import Outlook
from sim.workforce.parties import parties_of
from sim.workforce.premises import enlarged, new_premises, on_the_market, tiny_found, tiny_premises
from sim.workforce.takeover import begin_as_owner
from sim.workforce.vacancies import Founding, Month

__all__ = ["chance_of_attempt", "found", "new_list_room", "open_practice"]


_NEARLY = 0.9  # of the list that fits in: full


def chance_of_attempt(regional_load: float, p: Parameters) -> float:
    """Chance that somebody tries to start a practice this month; more under load."""
    slope, least, most = p.column("succession.founding_load")
    factor = float(np.clip(1.0 + slope * (regional_load - 1.0), least, most))
    return p.number("succession.founding_attempts") * factor / 12.0


def found(month: Month) -> None:
    """Let a would-be owner try to start a practice this month, and another one a tiny practice."""
    p, seed, now = month.p, month.seed, month.now
    key = name_key(month.model.region.id)
    if uniforms(seed, Stream.FOUNDING, key, now)[0, 0] < chance_of_attempt(month.outlook.regional_load, p):
        gp = _founder(month, now, 1)
        place = None if gp is None else _place(month, gp)
        if gp is not None and place is not None:
            town = place[1]
            people = p.number("succession.new_list_norm") * month.outlook.norm_list * gp.fte
            premises = town.let_premises() if town.free else new_premises(people, p)
            _begin(month, gp, place, premises, round(people))
    attempts = p.number("succession.tiny_attempts")
    if attempts > 0.0 and uniforms(seed, Stream.FOUNDING, key, now, 2)[0, 0] < attempts / 12.0:
        _found_tiny(month)
    _enlarge(month)


def _found_tiny(month: Month) -> None:
    """A practice in a few cheap rooms, with a low ceiling: also for who would be ready for another one only later."""
    p = month.p
    gp = _founder(month, month.now + round(p.number("succession.tiny_ready")), 3)
    place = None if gp is None else _tiny_place(month, gp)
    if gp is not None and place is not None:
        premises = tiny_premises(p)
        people = p.number("succession.new_list_norm") * month.outlook.norm_list * gp.fte
        _begin(month, gp, place, premises, min(round(people), premises.most_people))


def _enlarge(month: Month) -> None:
    """Tiny practices that have been full since long rent the rooms beside them, once."""
    p = month.p
    for one in month.practices:
        if not one.premises.most_people or one.closed_since is not None or one.founded is None:
            continue
        months, people = p.column("succession.tiny_enlarged")
        full = one.registered >= _NEARLY * one.premises.most_people
        first = one.premises.square_metres <= p.number("parties.tiny_square_metres")
        if full and first and one.owners and month.now - one.founded >= months:
            one.premises = enlarged(one.premises, round(people), p)


def _founder(month: Month, ready_by: int, draw: int) -> GP | None:
    """A would-be owner who is ready by a month, drawn from all."""
    begins = {one.gp.uid for one in month.outcome.foundings}
    ready = [
        gp
        for gp in month.gps
        if gp.looks_for_practice(ready_by) and gp.stop_month is None and not gp.is_away and gp.uid not in begins
    ]  # fmt: skip
    if not ready:
        return None
    luck = uniforms(month.seed, Stream.FOUNDING, np.array([gp.uid for gp in ready], np.uint64), month.now, draw)
    return ready[int(np.lexsort((luck[:, 1], -gumbel(luck[:, 0])))[0])]


def _begin(month: Month, gp: GP, place: tuple[int, Municipality], premises: Premises, people: int) -> None:
    """Put a new practice down somewhere near the node."""
    p, region = month.p, month.model.region
    node, town = place
    uid = int(identify(Kind.PRACTICE, gp.uid, month.now, 0))
    spot = uniforms(month.seed, Stream.PREMISES, uid, month.now, 2)[0]
    reach = float(region.node_radius[node]) * p.number("practices.scatter") * float(np.sqrt(spot[0]))
    month.outcome.foundings.append(
        Founding(
            uid=uid,
            gp=gp,
            node=node,
            municipality=town.number,
            x=float(region.node_x[node] + reach * np.cos(2.0 * np.pi * spot[1])),
            y=float(region.node_y[node] + reach * np.sin(2.0 * np.pi * spot[1])),
            premises=premises,
            most_people=people,
            people_a_month=round(p.number("succession.new_list_pace")),
        )
    )
    month.outcome.new_owners.append(gp)


def _place(month: Month, gp: GP) -> tuple[int, Municipality] | None:
    """Node where a GP would start, if premises can be found in its municipality."""
    towns = parties_of(month.model).municipalities
    node = _best_node(month, gp, month.p.number("succession.founding_need"))
    if node < 0:
        return None
    town = towns[int(month.model.region.node_municipality[node])]
    own = of_municipality(month.model, town.number, month.p)
    market = town.free or on_the_market(town.name, 1900 + month.now // 12, month.seed, own)
    return (node, town) if market else None


def _tiny_place(month: Month, gp: GP) -> tuple[int, Municipality] | None:
    """Node where a GP would start a tiny practice, among the municipalities that have room for one this year."""
    towns = parties_of(month.model).municipalities
    year = 1900 + month.now // 12
    found = [
        tiny_found(one.name, year, month.seed, of_municipality(month.model, one.number, month.p)) for one in towns
    ]  # fmt: skip
    home = month.model.region.node_municipality.astype(np.int64)
    node = _best_node(month, gp, month.p.number("succession.tiny_need"), np.array(found, np.bool_)[home])
    return (node, towns[int(home[node])]) if node >= 0 else None


def _best_node(month: Month, gp: GP, need: float, among: npt.NDArray[np.bool_] | None = None) -> int:
    """Node where people without a GP within reach, at least ``need``, weigh most against travel from home; -1 none."""
    p, region, outlook = month.p, month.model.region, month.outlook
    near = region.car_minutes <= p.number("succession.founding_reach")
    lacking = near @ outlook.without_gp.astype(np.float64)
    fits = (lacking >= need) & (region.node_population >= p.number("practices.village_minimum"))
    if among is not None:
        fits &= among
    if not fits.any():
        return -1
    minutes = region.car_minutes[gp.home_node].astype(np.float64)
    score = np.log(np.maximum(lacking, 1.0)) - p.number("succession.founding_travel") * minutes / 10.0
    return int(np.argmax(np.where(fits, score, -np.inf)))


def open_practice(
    model: Any, founding: Founding, number: int, group: int, outlook: Outlook, seed: int, p: Parameters
) -> Practice:
    """Open a new practice with an empty list: the founder begins as owner, with staff for the list to come.

    Raises:
        ValueError: the number is not the next one.
    """
    if number != len(practices_of(model)):
        raise ValueError(f"the next practice has number {len(practices_of(model))}, not {number}")
    people = founding.most_people
    fte = np.array(
        [
            p.number("practices.assistant_fte") * people / 1000,
            p.number("practices.somatic_nurse_fte") * people / 1000,
            p.number("practices.mental_nurse_fte") * people / 1000,
            0.0,
        ]
    )
    week = staff_seconds(fte[None, :], np.array([founding.uid], np.uint64), p, seed)[0]
    role = GPRole.OWNER
    practice = Practice(
        model,
        number=number,
        uid=founding.uid,
        node=founding.node,
        municipality=founding.municipality,
        x=founding.x,
        y=founding.y,
        group=group,
        registered=0,
        staff_fte=(float(fte[0]), float(fte[1]), float(fte[2]), float(fte[3])),
        staff_week_seconds=tuple(tuple(map(int, day)) for day in week),
        month=outlook.month,
        founded=outlook.month,
        premises=founding.premises,
        direct_per_fte=float(net_direct_seconds(p)[role] / p.column("practices.fte_by_role")[role]),
    )
    begin_as_owner(founding.gp, practice, 0, outlook.month, seed, p)
    model.ledger.log(outlook.day, "practice opens", number, float(people), gp=founding.gp.number)
    return practice


def new_list_room(practice: Practice, founding: Founding) -> int:
    """People whom a new practice takes on this month."""
    return max(0, min(founding.people_a_month, founding.most_people - practice.registered))
