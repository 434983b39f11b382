"""What changes a quantity to no effect: nothing that ships does, and the check says so of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from experiments.cli import main
from sim.interventions.base import Declaration
from sim.interventions.idle import why_idle
from sim.interventions.package import instance_of
from sim.interventions.registry import declared
from sim.modifiers import Adoption, Modifier, Scope
from sim.parameters import load_parameters
from tests.interventions.samples import declare
from tests.interventions.tables import table
from tests.model.digest import prepared

ALL = sorted(declared().values(), key=lambda one: one.id)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_nothing_that_ships_is_idle_wherever_it_may_act(one: Declaration) -> None:
    ready = prepared()
    places = {"region": {}, "municipalities": {"municipalities": ["Almelo"]}, "practices": {"practices": [3]}}
    for where in one.where:
        instance = instance_of(one, table(one, **places[where]), ready.region, ready.parameters, 1500)
        for part in one.function(instance):
            if isinstance(part, Modifier):
                assert why_idle(part, ready.parameters) is None, (where, part.quantity)


PART = Scope(municipalities=frozenset({0}))
CASES = [
    ("practices.gravity", 2.0, Scope(), Adoption(), "idle_start"),
    ("registration.room_mean", 2.0, PART, Adoption(), "idle_start"),
    ("needs.contact_rate[85+]", 1.1, PART, Adoption(), "idle_local"),
    ("practices.norm_list", 0.9, Scope(), Adoption("practice"), "idle_local"),
    ("needs.contact_rate[85+]", 1.1, Scope(), Adoption(), None),
    ("practices.gravity", 1.0, Scope(), Adoption(), None),
    ("care.no_show", 0.5, PART, Adoption(), None),
]


@pytest.mark.parametrize(("quantity", "value", "scope", "adoption", "why"), CASES)
def test_what_is_idle(quantity: str, value: float, scope: Scope, adoption: Adoption, why: str | None) -> None:
    modifier = Modifier(quantity, value, "some", 1500, scope=scope, adoption=adoption)
    assert why_idle(modifier, load_parameters()) == why


SCENARIO = """
id = "mine"
extends = "twente"
label = { nl = "Mijn", en = "Mine" }
[interventions.sample_tiny]
start = 2026-01-01
[events.sample_wave]
date = 2026-01-01
town = "Almelo"
"""


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "note: mine.toml, interventions.sample_tiny: practices.norm_list is read for the region as a whole"),
        (
            "nl",
            "let op: mine.toml, interventions.sample_tiny: practices.norm_list wordt voor de regio als geheel gelezen",
        ),
    ],
)
def test_the_check_warns_and_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str) -> None:
    declare(monkeypatch)
    path = tmp_path / "mine.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(path), "--lang", lang])
    assert done.exit_code == 0, done.output
    assert said in done.output and "needs.contact_rate" not in done.output


def test_the_check_says_nothing_where_all_acts() -> None:
    done = CliRunner().invoke(main, ["check", "everything"])
    assert done.exit_code == 0 and "note" not in done.output
