"""The real command ``deltaplan view`` in a process of its own, for tests."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

__all__ = ["Served", "served"]

_PATIENCE = 60.0  # seconds until it must have said its address


@dataclass(frozen=True)
class Served:
    """A server that serves.

    Attributes:
        url: that it printed, with ``/`` at the end and the key if there is one.
        process: of the command.
        printed: what it printed until it served.
        errors: file with its error stream.
    """

    url: str
    process: subprocess.Popen[str]
    printed: tuple[str, ...]
    errors: Path

    @property
    def host(self) -> str:
        """Host and port."""
        return self.url.split("/")[2]

    def log(self) -> str:
        """Its error stream up to now."""
        return self.errors.read_text(encoding="utf-8")

    def stop(self) -> int:
        """Press Ctrl-C; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


@contextmanager
def served(*arguments: str) -> Iterator[Served]:
    """Serve a small part of the region on a free port until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        small = ["--share", "0.02", "--years", "1", "--keep", str(Path(folder, "runs"))]
        command = [sys.executable, "-m", "experiments", "view", "--no-open", "--port", "0", *small, *arguments]
        errors = Path(folder, "errors.txt")
        with errors.open("w", encoding="utf-8") as stream:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stream, encoding="utf-8")
        assert process.stdout is not None
        try:
            lines = _until_served(process, process.stdout)
            found = re.search(r"https?://\S+", "".join(lines))
            assert found is not None, (lines, errors.read_text(encoding="utf-8"))
            yield Served(found[0], process, tuple(lines), errors)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stdout.close()


def _until_served(process: subprocess.Popen[str], stream: IO[str]) -> list[str]:
    """The lines that the command prints until it serves; it is killed if that takes too long."""
    watch = threading.Timer(_PATIENCE, process.kill)
    watch.start()
    try:
        lines: list[str] = []
        for line in stream:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        return lines
    finally:
        watch.cancel()
        watch.join()
