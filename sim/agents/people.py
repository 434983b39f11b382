"""Every inhabitant, as columns."""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from sim.agents.columns import Column, ColumnStore, Rows

__all__ = ["NOBODY", "NO_PRACTICE", "OUTSIDE_PRACTICE", "WITH_CHAIN", "Condition", "People", "Search", "Sex"]

NO_PRACTICE = -1
"""``practice`` of somebody without a GP practice."""

OUTSIDE_PRACTICE = -2
"""``practice`` of somebody still registered with a practice outside the region."""

NOBODY = -1
"""``usual`` of somebody without a usual GP."""

WITH_CHAIN = -2
"""``usual`` of somebody with a commercial chain, whose practice lies outside the region."""


class Sex(IntEnum):
    """Values of the column ``sex``."""

    MAN = 0
    WOMAN = 1


class Condition(IntFlag):
    """Bits of the column ``conditions``."""

    DIABETES = 1
    LUNG = 2
    """COPD or asthma."""
    CARDIOVASCULAR = 4
    MENTAL = 8


class Search(IntEnum):
    """Values of the column ``search``: how somebody looks for a practice."""

    NOT_LOOKING = 0
    LOOKING = 1
    WAITING_LIST = 2
    MEDIATION = 3
    """With the health insurer's mediation (zorgbemiddeling)."""
    MEDIATION_WITH_ROOM = 4
    """The same, for a practice that has room alone."""
    VISITING = 5
    """Stays for a short time and seeks no practice."""
    HELPED = 6
    """Somebody takes him or her along the practices, as often as people who have just moved in go themselves."""


def _column(name: str, dtype: type[np.generic], default: float | None, meaning: str) -> Column:
    return Column(name, np.dtype(dtype), default, meaning)


class People(ColumnStore):
    """Columns of all inhabitants: ``people.practice[rows]`` and so on; see ``ColumnStore`` for the verbs."""

    SCHEMA: ClassVar[tuple[Column, ...]] = (
        _column("uid", np.uint64, None, "id of the person, the same in every scenario"),
        _column("alive", np.bool_, 0, "lives in the region"),
        _column("birth_month", np.int16, None, "month of birth, (year - 1900) * 12 + month - 1"),
        _column("sex", np.uint8, 0, "0 man, 1 woman"),
        _column("node", np.int16, -1, "row of the region's nodes, -1 unknown"),
        _column("x", np.float32, 0.0, "km east in the regional plane"),
        _column("y", np.float32, 0.0, "km north in the regional plane"),
        _column("household", np.uint64, 0, "id of the household, 0 unknown"),
        _column("household_birth", np.int16, -1, "birth month of the household's reference person"),
        _column("deprivation", np.uint8, 0, "0 least, 1 middle, 2 most deprived; the same for a household"),
        _column("conditions", np.uint8, 0, "bits: 1 diabetes, 2 COPD or asthma, 4 cardiovascular, 8 mental"),
        _column("frailty", np.float32, 1.0, "multiplier of the need for care, mean 1"),
        _column("digital", np.float32, 0.0, "digital ability, 0 to 1"),
        _column("practice", np.int16, NO_PRACTICE, "practice number, -1 none, -2 a practice outside the region"),
        _column("usual", np.int16, NOBODY, "book number of the usual GP, -1 none, -2 with a commercial chain"),
        _column("usual_since", np.int16, -1, "month index in which the usual GP became so, -1 unknown"),
        _column("search", np.uint8, 0, "how somebody looks for a practice, see ``Search``"),
        _column("wants_other", np.uint8, 0, "1 if registered and wanting another GP"),
        _column("search_since", np.int16, -1, "month index in which the search began, -1 none"),
        _column("rate_day", np.float32, 0.0, "daytime needs a month before season"),
        _column("rate_ooh", np.float32, 0.0, "out-of-hours needs a month before season"),
        _column("last_seen", np.int16, -1, "day of the last contact, -1 none"),
        _column("linked", np.int16, -1, "month index until which contact with a link worker has an effect, -1 none"),
    )

    birth_month: npt.NDArray[np.int16]
    sex: npt.NDArray[np.uint8]
    node: npt.NDArray[np.int16]
    x: npt.NDArray[np.float32]
    y: npt.NDArray[np.float32]
    household: npt.NDArray[np.uint64]
    household_birth: npt.NDArray[np.int16]
    deprivation: npt.NDArray[np.uint8]
    conditions: npt.NDArray[np.uint8]
    frailty: npt.NDArray[np.float32]
    digital: npt.NDArray[np.float32]
    practice: npt.NDArray[np.int16]
    usual: npt.NDArray[np.int16]
    usual_since: npt.NDArray[np.int16]
    search: npt.NDArray[np.uint8]
    wants_other: npt.NDArray[np.uint8]
    search_since: npt.NDArray[np.int16]
    rate_day: npt.NDArray[np.float32]
    rate_ooh: npt.NDArray[np.float32]
    last_seen: npt.NDArray[np.int16]
    linked: npt.NDArray[np.int16]

    def add(self, n: int, *, day: int | None = None, **columns: Any) -> Rows:
        """Add ``n`` people, see ``ColumnStore.add``; ``uid`` and ``birth_month`` must be given.

        Without ``household_birth`` a person counts as reference person of the own household.
        """
        if "birth_month" in columns:
            columns.setdefault("household_birth", columns["birth_month"])
        return super().add(n, day=day, **columns)
