"""What the month's decisions read of the region: load, lists, people without a GP. Care is behind it, unseen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Outlook"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Outlook:
    """One month, before its decisions. P practices (closed ones too), N nodes."""

    month: int
    """Month index, (year - 1900) * 12 + month - 1."""
    day: int
    """Day of the run on which the month begins (0 is the start date); for the event log."""
    lists: Ints
    """Registered people of each practice (P,)."""
    load: Floats
    """GP minutes asked over minutes supplied in the last three months (P,); 1 where nothing is known."""
    regional_load: float
    """The same of the whole region in the last twelve months."""
    third_next: Floats
    """Third-next-available routine consult in working days (P,)."""
    minutes: npt.NDArray[np.float32]
    """Car minutes from nodes to practices (N, P)."""
    people: Ints
    """Inhabitants by node (N,)."""
    without_gp: Ints
    """Inhabitants without a GP by node (N,)."""
    norm_list: float
    """Norm list size per FTE at today's demand per person: the norm of the start divided by ``demand``."""
    demand: float = 1.0
    """GP minutes asked per registered person in the last twelve months over the first twelve; 1 until then."""
