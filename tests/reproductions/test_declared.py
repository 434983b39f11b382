"""What holds for every reproduction there is, without running it."""

from __future__ import annotations

import re

import pytest

from experiments.reproductions.base import Answer, Published, Reproduction, reproductions, verdict
from experiments.reproductions.page import published
from sim.interventions.registry import declared, interventions
from tests.repository.tree import ROOT

ALL = list(reproductions().values())
each = pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
PAGE = ROOT / "docs" / "reproductions.md"


@each
def test_it_is_not_judged_by_what_was_put_in(one: Reproduction) -> None:
    assert one.published.evidence or "arithmetic of what is put in" in one.published.source
    for kind in one.interventions:
        used = {id for item in declared()[kind].numbers for id in item.evidence}
        assert not used & set(one.published.evidence), kind


@each
def test_it_says_what_is_asked_and_why_it_differs(one: Reproduction) -> None:
    assert len(one.about) > 60 and len(one.published.source) > 8
    assert all(re.fullmatch(r"[A-Z]\d\d\.\d+", id) for id in one.published.evidence)
    assert set(one.interventions) <= set(interventions())
    assert bool(one.remark) == (one.expected != "within"), "a remark says why, and only then"


def test_the_page_has_them_all_with_the_verdict_that_is_expected() -> None:
    """Written by `deltaplan reproductions docs/reproductions.md`."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| [")]
    found = {one.id: line for one in ALL for line in rows if line.startswith(published(one))}
    assert found.keys() == {one.id for one in ALL}
    assert len(rows) == len(ALL)
    for one in ALL:
        assert found[one.id].endswith(f"| {one.expected} |"), one.id


@pytest.mark.parametrize(
    ("answer", "said"),
    [(-2.0, "within"), (-0.5, "smaller"), (-4.0, "larger"), (0.5, "smaller")],
)
def test_verdicts_of_a_fall(answer: float, said: str) -> None:
    fall = Published(-2.0, -3.0, -1.0, "percent", "made up", ("I00.1",))
    assert verdict(fall, Answer.of([answer])) == said
    assert verdict(fall, None) == "not in the model"


def test_verdicts_of_a_rise() -> None:
    rise = Published(2.0, 1.0, 3.0, "percent", "made up", ("I00.1",))
    assert [verdict(rise, Answer.of([x])) for x in (0.0, 1.0, 4.0)] == ["smaller", "within", "larger"]
    with pytest.raises(ValueError, match="does not lie between"):
        Published(4.0, 1.0, 3.0, "percent", "made up", ("I00.1",))
