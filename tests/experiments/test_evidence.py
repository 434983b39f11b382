"""deltaplan evidence: lookup by name, beginning and pattern, and what is printed."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

import sim.parameters
from experiments.cli import main
from experiments.evidence import find
from sim.parameters import Parameter, ParameterError, Parameters

ROW = {
    "low": 0,
    "high": 9,
    "unit": "minutes",
    "year": 2024,
    "grade": "C",
    "source": "Guess",
    "source_nl": "Gok",
    "en": "Time",
    "nl": "Tijd",
}
PARAMETERS = Parameters(
    {
        "care.minutes": Parameter(value=[4, 8], index=["young", "old"], **ROW),
        "care.no_show": Parameter(value=0.03, **ROW),
        "post.minutes": Parameter(value=7, **{**ROW, "grade": "A"}),
    }
)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        (None, ["care.minutes", "care.no_show", "post.minutes"]),
        ("care.no_show", ["care.no_show"]),
        ("care", ["care.minutes", "care.no_show"]),
        ("*.minutes", ["care.minutes", "post.minutes"]),
        ("care.m", ["care.minutes"]),
    ],
)
def test_find(pattern: str | None, names: list[str]) -> None:
    assert find(PARAMETERS, pattern) == names


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("care.noshow", "'care.no_show'"),
        ("no_show", "'care.no_show'"),
        ("pots", "'post'"),
        ("xyz", "topics: care, post"),
    ],
)
def test_find_suggests(pattern: str, hint: str) -> None:
    with pytest.raises(ParameterError, match=hint):
        find(PARAMETERS, pattern)


def test_table_and_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.parameters, "load_parameters", lambda: PARAMETERS)
    table = CliRunner().invoke(main, ["evidence"]).stdout
    assert "care.no_show" in table and "2 values, 4 to 8" in table and "Guess" in table
    assert "3 parameters, 2 of them assumptions" in table
    card = CliRunner().invoke(main, ["evidence", "care.minutes", "--lang", "nl"]).stdout
    assert "Tijd" in card and "C (aanname)" in card and "minuten" in card
    assert [line.split() for line in card.splitlines()[-2:]] == [["young", "4"], ["old", "8"]]


def test_the_shipped_parameters_print() -> None:
    result = CliRunner().invoke(main, ["evidence"])
    assert result.exit_code == 0, result.output
    assert "parameters" in result.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("passport", "words"),
    [
        ({}, "interventions multiply it\n"),
        ({"combine": "add"}, "interventions add to it\n"),
        ({"read": "region"}, "interventions multiply it, in the whole region only\n"),
        ({"read": "start"}, "not by interventions: it is read only while the region is made\n"),
    ],
)
def test_a_card_says_what_interventions_can_do(
    passport: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters = Parameters({"care.minutes": Parameter.model_validate({"value": 3, **ROW, **passport})})
    monkeypatch.setattr(sim.parameters, "load_parameters", lambda: parameters)
    card = CliRunner().invoke(main, ["evidence", "care.minutes"]).stdout
    assert f"changed {words}" in card
