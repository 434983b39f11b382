"""From the words on the command line to scenario, region and parameters; the list of what can be run."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner

from experiments.catalogue import scenario_names
from experiments.cli import main
from experiments.manifest import folder_hash
from experiments.prepare import INPUT_ERRORS, prepare
from sim.parameters import load_parameters

MINE = """
id = "mine"
label = {{nl = "Van mij", en = "Mine"}}
extends = "twente"
years = 3
[parameters]
"care.no_show" = {value}
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A scenario file that differs from Twente in years and one parameter."""
    file = tmp_path / "mine.toml"
    file.write_text(MINE.format(value=0.05), encoding="utf-8")
    return file


def test_packaged_scenario() -> None:
    found = prepare("twente", seed=3)
    assert (found.name, found.seed, found.region.id) == ("twente", 3, "twente")
    assert found.parameters == load_parameters()
    assert found.first_year_end.isoformat() == "2026-01-01"
    assert found.announcement("nl")["people"] == f"{found.region.population:,}".replace(",", ".")


def test_options_go_over_the_scenario() -> None:
    plain, other = prepare("twente", seed=1), prepare("twente", seed=1, years=2, capacity_mode="hard")
    assert (other.scenario.years, other.scenario.capacity_mode) == (2, "hard")
    assert other.key != plain.key
    assert prepare("twente", seed=1, years=plain.scenario.years).key == plain.key


def test_scenario_file_changes_parameters(mine: Path) -> None:
    found = prepare(str(mine), seed=1)
    assert found.parameters.number("care.no_show") == 0.05
    assert (found.scenario.years, found.name) == (3, "mine")


def test_region_beside_the_scenario_file_goes_first(mine: Path) -> None:
    packaged = resources.files("scenarios") / "regions" / "twente"
    with resources.as_file(packaged) as folder:
        shutil.copytree(folder, mine.parent / "regions" / "twente")
    same = prepare(str(mine), seed=1)
    toml = mine.parent / "regions" / "twente" / "region.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('label_en = "Twente"', 'label_en = "My Twente"'), "utf-8")
    changed = prepare(str(mine), seed=1)
    assert same.region_hash == folder_hash(packaged) != changed.region_hash
    assert same.key != changed.key
    assert changed.region_label["en"] == "My Twente"


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_bad_scenario_is_one_line_in_the_language(mine: Path, lang: str) -> None:
    mine.write_text(MINE.format(value=0.9), encoding="utf-8")
    with pytest.raises(INPUT_ERRORS) as caught:
        prepare(str(mine), seed=1)
    result = CliRunner().invoke(main, ["run", str(mine), "--lang", lang])
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "mine.toml, parameters.care.no_show" in result.stderr
    text = {"en": "lies outside the range", "nl": "ligt buiten het bereik"}[lang]
    assert text in result.stderr
    assert "0.9" in str(caught.value)


@pytest.mark.parametrize("words", [["run", "twent"], ["run", "nowhere.toml"], ["run", "twente.toml"]])
def test_unknown_scenario_is_one_line(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "twente" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_list_names_what_lies_here_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").write_text(
        'id = "mine"\nextends = "twente"\nlabel = {nl = "Mijn", en = "My own"}\n', encoding="utf-8"
    )
    Path("plan.toml").write_text("runs = 3\n", encoding="utf-8")
    Path("broken.toml").write_text("id = ", encoding="utf-8")
    region = Path("regions/corner")
    region.mkdir(parents=True)
    (region / "region.toml").write_text('label_nl = "Hoek"\nlabel_en = "Corner"\n', encoding="utf-8")
    (region / "municipalities.csv").write_text("municipality,population\nAxel,8000\n", encoding="utf-8")
    Path("regions/empty").mkdir()
    result = CliRunner().invoke(main, ["list"])
    assert result.exit_code == 0, result.output
    here = [" ".join(line.split()) for line in result.stdout.splitlines()[-2:]]
    assert here == ["scenario here mine.toml My own", "region here corner Corner: 1 municipalities, 8,000 inhabitants"]
    assert "23 more of the Netherlands" in result.stdout


def test_list_names_scenarios_and_regions() -> None:
    result = CliRunner().invoke(main, ["list", "--lang", "nl"])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert sum(line.startswith("scenario") for line in lines) == len(scenario_names()) > 0
    assert any(line.startswith("regio ") and "14 gemeenten, 633.917 inwoners" in line for line in lines)
