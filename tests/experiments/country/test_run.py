"""Regions side by side: the same as each by itself with what the others leave, and nothing lost on the way."""

from __future__ import annotations

import csv
import functools
import shutil
from collections.abc import Iterator
from dataclasses import replace
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
from experiments.questions.asking import QuestionError, Stopped, Way
from experiments.runs.perform import build_model, simulate
from experiments.runs.task import Task
from sim.indicators.year import Year

NAMES = ("zeeland", "achterhoek")
SHARE = 0.02


def regions(years: int = 3) -> list[Any]:
    return prepared_country(seed=1, years=years, share=SHARE, names=NAMES)


FIXED = Pool(0.5, 1.7)
"""In place of what two small regions work out, which chance moves to no change as well."""


@pytest.fixture(autouse=True, scope="module")
def asked() -> Iterator[list[tuple[Any, ...]]]:
    """What the arithmetic was asked; it has tests of its own."""
    calls: list[tuple[Any, ...]] = []

    def next_pool(*words: Any) -> Pool:
        calls.append(words)
        return FIXED

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drive, "next_pool", next_pool)
        yield calls


@functools.cache
def ran(folder: Path) -> tuple[drive.Run, Country]:
    run = drive.together(regions(), Way(folder, (1,), quiet=True))
    found = answer(regions(), run)
    save_country(found, folder)
    return run, found


@pytest.fixture(scope="module")
def done(asked: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory) -> tuple[drive.Run, Country]:
    return ran(tmp_path_factory.mktemp("country") / "out")


def test_each_year_takes_what_the_year_before_left(
    done: tuple[drive.Run, Country], asked: list[tuple[Any, ...]]
) -> None:
    run, _ = done
    assert [one.year for one in run.years] == [2025, 2026, 2027]
    assert [one.pool for one in run.years[:2]] == [Pool(), Pool()] and list(run.pools) == [2027]
    first, second, third = (one.flows for one in run.years)
    assert first is not None and second is not None and third is None
    assert asked[0] == (first, second, Pool())
    assert run.pools[2027] == run.years[2].pool == FIXED
    assert "graduates = 0.5" in (run.store.folder / "regions" / "country-zeeland.toml").read_text(encoding="utf-8")


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
        (year, kind) for year in ("2025", "2026", "2027") for kind in ("graduates", "experienced")
    ]
    flows = run.years[0].flows
    assert flows is not None and [float(row["left"]) for row in rows[:2]] == [each / SHARE for each in flows.left]
    assert [row["left"] for row in rows[4:]] == ["", ""], "the last year is not settled"


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
    """Fails in one region."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, prepared: Any) -> Any:
        if prepared.region.id == self.name:
            raise RuntimeError("nobody there")
        return build_model(prepared)


class Counts:
    """Counts the regions that are built; the others go on from a state."""

    def __init__(self) -> None:
        self.built: list[str] = []

    def __call__(self, prepared: Any) -> Any:
        self.built.append(prepared.region.id)
        return build_model(prepared)


def states(folder: Path) -> list[Path]:
    return [path for path in (folder / "legs").iterdir() if path.is_dir()]


def test_what_is_finished_is_kept_and_gone_on_from(tmp_path: Path, done: tuple[drive.Run, Country]) -> None:
    out = tmp_path / "out"
    with pytest.raises(
        QuestionError, match=r"1 of 2 regions failed up to 2027-01-01, zeeland with: RuntimeError: nobo"
    ):
        drive.together(regions(), Way(out, (1,), quiet=True, build=Stops("zeeland")))
    assert len(list((out / "legs").glob("*.json"))) == 1, "the other one was finished all the same"
    (text,) = (out / "legs").glob("*.txt")
    assert "Traceback" in text.read_text(encoding="utf-8")
    counts = Counts()
    run = drive.together(regions(), Way(out, (1,), quiet=True, build=counts))
    assert counts.built == ["zeeland"]
    assert run.pools == done[0].pools and [task.key for task in run.tasks] == [task.key for task in done[0].tasks]
    assert not states(out), "states take room"
    again = drive.together(regions(), Way(out, (1,), quiet=True, build=_never))
    assert again.years == run.years


def _never(prepared: Any) -> Any:
    raise AssertionError(prepared.name)


def test_ctrl_c_in_the_last_year_goes_on_from_the_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: tuple[drive.Run, Country]
) -> None:
    out = tmp_path / "out"

    def pressed(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(drive, "carry_out", pressed)
        with pytest.raises(Stopped, match="same command goes on"):
            drive.together(regions(), Way(out, (1,), quiet=True))
    assert len(states(out)) == 2
    shutil.rmtree(states(out)[0])  # one of them is lost
    counts = Counts()
    run = drive.together(regions(), Way(out, (1,), quiet=True, build=counts))
    assert len(counts.built) == 1, "one goes on from its state, the other from the start"
    for task in run.tasks:
        query = f"select * from indicators where key = '{task.key}' order by id, year"
        assert run.store.query(query).equals(done[0].store.query(query))


def test_a_region_that_fails_at_the_end_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"1 of 2 runs are missing.*nobody there"):
        drive.together(regions(years=1), Way(tmp_path / "out", (1,), quiet=True, build=Stops("zeeland")))


@pytest.mark.parametrize(("years", "exchange"), [(1, True), (3, False)])
def test_without_exchange_each_is_its_baseline(tmp_path: Path, years: int, exchange: bool) -> None:
    pair = [replace(one, share=0.005) for one in regions(years=years)]
    run = drive.together(pair, Way(tmp_path / "out", (1,), quiet=True), exchange=exchange)
    assert not run.years and not run.pools
    assert [task.key for task in run.tasks] == [Task.of(one, tables=drive.TABLES).key for one in pair]


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.country.regions.region_names", lambda: list(NAMES))
    words = ["country", "--years", "3", "--share", "0.005", "--seed", "3", "--jobs", "1", "--out", "out"]
    for lang, says in (("en", "GPs who change regions"), ("nl", "Huisartsen die van regio wisselen")):
        result = CliRunner().invoke(main, [*words, "--lang", lang])
        assert result.exit_code == 0, result.output
        assert says in result.stdout and "Achterhoek" in result.stdout
        assert "deltaplan run out/regions/country-zeeland.toml --seed 3 --share 0.005" in result.stdout
    quiet = CliRunner().invoke(main, [*words, "--quiet"])
    assert quiet.stdout == "out\n"
    apart = CliRunner().invoke(main, [*words[:-1], "apart", "--no-exchange"])
    assert "Nothing was settled between regions" in apart.stdout
    Path("file").write_text("", encoding="utf-8")
    for words, says in ((["--share", "0"], "0"), (["--out", "file/below"], "file/below")):
        wrong = CliRunner().invoke(main, ["country", "--years", "1", "--share", "0.005", *words])
        assert wrong.exit_code == 2 and says in wrong.stderr and "Traceback" not in wrong.stderr
