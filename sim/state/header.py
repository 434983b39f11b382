"""What a state says of itself: format, code, what was run and up to when, and the digests of its files."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sim.region.region import Region
from sim.scenario import Scenario
from sim.source import source_hash
from sim.state.graph import GraphWriter

__all__ = ["FORMAT", "StateHeader", "code_key", "digest_of", "region_digest", "versions"]

FORMAT = 1
KIND = "deltaplan state"

_LIBRARIES = ("mesa", "networkx", "numba", "numpy")


@dataclass(frozen=True)
class StateHeader:
    """The header of a state.

    Attributes:
        date: the next day to be simulated, the first of a month.
        day: days simulated so far.
        seed, share: of the run; ``share`` is the size of the region against the real one.
        checked: conservation was asserted on every day so far.
        region, region_digest: id, and digest of its data.
        scenario: under which it came so far, as plain data.
        parameters: value of every parameter by full name.
        code: hash of the model's source.
        versions: of the libraries that results hang on.
        files: bytes and digest of each file.
        digest: of all that the header says, and so of the whole state.
    """

    date: date
    day: int
    seed: int
    share: float
    checked: bool
    region: str
    region_digest: str
    scenario: dict[str, Any]
    parameters: dict[str, Any]
    code: str
    versions: dict[str, str]
    files: dict[str, dict[str, Any]]
    digest: str = ""

    @property
    def resolved(self) -> Scenario:
        """The scenario under which it came so far."""
        return Scenario.model_validate(self.scenario)

    @property
    def size(self) -> int:
        """Bytes of the files."""
        return sum(int(file["bytes"]) for file in self.files.values())

    def to_data(self) -> dict[str, Any]:
        """The header as JSON has it."""
        data = {**dataclasses.asdict(self), "date": self.date.isoformat(), "kind": KIND, "format": FORMAT}
        data["digest"] = _digest_of_header(data)
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> StateHeader:
        """The header from JSON.

        Raises:
            ValueError, KeyError, TypeError: it is none, or it was altered.
        """
        if data["digest"] != _digest_of_header(data):
            raise ValueError("the header was altered")
        values = {field.name: data[field.name] for field in dataclasses.fields(cls)}
        return cls(**{**values, "date": date.fromisoformat(data["date"])})


def _digest_of_header(data: Mapping[str, Any]) -> str:
    content = {name: value for name, value in data.items() if name != "digest"}
    return digest_of(json.dumps(content, sort_keys=True, allow_nan=False).encode())


def digest_of(content: bytes) -> str:
    """BLAKE2b of some bytes, 32 hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def code_key() -> str:
    """Hash of the model's source; a state is read by the code that wrote it."""
    return source_hash()


def versions() -> dict[str, str]:
    """Versions of the libraries whose objects lie in a state, or that decide over bits; ``-`` for an absent one."""
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # numba has no build for every platform
            found[name] = "-"
    return found


def region_digest(region: Region) -> str:
    """Digest of a region's data. The graph is left out: it keeps caches, and all minutes and km were read off it.

    Each field counts by itself: whether two of them are one object (two empty arrays may be, once read from a file) is
    no matter of the data.
    """
    names = [field.name for field in dataclasses.fields(region) if field.name != "graph"]
    return digest_of(json.dumps({name: _digest_of_value(getattr(region, name)) for name in names}).encode())


def _digest_of_value(value: Any) -> str:
    graph = GraphWriter(value)
    described, files = graph.shelf.pack()
    digests = {name: digest_of(content) for name, content in files.items()}
    return digest_of(json.dumps([graph.root, graph.nodes, described, digests], sort_keys=True).encode())
