"""Tasks over processes: results, failures, and nothing left running. Light imports: every process repeats them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.executors.processes import WorkersError, as_children_begin, cores, local


def double(task: int) -> int:
    return 2 * task


def process_of(task: int) -> int:
    time.sleep(0.2)
    return os.getpid()


def fail(task: int) -> int:
    if task == 1:
        raise LookupError("broken on purpose")
    return task


def die(task: int) -> int:
    os._exit(9)


def rest(seconds: int) -> int:
    time.sleep(seconds)
    return os.getpid()


def test_one_job_stays_here() -> None:
    with local(1) as workers:
        assert list(workers.results(double, range(4))) == [0, 2, 4, 6]
        assert list(workers.results(process_of, [0])) == [os.getpid()]


def test_jobs_are_other_processes_and_serve_twice() -> None:
    with local(2) as workers:
        assert sorted(workers.results(double, range(4))) == [0, 2, 4, 6]
        seen = set(workers.results(process_of, range(6)))
    assert os.getpid() not in seen and 1 <= len(seen) <= 2
    for pid in seen:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_at_least_one_core() -> None:
    assert cores() >= 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_task_raises_comes_through(jobs: int) -> None:
    with pytest.raises(LookupError, match="on purpose"), local(jobs) as workers:
        list(workers.results(fail, [0, 1, 2]))


def test_a_process_that_dies_is_one_line() -> None:
    with pytest.raises(WorkersError, match="--jobs") as caught, local(2) as workers:
        list(workers.results(die, [0, 1]))
    assert "\n" not in str(caught.value)


WAITING = """
from multiprocessing import active_children
from experiments.executors.processes import local
from tests.experiments.executors.test_processes import rest
if __name__ == "__main__":
    with local(2) as workers:
        for _ in workers.results(rest, [0, 0, 50, 51, 52]):
            print(*(child.pid for child in active_children()), flush=True)
"""


def running(pid: int) -> bool:
    """Whether a process runs; one that waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def start(folder: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """Two processes at rest in a process group of their own, and their ids."""
    script = folder / "waiting.py"
    script.write_text(WAITING, encoding="utf-8")
    root = Path(__file__).resolve().parents[3]
    process = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2)]
    return process, [int(pid) for pid in lines[-1].split()]


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are of POSIX")
def test_ctrl_c_ends_all_processes_at_once(tmp_path: Path) -> None:
    process, pids = start(tmp_path)
    assert len(pids) == 2 and all(running(pid) for pid in pids)
    begin = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert time.monotonic() - begin < 20
    assert error.count("Traceback") == 1 and error.strip().endswith("KeyboardInterrupt")
    assert not any(running(pid) for pid in pids)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are of POSIX")
def test_processes_do_not_outlive_the_one_that_began_them(tmp_path: Path) -> None:
    process, pids = start(tmp_path)
    process.kill()
    process.communicate(timeout=30)
    patience = time.monotonic() + 20
    while any(running(pid) for pid in pids) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not any(running(pid) for pid in pids)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="held back on POSIX only")
def test_ctrl_c_while_processes_begin_comes_afterwards() -> None:
    reached = []

    def press() -> None:
        with as_children_begin():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
            reached.append(True)

    with pytest.raises(KeyboardInterrupt):
        press()
    assert reached and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())
