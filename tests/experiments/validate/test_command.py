"""The command on a hundredth of Twente: from the runs to the page, and what it refuses."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from experiments.cli import main
from experiments.runs.store import Store
from experiments.validate.series import history, unscored
from experiments.validate.texts import TEXTS
from sim.indicators.targets import load_targets

SMALL = ("--share", "0.005", "--seeds", "1", "--jobs", "1")
SEEN = "indicator,year,value,low,high,source\n" + "".join(
    f"contacts_per_person,{year},{value},,,A paper\n"
    for year, value in ((2018, 4.5), (2019, 4.6), (2022, 4.7), (2023, 4.8))
)


def validate(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["validate", *map(str, words)], env={"COLUMNS": "220"})


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """One run of each part, with a series of the user's own, written as a page."""
    folder = tmp_path_factory.mktemp("validate")
    seen = folder / "seen.csv"
    seen.write_text(SEEN, encoding="utf-8")
    result = validate("twente", *SMALL, "--out", folder / "out", "--observed", seen, "--write", folder / "page.md")
    assert result.exit_code == 0, result.output
    return folder, result


def test_every_target_and_every_series_is_told(done: tuple[Path, Result]) -> None:
    folder, result = done
    with (folder / "out" / "fit.csv").open(encoding="utf-8") as stream:
        fits = list(csv.DictReader(stream))
    assert [row["target"] for row in fits] == list(load_targets())
    with (folder / "out" / "backcast.csv").open(encoding="utf-8") as stream:
        points = list(csv.DictReader(stream))
    assert {row["series"] for row in points} == {one.name for one in history()} | {"observed_contacts_per_person"}
    for row in points:
        assert row["scored"] == str(row["when"] not in {"2020", "2021", "2021-01-01"})
    for text in ("Does not fit", "headline targets lie in their published range", "Against no change the model wins"):
        assert text in result.stdout
    assert "One seed: chance is not known" in result.stdout and "Only 0.5 % of the inhabitants" in result.stdout


def test_numbers_of_the_table_are_those_of_the_runs(done: tuple[Path, Result]) -> None:
    folder, _ = done
    store = Store.open(folder / "out")
    with (folder / "out" / "backcast.csv").open(encoding="utf-8") as stream:
        points = {(row["series"], row["when"]): float(row["mean"]) for row in csv.DictReader(stream)}
    rows = store.query("select year, value from indicators where id = 'deaths' and year < 2025")
    deaths = dict(zip(rows["year"].to_pylist(), rows["value"].to_pylist(), strict=True))
    assert points["deaths", "2019"] == pytest.approx(100.0 * deaths[2019] / deaths[2018])
    # a stock on a first of January is that of the end of the year before, over the inhabitants at the start
    people = store.query("select value from indicators where id = 'inhabitants' and year = 2021")["value"][0].as_py()
    assert points["inhabitants", "2022-01-01"] == pytest.approx(100.0 * people / 0.005 / 627_800)


def test_the_page_holds_all_of_it(done: tuple[Path, Result]) -> None:
    folder, _ = done
    page = (folder / "page.md").read_text(encoding="utf-8")
    for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", page):
        assert (folder / name).read_text(encoding="utf-8").startswith("<svg ")
    assert all(one.source in page for one in load_targets().values())
    assert all(name in page for name in [one.en for one in history()] + [one.en for one in unscored()])
    # what the run of then is given, with its sources
    assert "careers.exit_rise_young" in page and "leaving before 55 had not risen yet" in page
    assert "10,098, Nivel, peiling 2018" in page


def test_the_same_command_runs_nothing_again(done: tuple[Path, Result]) -> None:
    folder, _ = done
    before = {file: file.stat().st_mtime_ns for file in (folder / "out" / "runs").iterdir()}
    again = validate("twente", *SMALL, "--out", folder / "out", "--lang", "nl", "--write", folder / "blad.md")
    assert again.exit_code == 0 and "Past niet" in again.stdout and "Terugblik van 2018" in again.stdout
    assert {file: file.stat().st_mtime_ns for file in (folder / "out" / "runs").iterdir()} == before
    english = {text["en"] for text in TEXTS.values() if "{" not in text["en"] and text["en"] != text["nl"]}
    page = (folder / "blad.md").read_text(encoding="utf-8")
    assert not [text for text in english if len(text) > 12 and text in page]
    assert json.loads((folder / "out" / "validate.json").read_text(encoding="utf-8"))["seeds"] == [1]


def test_without_the_back_cast(done: tuple[Path, Result]) -> None:
    folder, _ = done
    alone = validate("twente", *SMALL, "--out", folder / "out", "--no-backcast")
    assert alone.exit_code == 0 and "A. Fit of the first year, 2025" in alone.stdout
    assert "Back-cast" not in alone.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("twentse", "did you mean 'twente'"),
        ("twente --seeds 0", "0 is not in the range"),
        ("twente --seed 4294967295", "leaves no room for 3 seeds"),
        ("twente --observed nowhere.csv", "nowhere.csv cannot be read"),
        ("twente --observed nowhere.csv --no-backcast", "--observed goes with a back-cast"),
        ("zeeland --observed nowhere.csv", "--observed goes with a back-cast"),
        ("twente --write nowhere/page.md", "there is no folder nowhere"),
    ],
)
def test_nonsense_is_one_line(words: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = validate(*words.split())
    assert result.exit_code == 2, result.output
    assert says in " ".join(result.stderr.split()) and len(result.stderr.strip().splitlines()) == 1
    assert not Path("results").exists()


def test_texts_are_in_both_languages() -> None:
    assert all(set(one) == {"en", "nl"} for one in TEXTS.values())
