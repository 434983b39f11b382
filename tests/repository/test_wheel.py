"""The wheel holds the four packages with their data, the command and the licence, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from tests.repository.tree import PACKAGES, ROOT, files, project


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built by the installed builder: no network needed."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def described(wheel: zipfile.ZipFile, name: str) -> str:
    """A file of the wheel's dist-info folder."""
    return wheel.read(f"deltaplan-{project()['project']['version']}.dist-info/{name}").decode("utf-8")


def test_it_holds_the_four_packages_whole(wheel: zipfile.ZipFile) -> None:
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    relative = (path.relative_to(ROOT) for path in files())
    assert inside == {path.as_posix() for path in relative if path.parts[0] in PACKAGES}
    assert {Path(name).parts[0] for name in inside} == set(PACKAGES)


def test_data_travels_along(wheel: zipfile.ZipFile) -> None:
    suffixes = {Path(name).suffix for name in wheel.namelist()}
    assert {".py", ".toml", ".csv"} <= suffixes
    assert "scenarios/regions/twente/region.toml" in wheel.namelist()


def test_it_declares_command_licence_and_needs(wheel: zipfile.ZipFile) -> None:
    assert "deltaplan = experiments.cli:main" in described(wheel, "entry_points.txt")
    assert described(wheel, "licenses/LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE")
    header = message_from_string(described(wheel, "METADATA"))
    assert header["Name"] == "deltaplan"
    assert header["License-Expression"] == "EUPL-1.2"
    assert header["Requires-Python"] == project()["project"]["requires-python"]
    extras = project()["project"]["optional-dependencies"]
    assert sorted(header.get_all("Requires-Dist") or []) == sorted(
        project()["project"]["dependencies"]
        + [f"{name}; extra == '{extra}'" for extra, names in extras.items() for name in names]
    )
    assert str(header.get_payload()).strip().startswith("# ")  # the README
