"""What is known of a question: the glances of its runs, and what they come to over pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from experiments.compare.comparison import Contrast, Costs, Course, GroupContrast
from experiments.compare.drive import HEADLINE, group_labels
from experiments.compare.findings import contrasts, costs, courses, group_contrasts
from experiments.compare.request import Request
from experiments.compare.samples import group_samples, samples
from experiments.glance import Glance
from experiments.runs.reading import GROUPED_BY
from sim.indicators.catalogue import INDICATORS

__all__ = ["Answer", "answer_of"]


@dataclass(frozen=True, eq=False)
class Answer:
    """What some pairs of runs say.

    Attributes:
        request: what was asked.
        names: of the scenarios, the base first.
        share: part of the region that was simulated; numbers of a sample that add up are brought to the whole region.
        pairs: number of pairs.
        finished: whether all years are simulated.
        glances: by scenario and pair.
        contrasts: headline indicators against the base.
        every: all indicators against the base.
        groups: headline indicators by group, when all years are simulated.
        courses: headline indicators by year.
        costs: of the plans, when all years are simulated.
    """

    request: Request
    names: tuple[str, ...]
    share: float
    pairs: int
    finished: bool
    glances: tuple[tuple[Glance, ...], ...]
    contrasts: tuple[Contrast, ...]
    every: tuple[Contrast, ...]
    groups: tuple[GroupContrast, ...]
    courses: tuple[Course, ...]
    costs: tuple[Costs, ...]


def answer_of(request: Request, glances: Sequence[Sequence[Glance]], share: float) -> Answer:
    """The answer of runs that have simulated the same years.

    Args:
        request: what was asked.
        glances: by scenario, the base first, and pair.
        share: part of the region that they simulate.
    """
    arms, pairs = len(glances), len(glances[0])
    finished = all(one.finished for arm in glances for one in arm)
    years = min(len(one.years) for arm in glances for one in arm)
    where = {f"{arm}-{pair}": (arm, pair) for arm in range(arms) for pair in range(pairs)}
    sets = np.zeros(pairs, np.int64)
    shape = (arms, pairs)
    names = request.names
    if not years:
        return Answer(request, names, share, pairs, False, _frozen(glances), (), (), (), (), ())
    table = _whole(_keyed(glances, "indicators", years), share)
    ids = [id for id in INDICATORS if id in set(pc.unique(table["id"]).to_pylist())]
    all_values = samples(table, where, ids, shape)
    head = samples(table, where, [id for id in HEADLINE if id in ids], shape)
    groups: list[GroupContrast] = []
    paid: list[Costs] = []
    if finished:
        own = _whole(_keyed(glances, "groups", years), share)
        for by in GROUPED_BY:
            found = group_samples(own, where, [id for id in HEADLINE if by in INDICATORS[id].by], shape, by)
            groups += group_contrasts(found, group_labels(request.base.region, by), names, 1, sets)
        paid = costs(_paid(glances, share), _care(glances, share), head, names, sets)
    return Answer(
        request, names, share, pairs, finished, _frozen(glances),
        tuple(contrasts(head, names, 1, sets)), tuple(contrasts(all_values, names, 1, sets)), tuple(groups),
        tuple(courses(head, names, sets)), tuple(paid),
    )  # fmt: skip


def _frozen(glances: Sequence[Sequence[Glance]]) -> tuple[tuple[Glance, ...], ...]:
    return tuple(tuple(arm) for arm in glances)


def _keyed(glances: Sequence[Sequence[Glance]], name: str, years: int) -> pa.Table:
    """Tables of all runs with their place as key, over the years that all know."""
    parts = []
    for arm, own in enumerate(glances):
        for pair, one in enumerate(own):
            table: pa.Table = getattr(one, name)
            if one.years:
                table = table.filter(pc.less_equal(table["year"], pa.scalar(one.years[years - 1], pa.int16())))
            parts.append(table.append_column("key", pa.array([f"{arm}-{pair}"] * table.num_rows, pa.string())))
    return pa.concat_tables(parts)


def _whole(table: pa.Table, share: float) -> pa.Table:
    """Numbers that add up, of a sample, as of the whole region."""
    if share == 1.0:
        return table
    adds_up = pc.and_(pc.is_null(table["bottom"]), pc.is_valid(table["top"]))
    value = pc.if_else(adds_up, pc.divide(table["value"], pa.scalar(share)), table["value"])
    return table.set_column(table.schema.get_field_index("value"), "value", value)


def _paid(glances: Sequence[Sequence[Glance]], share: float) -> dict[str, npt.NDArray[np.float64]]:
    shape = (len(glances), len(glances[0]))
    paid: dict[str, npt.NDArray[np.float64]] = {}
    for arm, own in enumerate(glances):
        for pair, one in enumerate(own):
            for row in one.costs.to_pylist():
                paid.setdefault(str(row["payer"]), np.zeros(shape))[arm, pair] += float(row["euro"]) / share
    return paid


def _care(glances: Sequence[Sequence[Glance]], share: float) -> npt.NDArray[np.float64]:
    care = np.full((len(glances), len(glances[0])), np.nan)
    for arm, own in enumerate(glances):
        for pair, one in enumerate(own):
            rows = one.indicators.filter(pc.equal(one.indicators["id"], "insurer_cost"))
            care[arm, pair] = float(pc.sum(rows["top"]).as_py() or 0.0) / share
    return care
