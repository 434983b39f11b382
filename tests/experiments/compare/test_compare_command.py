"""``deltaplan compare`` as a user meets it: help, nonsense, and one small comparison to the end."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from experiments.cli import main
from experiments.compare.comparison import load_comparison
from experiments.compare.execute import execute
from experiments.compare.request import Request
from experiments.compare.stopping import Rule
from experiments.compare.texts import TEXTS
from experiments.prepare import Prepared, prepare
from experiments.questions.accepted import sets_of
from experiments.runs.store import Store
from tests.experiments.compare.worlds import World, scenario

SMALL = ("--share", "0.01", "--years", "1", "--jobs", "1")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["compare", *words], env={"COLUMNS": "160"})


def test_help_has_an_example() -> None:
    assert "Example: deltaplan compare twente twente-deltaplan" in run("--help").output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Missing argument"),
        (("twente",), "two scenarios or more"),
        (("twente", "twente"), "given twice"),
        (("twente", "twent"), "twente"),
        (("twente", "twente-deltaplan", "--runs", "0"), "--runs"),
        (("twente", "twente-deltaplan", "--share", "2"), "--share"),
        (("twente", "twente-deltaplan", "--by", "post"), "municipality"),
        (("twente", "twente-deltaplan", "--capacity", "soft"), "elastic"),
        (("twente", "twente-deltaplan", "--seed", "4294967295"), "leaves no room"),
        (("twente", "twente-deltaplan", "--sets", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_nonsense_is_refused_in_a_line(words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.output and "Traceback" not in result.output
    assert len(result.output.strip().splitlines()) == 1 or not words


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    result = run("twente", "twente-deltaplan", *SMALL, "--out", str(tmp_path))
    assert result.exit_code == 2 and "is no store" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("words", "file", "count"),
    [
        (("twente", "twente-deltaplan"), "scenarios/accepted/twente.toml", None),
        (("twente", "twente-deltaplan", "--sets", "shipped"), "", 0),
        (("twente", "twente-deltaplan", "--sets", "own.toml"), "own.toml", 1),
        (("zeeland", "zeeland-season"), "", 0),
    ],
)
def test_sets_are_the_accepted_ones_of_the_region_unless_told(
    words: tuple[str, ...], file: str, count: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Request] = []
    monkeypatch.setattr("experiments.compare.execute.execute", lambda request, **way: asked.append(request) or 0)
    monkeypatch.chdir(tmp_path)
    Path("own.toml").write_text('format = 1\n[[sets]]\n[sets.values]\n"care.no_show" = 0.02\n', encoding="utf-8")
    assert run(*words, *SMALL).exit_code == 0
    ((sets, rule),) = [(one.sets, one.rule) for one in asked]
    expected = len(sets_of(asked[0].base).draws) if count is None else count
    assert (sets.file, len(sets.draws), rule.sets) == (file, expected, max(1, expected))
    assert count is not None or expected > 1


def test_from_the_command_to_the_report(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    words = ("twente", "twente-deltaplan", *SMALL, "--runs", "2", "--by", "age", "--lang", "nl", "--out", str(folder))
    first = run(*words)
    assert first.exit_code == 0, first.output
    assert "twente tegenover twente-deltaplan" in first.output and "Kosten van de interventies" in first.output
    assert "Naar leeftijd" in first.output and str(folder / "report-nl.html") in first.output
    saved = load_comparison(folder)
    assert (saved.pairs, saved.share, saved.sets) == (2, 0.01, 2)
    known = len(sets_of(prepare("twente", seed=1)).draws)
    assert f"2 van de {known} aanvaarde parametersets" in first.output.replace("\n", " ")
    assert "--sets shipped" in (folder / "report-nl.html").read_text(encoding="utf-8")
    assert saved.command == "deltaplan compare twente twente-deltaplan --runs 2 --years 1 --by age --share 0.01"
    assert {path.name for path in folder.iterdir()} >= {"report-nl.html", "report-en.html", "numbers-nl.xlsx"}
    again = run(*words)
    assert again.exit_code == 0 and "runs, nog" not in again.output  # nothing was run twice
    shown = CliRunner().invoke(main, ["show", str(folder), "--lang", "nl"], env={"COLUMNS": "160"})
    assert shown.exit_code == 0 and "twente tegenover twente-deltaplan" in shown.output


class Pressed(World):
    """Ctrl-C comes while the third pair is run."""

    def __call__(self, prepared: Prepared) -> Any:
        if prepared.seed == 3:
            signal.raise_signal(signal.SIGINT)
        return super().__call__(prepared)


def test_ctrl_c_keeps_what_is_finished_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = Request((scenario("twente"), scenario("twente-deltaplan")), (), Rule(4, 4), 1)
    code = execute(asked, command=["deltaplan"], jobs=1, out=tmp_path / "out", build=Pressed())
    said = capsys.readouterr().err
    assert code == 130 and "4 runs are kept" in said and "--runs 2 compares what is there" in said
    assert len(Store.open(tmp_path / "out").finished()) == 4
    assert not (tmp_path / "out" / "comparison.json").exists()


def test_every_text_is_in_both_languages() -> None:
    for key, texts in TEXTS.items():
        assert set(texts) == {"nl", "en"}, key
        fields = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in texts.values()]
        assert fields[0] == fields[1], key
