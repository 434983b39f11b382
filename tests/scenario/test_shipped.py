"""The scenarios that ship."""

from __future__ import annotations

import tomllib

import pytest
from click.testing import CliRunner

from experiments.cli import main
from sim.interventions.registry import events, interventions
from tests.repository.tree import ROOT

SHIPPED = sorted(path.stem for path in (ROOT / "scenarios").glob("*.toml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_it_passes_the_check(name: str) -> None:
    done = CliRunner().invoke(main, ["check", name])
    assert done.exit_code == 0, done.output


def test_the_packages_of_the_regions_are_there() -> None:
    assert {
        "drenthe",
        "drenthe-tiny-practice",
        "everything",
        "everything-and-storm",
        "friesland",
        "friesland-digital-triage",
        "friesland-dokkum-nights",
        "friesland-wadden-season",
        "insurer-more-time",
        "noord-holland-noord",
        "noord-holland-noord-texel-season",
        "shell-practice-region",
        "twente",
        "twente-deltaplan",
        "zeeland",
        "zeeland-oostburg-opens",
        "zeeland-season",
        "zeeland-season-passants",
    } <= set(SHIPPED)


def test_everything_is_everything() -> None:
    table = tomllib.loads((ROOT / "scenarios" / "everything.toml").read_text(encoding="utf-8"))
    assert list(table["interventions"]) == sorted(interventions()), "each has a table in scenarios/everything.toml"


def test_the_storm_is_every_event_on_top_of_everything() -> None:
    table = tomllib.loads((ROOT / "scenarios" / "everything-and-storm.toml").read_text(encoding="utf-8"))
    assert table["extends"] == "everything"
    assert list(table["events"]) == sorted(events()), "each has a table in scenarios/everything-and-storm.toml"
