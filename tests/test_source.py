"""Whether this code has been compiled: said to users, who else wait for a minute without a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments.prepare import prepare
from experiments.run import new_model
from sim import source


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache of a model that is compiled."""
    monkeypatch.setattr(source, "COMPILED", True)
    monkeypatch.setattr(source, "cache_folder", lambda: tmp_path / "kernels")
    source.remember_warm.cache_clear()
    yield tmp_path / "kernels"
    source.remember_warm.cache_clear()


def test_some_kernels_are_not_all(folder: Path) -> None:
    assert not source.is_warm()
    folder.mkdir()
    (folder / "triage.triage-29.py313.nbi").touch()  # a test or a run that was ended left it
    assert not source.is_warm()


def test_a_month_of_a_run_is_enough(folder: Path) -> None:
    model = new_model(prepare("twente", seed=1, years=1, share=0.01), check=False)
    model.advance(20)
    assert not source.is_warm()
    model.advance(20)
    assert source.is_warm()


def test_where_nothing_can_be_kept_it_is_not_warm(folder: Path) -> None:
    folder.touch()  # a file lies where the folder would be
    source.remember_warm()
    assert not source.is_warm()


def test_what_is_interpreted_need_not_be_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "COMPILED", False)
    source.remember_warm()
    assert source.is_warm() and not folder.exists()
