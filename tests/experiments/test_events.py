"""Following one practice or one GP through the event log of a saved run."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from experiments.cli import main
from experiments.event_texts import CAUSES, KINDS, cause_text, event_text
from experiments.events import events_of
from experiments.store import ResultsError, arrow_table, load_results, write_results
from sim.agents.gp import Origin
from sim.workforce import record, vacancies
from tests.repository.tree import ROOT

LOG: list[tuple[int, str, int, float, int, int, str]] = [
    (0, "list closed", 1, 2400.0, -1, -1, ""),
    (0, "list closed", 2, 2300.0, -1, -1, ""),
    (31, "owner announces stop", 1, 14.0, 7, -1, "retires"),
    (31, "vacancy opens", 1, 0.8, -1, -1, "announced"),
    (59, "GP reduces hours", 2, 0.1, 9, -1, ""),
    (456, "GP leaves", 1, 0.0, 7, -1, "retires"),
    (456, "temporary management begins", 1, 0.0, -1, -1, ""),
    (1000, "search fails", 1, 31.0, -1, -1, "announced"),
    (1000, "temporary management ends", 1, 0.0, -1, -1, "no successor"),
    (1000, "practice closes", 1, 2390.0, -1, -1, "no successor"),
    (1000, "people move to practice", 1, 700.0, -1, 0, ""),
    (1000, "people move to practice", 1, 1600.0, -1, 2, ""),
    (1000, "people move to practice", 1, 90.0, -1, -1, "without a GP"),
    (1031, "practice merges", 0, 1234.0, -1, 2, ""),
]
"""Day, kind, practice, value, GP, other, cause."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A saved run of four practices in two towns, the last of which nothing happens to."""
    monkeypatch.chdir(tmp_path)
    names = ("day", "kind", "practice", "value", "gp", "other", "cause")
    events = {name: np.array([row[k] for row in LOG]) for k, name in enumerate(names)}
    tables = {
        "events": events,
        "practices": {"practice": np.arange(4), "municipality": np.array([0, 0, 1, 1])},
        "nodes": {"municipality": np.array([0, 0, 1]), "municipality_name": np.array(["Oost", "Oost", "West"])},
    }
    manifest = {
        "scenario_name": "toy",
        "seed": 1,
        "last_date": "2027-12-31",
        "status": "complete",
        "scenario": {"start": "2025-01-01"},
    }
    target = tmp_path / "out"
    write_results(target, {name: arrow_table(columns) for name, columns in tables.items()}, manifest, dict)
    return target


def invoke(*words: str) -> Result:
    return CliRunner().invoke(main, ["events", "out", *words])


def test_a_practice_from_list_to_closing(folder: Path) -> None:
    story = events_of(load_results(folder), practice=1)
    assert [line.kind for line in story.lines] == [row[1] for row in LOG if row[2] == 1 and row[1][:6] != "people"]
    assert story.lines[1].date == datetime.date(2025, 2, 1) and story.lines[-1].date == datetime.date(2027, 9, 28)
    assert story.moved == {2: 1600.0, 0: 700.0, -1: 90.0} and list(story.moved) == [2, 0, -1]


def test_a_practice_that_takes_part(folder: Path) -> None:
    story = events_of(load_results(folder), practice=2)
    kinds = [line.kind for line in story.lines]
    assert kinds == ["list closed", "GP reduces hours", "people move to practice", "practice merges"]
    assert story.moved == {}


def test_a_gp(folder: Path) -> None:
    story = events_of(load_results(folder), gp=7)
    assert [(line.kind, line.practice) for line in story.lines] == [("owner announces stop", 1), ("GP leaves", 1)]


def test_one_of_the_two(folder: Path) -> None:
    for wrong in ({}, {"practice": 1, "gp": 7}):
        with pytest.raises(ValueError, match="one practice or"):
            events_of(load_results(folder), **wrong)
    with pytest.raises(ResultsError, match="does not mention GP 8"):
        events_of(load_results(folder), gp=8)


