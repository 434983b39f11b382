"""Tasks over the workers of a dask cluster: one that is there already, one on this machine, or one of SLURM jobs.

Dask counts a worker that is lost apart from what a task raises, and begins the tasks that it had again elsewhere. A
task that ends its worker can take others along that merely shared it; such tasks are done once more, each alone,
before they are given up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from experiments.executors.base import Failure, Outcome
from experiments.executors.processes import STRIKES, guarded, outcome_of

__all__ = ["ALLOWED_LOSSES", "ENVIRONMENT", "Cluster", "ClusterError", "configure", "local_cluster", "slurm_cluster"]

ALLOWED_LOSSES = 5
"""Workers that may be lost under a task before dask gives it up."""
ENVIRONMENT = {
    # dask's own trim threshold of 64 kB makes numpy give memory back and take it again at every step: 20 times slower
    # on arrays of 160 kB; both are set, as one alone switches off the adaptation of the other
    "MALLOC_TRIM_THRESHOLD_": "134217728",
    "MALLOC_MMAP_THRESHOLD_": "134217728",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
}
"""Of worker processes."""
AHEAD = 3
"""Tasks that a worker has in stock, the one that it does included."""
LOOPBACK = "127.0.0.1"


class ClusterError(Exception):
    """The cluster cannot be used; the message says why and what to do."""


def configure() -> None:
    """Dask's settings for our tasks; before a cluster of our own is made.

    Raises:
        ClusterError: dask is not installed.
    """
    try:
        import dask
        import distributed  # noqa: F401  (fills in its defaults, over which ours go)
    except ModuleNotFoundError:
        raise ClusterError("dask is not installed here; install deltaplan[cluster]") from None
    dask.config.set(
        {
            "distributed.scheduler.allowed-failures": ALLOWED_LOSSES,
            "distributed.nanny.pre-spawn-environ": {
                **dask.config.get("distributed.nanny.pre-spawn-environ", {}),
                **ENVIRONMENT,
            },
        }
    )
    for name in ("distributed", "distributed.worker", "distributed.nanny", "distributed.scheduler", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # lost workers are told of by us, in one line


def local_cluster(jobs: int) -> Any:
    """A dask cluster on this machine that only this machine can reach."""
    configure()
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=jobs,
        threads_per_worker=1,
        host=LOOPBACK,
        dashboard_address=f"{LOOPBACK}:0",
        worker_dashboard_address=f"{LOOPBACK}:0",
        silence_logs=logging.CRITICAL,
    )


def slurm_cluster(jobs: int, **settings: Any) -> Any:
    """A cluster of which each worker is part of a SLURM job; it asks for ``jobs`` jobs.

    Args:
        jobs: SLURM jobs.
        settings: of ``dask_jobqueue.SLURMCluster``: queue, account, cores, processes, memory, walltime, interface, ...

    Raises:
        ClusterError: dask-jobqueue is not installed.
    """
    configure()
    try:
        from dask_jobqueue import SLURMCluster
    except ModuleNotFoundError:
        raise ClusterError("dask-jobqueue is not installed here; install deltaplan[cluster]") from None
    prologue = [f"export {name}={value}" for name, value in ENVIRONMENT.items()]
    prologue.append(f'export DASK_DISTRIBUTED__NANNY__PRE_SPAWN_ENVIRON="{ENVIRONMENT}"')
    cluster = SLURMCluster(
        job_script_prologue=prologue, scheduler_options={"dashboard_address": f"{LOOPBACK}:0"}, **settings
    )
    if jobs:
        cluster.scale(jobs=jobs)
    return cluster


class Cluster:
    """Workers of a dask cluster; an ``Executor``, to be used as a context manager.

    Attributes:
        where: address of a scheduler (``tcp://host:8786``, ``tls://...``), path of a scheduler file (``.json``), or a
            function that makes a cluster of our own, which ends with the block.
        patience: seconds to wait for the first worker.
        losses: workers that may be lost under a task before it is done alone.
    """

    def __init__(self, where: str | Callable[[], Any], *, patience: float = 60.0, losses: int = ALLOWED_LOSSES) -> None:
        self.where, self.patience, self.losses = where, patience, losses
        self.client: Any = None
        self.own: Any = None

    def __enter__(self) -> Self:
        configure()
        from distributed import Client

        try:
            if callable(self.where):
                self.own = self.where()
                self.client = Client(self.own, timeout=self.patience)
            elif self.where.endswith(".json"):
                self.client = Client(scheduler_file=self.where, timeout=self.patience)
            else:
                self.client = Client(self.where, timeout=self.patience)
            self.client.wait_for_workers(1, timeout=self.patience)
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            place = "the cluster" if callable(self.where) else self.where
            raise ClusterError(f"no worker can be reached at {place} ({' '.join(str(error).split())})") from None
        self._same_code()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the cluster; tasks under way are given up."""
        for one in (self.client, self.own):
            if one is not None:
                one.close()
        self.client = self.own = None

    def _same_code(self) -> None:
        from experiments.manifest import code_key

        found = self.client.run(_code_of_worker)
        other = sorted(address for address, code in found.items() if code != code_key())
        if other:
            self.close()
            raise ClusterError(
                f"{len(other)} of {len(found)} workers (such as {other[0]}) have another version of the model, of "
                f"numpy or numba; install the same one there"
            )

    def sees(self, folder: Path) -> bool:
        """Whether all workers find this folder, so that they can write into it."""
        return all(self.client.run(_is_folder, str(folder.resolve())).values())

    def _allow(self, losses: int) -> None:
        self.client.run_on_scheduler(_allow_losses, losses=losses)

    @property
    def workers(self) -> int:
        """Workers that are there now, at least one."""
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def outcomes[T, R](self, work: Callable[[T, int], R], tasks: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """See ``Executor``."""
        suspects: list[T] = []
        self._allow(self.losses)
        for outcome in self._together(work, tasks, limit=None):
            if isinstance(outcome, Failure) and outcome.killed:
                suspects.append(outcome.task)
            else:
                yield outcome
        if suspects:
            self._allow(STRIKES - 1)
        for task in suspects:
            yield from self._together(work, [task], limit=1, attempt=2)

    def _together[T, R](
        self, work: Callable[[T, int], R], tasks: Iterable[T], *, limit: int | None, attempt: int = 1
    ) -> Iterator[Outcome[T, R]]:
        from distributed import KilledWorker, as_completed

        waiting = iter(tasks)
        running: dict[Any, T] = {}
        completed = as_completed(with_results=False)

        def fill() -> None:
            room = (limit if limit is not None else AHEAD * self.workers) - len(running)
            for _ in range(room):
                try:
                    task = next(waiting)
                except StopIteration:
                    return
                future = self.client.submit(guarded, work, task, attempt, pure=False)
                running[future] = task
                completed.add(future)

        fill()
        while running:
            future = next(completed)
            task = running.pop(future)
            error = future.exception() if future.status == "error" else None
            if error is None and future.status == "finished":
                yield outcome_of(task, future.result(), attempt)
            elif error is None or isinstance(error, KilledWorker):
                why = f"Workers were lost under this run: {error or future.status}"
                yield Failure(task, why, attempt, killed=True)
            else:
                yield Failure(task, f"{type(error).__name__}: {error}", attempt)
            future.release()
            fill()


def _is_folder(folder: str) -> bool:
    return Path(folder).is_dir()


def _allow_losses(losses: int, dask_scheduler: Any = None) -> None:
    dask_scheduler.allowed_failures = losses


def _code_of_worker() -> str:
    from experiments.manifest import code_key

    return code_key()
