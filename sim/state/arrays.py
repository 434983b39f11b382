"""Arrays on their way into files and back: bytes, type, order, and who shares memory with whom.

A large array is a file of its own; small ones of one type lie behind each other in one file, since a run holds
thousands of them. An array that looks into the memory of another is saved as that look when the other is saved too, or
when its elements do not lie together: then it is the same look after loading.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.state.allowed import NotAllowed

__all__ = ["ArrayReader", "ArrayShelf"]

Array = npt.NDArray[Any]

_LARGE = 1 << 16  # bytes


def _owner(array: Array) -> Array:
    """The array whose memory it is."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def _bounds(array: Array) -> tuple[int, int]:
    low, high = np.lib.array_utils.byte_bounds(array)
    return int(low), int(high)


def _overlap(bounds: list[tuple[int, int]]) -> bool:
    """Whether any of these stretches of memory meet; empty ones do not."""
    ends = sorted(pair for pair in bounds if pair[0] < pair[1])
    return any(before[1] > after[0] for before, after in itertools.pairwise(ends))


class ArrayShelf:
    """Takes in the arrays of a graph, each once, and says which node each is and what the files hold."""

    def __init__(self) -> None:
        self._all: list[tuple[Array, str]] = []
        self._place: dict[int, int] = {}

    def take(self, array: Array, name: str) -> int:
        """Place of an array on the shelf; ``name`` is what it is called where it was found.

        Raises:
            NotAllowed: its elements are Python objects, or it is of a subclass.
        """
        if type(array) is not np.ndarray or array.dtype.hasobject:
            raise NotAllowed(f"an array of {array.dtype} ({name})")
        if (place := self._place.get(id(array))) is None:
            place = self._place[id(array)] = len(self._all)
            self._all.append((array, name))
        return place

    def pack(self) -> tuple[list[list[Any]], dict[str, bytes]]:
        """A description of each array in order, and the files.

        Raises:
            NotAllowed: arrays share memory that belongs to something else than an array.
        """
        looks = self._looks()
        kept = [_owner(array) if k in looks else array for k, (array, _) in enumerate(self._all)]
        if _overlap([_bounds(array) for array in {id(array): array for array in kept}.values()]):
            raise NotAllowed("arrays that share memory of something that is no array")
        files: dict[str, bytes] = {}
        small: dict[str, list[Array]] = defaultdict(list)
        filled: dict[str, int] = defaultdict(int)
        stored: dict[int, list[Any]] = {}
        for array, (_, name) in zip(kept, self._all, strict=True):
            if id(array) in stored:
                continue
            dense = _dense(array)
            if dense.nbytes >= _LARGE or dense.dtype.fields is not None:
                file = f"{len(files):04d}-{re.sub(r'[^A-Za-z0-9_]', '', name) or 'array'}.npy"
                files[file] = _npy(dense)
                stored[id(array)] = [file]
            else:
                kind = dense.dtype.str.replace(">", "big")
                file = f"small-{re.sub(r'[^A-Za-z0-9]', '', kind)}.npy"
                stored[id(array)] = [file, filled[file], list(dense.shape)]
                small[file].append(dense.reshape(-1))
                filled[file] += dense.size
        for file, parts in small.items():
            files[file] = _npy(np.concatenate(parts, out=np.empty(filled[file], parts[0].dtype)))
        described = [_description(array, kept[k], stored) for k, (array, _) in enumerate(self._all)]
        return described, files

    def _looks(self) -> set[int]:
        """Places of the arrays that are saved as a look into their owner's memory."""
        groups: dict[int, list[int]] = defaultdict(list)
        for place, (array, _) in enumerate(self._all):
            groups[id(_owner(array))].append(place)
        out: set[int] = set()
        for places in groups.values():
            arrays = [self._all[place][0] for place in places]
            shared = len(arrays) > 1 and _overlap([_bounds(array) for array in arrays])
            if shared or not all(array.flags.c_contiguous for array in arrays):
                out.update(places)
        return out


class ArrayReader:
    """Gives back the arrays that an ``ArrayShelf`` has packed, from the bytes of the files."""

    def __init__(self, described: list[list[Any]], files: Mapping[str, bytes]) -> None:
        self._described, self._files = described, files
        self._read: dict[str, Array] = {}
        self._stored: dict[str, Array] = {}
        self._frozen: list[Array] = []

    def array(self, place: int) -> Array:
        """The array at a place of the shelf; to be asked for once."""
        where, writeable, look = self._described[place]
        array = self._at(where)
        if look is not None:
            offset, kind, shape, strides = look
            memory = array.reshape(-1).view(np.uint8)
            array = np.ndarray(tuple(shape), np.dtype(kind), memory, offset, tuple(strides))
        if not writeable:
            self._frozen.append(array)
        return array

    def finish(self) -> None:
        """Close to writing what was closed: last, since a look can be written no more than its owner."""
        for array in self._frozen:
            array.flags.writeable = False

    def _at(self, where: list[Any]) -> Array:
        key = repr(where)
        if key not in self._stored:
            whole = self._file(where[0])
            if len(where) > 1:
                _, first, shape = where
                size = int(np.prod(shape, dtype=np.int64))
                if not 0 <= first <= first + size <= whole.size:
                    raise ValueError(f"{where[0]} is too short")
                whole = whole[first : first + size].reshape(shape).copy()
            self._stored[key] = whole
        return self._stored[key]

    def _file(self, name: str) -> Array:
        if name not in self._read:
            found: Array = np.lib.format.read_array(io.BytesIO(self._files[name]), allow_pickle=False)
            self._read[name] = found
        return self._read[name]


def _dense(owner: Array) -> Array:
    """Its memory as a contiguous array: itself, or with its axes in the order of the memory."""
    if owner.flags.c_contiguous:
        return owner
    turned = owner.transpose(sorted(range(owner.ndim), key=lambda axis: -owner.strides[axis]))
    if not turned.flags.c_contiguous:
        raise NotAllowed("an array whose memory has gaps")
    return turned


def _description(array: Array, kept: Array, stored: Mapping[int, list[Any]]) -> list[Any]:
    look = None
    if kept is not array or not array.flags.c_contiguous:
        if array.dtype.fields is not None:
            raise NotAllowed("a look into an array of records")
        offset = array.__array_interface__["data"][0] - kept.__array_interface__["data"][0]
        look = [offset, array.dtype.str, list(array.shape), list(array.strides)]
    return [stored[id(kept)], bool(array.flags.writeable), look]


def _npy(array: Array) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, array, allow_pickle=False)
    return file.getvalue()
