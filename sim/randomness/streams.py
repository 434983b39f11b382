"""The register of random streams: a name, a fixed number, never reused.

A retired stream keeps its number here with the note ``retired``; a new decision takes the next free number.
"""

from __future__ import annotations

from enum import IntEnum, unique

__all__ = ["Stream"]


@unique
class Stream(IntEnum):
    """Stream numbers: the second word of every Philox key."""

    # population and region, drawn once
    HOUSEHOLD = 1
    PERSON = 2
    COORDINATE = 3
    CONDITIONS = 4
    FRAILTY = 5
    REGISTRATION_START = 6
    PRACTICE = 7
    GP = 8
    PRACTICE_PLACE = 10
    # world
    NEED = 20
    NEED_CHOICE = 21
    DEATH = 22
    BIRTH = 23
    MOVE_OUT = 24
    MOVE_WITHIN = 25
    LEAVE_HOME = 26
    MOVE_IN = 27
    # care
    ADMIN_CALL = 40
    EPISODE = 42
    VISIT = 43
    POST = 46
    POST_SERVICE = 47
    # registration
    SEARCH = 60
    LIST_TRAIT = 61
    WISH = 62
    # workforce
    LEAVE_WEEKS = 80
    SICKNESS = 81
    ROSTER = 82
