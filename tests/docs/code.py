"""Code blocks of the pages, and how they are run: page by page, each in a folder of its own, in order.

A block in `sh` or `python` runs unless the line above its fence says otherwise:

    <!-- file: mine.toml -->          the block (in any language) is written to this file
    <!-- slow: why -->                it runs with `pytest -m slow` only
    <!-- not run: why -->             it does not run
    <!-- run by: tests/... -->        a test of its own runs it

The folder stands for a clone: it holds the packages, and what the blocks write.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.docs.pages import read
from tests.repository.tree import PACKAGES, ROOT

_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[a-z ]+): (?P<said>[^\n]*?) -->\n)?^```(?P<language>\w*)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_RUN = ("sh", "python")
MARKS = ("file", "slow", "not run", "run by")


@dataclass(frozen=True)
class Block:
    """One fenced block. ``mark`` is what is said above it ("" for nothing), ``said`` the rest of that line."""

    language: str
    code: str
    mark: str
    said: str

    @property
    def runs(self) -> bool:
        """Runs in every test."""
        return self.language in _RUN and not self.mark

    @property
    def slow(self) -> bool:
        """Runs when slow tests are asked for."""
        return self.mark == "slow"


def code(page: str) -> list[Block]:
    """The blocks of a page."""
    return blocks_of(read(page))


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text."""
    return [
        Block(found["language"], found["code"], found["mark"] or "", found["said"] or "")
        for found in _BLOCK.finditer(text)
    ]


def clone(folder: Path) -> None:
    """Put into a folder what a clone holds, as far as blocks need it."""
    for name in (*PACKAGES, "docs", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def carry_out(blocks: list[Block], folder: Path, slow: bool) -> str:
    """Run blocks in order in a folder; all that they printed.

    Raises:
        AssertionError: one ended with an error; says which, and what it printed.
    """
    said = ""
    for block in blocks:
        if block.mark == "file":
            target = folder / block.said
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.code, encoding="utf-8")
        elif block.runs or (slow and block.slow):
            done = subprocess.run(
                _command(block), cwd=folder, env=_environment(folder), capture_output=True, encoding="utf-8"
            )
            assert done.returncode == 0, f"{block.code}\n{done.stdout}\n{done.stderr}"
            said += done.stdout
    return said


def _command(block: Block) -> list[str]:
    if block.language == "python":
        return [sys.executable, "-c", block.code]
    return ["bash", "-euo", "pipefail", "-c", re.sub(r"\buv run (?:--\S+ )*", "", block.code)]


def _environment(folder: Path) -> dict[str, str]:
    """Ours, with the commands of this environment in reach and the folder's packages before the installed ones."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "PYTHONPATH": str(folder), "COLUMNS": "100"}
