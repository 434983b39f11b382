"""Faults of the program get a number, which the user sees; what happened goes to the log and nowhere else."""

from __future__ import annotations

import logging
import os

__all__ = ["note"]

_log = logging.getLogger("viz")


def note(error: BaseException, where: str) -> str:
    """Write an exception to the log with its traceback.

    Args:
        error: that was caught.
        where: it was caught, for who reads the log.

    Returns:
        Its number: eight hexadecimal digits, unlike those of other faults.
    """
    number = os.urandom(4).hex()
    _log.error("fault %s in %s", number, where, exc_info=error)
    return number
