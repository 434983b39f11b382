"""Every reproduction is simulated anew and comes to the verdict at which the project stands."""

from __future__ import annotations

import pytest

from experiments.reproductions.base import Reproduction, reproductions


@pytest.mark.slow
@pytest.mark.parametrize("one", list(reproductions().values()), ids=lambda one: one.id)
def test_the_verdict_stands(one: Reproduction) -> None:
    answer, said = one.run()
    assert said == one.expected, answer
    assert answer is None or answer.low <= answer.value <= answer.high
