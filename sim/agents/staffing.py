"""From the plan to agents, and the agents of a model in their order."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import numpy as np

from sim.agents.gp import GP, GPRole
from sim.agents.post import Post
from sim.agents.practice import Practice
from sim.region.population import START_MONTH
from sim.region.practices import PracticePlan
from sim.region.region import Region

__all__ = ["build_agents", "gps_of", "posts_of", "practices_of"]

_NUMBER = attrgetter("number")


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
        post = Post(
            model,
            number=k,
            name=name,
            organisation=int(region.post_organisation[k]),
            node=int(region.post_node[k]),
            x=float(region.post_x[k]),
            y=float(region.post_y[k]),
            population=int(people[k]),
        )
        if not region.post_open[k]:
            post.close_for_good(month)


def practices_of(model: Any) -> list[Practice]:
    """The model's practices by number."""
    return sorted(model.agents_by_type.get(Practice, ()), key=_NUMBER)


def gps_of(model: Any) -> list[GP]:
    """The model's GPs by number."""
    return sorted(model.agents_by_type.get(GP, ()), key=_NUMBER)


def posts_of(model: Any) -> list[Post]:
    """The model's posts by number."""
    return sorted(model.agents_by_type.get(Post, ()), key=_NUMBER)
