"""The commands about scenario files: check, new, schema, intervention, docs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from experiments.prepare import prepare
from tests.experiments.conftest import Invoke
from tests.scenario.files import scenario_text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_new_scenario_is_good(invoke: Invoke, lang: str) -> None:
    assert invoke("new", "mine", "--lang", lang).exit_code == 0
    checked = invoke("check", "mine.toml")
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert "nothing wrong" in checked.stdout
    assert "# [interventions." in Path("mine.toml").read_text(encoding="utf-8")


def test_what_is_commented_out_is_good_too(invoke: Invoke) -> None:
    invoke("new", "mine")
    lines = Path("mine.toml").read_text(encoding="utf-8").splitlines()
    end = next(k for k, line in enumerate(lines) if line.startswith("# Of the base"))
    keys = [line.removeprefix("# ") if "=" in line or line.startswith("# [") else line for line in lines[:end]]
    Path("mine.toml").write_text("\n".join(keys), encoding="utf-8")
    checked = invoke("check", "mine.toml")
    assert checked.exit_code == 0, checked.stderr
    assert "interventions: 1" in checked.stdout


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["mine"], "mine.toml exists"),
        (["mine.toml"], "mine.toml exists"),
        (["Mine"], "small letters"),
        (["../mine"], "small letters"),
        (["other", "--extends", "twent"], "did you mean 'twente'"),
    ],
)
def test_new_refuses_in_one_line(invoke: Invoke, words: list[str], mend: str) -> None:
    Path("mine.toml").write_text("mine", encoding="utf-8")
    done = invoke("new", *words)
    assert done.exit_code == 2
    assert mend in done.stderr and len(done.stderr.splitlines()) == 1
    assert Path("mine.toml").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in Path().iterdir()] == ["mine.toml"]


def test_the_language_of_faults_and_notes(invoke: Invoke) -> None:
    rest = 'extends = "twente"\n[interventions.housing]\nstart = 2026-01-02\nprojects = 99'
    Path("a.toml").write_text(scenario_text("a", rest), encoding="utf-8")
    dutch = invoke("check", "a.toml", "--lang", "nl")
    assert dutch.exit_code == 2
    fault, note = dutch.stderr.splitlines()
    assert "99 ligt buiten de grenzen; schrijf een waarde tussen 1 en 6" in fault
    assert note.startswith("let op: a.toml, interventions.housing.start") and "gaat in op 2026-02-01" in note


def test_check_takes_a_name_and_refuses_another(invoke: Invoke) -> None:
    assert invoke("check", "twente").exit_code == 0
    assert "did you mean 'twente'" in invoke("check", "twent").stderr
    assert invoke("check", "nowhere.toml").exit_code == 2
    assert invoke("check", ".").exit_code == 2


def test_schema_is_json(invoke: Invoke) -> None:
    printed = json.loads(invoke("schema").stdout)
    assert "housing" in printed["properties"]["interventions"]["properties"]
    assert invoke("schema", "--write", "schema.json").exit_code == 0
    assert json.loads(Path("schema.json").read_text(encoding="utf-8")) == printed
    assert invoke("schema", "--write", "no/such/folder.json").exit_code == 2


def test_intervention_lists_and_shows(invoke: Invoke) -> None:
    assert "Huisvesting" in invoke("intervention", "--lang", "nl").stdout
    card = invoke("intervention", "housing", "--lang", "nl").stdout
    assert "1 - 6" in card and "C, aanname" in card and "gemeente" in card and "eenmalig" not in card
    wrong = invoke("intervention", "housin")
    assert (wrong.exit_code, "did you mean 'housing'" in wrong.stderr) == (2, True)


def test_docs_writes_pages(invoke: Invoke) -> None:
    assert invoke("docs", "pages").exit_code == 0
    assert Path("pages/housing.md").is_file() and Path("pages/README.md").is_file()
    Path("file").write_text("", encoding="utf-8")
    assert invoke("docs", "file").exit_code == 2


def test_prepare_uses_the_same_check(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(scenario_text("a", 'extends = "twente"\n[interventions.housing]\nprojects = 2'), encoding="utf-8")
    first = prepare(str(path), seed=1)
    assert first.scenario.interventions[0]["projects"] == 2.0
    assert first.scenario_data["interventions"][0]["start"] == "2025-01-01"
    path.write_text(scenario_text("a", 'extends = "twente"\n[interventions.housing]\nprojects = 3'), encoding="utf-8")
    assert prepare(str(path), seed=1).key != first.key
    path.write_text(scenario_text("a", 'extends = "twente"\n[interventions.housing]\nprojects = 9'), encoding="utf-8")
    with pytest.raises(ValueError, match="between 1 and 6"):
        prepare(str(path), seed=1)
