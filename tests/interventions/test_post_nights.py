"""A post that closes at night and opens again, and one that opens."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from experiments.prepare import prepare
from sim.agents.staffing import posts_of
from sim.interventions.registry import events
from sim.ledger import counts as C
from sim.model import RegionModel
from tests.interventions.tables import model_of, table
from tests.model.digest import RUN_IN

NIGHTS = events()["post_closes_at_night"]
NIGHT = [*range(22, 24), *range(8)]
EVENING = list(range(17, 22))


@cache
def run(end: str | None = None, closes: bool = True) -> RegionModel:
    one = table(NIGHTS, **({} if end is None else {"end": end}))
    model = model_of([one] if closes else [])
    model.check = True
    model.advance(62)
    return model


def calls(model: RegionModel, month: str, hours: list[int]) -> npt.NDArray[np.int64]:
    """Arrivals at each post in these hours of a month."""
    rows = model.ledger.tables()["post_month"]
    here = rows["month"] == month
    columns = [C.POST_NAMES[first + hour] for first in (C.P_HOURS_WEEKDAY, C.P_HOURS_WEEKEND) for hour in hours]
    return np.sum([rows[name][here] for name in columns], axis=0)


def test_who_calls_at_night_goes_to_another_post_of_the_organisation() -> None:
    base, other = run(closes=False), run()
    last = len(posts_of(base)) - 1
    before, after = calls(base, "2025-01", NIGHT), calls(other, "2025-01", NIGHT)
    assert after[last] == 0 < before[last]
    assert abs(after.sum() - before.sum()) <= 0.1 * before.sum(), "nobody calls less for it"
    evening = [calls(model, "2025-01", EVENING) for model in (base, other)]
    assert np.allclose(evening[1], evening[0], rtol=0.15), "evenings stay"
    rosters = [model.roster for model in (base, other)]
    asked = [roster.counts()[0] for roster in rosters if roster is not None]
    assert 0 < asked[1][last] < asked[0][last] and asked[1].sum() < asked[0].sum(), "fewer shifts in all"
    assert (other.node_post == base.node_post).all()
    assert posts_of(other)[last].population == posts_of(base)[last].population


def test_the_end_of_the_trial_opens_the_nights_again() -> None:
    trial = run(end="2025-02-01")
    last = len(posts_of(trial)) - 1
    assert calls(trial, "2025-01", NIGHT)[last] == 0 < calls(trial, "2025-02", NIGHT)[last]
    assert {"post closes at night", "post opens at night"} <= set(trial.ledger.tables()["events"]["kind"])
    assert calls(run(), "2025-02", NIGHT)[last] == 0, "without an end it stays closed"


def test_the_last_post_of_an_organisation_keeps_its_nights() -> None:
    names = run(closes=False).region.post_name
    model = model_of([table(NIGHTS, post=name) | {"id": name} for name in names])
    model.advance(1)
    assert [post.open_at_night for post in posts_of(model)].count(True) == 1
    assert "post stays open" in list(model.ledger.tables()["events"]["kind"])


def test_a_closed_post_opens_and_serves_who_lives_nearest() -> None:
    ready = prepare("zeeland-oostburg-opens", seed=1, years=2, parameters=RUN_IN)
    (opens,) = ready.scenario.events
    scenario = ready.scenario.model_copy(update={"events": ({**opens, "date": "2025-02-01"},)})
    model = RegionModel(ready.region, scenario, ready.parameters, seed=1, scale=0.01, check=True)
    number = ready.region.post_name.index("Spoedpost Oostburg")
    post = posts_of(model)[number]
    assert (post.closed_since is not None, post.population) == (True, 0)
    assert not (model.node_post == number).any()
    model.advance(31)
    assert calls(model, "2025-01", list(range(24)))[number] == 0
    model.advance(28)
    town = [ready.region.places[k].name for k in ready.region.node_place]
    assert model.node_post[town.index("Oostburg")] == number
    assert model.node_post[town.index("Terneuzen")] != number
    assert (
        post.closed_since is None and post.population == ready.region.node_population[model.node_post == number].sum()
    )
    assert calls(model, "2025-02", list(range(24)))[number] > 0
    assert list(model.ledger.tables()["events"]["kind"]).count("post opens") == 1
