"""One more file, and everything knows the intervention."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim.interventions
from experiments.cli import main
from experiments.pages import pages
from sim.interventions import registry
from sim.interventions.package import Package
from tests.model.digest import prepared
from tests.scenario.files import scenario_text

FILE = '''
from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


@intervention(
    "one_more",
    name=("Reminders", "Herinneringen"),
    about=("A message before the visit.", "Een bericht voor het bezoek."),
    by="practice",
    settings=(
        Setting(
            "forgotten", 0.7, 0.5, 1.0, "times", "C", "Assumption: no figure found", "Aanname: geen cijfer gevonden",
            "No-shows left", "Verzuim", effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "licence", 500, 9, 900, "yearly", "practice", "practice", "C", "Assumption: none", "Aanname: geen",
            "Licence", "Licentie",
        ),
    ),
)
def one_more(it: Instance) -> Iterator[Modifier]:
    """People are reminded, and some of those who would have forgotten come."""
    yield it.modify("care.no_show", it.number("forgotten"))
'''


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "one_more.py").write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(sim.interventions, "__path__", [*sim.interventions.__path__, str(tmp_path)])
    yield
    sys.modules.pop("sim.interventions.one_more", None)
    registry.DECLARED.pop("one_more", None)


def said(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_nobody_knows_it_before() -> None:
    assert "one_more" not in said("list")


@pytest.mark.usefixtures("added")
def test_everything_knows_it(tmp_path: Path) -> None:
    assert "Reminders" in said("list")
    assert "Herinneringen" in said("intervention", "--lang", "nl")
    card = said("intervention", "one_more")
    assert "0.5 - 1" in card and "C, assumption" in card and "some of those who would have forgotten" in card
    table = json.loads(said("schema"))["$defs"]["interventions.one_more"]
    assert table["properties"]["forgotten"]["minimum"] == 0.5
    assert "| `forgotten` | No-shows left | 0.7 | 0.5 to 1 | 1 |" in pages()["one_more.md"]
    assert "[`one_more`](one_more.md)" in pages()["README.md"]
    path = tmp_path / "mine.toml"
    path.write_text(scenario_text("mine", 'extends = "twente"\n[interventions.one_more]\nforgotten = 0.6'))
    assert "interventions: 1" in said("check", str(path))
    path.write_text(scenario_text("mine", 'extends = "twente"\n[interventions.one_more]\nforgotten = 0.2'))
    done = CliRunner().invoke(main, ["check", str(path)])
    assert (done.exit_code, "between 0.5 and 1 (times)" in done.stderr) == (2, True)


def test_an_id_is_used_once() -> None:
    assert "housing" in registry.declared()
    with pytest.raises(ValueError, match="'housing' already"):
        registry.intervention("housing", name=("a", "b"), about=("a", "b"))


def test_a_mechanism_that_returns_instead_of_yielding_is_told_so(added: None) -> None:
    registry.declared()
    one = registry.DECLARED["one_more"]
    wrong = dataclasses.replace(one, function=lambda it: it.modify("care.no_show", 0.5))
    registry.DECLARED["one_more"] = wrong
    ready = prepared()
    table = {"id": "one_more", "kind": "one_more", "start": "2025-01-01"}
    scenario = ready.scenario.model_copy(update={"interventions": (table,), "events": ()})
    with pytest.raises(TypeError, match=r"mechanism of one_more gives back Modifier.*yield it\.modify"):
        Package.of(scenario, ready.region, ready.parameters)