def test_prints_the_story_with_dates(folder: Path) -> None:
    result = invoke("--practice", "1")
    assert result.exit_code == 0, result.output
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0] == "Practice 1 (Oost) in toy, seed 1, up to 2027-12-31"
    assert "2025-02-01 7 owner announces to stop in 14 months retires" in lines
    assert "2025-02-01 search for 0.80 FTE begins announced stop" in lines
    assert "2027-09-28 search given up after 31 months announced stop" in lines
    where = lines.index("Where its people went when it ended (2,390)")
    assert lines[where + 2 : where + 5] == ["2 West 1,600", "0 Oost 700", "- without a GP 90"]
    assert " -1" not in result.stdout


def test_prints_what_came_from_others(folder: Path) -> None:
    shown = invoke("--practice", "2").stdout
    assert "1,600 people come from practice 1" in shown
    assert "practice 0 merges into this one (1,234 people)" in shown
    assert "Where its people went" not in shown


def test_prints_in_dutch(folder: Path) -> None:
    shown = invoke("--practice", "1", "--lang", "nl").stdout
    assert "Praktijk 1 (Oost) in toy" in shown and "praktijk sluit (2.390 mensen)" in shown
    assert "praktijkhouder kondigt aan te stoppen over 14 maanden" in shown and "pensioen" in shown
    assert "zonder huisarts" in shown
    assert "huisarts werkt 0,10 fte minder" in invoke("--gp", "9", "--lang", "nl").stdout


def test_nothing_happened(folder: Path) -> None:
    result = invoke("--practice", "3")
    assert result.exit_code == 0 and "Nothing happened that is in the log." in result.stdout


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        ([], "give --practice or --gp"),
        (["--practice", "1", "--gp", "7"], "give --practice or --gp"),
        (["--practice", "4"], "they run from 0 to 3"),
        (["--practice", "-1"], "x>=0"),
        (["--gp", "99"], "does not mention GP 99"),
    ],
)
def test_bad_input_is_one_line(folder: Path, words: list[str], mend: str) -> None:
    result = invoke(*words)
    assert result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 1 and mend in result.stderr


def test_a_folder_without_a_log_is_one_line(folder: Path) -> None:
    (folder / "events.parquet").unlink()
    result = invoke("--practice", "1")
    assert result.exit_code == 2 and "no table 'events'" in result.stderr


# the words ------------------------------------------------------------------------------------------------------------


def logged() -> Iterator[tuple[str, str]]:
    """Kind and cause of every event that ``sim`` writes with words that stand in the call."""
    for path in sorted((ROOT / "sim").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in {"log", "_log"}:
                continue
            for word in node.args[:4]:  # a helper may take the model and more before the kind
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield word.value, ""
            for keyword in node.keywords:
                if keyword.arg == "cause":
                    for piece in ast.walk(keyword.value):
                        if isinstance(piece, ast.Constant) and isinstance(piece.value, str):
                            yield "", piece.value


def test_every_event_has_words_in_both_languages() -> None:
    kinds = {kind for kind, _ in logged() if kind}
    assert {"practice closes", "GP leaves", "vacancy opens", "premises ready"} <= kinds
    assert sorted(kinds - set(KINDS) - set(CAUSES)) == []  # one helper takes the cause in the place of the kind
    for texts in (*KINDS.values(), *CAUSES.values()):
        assert set(texts) == {"en", "nl"}


def test_every_cause_has_words() -> None:
    causes = {cause for _, cause in logged() if cause} | set(record.CAUSES) | set(vacancies.CAUSES)
    causes |= {origin.words for origin in Origin if origin != Origin.START}
    assert {"retires", "no successor", "owner-to-be"} <= causes
    assert sorted(causes - set(CAUSES)) == []


def test_what_has_no_words_keeps_those_of_the_log() -> None:
    assert event_text("dog barks", "nl", value="1", practice=0, other=0) == "dog barks"
    assert cause_text("Almelo", "nl") == "Almelo"
