"""A real dask scheduler and two worker processes, begun here: same bytes, workers killed, files sent back; SLURM."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments.executors.cluster import ENVIRONMENT, Cluster, ClusterError, slurm_cluster
from experiments.executors.processes import Here
from experiments.runs.carry_out import Failed, Finished, carry_out
from experiments.runs.store import Store
from tests.experiments.runs.toy import Breaks, Kills, content, tasks, toy

ROOT = Path(__file__).resolve().parents[3]


def dask(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__NANNY__PRE_SPAWN_ENVIRON": str(ENVIRONMENT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def scheduler_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler and two workers, each a process with its nanny."""
    folder = tmp_path_factory.mktemp("cluster")
    file = str(folder / "scheduler.json")
    processes = [
        dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file),
        *(
            dask(
                "worker", "--scheduler-file", file, "--nthreads", "1", "--no-dashboard",
                "--local-directory", str(folder), "--death-timeout", "60",
            )
            for _ in range(2)
        ),
    ]  # fmt: skip
    try:
        yield file
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in reversed(processes):
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:  # a nanny may wait for ever for a worker that was killed
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def address(scheduler_file: str) -> str:
    patience = time.monotonic() + 60
    while True:  # the scheduler makes the file before it writes into it
        try:
            return str(json.loads(Path(scheduler_file).read_text(encoding="utf-8"))["address"])
        except (FileNotFoundError, json.JSONDecodeError):
            if time.monotonic() > patience:
                raise
        time.sleep(0.1)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an undisturbed batch in one process writes."""
    store = Store.create(tmp_path_factory.mktemp("calm") / "store", "batch")
    list(carry_out(store, tasks(60), Here(), build=toy))
    return content(store.folder)


def test_same_bytes_when_a_worker_is_killed(address: str, calm: dict[str, bytes], tmp_path: Path) -> None:
    assert address.startswith("tcp://127.0.0.1:")
    store = Store.create(tmp_path / "store", "batch")
    with Cluster(address) as cluster:
        assert cluster.sees(store.folder) and not cluster.sees(tmp_path / "elsewhere")
        outcomes = list(carry_out(store, tasks(60), cluster, build=Kills(tmp_path, seed=20, times=1)))
    assert len(outcomes) == 60 and all(isinstance(one, Finished) for one in outcomes)
    assert len(list(tmp_path.glob("kill*"))) == 1 and content(store.folder) == calm


def test_files_are_sent_back_and_failures_kept(
    scheduler_file: str, address: str, calm: dict[str, bytes], tmp_path: Path
) -> None:
    store = Store.create(tmp_path / "store", "batch")
    with Cluster(scheduler_file) as cluster:
        outcomes = list(carry_out(store, tasks(60), cluster, build=Breaks(7), send_back=True))
        (failed,) = (one for one in outcomes if isinstance(one, Failed))
        assert "broken on purpose, seed 7" in failed.text and len(store.failures()) == 1
        list(carry_out(store, tasks(60), cluster, build=toy, send_back=True, retry_failed=True))
    assert content(store.folder) == calm


def test_a_run_that_always_kills_its_worker_is_given_up(address: str, tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", "batch")
    with Cluster(address, losses=0) as cluster:
        outcomes = list(carry_out(store, tasks(6), cluster, build=Kills(tmp_path, seed=2, times=99)))
    assert sorted(type(one).__name__ for one in outcomes) == ["Failed"] + ["Finished"] * 5
    (failure,) = store.failures().values()
    assert failure.seed == 2 and failure.killed and "Workers were lost" in failure.text


def test_workers_have_the_environment(address: str) -> None:
    with Cluster(address) as cluster:
        found = [set(ENVIRONMENT.items()) <= set(one.items()) for one in cluster.client.run(environment).values()]
    assert found and all(found)


def environment() -> dict[str, str]:
    return dict(os.environ)


def test_no_scheduler_is_one_line() -> None:
    with (
        pytest.raises(ClusterError, match=r"no worker can be reached at tcp://127\.0\.0\.1:9") as caught,
        Cluster("tcp://127.0.0.1:9", patience=0.5),
    ):
        pass
    assert "\n" not in str(caught.value)


def test_script_of_a_slurm_job() -> None:
    cluster = slurm_cluster(
        0, queue="rome", account="me", cores=16, processes=16, memory="28GiB", walltime="04:00:00", interface="lo"
    )
    try:
        script = cluster.job_script()
    finally:
        cluster.close()
    lines = script.splitlines()
    for wanted in ("#SBATCH -p rome", "#SBATCH -A me", "#SBATCH --cpus-per-task=16", "#SBATCH --mem=28G",
                   "#SBATCH -t 04:00:00", "export MALLOC_MMAP_THRESHOLD_=134217728"):  # fmt: skip
        assert wanted in lines
    (command,) = (line for line in lines if "--nworkers" in line)
    assert "--nworkers 16" in command and "--nthreads 1" in command
    module = command.split(" -m ")[1].split()[0]
    assert subprocess.run([sys.executable, "-m", module, "--help"], capture_output=True, timeout=60).returncode == 0
