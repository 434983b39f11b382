"""Every unit that is shown has a Dutch one, and the table holds no other."""

from __future__ import annotations

import tomllib
from pathlib import Path

from click.testing import CliRunner

from experiments import units
from experiments.cli import main
from experiments.units import dutch_units, unit_in
from sim.indicators.registry import UNITS
from sim.interventions.registry import declared
from sim.parameters import load_parameters

TABLE = tomllib.loads(Path(units.__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def occurring() -> set[str]:
    """Units of parameters, of settings and costs, and of what every intervention has (reach, adoption)."""
    found = {row.unit for row in load_parameters().values()}
    for one in declared().values():
        found |= {number.unit for number in one.numbers}
        for about in one.model.model_fields.values():
            if isinstance(about.json_schema_extra, dict) and "unit" in about.json_schema_extra:
                found.add(str(about.json_schema_extra["unit"]))
    return found


def test_every_unit_has_a_dutch_one() -> None:
    assert sorted(occurring() - set(dutch_units())) == []


def test_the_table_holds_what_occurs_and_contradicts_nothing() -> None:
    assert sorted(set(TABLE) - occurring()) == []
    declared_costs = {cost.unit("en"): cost.unit("nl") for one in declared().values() for cost in one.costs}
    for elsewhere in (UNITS, declared_costs):
        assert {key: TABLE[key] for key in TABLE if TABLE[key] != elsewhere.get(key, TABLE[key])} == {}
    assert all(text.strip() == text and text for text in TABLE.values())


def test_dutch_units_are_shown() -> None:
    assert unit_in("chance a year", "en") == "chance a year"
    assert unit_in("chance a year", "nl") == "kans per jaar"
    assert unit_in("furlongs", "nl") == "furlongs"
    card = CliRunner().invoke(main, ["intervention", "more_time", "--lang", "nl"])
    assert card.exit_code == 0, card.output
    assert "maal de kans op een verwijzing" in " ".join(card.output.split())
    assert "times the chance" not in card.output
