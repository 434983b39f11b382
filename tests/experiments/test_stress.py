"""The stress test, on a town whose tipping points are known: shocks, curves, ranking, saving, Ctrl-C."""

from __future__ import annotations

import datetime
import functools
import pickle
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import experiments.prepare
import experiments.store
import experiments.stress.report
from experiments.cli import main
from experiments.executors.base import Outcome
from experiments.executors.processes import Here, local
from experiments.prepare import Prepared
from experiments.progress import Counter
from experiments.runs.carry_out import carry_out
from experiments.runs.past import advance_to
from experiments.runs.perform import build_model
from experiments.runs.store import Store
from experiments.store import load_results
from experiments.stress.findings import ranking, tipping_points
from experiments.stress.report import KIND
from experiments.stress.rounds import run_shocks
from experiments.stress.shock import HORIZONS, Count, Shock, measure, shock_date
from experiments.stress.task import ShockTask, from_store, simulate_shock
from experiments.stress.tipping import Tipping, first_shares, halves, spread, tipping_point
from experiments.stress.worlds import States, world_of
from sim.dates import date_of_month, month_of
from tests.experiments import fake
from tests.experiments.runs.toy import base

PRACTICES, LIST = 120, 20


class Town:
    """Equal practices of one GP. Released people fill the room of the rest, which grows with the months.

    The first half of the practices lies in node 0, the others in node 1, five minutes apart, or twenty if ``apart``:
    then people fill the room of the other node too, but without having a list within reach; ``remote`` practices are
    twenty minutes from everybody. One in ten of all people leaves the region in the third month after the shock.
    """

    def __init__(self, prepared: Prepared, *, apart: bool = False, remote: bool = False) -> None:
        self.seed, self.today = prepared.seed, prepared.scenario.start
        self.ledger = SimpleNamespace(tables=self._tables)
        number = np.arange(PRACTICES)
        self.place = (number >= PRACTICES // 2).astype(np.int64)
        within, between = (20.0 if remote else 5.0), (20.0 if apart or remote else 5.0)
        distance = np.array([[within, between], [between, within]], np.float32)
        self.minutes = distance[:, self.place]
        practice = np.repeat(number, LIST).astype(np.int16)
        self.people = SimpleNamespace(practice=practice, node=self.place[practice], find=self._find)
        self.uid = np.arange(1000, 1000 + practice.size, dtype=np.uint64)
        self.gone = np.zeros(practice.size, bool)
        self.alive_practices = np.ones(PRACTICES, bool)
        self.months = -1
        self.released = False

    def _find(self, uids: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        rows = uids.astype(np.int64) - 1000
        return np.where(self.gone[rows], -1, rows)

    def _tables(self) -> dict[str, dict[str, npt.NDArray[Any]]]:
        number = np.arange(PRACTICES)
        year = np.repeat([2024, self.today.year - 1], PRACTICES)
        twice = np.tile(number, 2)
        risk = np.concatenate([np.full(PRACTICES, 999), number % 7])
        scores = {"municipality": self.place[twice], "list": np.full(twice.size, LIST), "benefit": twice}
        return {"practice_year": {"year": year, "practice": twice, "risk": risk, **scores}}

    def shock(self, share: float, order: str) -> npt.NDArray[np.uint64]:
        assert self.today == datetime.date(2026, 1, 1)
        who = np.arange(PRACTICES) if order == "age" else np.random.default_rng(self.seed).permutation(PRACTICES)
        closed = who[: round(share * PRACTICES)]
        self.alive_practices[closed] = False
        rows = np.flatnonzero(np.isin(self.people.practice, closed))
        self.people.practice[rows] = -1
        self.months, self.released = 0, True
        return self.uid[rows][::-1].copy()

    def advance(self, days: int) -> None:
        first = self.today
        self.today += datetime.timedelta(days=days)
        assert month_of(self.today) - month_of(first) == 1, "a month at a time"
        if not self.released:
            return
        self.months += 1
        if self.months == 3:
            self.gone[::10] = True
            self.people.practice[self.gone] = -1
        capacity = np.where(self.alive_practices, round(LIST * (1.0 + slack(self.seed, self.months))), 0)
        listed = np.bincount(self.people.practice[self.people.practice >= 0], minlength=PRACTICES)
        room = np.repeat(np.arange(PRACTICES), np.maximum(0, capacity - listed))
        waiting = np.flatnonzero((self.people.practice < 0) & ~self.gone)
        n = min(room.size, waiting.size)
        self.people.practice[waiting[:n]] = room[:n]


def slack(seed: int, months: int) -> float:
    """Room of each practice beyond its list."""
    return 0.2 + 0.05 * (months // 6) + 0.05 * (seed - 1)


def tips(seed: int, months: int) -> float:
    """Share s at which 95 % of the released who stay, .9 s, just fit in the others: (1 - s) x (room + leavers)."""
    room = slack(seed, months) + 0.1
    return room / (0.95 * 0.9 + room)


class Pickles:
    """Keeps towns, which are no models that could be saved as states."""

    def save(self, model: Town, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "town").write_bytes(pickle.dumps(model))

    def load(self, prepared: Prepared, folder: Path) -> Town:
        found = pickle.loads((folder / "town").read_bytes())
        assert isinstance(found, Town)
        return found


def town(prepared: Prepared) -> Town:
    return Town(prepared)


def two_places(prepared: Prepared) -> Town:
    return Town(prepared, apart=True)


def remote(prepared: Prepared) -> Town:
    return Town(prepared, remote=True)


def prepared(seed: int = 1) -> Prepared:
    """Three years of the town from January 2025."""
    run = fake.prepared(seed=seed, years=3)
    places = [SimpleNamespace(name="Oost"), SimpleNamespace(name="West")]
    return replace(run, region=SimpleNamespace(**vars(run.region), municipalities=places))  # type: ignore[arg-type]


def shocks(runs: int = 1, jobs: int = 1, step: float = 0.1, progress: Counter | None = None) -> list[Shock]:
    """All rounds in the town, at random."""
    with tempfile.TemporaryDirectory() as folder, local(jobs) as workers:
        counter, store = progress or Counter(), Store.create(Path(folder, "store"), KIND)
        return run_shocks(
            prepared(), workers, counter, store, order="random", runs=runs, step=step, build=town, keeper=Pickles()
        )


def eve(build: Callable[[Prepared], Town] = town) -> Town:
    """The first world on the day of the shock."""
    run = prepared()
    model = build(run)
    advance_to(model, shock_date(run))
    return model


def oldest(share: float, build: Callable[[Prepared], Town] = town) -> Shock:
    """One shock of the first world, by number of the practice."""
    return measure(eve(build), 1, share, "age")


# tipping points -------------------------------------------------------------------------------------------------------


def test_first_shares_end_at_the_most() -> None:
    assert first_shares(0.2, 0.6) == [0.2, 0.4, 0.6]
    assert first_shares(0.1, 0.6) == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
    assert first_shares(0.25, 0.6) == [0.25, 0.5, 0.6]


@pytest.mark.parametrize(
    ("lost", "point"),
    [
        ([0.0, 0.04, 0.06], Tipping(pytest.approx(0.25))),  # type: ignore[arg-type]
        ([0.0, 0.05, 0.25], Tipping(0.2)),
        ([0.06, 0.5, 0.9], Tipping(0.1, "below")),
        ([0.0, 0.01, 0.05], Tipping(0.3, "above")),
        ([0.0, 0.10, 0.04], Tipping(pytest.approx(0.15))),  # type: ignore[arg-type]
    ],
)
def test_tipping_point(lost: list[float], point: Tipping) -> None:
    assert tipping_point([0.1, 0.2, 0.3], lost) == point


def test_halves_until_narrow() -> None:
    assert halves([0.1, 0.2, 0.3], [0.0, 0.04, 0.06], 0.025) == [0.25]
    assert halves([0.1, 0.2, 0.225], [0.0, 0.04, 0.06], 0.025) == []
    assert halves([0.1, 0.2], [0.5, 0.9], 0.025) == [0.05]
    assert halves([0.025, 0.2], [0.5, 0.9], 0.025) == []
    assert halves([0.1, 0.2], [0.0, 0.0], 0.025) == []


def test_spread_orders_bounds_with_points() -> None:
    points = [Tipping(0.6, "above"), Tipping(0.3), Tipping(0.02, "below"), Tipping(0.2), Tipping(0.6, "above")]
    assert spread(points) == (Tipping(0.02, "below"), Tipping(0.3), Tipping(0.6, "above"))
    assert spread([Tipping(0.3), Tipping(0.2)]) == (Tipping(0.2), Tipping(0.2), Tipping(0.3))


def test_known_tipping_points_by_horizon_and_world() -> None:
    found = tipping_points(shocks(runs=3))
    assert list(found) == list(HORIZONS)
    for months, points in found.items():
        for seed, point in points.items():
            assert point.side == "at"
            assert point.share == pytest.approx(tips(seed, months), abs=0.015), (months, seed)


def test_the_first_world_goes_alone_to_compile(tmp_path: Path) -> None:
    class Recorder(Here):
        sizes: ClassVar[list[int]] = []

        def outcomes[T, R](self, work: Callable[[T, int], R], tasks: Iterable[T]) -> Iterator[Outcome[T, R]]:
            listed = list(tasks)
            self.sizes.append(len(listed))
            return super().outcomes(work, listed)

    store = Store.create(tmp_path / "store", KIND)
    with Recorder() as workers:
        run_shocks(
            prepared(), workers, Counter(), store,
            order="age", runs=3, step=0.3, warm=False, build=town, keeper=Pickles(),
        )  # fmt: skip
    assert Recorder.sizes[:3] == [1, 2, 6]


def test_rounds_narrow_the_steps_and_end() -> None:
    class Rounds(Counter):
        def __init__(self) -> None:
            self.seen: list[tuple[int, int, int]] = []

        def update(self, round_: int, done: int, total: int) -> None:
            self.seen.append((round_, done, total))

    rounds = Rounds()
    found = shocks(progress=rounds)
    assert rounds.seen[:3] == [(0, 0, 1), (0, 1, 1), (1, 0, 6)] and rounds.seen[8] == (1, 6, 6)
    assert rounds.seen[-1][1] == rounds.seen[-1][2]
    assert sum(done == 0 for _, done, _ in rounds.seen) == 1 + rounds.seen[-1][0] == 4
    shares = [shock.share for shock in found]
    assert shares == sorted(set(shares)) and len(shares) < 6 + 2 * 2 * 3
    for k in range(len(HORIZONS)):
        tipped = next(shock.share for shock in found if shock.counts[k].lost > 0.05)
        assert tipped - max(share for share in shares if share < tipped) == pytest.approx(0.025)


# one shock ------------------------------------------------------------------------------------------------------------


def test_counts_of_one_shock() -> None:
    shock = oldest(0.5)
    assert shock.released == PRACTICES * LIST // 2 and shock.far_before == 0
    stay = round(0.9 * shock.released)
    for count in shock.counts:
        room = round(PRACTICES // 2 * LIST * (0.1 + slack(1, count.months)))
        assert count == Count(count.months, present=stay, without=stay - room, far=0)
    after_a_year = shock.counts[1]
    assert shock.released_from.tolist() == [LIST] * (PRACTICES // 2)
    assert shock.lost_from.sum() == after_a_year.without
    assert shock.taken_in.sum() == stay - after_a_year.without
    assert shock.taken_in[: PRACTICES // 2].sum() == 0


def test_a_list_out_of_reach_is_no_list() -> None:
    near, apart = (oldest(0.5, build) for build in (town, two_places))
    for count, other in zip(near.counts, apart.counts, strict=True):
        assert (other.present, other.without) == (count.present, count.without)
        assert other.far == count.present - count.without > 0
        assert other.lost == 1.0 > count.lost
    assert apart.lost_from.sum() == apart.counts[1].present


def test_what_is_kept_of_a_shock_is_the_shock(tmp_path: Path) -> None:
    world, store = world_of(prepared(), tmp_path / "worlds"), Store.create(tmp_path / "store", KIND)
    Pickles().save(eve(), Path(world.folder))
    tasks = [ShockTask.at(world, share, "age") for share in (0.5, 0.001)]
    assert len({ShockTask.at(world, 0.5, "random").key, *(task.key for task in tasks)}) == 3
    simulate = functools.partial(simulate_shock, keeper=Pickles())
    with Here() as workers:
        assert len(list(carry_out(store, tasks, workers, simulate=simulate))) == 2
    for found, share in zip(from_store(store, tasks), (0.5, 0.001), strict=True):
        own = oldest(share)
        assert (found.seed, found.share, found.released, found.far_before) == (1, share, own.released, own.far_before)
        assert found.counts == own.counts
        for name, column in own.scores.items():
            assert np.array_equal(found.scores[name], column), name
        for name in ("released_from", "lost_from", "taken_in"):
            kept, made = getattr(found, name), getattr(own, name)
            assert np.array_equal(kept[: made.size], made) and not kept[made.size :].any(), name


def test_a_state_is_a_world(tmp_path: Path) -> None:
    """A shock of the model itself: the same from a saved state as in the model that was saved."""
    run = replace(base(1), share=0.01)
    model = build_model(run)
    advance_to(model, date_of_month(month_of(run.scenario.start) + 1))
    States().save(model, tmp_path / "world")
    again = States().load(run, tmp_path / "world")
    released = model.shock(0.3, "random")
    assert released.size > 0 and np.array_equal(again.shock(0.3, "random"), released)
    for one in (model, again):
        advance_to(one, date_of_month(month_of(run.scenario.start) + 2))
    n = model.people.n
    assert again.people.n == n and np.array_equal(model.people.practice[:n], again.people.practice[:n])


def test_nobody_released_is_nobody_lost() -> None:
    shock = oldest(0.001)
    assert shock.released == 0 and [count.lost for count in shock.counts] == [0.0] * 3


def test_scores_are_those_of_the_last_year() -> None:
    shock = oldest(0.1)
    assert shock.scores["risk"].max() == 6 and shock.scores["practice"].size == PRACTICES


def test_ranking_is_of_one_world_and_of_the_first_round() -> None:
    found = shocks(runs=2)
    table = ranking(found, 0.1, ["Oost", "West"])
    assert np.all(np.diff(table["risk"]) <= 0)
    by_number = {int(k): i for i, k in enumerate(table["practice"])}
    order = np.random.default_rng(1).permutation(PRACTICES)
    last = by_number[int(order[-1])]  # 60 % lost never reaches it
    assert np.isnan(table["lost"][last])
    first = by_number[int(order[0])]  # lost in every shock
    assert np.isnan(table["taken_in"][first])
    grid = [s for s in found if s.seed == 1 and s.share in first_shares(0.1, 0.6)]
    assert len(grid) == 6
    lost = [np.pad(s.lost_from, (0, PRACTICES))[order[0]] for s in grid]
    taken = [np.pad(s.taken_in, (0, PRACTICES))[order[-1]] for s in grid]
    assert max(lost) > 0 and table["lost"][first] == np.mean(lost)
    assert table["taken_in"][last] == np.mean(taken) > 0
    assert table["municipality"][first] == ("West" if order[0] >= PRACTICES // 2 else "Oost")


def test_two_processes_give_what_one_gives() -> None:
    one, two = shocks(runs=2, step=0.3), shocks(runs=2, step=0.3, jobs=2)
    assert [(s.seed, s.share, s.counts) for s in one] == [(s.seed, s.share, s.counts) for s in two]
    assert all(np.array_equal(a.taken_in, b.taken_in) for a, b in zip(one, two, strict=True))


# the command ----------------------------------------------------------------------------------------------------------

Invoke = Callable[..., Result]


@pytest.fixture
def stress(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Invoke:
    """Run ``deltaplan stress`` in an empty folder, with the town behind it."""
    monkeypatch.chdir(tmp_path)

    def ready(scenario: str, *, seed: int, years: int) -> Prepared:
        assert (scenario, years) == ("toy", 3)
        return prepared(seed)

    monkeypatch.setattr(experiments.prepare, "prepare", ready)
    execute = experiments.stress.report.execute

    def call(*words: str, build: Callable[[Prepared], Any] = town, keeper: Pickles | None = None) -> Result:
        changed = functools.partial(execute, build=build, keeper=keeper or Pickles())
        monkeypatch.setattr(experiments.stress.report, "execute", changed)
        return CliRunner().invoke(main, ["stress", "toy", "--jobs", "1", *words])

    return call


def test_prints_and_saves(stress: Invoke) -> None:
    result = stress("--runs", "3", "--out", "out")
    assert result.exit_code == 0, result.output
    assert "GPs of Toytown go at random on 2026-01-01; 3 worlds from seed 1" in result.stderr
    assert "3 of 3 worlds built and simulated up to the shock" in result.stderr
    assert "round 1: 18 of 18 shocks simulated, 0 s left" in result.stderr
    saved = load_results("out")
    assert saved.names == ["ranking", "shocks", "tipping"]
    settings = saved.manifest["stress"]
    assert (settings["order"], settings["runs"], settings["horizons"]) == ("random", 3, [6, 12, 24])
    assert saved.manifest["last_date"] == "2027-12-31"
    middle = sorted(tips(seed, 12) for seed in (1, 2, 3))[1]
    points = [row["share"] for row in saved.table("tipping").to_pylist() if row["months"] == 12]
    assert sorted(points)[1] == pytest.approx(middle, abs=0.015)
    assert f"Access tips when {100 * sorted(points)[1]:.1f} % of the GPs are lost (at random)" in result.stdout
    assert "Median of 3 worlds" in result.stdout
    assert "Practices by risk (10 of 120)" in result.stdout and "Practices by benefit (10 of 120)" in result.stdout
    after = result.stdout.split("Practices by benefit")[1].splitlines()
    assert after[2].split()[:2] == ["119", "West"]


def test_shows_it_again(stress: Invoke) -> None:
    ran = stress("--runs", "2", "--out", "out")
    shown = CliRunner().invoke(main, ["show", "out"])
    assert shown.exit_code == 0 and len(shown.stdout) > 1000
    assert ran.stdout.startswith(shown.stdout)
    other = CliRunner().invoke(main, ["show", "out", "--by", "age"])
    assert other.exit_code == 2 and len(other.stderr.strip().splitlines()) == 1


def test_dutch(stress: Invoke) -> None:
    result = stress("--runs", "1", "--order", "age", "--lang", "nl")
    assert result.exit_code == 0, result.output
    assert "De toegang kantelt als 31," in result.stdout and "(de oudsten eerst)" in result.stdout
    assert "Eén wereld" in result.stdout and "Praktijken naar risico" in result.stdout


def test_tipped_from_the_start(stress: Invoke) -> None:
    result = stress("--runs", "1", "--order", "age", build=remote)
    assert "For 100 % of them the list that was released lay more than 15 minutes away already" in result.stdout
    assert "Access has tipped already when" in result.stdout and "at most 2.5 %" in result.stdout


def roomy(prepared: Prepared) -> Town:
    return Town(replace(prepared, seed=40))


def test_never_tips(stress: Invoke) -> None:
    result = stress("--runs", "1", build=roomy)
    assert "Access does not tip up to a loss of 60 % of the GPs" in result.stdout
    assert "more than 60 %" in result.stdout


def test_same_test_gives_the_same_bytes(stress: Invoke) -> None:
    for name in ("one", "two"):
        assert stress("--runs", "2", "--out", name, "--quiet").output == f"{name}\n"
    for file in Path("one").iterdir():
        if file.name != "timing.json":
            assert file.read_bytes() == Path("two", file.name).read_bytes(), file.name


def test_same_test_is_refused_until_forced(stress: Invoke) -> None:
    assert stress("--runs", "1", "--quiet").exit_code == 0
    folder, shocks = sorted(Path("results").iterdir())
    assert shocks.name == f"{folder.name}-runs"
    assert folder.name.startswith("toy-stress-random-seed1-")
    again = stress("--runs", "1")
    assert again.exit_code == 2 and "--force" in again.stderr and len(again.stderr.strip().splitlines()) == 1
    assert stress("--runs", "1", "--force", "--quiet").exit_code == 0
    assert stress("--runs", "1", "--order", "age", "--quiet").exit_code == 0
    assert len(list(Path("results").iterdir())) == 4


def pressed(prepared: Prepared) -> Town:
    signal.raise_signal(signal.SIGINT)
    return Town(prepared)


def broken(prepared: Prepared) -> Town:
    raise RuntimeError("broken on purpose")


def test_ctrl_c_saves_nothing(stress: Invoke) -> None:
    result = stress("--out", "out", build=pressed)
    assert result.exit_code == 130 and "0 shocks are kept" in result.stderr
    assert list(Path().iterdir()) == []


class Impatient(Pickles):
    """Presses Ctrl-C at the eighth world that is loaded."""

    def __init__(self, at: int = 8) -> None:
        self.loads, self.at = 0, at

    def load(self, prepared: Prepared, folder: Path) -> Town:
        self.loads += 1
        if self.loads == self.at:
            signal.raise_signal(signal.SIGINT)
        return super().load(prepared, folder)


def test_after_ctrl_c_it_goes_on(stress: Invoke) -> None:
    assert stress("--runs", "2", "--out", "calm", "--quiet").exit_code == 0
    result = stress("--runs", "2", "--out", "out", keeper=Impatient())
    assert result.exit_code == 130 and "7 shocks are kept in out-runs" in result.stderr
    assert not Path("out").exists() and len(list(Path("out-runs", "worlds").iterdir())) == 2
    again = Impatient(at=-1)
    assert (
        stress("--runs", "2", "--out", "out", "--quiet", build=broken, keeper=again).exit_code == 0
    )  # worlds are there
    assert not Path("out-runs", "worlds").exists()
    calm, store = Store.open("calm-runs"), Store.open("out-runs")
    assert store.finished_keys() == calm.finished_keys() and again.loads == len(calm.finished_keys()) - 7
    for file in Path("calm").iterdir():
        if file.name != "timing.json":
            assert file.read_bytes() == Path("out", file.name).read_bytes(), file.name


def test_shocks_can_be_asked_in_sql(stress: Invoke) -> None:
    assert stress("--runs", "2", "--out", "out", "--quiet").exit_code == 0
    words = ["sql", "out-runs", "select who_goes, count(distinct key) n from shock_counts group by 1"]
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 0, answer.output
    assert "random" in answer.stdout and str(len(Store.open("out-runs").finished_keys())) in answer.stdout


def failing(prepared: Prepared) -> Town:
    made = Town(prepared)
    made.shock = None  # type: ignore[assignment, method-assign]
    return made


def test_a_shock_that_fails_is_said_and_kept(stress: Invoke) -> None:
    result = stress("--runs", "1", "--out", "out", build=failing)
    assert result.exit_code == 2 and len(result.stderr.strip().splitlines()[-1]) < 200
    assert "the shock of 60 % of the GPs in world 1 failed: TypeError" in result.stderr
    assert not Path("out").exists() and len(Store.open("out-runs").failures()) == 1


def test_a_broken_model_keeps_its_traceback_and_leaves_nothing(stress: Invoke) -> None:
    result = stress("--out", "out", build=broken)
    assert isinstance(result.exception, RuntimeError)
    assert list(Path().iterdir()) == []


def test_failure_while_writing_leaves_nothing(stress: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, written = pq.write_table, []

    def breaks_at_second(table: object, path: Path, **options: object) -> None:
        if isinstance(path, Path):  # what goes into the store is made in memory
            if written:
                raise OSError("disk full")
            written.append(path)
        plain(table, path, **options)

    monkeypatch.setattr(experiments.store.pq, "write_table", breaks_at_second)
    result = stress("--runs", "1", "--out", "out")
    assert isinstance(result.exception, OSError) and written
    assert [path.name for path in Path().iterdir()] == ["out-runs"]


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["--order", "youth"], "'random', 'age'"),
        (["--runs", "0"], "1<=x<=100"),
        (["--step", "0"], "1<=x<=30"),
        (["--jobs", "0"], "x>=1"),
        (["--seed", str(2**32 - 1)], "no room for 5 seeds"),
    ],
)
def test_bad_input_is_one_line(stress: Invoke, words: list[str], mend: str) -> None:
    result = stress(*words)
    assert result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 1 and mend in result.stderr
