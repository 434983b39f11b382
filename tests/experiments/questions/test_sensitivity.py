"""Through plan, store and analysis with models whose answer is known."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from experiments.questions.asking import QuestionError, Way
from experiments.questions.factors import factors_of, select
from experiments.questions.sensitivity import design_of, execute
from tests.experiments.questions.known import NAMES, OUTCOME, Breaks, base, ishigami, steep
from tests.experiments.questions.test_sobol import FIRST, TOTAL

FACTORS = select(factors_of(base()), NAMES)


def test_sobol_of_ishigami_agrees_with_theory_through_the_whole_chain(tmp_path: Path) -> None:
    """Within 0.1 with 64 base samples (320 runs)."""
    design = design_of("sobol", FACTORS, 64)
    rows = execute(base(), design, [OUTCOME], Way(tmp_path / "q", (1,), quiet=True, build=ishigami))
    letter = dict(zip(NAMES, "cba", strict=True))
    assert {row.name for row in rows} == set(NAMES)
    for row in rows:
        assert row.first == pytest.approx(FIRST[letter[row.name]], abs=0.1)
        assert row.value == pytest.approx(TOTAL[letter[row.name]], abs=0.1)


def test_morris_is_printed_and_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design = design_of("morris", FACTORS, 4)
    rows = execute(base(), design, [OUTCOME], Way(tmp_path / "q", (1, 2), build=steep))
    assert [row.name for row in rows][-1] == "care.call_minutes"  # plays no part
    assert rows[-1].value == pytest.approx(0.0, abs=1e-9)
    printed = capsys.readouterr()
    assert "16 points x 2 seeds = 32 runs" in printed.err
    assert "Cost to the insurer per inhabitant (euro a year), twente in 2025: what it hangs on" in printed.out
    assert "are told apart from chance" in printed.out
    with (tmp_path / "q" / "sensitivity.csv").open(encoding="utf-8") as file:
        saved = list(csv.DictReader(file))
    assert [row["factor"] for row in saved] == [row.name for row in rows]
    assert float(saved[0]["effect"]) == rows[0].value
    assert saved[0]["grade"] == "C"
    asked = json.loads((tmp_path / "q" / "sensitivity.json").read_text(encoding="utf-8"))
    assert asked["size"] == 4
    assert asked["seeds"] == [1, 2]
    assert {one["name"] for one in asked["factors"]} == set(NAMES)
    ElementTree.parse(tmp_path / "q" / f"sensitivity-{OUTCOME}.svg")


def test_by_topic_in_dutch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    factors = select(factors_of(base()), [*NAMES, "careers.notice", "careers.diploma_age"])
    design = design_of("morris", factors, 2, grouped=True)
    rows = execute(base(), design, [OUTCOME], Way(tmp_path / "q", (1,), lang="nl", build=steep))
    assert [row.name for row in rows] == ["care", "careers"]
    printed = capsys.readouterr().out
    assert "care (3 aannames)" in printed
    assert "van toeval" not in printed  # one seed: what chance gives is not known
    assert "--seeds 2" in printed
    assert '--parameters "care.*"' in printed


def test_given_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design = design_of("given", FACTORS, 64)
    rows = execute(base(), design, [OUTCOME], Way(tmp_path / "q", (1,), build=steep))
    assert rows[0].value > rows[0].chance
    assert "Any influence" in capsys.readouterr().out


def test_an_incomplete_design_is_refused_and_the_same_command_finishes_it(tmp_path: Path) -> None:
    design = design_of("morris", FACTORS, 2)
    way = Way(tmp_path / "q", (1,), quiet=True, build=Breaks(tmp_path, 3))
    with pytest.raises(QuestionError, match=r"3 of \d+ runs are missing \(3 failed, the first with: RuntimeError: bro"):
        execute(base(), design, [OUTCOME], way)
    assert not (tmp_path / "q" / "sensitivity.csv").exists()
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "q" / "runs").iterdir()}
    execute(base(), design, [OUTCOME], way)
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "q" / "runs").iterdir()}
    assert len(after) == len(before) + 3
    assert before.items() <= after.items()  # what was finished was not done again


def test_an_indicator_without_values_is_refused(tmp_path: Path) -> None:
    design = design_of("morris", FACTORS, 2)
    with pytest.raises(QuestionError, match="wait_mean has no value in 8 of 8 runs"):
        execute(base(), design, ["wait_mean"], Way(tmp_path / "q", (1,), quiet=True, build=steep))


def test_sizes_that_do_not_go_with_the_method_are_refused() -> None:
    with pytest.raises(QuestionError, match="no power of two"):
        design_of("sobol", FACTORS, 100)
    with pytest.raises(QuestionError, match="--samples 8 is too few"):
        design_of("given", FACTORS, 8)
    with pytest.raises(QuestionError, match="--trajectories 1 is too few"):
        design_of("morris", FACTORS, 1)
    with pytest.raises(QuestionError, match="at least two things must vary"):
        design_of("morris", FACTORS[:1], 4)
    with pytest.raises(QuestionError, match="--by factor"):
        design_of("morris", FACTORS, 4, grouped=True)
