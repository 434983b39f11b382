"""A worker is killed, then the parent; started again the batch is what an undisturbed one is, byte for byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.executors.processes import Here, Processes
from experiments.runs.carry_out import Finished, carry_out
from experiments.runs.store import Store
from tests.experiments.executors.test_processes import running
from tests.experiments.runs.toy import content, tasks, toy

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")

ROOT = Path(__file__).resolve().parents[3]

BATCH = """
import sys
from pathlib import Path
from experiments.executors.processes import Processes
from experiments.runs.carry_out import carry_out
from experiments.runs.store import Store
from tests.experiments.runs.toy import Slow, tasks
if __name__ == "__main__":
    folder, jobs, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    store = Store.create(folder / "store", "batch")
    with Processes(jobs) as executor:
        for outcome in carry_out(store, tasks(count), executor, build=Slow(folder, seed=5)):
            pass
"""


def begin(folder: Path, jobs: int, count: int) -> subprocess.Popen[bytes]:
    script = folder / "batch.py"
    script.write_text(BATCH, encoding="utf-8")
    words = [sys.executable, str(script), str(folder), str(jobs), str(count)]
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


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [60, pytest.param(500, marks=pytest.mark.slow)])
def test_killed_worker_killed_parent_and_on_again(jobs: int, count: int, tmp_path: Path) -> None:
    calm = Store.create(tmp_path / "calm", "batch")
    list(carry_out(calm, tasks(count), Here(), build=toy))

    process = begin(tmp_path, jobs, count)
    wait_for(process, tmp_path, 15)
    process.kill()
    process.communicate()
    assert list(tmp_path.glob("kill0")) and 15 <= records(tmp_path) < count
    pids = [int(path.name[3:]) for path in tmp_path.glob("pid*")]
    assert len(pids) >= jobs + 1 - (jobs == 2)  # the killed one had a successor
    patience = time.monotonic() + 30
    while any(running(pid) for pid in pids) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not any(running(pid) for pid in pids)

    store = Store.create(tmp_path / "store", "batch")
    with Processes(jobs) as executor:
        outcomes = list(carry_out(store, tasks(count), executor, build=toy))
    assert len(outcomes) == count and all(isinstance(one, Finished) for one in outcomes)
    assert sum(one.seconds is None for one in outcomes) >= 15  # type: ignore[union-attr]
    assert content(store.folder) == content(calm.folder)
    assert store.query("select count(*) as n from runs")["n"].to_pylist() == [count]


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
