"""What lies in a state's folder, how it comes there, and what is refused before anything is built from it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim.state.folder
from sim.model import RegionModel
from sim.state import StateError, load_state, read_header, save_state
from sim.state.header import StateHeader
from tests.model.digest import build


@pytest.fixture(scope="module")
def model() -> RegionModel:
    return build(0.002)


@pytest.fixture(scope="module")
def saved(model: RegionModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "deep" / "state"
    save_state(model, folder)
    return folder


@pytest.fixture
def copy(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "state"))


def refused(folder: Path) -> str:
    """The message with which a state is refused; nothing may be built before."""

    def built(*_: Any) -> None:
        raise AssertionError("something was built")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sim.state.folder, "read_graph", built)
        with pytest.raises(StateError) as error:
            load_state(folder)
    message = str(error.value)
    assert "\n" not in message and message.startswith(str(folder)) and error.value.text("nl") != message
    return message


def test_the_folder_holds_arrays_and_text(saved: Path, model: RegionModel) -> None:
    names = {path.name for path in saved.iterdir()}
    assert {"header.json", "objects.json"} < names
    assert {Path(name).suffix for name in names} == {".json", ".npy"}
    for path in saved.glob("*.npy"):
        np.load(path, allow_pickle=False)
    json.loads((saved / "objects.json").read_text(encoding="utf-8"))
    header = read_header(saved)
    assert (header.date, header.day, header.seed, header.share) == (model.today, 0, 1, 0.002)
    assert header.resolved == model.assumed and header.parameters["care.run_in_months"] == 3.0
    assert set(header.files) == names - {"header.json"}
    assert header.size == sum(path.stat().st_size for path in saved.iterdir() if path.name != "header.json")
    assert [path.name for path in saved.parent.iterdir()] == ["state"]  # no temporary folder is left


def test_equal_states_are_equal_files(model: RegionModel, saved: Path, tmp_path: Path) -> None:
    save_state(model, tmp_path / "again")
    for path in saved.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["objects.json", "small-i8.npy"])
@pytest.mark.parametrize(
    ("harm", "says"),
    [(cut, "bytes instead of"), (flip, "was altered"), (Path.unlink, "is missing")],
)
def test_a_file_that_is_not_as_it_was(copy: Path, name: str, harm: Callable[[Path], None], says: str) -> None:
    harm(copy / name)
    assert f"is damaged: {name}" in (message := refused(copy)) and says in message


def alter(folder: Path, sealed: bool = False, **changes: Any) -> None:
    """Change the header; ``sealed`` gives it the digest that it would have."""
    path = folder / "header.json"
    data = {**json.loads(path.read_text(encoding="utf-8")), **changes}
    if sealed:
        data["digest"] = sim.state.header._digest_of_header(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def test_a_header_that_was_cut_or_altered(copy: Path) -> None:
    alter(copy, seed=2)
    assert "header.json was altered" in refused(copy)
    cut(copy / "header.json")
    cut(copy / "header.json")
    assert "header.json is not readable" in refused(copy)
    (copy / "header.json").unlink()
    assert "is no state (header.json is missing); give a folder made by `deltaplan run --save-at`" in refused(copy)


def test_other_versions(copy: Path) -> None:
    alter(copy, sealed=True, code="0" * 16)
    assert "another version of the model (source 0000000000000000, here " in refused(copy)
    header = read_header_unchecked(copy)
    alter(copy, sealed=True, code=sim.state.folder.code_key(), versions={**header.versions, "mesa": "2.0"})
    assert "(mesa 2.0, here 3." in refused(copy)
    alter(copy, sealed=True, format=99)
    assert "has format 99, this version reads format 1" in refused(copy)
    alter(copy, sealed=True, kind="something")
    assert "is no state" in refused(copy)


def read_header_unchecked(folder: Path) -> StateHeader:
    return StateHeader.from_data(json.loads((folder / "header.json").read_text(encoding="utf-8")))


def test_no_folder(tmp_path: Path) -> None:
    assert "it is no folder" in refused(tmp_path / "nowhere")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "it is no folder" in refused(tmp_path / "file")


def forge(folder: Path, **changes: Any) -> None:
    """Change the objects and make every digest fit."""
    path = folder / "objects.json"
    content = json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}).encode()
    path.write_bytes(content)
    files = read_header_unchecked(folder).files
    files["objects.json"] = {"bytes": len(content), "blake2b": sim.state.header.digest_of(content)}
    alter(folder, sealed=True, files=files)


def test_a_forged_state_runs_nothing(copy: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    forge(copy, nodes=[["call", "os:mkdir", [str(trap)]]], order=[0], root=[0])
    with pytest.raises(StateError, match="names os:mkdir, which a state may not hold"):
        load_state(copy)
    assert not trap.exists()


@pytest.mark.parametrize("nodes", [[["list", []]], [["tuple", [[0]]]], [["make", "sim.model:RegionModel", []]]])
def test_a_forged_state_of_nonsense(copy: Path, nodes: list[Any]) -> None:
    forge(copy, nodes=nodes, order=[0], root=[0])
    with pytest.raises(StateError, match=r"is damaged: objects\.json"):
        load_state(copy)


def test_files_outside_the_folder_are_not_read(copy: Path) -> None:
    files = read_header_unchecked(copy).files
    alter(copy, sealed=True, files={**files, "../secret": {"bytes": 1, "blake2b": ""}})
    assert "names ../secret" in refused(copy)


# Where it may be written ----------------------------------------------------------------------------------------------


def test_a_state_is_replaced_only_by_its_like(model: RegionModel, copy: Path, tmp_path: Path) -> None:
    before = (copy / "header.json").stat().st_mtime_ns
    with pytest.raises(StateError, match=r"exists already, with a state of twente, 2025-01-01, seed 1; .*--force"):
        save_state(model, copy)
    save_state(model, copy, replace=True)
    assert (copy / "header.json").stat().st_mtime_ns > before
    alter(copy, sealed=True, seed=9)
    with pytest.raises(StateError, match="seed 9"):
        save_state(model, copy, replace=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StateError, match="exists already; choose another folder"):
        save_state(model, tmp_path / "other", replace=True)
    assert (tmp_path / "other" / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_broken_write_leaves_nothing_or_the_older_one(
    model: RegionModel, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "header.json":
            raise OSError(28, "No space left on device")
        return plain(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    for target, replace in ((tmp_path / "new", False), (copy, True)):
        with pytest.raises(OSError, match="No space"):
            save_state(model, target, replace=replace)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["state"]
    load_state(copy)


def test_what_the_model_cannot_hold_is_named(model: RegionModel, tmp_path: Path) -> None:
    model.note = open  # type: ignore[attr-defined]
    try:
        with pytest.raises(StateError, match="cannot be saved: the model holds builtin_function_or_method open"):
            save_state(model, tmp_path / "state")
    finally:
        del model.note  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []
