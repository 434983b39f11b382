"""What comes by itself is drawn for one session at a time, so that who presses a button waits for one drawing at most.

Python draws in one thread at a time whatever their number: twenty pages that all follow their runs would leave a click
a twentieth of it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from solara.server import kernel_context

__all__ = ["seen", "turn"]

_LONGEST = 1.0  # seconds of rest
_one = threading.Lock()


def seen() -> bool:
    """Whether a browser shows the session of this thread; it may come back when its connection was lost.

    Where there is no session, as in a test, somebody is taken to look.
    """
    if not kernel_context.has_current_context():
        return True
    states = tuple(kernel_context.get_current_context().page_status.values())
    return not states or kernel_context.PageStatus.CONNECTED in states


@contextmanager
def turn() -> Iterator[None]:
    """Draw when no other session does, and rest as long as that took before the next one may."""
    with _one:
        begin = time.thread_time()
        try:
            yield
        finally:
            time.sleep(min(_LONGEST, time.thread_time() - begin))
