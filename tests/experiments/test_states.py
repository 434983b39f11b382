"""deltaplan run --save-at and --from: a small region through the command line, and what is refused before it runs."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import experiments.prepare
from experiments.cli import main
from tests.experiments.conftest import Invoke

MINE = """
id = "mine"
extends = "twente"
label = {{nl = "Van mij", en = "Mine"}}
{more}
"""
FOLLOWS = """
[interventions.digital_consult]
start = 2025-03-01
"""
Small = Callable[..., Result]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Small:
    """Run ``deltaplan`` in an empty folder with a very small Twente and a short run-in."""
    monkeypatch.chdir(tmp_path)
    plain = functools.partial(experiments.prepare.prepare, parameters={"care.run_in_months": 3.0})

    def prepare(*words: str, share: float, **options: object) -> object:
        return plain(*words, share=0.002 if share == 1.0 else share, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(experiments.prepare, "prepare", prepare)
    return lambda *words: CliRunner().invoke(main, list(words))


def test_save_go_on_and_compare(small: Small) -> None:
    Path("mine.toml").write_text(MINE.format(more=FOLLOWS), encoding="utf-8")
    first = small("run", "twente", "--years", "1", "--seed", "3", "--out", "twente-whole", "--save-at", "2025-03-01",
                  "--state-out", "past")  # fmt: skip
    assert first.exit_code == 0, first.output
    assert "State of 2025-03-01: past/2025-03-01" in first.stderr
    for scenario, words in (("twente", ("--lang", "nl")), ("mine.toml", ())):
        if scenario != "twente":
            assert small("run", scenario, "--years", "1", "--seed", "3", "--out", f"{scenario}-whole").exit_code == 0
        parts = small(
            "run", scenario, "--years", "1", "--from", "past/2025-03-01", "--out", f"{scenario}-parts", *words
        )
        assert parts.exit_code == 0, parts.output
        assert ("Verder vanaf 2025-03-01" if words else "Going on from 2025-03-01") in parts.stderr
        assert "opgebouwd" not in parts.stderr and "Building" not in parts.stderr
        names = sorted(path.name for path in Path(f"{scenario}-whole").iterdir())
        assert len(names) > 10 and names == sorted(path.name for path in Path(f"{scenario}-parts").iterdir())
        for name in names:
            one, other = (Path(f"{scenario}-{kind}", name).read_bytes() for kind in ("whole", "parts"))
            assert one == other or name == "timing.json", name
        came = json.loads(Path(f"{scenario}-parts/timing.json").read_text(encoding="utf-8"))["from_state"]
        assert (came["date"], came["scenario"]) == ("2025-03-01", "twente")
    assert json.loads(Path("twente-whole/timing.json").read_text(encoding="utf-8"))["from_state"] is None

    # what cannot go on, in one line, before anything runs
    Path("mine.toml").write_text(MINE.format(more="parameters = {'care.no_show' = 0.05}"), encoding="utf-8")
    for words, says in (
        (("mine.toml",), "parameters.care.no_show is 0.05, was absent, which acts from the start of the run"),
        (("twente", "--seed", "4"), "holds seed 3, not 4"),
        (("twente", "--capacity-mode", "hard"), "capacity_mode is hard, was bounded"),
        (("twente", "--save-at", "2025-02-01"), "from 2025-03-01 up to 2025-12-01"),
    ):
        refused = small("run", *words, "--years", "1", "--from", "past/2025-03-01", "--out", "b")
        assert refused.exit_code == 2 and says in refused.stderr, refused.output
        assert not Path("b").exists()
    again = ("run", "twente", "--years", "1", "--seed", "3", "--out", "c", "--save-at", "2025-03-01",
             "--state-out", "past")  # fmt: skip
    refused = small(*again)
    assert refused.exit_code == 2 and "with a state of twente, 2025-03-01, seed 3" in refused.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--save-at", "2025-03-02"), "--save-at: a state is saved on the first of a month"),
        (("--save-at", "2024-03-01"), "does not lie within the run; a state is saved from 2025-01-01 up to 2026-12-01"),
        (("--save-at", "2027-01-01"), "up to 2026-12-01"),
        (("--save-at", "1 March"), "1 March"),
        (("--state-out", "past"), "--state-out goes with --save-at"),
        (("--from", "nowhere"), "nowhere is no state (it is no folder)"),
        (("--from", "nowhere", "--lang", "nl"), "nowhere is geen stand"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(invoke: Invoke, words: tuple[str, ...], says: str) -> None:
    result = invoke("run", "toy", "--out", "out", *words)
    assert result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 1
    assert says in result.stderr
    assert list(Path().iterdir()) == []
