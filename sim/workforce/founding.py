"""New practices: where somebody wants to own, premises exist and people lack a GP."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.gp import GP, GPRole
from sim.agents.parties import Municipality
from sim.agents.practice import Practice
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
from sim.workforce.premises import new_premises, on_the_market
from sim.workforce.takeover import begin_as_owner
from sim.workforce.vacancies import Founding, Month

__all__ = ["chance_of_attempt", "found", "new_list_room", "open_practice"]


def chance_of_attempt(regional_load: float, p: Parameters) -> float:
    """Chance that somebody tries to start a practice this month; more under load."""
    slope, least, most = p.column("succession.founding_load")
    factor = float(np.clip(1.0 + slope * (regional_load - 1.0), least, most))
    return p.number("succession.founding_attempts") * factor / 12.0


def found(month: Month) -> None:
    """Let a would-be owner try to start a practice this month."""
    p, region = month.p, month.model.region
    draw = uniforms(month.seed, Stream.FOUNDING, name_key(region.id), month.now)[0, 0]
    if draw >= chance_of_attempt(month.outlook.regional_load, p):
        return
    ready = [gp for gp in month.gps if gp.looks_for_practice(month.now) and gp.stop_month is None and not gp.is_away]
    if not ready:
        return
    luck = uniforms(month.seed, Stream.FOUNDING, np.array([gp.uid for gp in ready], np.uint64), month.now, 1)
    gp = ready[int(np.lexsort((luck[:, 1], -gumbel(luck[:, 0])))[0])]
    place = _place(month, gp)
    if place is None:
        return
    node, town = place
    people = p.number("succession.new_list_norm") * month.outlook.norm_list * gp.fte
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
            premises=town.let_premises() if town.free else new_premises(people, p),
            most_people=round(people),
            people_a_month=round(p.number("succession.new_list_pace")),
        )
    )
    month.outcome.new_owners.append(gp)


def _place(month: Month, gp: GP) -> tuple[int, Municipality] | None:
    """Node where a GP would start, if premises can be found in its municipality.

    People without a GP within reach weigh against travel from home.
    """
    p, region, outlook = month.p, month.model.region, month.outlook
    towns = parties_of(month.model).municipalities
    year = 1900 + month.now // 12
    near = region.car_minutes <= p.number("succession.founding_reach")
    lacking = near @ outlook.without_gp.astype(np.float64)
    home = region.node_municipality.astype(np.int64)
    fits = (
        (lacking >= p.number("succession.founding_need"))
        & (region.node_population >= p.number("practices.village_minimum"))
    )  # fmt: skip
    if not fits.any():
        return None
    minutes = region.car_minutes[gp.home_node].astype(np.float64)
    score = np.log(np.maximum(lacking, 1.0)) - p.number("succession.founding_travel") * minutes / 10.0
    node = int(np.argmax(np.where(fits, score, -np.inf)))
    town = towns[int(home[node])]
    own = of_municipality(month.model, town.number, p)
    return (node, town) if town.free or on_the_market(town.name, year, month.seed, own) else None


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
