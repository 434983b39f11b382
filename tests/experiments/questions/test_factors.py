from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.prepare import prepare
from experiments.questions.factors import FactorError, factors_of, select, values_at
from experiments.runs.draw import Draw, apply
from tests.experiments.questions.known import base


def test_what_varies_by_default_is_assumed_and_in_use() -> None:
    chosen = select(factors_of(base()))
    assert len(chosen) > 100
    assert {one.grade for one in chosen} == {"C"}
    assert "digital.door" not in {one.name for one in chosen}  # zero until an intervention sets its use
    for one in chosen:
        assert np.all(np.asarray(one.low) <= np.asarray(one.high))


def test_ends_of_every_factor_are_values_that_a_draw_may_have() -> None:
    chosen = select(factors_of(prepare("everything", seed=1, years=1)))
    for position in (0.0, 1.0):
        Draw(values_at(chosen, np.full(len(chosen), position)))
    prepared = prepare("everything", seed=1, years=1)
    apply(Draw(values_at(chosen, np.full(len(chosen), 1.0))), prepared)
    apply(Draw(values_at(chosen, np.full(len(chosen), 0.0))), prepared)


def test_patterns() -> None:
    known = factors_of(base())
    assert [one.name for one in select(known, ["care.no_show"])] == ["care.no_show"]
    assert {one.group for one in select(known, ["succession.*", "training."])} == {"succession", "training"}
    assert [one.name for one in select(known, ["digital.door"])] == ["digital.door"]  # named in full
    with pytest.raises(FactorError, match=r"did you mean 'care.no_show'"):
        select(known, ["care.no_shaw"])
    with pytest.raises(FactorError, match=r"give full names: digital.door"):
        select(known, ["digital.door*"])


def test_settings_of_interventions_vary_and_costs_only_when_named() -> None:
    known = factors_of(prepare("twente-deltaplan", seed=1, years=1))
    names = {one.name for one in select(known)}
    assert "interventions.link_workers.places" in names
    assert "interventions.link_workers.coach" not in names
    assert known["interventions.link_workers.coach"].idle
    assert known["interventions.link_workers.places"].group == "interventions.link_workers"


def test_places_of_a_list_move_together() -> None:
    known = factors_of(base())
    factor = known["careers.exit_hazard"]
    low, high = factor.at(0.0), factor.at(1.0)
    assert low.keys() == high.keys()
    assert len(low) > 1
    assert all(name.startswith("careers.exit_hazard[") and low[name] < high[name] for name in low)
    assert "care.visit_share" not in known  # one range for all places


def test_whole_numbers_stay_whole() -> None:
    known = factors_of(prepare("everything", seed=1, years=1))
    whole = [one for one in known.values() if one.whole]
    assert whole
    for one in whole:
        assert next(iter(one.at(0.37).values())) % 1 == 0
    changed = replace(whole[0], low=0, high=3)
    assert next(iter(changed.at(0.5).values())) in {1.0, 2.0}
