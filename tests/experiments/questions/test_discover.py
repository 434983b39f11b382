from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.questions.asking import QuestionError, Way, ask, grid_of
from experiments.questions.condition import Condition
from experiments.questions.discover import discover, read_cases, sample
from experiments.questions.factors import factors_of, select
from experiments.runs.draw import Draw
from experiments.runs.store import Store
from tests.experiments.questions.known import NAMES, OUTCOME, base, steep

FAILS = Condition(OUTCOME, ">", 5.0)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("discover") / "q"
    factors = select(factors_of(base()), [*NAMES, "careers.diploma_age"])
    sample(base(), factors, 70, Way(folder, (1,), quiet=True, build=steep))
    return Store.open(folder)


def test_circumstances_are_said_in_words(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    cases = read_cases(store, FAILS)
    assert len(cases.points) == 70
    (first,) = cases.together  # places of a list that move together are one
    assert first.startswith("careers.diploma_age[")
    assert set(cases.names) == {*NAMES, first}
    box = discover(cases, FAILS, store.folder, about=factors_of(base()), quiet=False, lang="en", halves=2)
    assert box is not None
    assert {one.name for one in box.limits} == {"care.no_show", "care.closure"}
    printed = capsys.readouterr().out
    assert f"twente fails when {OUTCOME} > 5 in 2025" in printed
    assert "above 0.04" in printed  # sixty per cent of the way from 0.01 to 0.06
    assert "below 1.0" in printed
    assert "(coverage)" in printed
    assert "tested on the other" in printed
    saved = json.loads((store.folder / "discover.json").read_text(encoding="utf-8"))
    assert saved["failing"] == sum(cases.outcomes > 5.0)
    assert len(saved["box"]["curve"]) > 5
    lines = (store.folder / "discover.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 71
    assert lines[0].endswith(f"{OUTCOME},fails")


def test_nothing_or_everything_that_fails_is_refused(store: Store) -> None:
    for value, what in ((99.0, "no draw fails"), (-1.0, "every draw fails")):
        condition = Condition(OUTCOME, ">", value)
        with pytest.raises(QuestionError, match=f"{what}: {OUTCOME} lies between"):
            discover(read_cases(store, condition), condition, store.folder, about={}, quiet=True, lang="en")


def test_a_scenario_is_chosen_when_there_are_several(tmp_path: Path) -> None:
    way = Way(tmp_path / "q", (1,), quiet=True, build=steep)
    worlds = [base(), replace(base(), name="other")]
    for world in worlds:
        ask("test", way, grid_of(world, [Draw({"care.no_show": 0.02})], way.seeds))
    store = Store.open(way.out)
    with pytest.raises(QuestionError, match="holds other, twente; choose one with --scenario"):
        read_cases(store, FAILS)
    with pytest.raises(QuestionError, match="holds no runs of 'third'"):
        read_cases(store, FAILS, "third")
    with pytest.raises(QuestionError, match="holds 1 draws of twente"):
        read_cases(store, FAILS, "twente")
    with pytest.raises(QuestionError, match="--samples 10 is too few"):
        sample(base(), select(factors_of(base()), NAMES), 10, way)
