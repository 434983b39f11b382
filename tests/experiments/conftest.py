"""The command line with the fake model behind it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import experiments.prepare
import experiments.run
from experiments.cli import main
from experiments.prepare import Prepared
from tests.experiments import fake

Invoke = Callable[..., Result]


@pytest.fixture(autouse=True)
def own_handler() -> Iterator[None]:
    """Ctrl-C raises at the start of every test: dask's client leaves another handler behind."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Invoke:
    """Run ``deltaplan`` with these words in an empty folder; keyword arguments go to the fake model."""
    monkeypatch.chdir(tmp_path)

    def prepare(
        scenario: str, *, seed: int, years: int | None, capacity_mode: str | None, share: float = 1.0
    ) -> Prepared:
        made = fake.prepared(seed=seed, years=years or 2, capacity_mode=capacity_mode or "bounded")
        return replace(made, share=share)

    def call(*words: str, **options: Any) -> Result:
        def new_model(prepared: Prepared, *, check: bool, scale: float = 1.0) -> fake.FakeModel:
            return fake.FakeModel(prepared, check=check, **options)

        monkeypatch.setattr(experiments.prepare, "prepare", prepare)
        monkeypatch.setattr(experiments.run, "new_model", new_model)
        return CliRunner().invoke(main, list(words))

    return call
