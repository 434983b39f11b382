"""A worker is killed, then the parent; started again the batch is what an undisturbed one is, byte for byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.executors.processes import Here, Processes, Workers
from experiments.runs.carry_out import Finished, carry_out
from experiments.runs.perform import Build
from experiments.runs.store import Store
from experiments.runs.task import Task
from tests.experiments.executors.test_processes import running
from tests.experiments.runs.real import real, real_tasks
from tests.experiments.runs.toy import content, tasks, toy

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")

ROOT = Path(__file__).resolve().parents[3]

BATCH = """
import sys
from pathlib import Path
from experiments.executors.processes import Processes
from experiments.runs.carry_out import carry_out
from experiments.runs.store import Store
from tests.experiments.runs.real import real, real_tasks
from tests.experiments.runs.toy import Slow, tasks, toy
if __name__ == "__main__":
    folder, jobs, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    tasks, build = (real_tasks, real) if sys.argv[4] == "real" else (tasks, toy)
    store = Store.create(folder / "store", "batch")
    with Processes(jobs) as executor:
        for outcome in carry_out(store, tasks(count), executor, build=Slow(folder, seed=5, build=build)):
            pass
"""


def begin(folder: Path, jobs: int, count: int, what: str = "toy") -> subprocess.Popen[bytes]:
    script = folder / "batch.py"
    script.write_text(BATCH, encoding="utf-8")
    words = [sys.executable, str(script), str(folder), str(jobs), str(count), what]
    return subprocess.Popen(
        words, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, start_new_session=True
    )


def records(folder: Path) -> int:
    return len(list((folder / "store" / "runs").glob("*.parquet")))


def wait_for(process: subprocess.Popen[bytes], folder: Path, count: int) -> None:
    patience = time.monotonic() + 120
    while records(folder) < count and process.poll() is None and time.monotonic() < patience:
        time.sleep(0.01)
    assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
    assert records(folder) >= count


SLOW = [pytest.param(500, jobs, marks=pytest.mark.slow) for jobs in (1, 2)]


@pytest.mark.parametrize(("count", "jobs"), [(60, 1), *SLOW])
def test_killed_worker_killed_parent_and_on_again(count: int, jobs: int, tmp_path: Path) -> None:
    calm = Store.create(tmp_path / "calm", "batch")
    list(carry_out(calm, tasks(count), Here(), build=toy))
    store = killed_and_begun_again(tmp_path, "toy", tasks(count), toy, jobs, Processes(jobs))
    assert content(store.folder) == content(calm.folder)


@pytest.mark.parametrize(("count", "jobs"), [(60, 2), *SLOW])
def test_the_same_with_the_model_itself(count: int, jobs: int, tmp_path: Path) -> None:
    calm = Store.create(tmp_path / "calm", "batch")  # in this process, where the kernels are loaded once
    list(carry_out(calm, real_tasks(count), Here(), build=real))
    again = Here() if count == 60 else Processes(jobs)
    store = killed_and_begun_again(tmp_path, "real", real_tasks(count), real, jobs, again)
    assert content(store.folder) == content(calm.folder)
    assert store.query("select count(*) as n from region_week")["n"].to_pylist() == [4 * count]


def killed_and_begun_again(folder: Path, what: str, runs: list[Task], build: Build, jobs: int, again: Workers) -> Store:
    """A batch in other processes, one of which ends itself, and of which the parent is killed; then carried on."""
    process = begin(folder, jobs, len(runs), what)
    wait_for(process, folder, 15)
    process.kill()
    process.communicate()
    assert list(folder.glob("kill0")) and 15 <= records(folder) < len(runs)
    pids = [int(path.name[3:]) for path in folder.glob("pid*")]
    assert len(pids) >= jobs + 1 - (jobs == 2)  # the killed one had a successor
    patience = time.monotonic() + 30
    while any(running(pid) for pid in pids) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not any(running(pid) for pid in pids)

    store = Store.create(folder / "store", "batch")
    with again as executor:
        outcomes = list(carry_out(store, runs, executor, build=build))
    assert len(outcomes) == len(runs) and all(isinstance(one, Finished) for one in outcomes)
    assert sum(one.seconds is None for one in outcomes) >= 15  # type: ignore[union-attr]
    assert store.query("select count(*) as n from runs")["n"].to_pylist() == [len(runs)]
    return store


def test_ctrl_c_loses_nothing_finished(tmp_path: Path) -> None:
    process = begin(tmp_path, 2, 60)
    wait_for(process, tmp_path, 5)
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert error.decode().strip().endswith("KeyboardInterrupt")
    store = Store.open(tmp_path / "store")
    assert 5 <= len(store.finished()) < 60 and store.failures() == {}
    keys = {task.key for task in tasks(60)}
    assert set(store.finished()) <= keys and store.query("select * from region_week").num_rows == 52 * len(
        store.finished()
    )
