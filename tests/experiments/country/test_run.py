"""Regions side by side: the same as each by itself with what the others leave, and nothing lost on the way."""

from __future__ import annotations

import csv
import functools
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from experiments.cli import main
from experiments.country import drive
from experiments.country.answer import Country, answer
from experiments.country.exchange import Pool
from experiments.country.legs import flows_of
from experiments.country.regions import prepared_country
from experiments.country.screen import save_country
from experiments.prepare import prepare
from experiments.questions.asking import QuestionError, Way
from experiments.runs.perform import build_model, simulate
from experiments.runs.task import Task
from sim.indicators.year import Year

NAMES = ("zeeland", "achterhoek")
SHARE = 0.02


def regions(years: int = 3) -> list[Any]:
    return prepared_country(seed=1, years=years, share=SHARE, names=NAMES)


@functools.cache
def ran(folder: Path) -> tuple[drive.Run, Country]:
    run = drive.together(regions(), Way(folder, (1,), quiet=True))
    found = answer(regions(), run)
    save_country(found, folder)
    return run, found


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[drive.Run, Country]:
    return ran(tmp_path_factory.mktemp("country") / "out")


def test_each_year_takes_what_the_year_before_left(done: tuple[drive.Run, Country]) -> None:
    run, _ = done
    assert [one.year for one in run.years] == [2025, 2026]
    assert run.years[0].pool == Pool() and list(run.pools) == [2026, 2027]
    assert run.pools[2026] == drive.next_pool(run.years[0].flows, run.years[0].flows, Pool()) == Pool()
    assert run.pools[2027] == drive.next_pool(run.years[0].flows, run.years[1].flows, run.pools[2026])


def test_a_region_by_itself_gives_the_same_bytes(done: tuple[drive.Run, Country]) -> None:
    run, _ = done
    for name, task in zip(NAMES, run.tasks, strict=True):
        file = run.store.folder / "regions" / f"country-{name}.toml"
        alone = Task.of(prepare(str(file), seed=1, share=SHARE), tables=("indicators",))
        wanted = simulate(alone)[f"tables/indicators/{alone.key}.parquet"]
        there = run.store.query(f"select * exclude key from indicators where key = '{task.key}' order by id, year")
        shutil.rmtree(folder := run.store.folder / "alone", ignore_errors=True)
        folder.mkdir()
        (folder / "one.parquet").write_bytes(wanted)
        other = run.store.query(f"select * exclude key from read_parquet('{folder / 'one.parquet'}') order by id, year")
        shutil.rmtree(folder)
        assert there.equals(other), name


def test_the_country_is_the_sum_of_its_regions(done: tuple[drive.Run, Country]) -> None:
    run, found = done
    assert found.span == (2025, 2027)
    for id in ("inhabitants", "without_gp"):
        assert found.whole[id][2026] == pytest.approx(sum(part[id][2026] for part in found.parts))
    share = 100.0 * found.whole["without_gp"][2027] / found.whole["inhabitants"][2027]
    assert found.whole["without_gp_share"][2027] == pytest.approx(share)
    waits = sorted(part["wait_mean"][2025] for part in found.parts)
    assert waits[0] < found.whole["wait_mean"][2025] < waits[1]
    rows = list(csv.DictReader((run.store.folder / "country.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["indicator"] for row in rows} == set(found.whole)
    rows = list(csv.DictReader((run.store.folder / "exchange.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["year"], row["kind"]) for row in rows] == [
        (year, kind) for year in ("2025", "2026") for kind in ("graduates", "experienced")
    ]


def test_flows_are_those_of_the_log(done: tuple[drive.Run, Country]) -> None:
    one = regions()[0]
    model = build_model(one)
    model.advance(730)
    tables = model.ledger.tables()
    log = tables["events"]
    for year, days in ((2025, range(365)), (2026, range(365, 730))):
        flows = flows_of(tables, one.scenario.start, year)
        rows = [k for k, day in enumerate(log["day"]) if day in days]
        kinds = [(str(log["kind"][k]), str(log["cause"][k])) for k in rows]
        assert flows.left == (
            kinds.count(("trainee graduates", "goes elsewhere")),
            kinds.count(("GP leaves", "moves away")),
        )
        arrived = [cause for kind, cause in kinds if kind == "GP arrives"]
        assert sum(flows.came) <= len(arrived)  # those trained in the region arrive too
        assert sum(flows.came) == round(
            Year(tables, year).total("workforce_month", "in_graduate", "in_mover", "in_locum", "in_owner")
        )


class Stops:
    """Fails in one region in its second year."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, prepared: Any) -> Any:
        if prepared.region.id == self.name:
            raise RuntimeError("nobody there")
        return build_model(prepared)


def test_what_is_finished_is_kept_and_gone_on_from(tmp_path: Path, done: tuple[drive.Run, Country]) -> None:
    way = Way(tmp_path / "out", (1,), quiet=True, build=Stops("achterhoek"))
    with pytest.raises(QuestionError, match="achterhoek failed in 2025: RuntimeError: nobody there"):
        drive.together(regions(), way)
    assert len(list((tmp_path / "out" / "legs").glob("*.json"))) == 1
    walked: list[str] = []

    def counting(prepared: Any) -> Any:
        walked.append(prepared.region.id)
        return build_model(prepared)

    run = drive.together(regions(), Way(tmp_path / "out", (1,), quiet=True, build=counting))
    assert walked == ["achterhoek"], "the other one goes on from its state"
    assert run.pools == done[0].pools and [task.key for task in run.tasks] == [task.key for task in done[0].tasks]
    assert not [path for path in (tmp_path / "out" / "legs").iterdir() if path.is_dir()], "states take room"
    again = drive.together(regions(), Way(tmp_path / "out", (1,), quiet=True, build=_never))
    assert again.years == run.years
    shutil.rmtree(tmp_path / "out" / "tables")


def _never(prepared: Any) -> Any:
    raise AssertionError(prepared.name)


def test_without_exchange_each_is_its_baseline(tmp_path: Path) -> None:
    pair = regions(years=1)
    run = drive.together(pair, Way(tmp_path / "out", (1,), quiet=True), exchange=False)
    assert not run.years and not run.pools
    assert [task.key for task in run.tasks] == [Task.of(one, tables=drive.TABLES).key for one in pair]


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.country.regions.region_names", lambda: list(NAMES))
    words = ["country", "--years", "2", "--share", "0.01", "--jobs", "1", "--out", "out"]
    for lang, says in (("en", "GPs who change regions"), ("nl", "Huisartsen die van regio wisselen")):
        result = CliRunner().invoke(main, [*words, "--lang", lang])
        assert result.exit_code == 0, result.output
        assert says in result.stdout and "Achterhoek" in result.stdout
    quiet = CliRunner().invoke(main, [*words, "--quiet"])
    assert quiet.stdout == "out\n"
    other = CliRunner().invoke(main, ["country", "--years", "1", "--share", "0", "--jobs", "1"])
    assert other.exit_code == 2 and not Path("results").exists()
