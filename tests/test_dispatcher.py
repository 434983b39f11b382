"""What is compiled, how often, and where it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.compiled import kernel, prefetch
from sim.source import COMPILED

pytestmark = pytest.mark.skipif(not COMPILED, reason="kernels run interpreted")


@kernel(inline=True)
def _third(values, at):  # type: ignore[no-untyped-def]
    return values[at] // 3


@kernel(inner=True, lean=True)
def _sum_of_thirds(values, begin):  # type: ignore[no-untyped-def]
    total = _third(values, 0)
    for at in range(begin, values.shape[0]):
        total += _third(values, at)
    return total


def test_a_literal_is_no_type_of_its_own() -> None:
    @kernel
    def both(values):  # type: ignore[no-untyped-def]
        begin = 0
        total = 0
        while begin < 2:
            total += _sum_of_thirds(values, begin)
            begin += 1
        return total + _sum_of_thirds(values, 1)

    assert both.py_func(np.arange(9)) == both(np.arange(9))
    helper: Any = _third
    inner: Any = _sum_of_thirds
    assert len(helper.signatures) == len(inner.signatures) == 1


def test_helpers_run_interpreted_when_called_from_python() -> None:
    @kernel
    def outer(values):  # type: ignore[no-untyped-def]
        return _third(values, 1)

    values = np.array([7, 8])
    assert outer(values) == 2
    assert _third(values, 1) == 2
    assert _third([7, 12], 1) == 4  # what does not compile


def test_what_is_fetched_ahead_is_one_instruction_and_changes_nothing() -> None:
    @kernel(lean=True)
    def total(table, rows):  # type: ignore[no-untyped-def]
        found = 0
        for j in range(rows.shape[0]):
            prefetch(table, int(rows[min(j + 4, rows.shape[0] - 1)]) * table.shape[1])
            found += table[rows[j], 1]
        return found

    table, rows = np.arange(60).reshape(20, 3), np.array([3, 19, 0, 7])
    compiled: Any = total
    assert compiled(table, rows) == table[rows, 1].sum()
    assert "prefetch" in next(iter(compiled.inspect_asm().values()))


def test_every_copy_of_the_code_shares_what_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim import dispatcher

    (home,) = sim.__path__
    here = dispatcher.Locator.get_suitable_cache_subpath(f"{home}/care/booking.py")
    monkeypatch.setattr(dispatcher, "_ROOT", tmp_path)
    assert dispatcher.Locator.get_suitable_cache_subpath(str(tmp_path / "sim/care/booking.py")) == here == "sim.care"
    other = dispatcher.Locator.get_suitable_cache_subpath(str(tmp_path / "tests/care/clinic.py"))
    assert other.startswith("care_")  # numba's own name, by place
