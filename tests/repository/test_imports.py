"""Imports point one way, and the contracts that say so do catch an import that does not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.tree import PACKAGES, ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the packages in a folder, with that folder's pyproject.toml."""
    code = (
        "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports;"
        "sys.exit(lint_imports(config_filename='pyproject.toml', no_cache=True))"
    )
    command = [sys.executable, "-P", "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120)


def test_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rooms of the house, empty, with the real contracts."""
    folder = tmp_path_factory.mktemp("skeleton")
    shutil.copy(ROOT / "pyproject.toml", folder)
    rooms = ["model", "interventions", "care", "workforce", "money", "agents", "world", "ledger", "region", "texts"]
    for name in [*PACKAGES, *(f"sim/{room}" for room in rooms), "sim/parameters", "sim/randomness"]:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("", encoding="utf-8")
    return folder


def test_the_skeleton_itself_is_clean(skeleton: Path) -> None:
    result = lint(skeleton)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("sim.agents", "sim.care"),
        ("sim.agents", "sim.workforce"),
        ("sim.care", "sim.workforce"),
        ("sim.workforce", "sim.care"),
        ("sim.care", "sim.interventions"),
        ("sim.world", "sim.care"),
        ("sim.region", "sim.agents"),
        ("sim.parameters", "sim.region"),
        ("sim.texts", "sim.parameters"),
        ("sim.world", "sim.model"),
        ("sim.model", "experiments"),
        ("sim.model", "viz"),
        ("sim.region", "scenarios"),
        ("sim.world", "random"),
        ("sim.model", "rich"),
    ],
)
def test_a_wrong_import_is_caught(skeleton: Path, importer: str, imported: str) -> None:
    module = skeleton / importer.replace(".", "/") / "wrong.py"
    module.write_text(f"import {imported}\n", encoding="utf-8")
    try:
        result = lint(skeleton)
    finally:
        module.unlink()
    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout


def test_a_circle_is_caught(skeleton: Path) -> None:
    one, other = skeleton / "sim" / "world" / "one.py", skeleton / "sim" / "world" / "other.py"
    one.write_text("import sim.world.other\n", encoding="utf-8")
    other.write_text("import sim.world.one\n", encoding="utf-8")
    try:
        result = lint(skeleton)
    finally:
        one.unlink()
        other.unlink()
    assert result.returncode == 1, result.stdout + result.stderr


def test_an_unlisted_room_is_caught(skeleton: Path) -> None:
    module = skeleton / "sim" / "attic.py"
    module.write_text("", encoding="utf-8")
    try:
        result = lint(skeleton)
    finally:
        module.unlink()
    assert result.returncode == 1, result.stdout + result.stderr
    assert "sim.attic" in result.stdout
