"""From the plan to agents, and from agents to the arrays that a month runs on."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.gp import GP, GPRole
from sim.agents.post import Post
from sim.agents.practice import Practice
from sim.region.population import START_MONTH
from sim.region.practice_books import Books, make_books
from sim.region.practices import PracticePlan
from sim.region.region import Region

__all__ = ["books_from_agents", "build_agents", "gps_of", "posts_of", "practices_of"]


def build_agents(model: Any, plan: PracticePlan, region: Region, month: int = START_MONTH) -> None:
    """Make the model's practices, GPs and posts as planned; practice, GP and post numbers are those of the plan."""
    sites, staff = plan.sites, plan.staff.columns()
    seconds = plan.books.week_seconds[plan.books.practice_role_book[:, 2:]]
    practices = [
        Practice(
            model,
            number=p,
            uid=int(sites.uid[p]),
            node=int(sites.node[p]),
            municipality=int(sites.municipality[p]),
            x=float(sites.x[p]),
            y=float(sites.y[p]),
            group=int(plan.group[p]),
            registered=int(plan.list_size[p]),
            staff_fte=(float(staff[p, 0]), float(staff[p, 1]), float(staff[p, 2]), float(staff[p, 3])),
            staff_week_seconds=tuple(tuple(map(int, day)) for day in seconds[p]),
            month=month,
        )
        for p in range(plan.practices)
    ]
    for g in range(plan.gp_uid.size):
        mon, tue, wed, thu, fri = map(int, plan.gp_week_seconds[g])
        gp = GP(
            model,
            number=g,
            uid=int(plan.gp_uid[g]),
            role=GPRole.CHANGING_LOCUM,
            group=int(plan.gp_group[g]),
            birth_month=int(plan.gp_birth_month[g]),
            sex=int(plan.gp_sex[g]),
            fte=float(plan.gp_fte[g]),
            hours=float(plan.gp_hours[g]),
            agreed_hours=float(plan.gp_agreed_hours[g]),
            home_node=int(plan.gp_home_node[g]),
            week_seconds=(mon, tue, wed, thu, fri),
        )
        if plan.gp_practice[g] >= 0:
            practices[plan.gp_practice[g]].take_on(gp, GPRole(plan.gp_role[g]))
    for practice in practices:
        practice.direct_per_fte = sum(gp.direct_seconds for gp in practice.gps) / sum(gp.fte for gp in practice.gps)
    people = np.bincount(region.node_post, weights=region.node_population, minlength=len(region.post_name))
    for k, name in enumerate(region.post_name):
        Post(
            model,
            number=k,
            name=name,
            organisation=int(region.post_organisation[k]),
            node=int(region.post_node[k]),
            x=float(region.post_x[k]),
            y=float(region.post_y[k]),
            population=int(people[k]),
        )


def practices_of(model: Any) -> list[Practice]:
    """The model's practices by number."""
    return sorted(model.agents_by_type.get(Practice, ()), key=lambda one: one.number)


def gps_of(model: Any) -> list[GP]:
    """The model's GPs by number."""
    return sorted(model.agents_by_type.get(GP, ()), key=lambda one: one.number)


def posts_of(model: Any) -> list[Post]:
    """The model's posts by number."""
    return sorted(model.agents_by_type.get(Post, ()), key=lambda one: one.number)


def books_from_agents(model: Any) -> Books:
    """The appointment books as the agents stand now.

    Raises:
        ValueError: the practices' numbers have gaps (a practice that ends stays, closed).
    """
    practices, gps = practices_of(model), gps_of(model)
    if [practice.number for practice in practices] != list(range(len(practices))):
        raise ValueError("practice numbers must run from 0 without gaps; keep closed practices as agents")
    regular = [gp for practice in practices for gp in practice.gps]
    group = np.array([practice.group for practice in practices], np.int16)
    locums = [gp for gp in gps if not gp.is_regular]
    groups = 1 + max([int(group.max(initial=0)), *(gp.group for gp in locums)])
    pooled = np.zeros((groups, 5), np.int64)
    for gp in locums:
        pooled[gp.group] += gp.week_seconds
    index = {id(gp): k for k, gp in enumerate(gps)}
    return make_books(
        practice_uid=np.array([practice.uid for practice in practices], np.uint64),
        practice_group=group,
        practice_list=np.array([practice.registered for practice in practices], np.int32),
        gp_uid=np.array([gp.uid for gp in regular], np.uint64),
        gp_practice=np.array([gp.practice.number for gp in regular if gp.practice is not None], np.int16),
        gp_index=np.array([index[id(gp)] for gp in regular], np.int32),
        gp_seconds=np.array([gp.week_seconds for gp in regular], np.int32).reshape(-1, 5),
        staff_seconds=np.array([practice.staff_week_seconds for practice in practices], np.int32).reshape(-1, 4, 5),
        locum_day_seconds=pooled,
    )
