from __future__ import annotations

from pathlib import Path

import pytest

from experiments.questions.asking import QuestionError, Way, ask, find, grid_of, indicator_values, need
from experiments.questions.condition import Condition
from experiments.runs.draw import Draw
from tests.experiments.questions.known import OUTCOME, base, steep


def test_values_are_by_point_and_seed_and_counts_are_scaled_up(tmp_path: Path) -> None:
    way = Way(tmp_path / "q", (1, 2), quiet=True, build=steep)
    draws = [Draw(), Draw({"care.no_show": 0.06, "care.closure": 0.8})]
    grid = grid_of(base(), draws, way.seeds)
    values = indicator_values(ask("test", way, grid), grid, [OUTCOME, "inhabitants"])
    assert values.shape == (2, 2, 2)
    assert values[1, :, 0] == pytest.approx([10.001, 10.002])
    assert values[:, :, 1] == pytest.approx(2.0)  # one inhabitant in a share of one half


def test_a_missing_library_is_one_line() -> None:
    with pytest.raises(QuestionError, match=r"needs nothing_like_it; install it with: pip install 'deltaplan\[anal"):
        need("json", "nothing_like_it")


def test_conditions() -> None:
    found = Condition.parse(" without_gp_share>=2.5")
    assert (found.indicator, found.sign, found.value) == ("without_gp_share", ">=", 2.5)
    assert str(found) == "without_gp_share >= 2.5"
    import numpy as np

    assert found.holds(np.array([2.4, 2.5])).tolist() == [False, True]
    with pytest.raises(QuestionError, match="write an indicator, a sign and a value"):
        Condition.parse("too many")
    with pytest.raises(QuestionError, match="without_gp"):
        Condition.parse("without_pg > 2")
    with pytest.raises(QuestionError, match="is no number"):
        Condition.parse("wait_mean > 1.2.3")
    with pytest.raises(QuestionError, match="wait_mean"):
        find("wait_maen")
