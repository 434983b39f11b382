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
    DIGITAL = 52
    SELF_TRIAGE = 53
    DOUBT_LINE = 54
    CHAIN = 55
    # registration
    SEARCH = 60
    LIST_TRAIT = 61
    WISH = 62
    TENURE = 63
    # workforce
    LEAVE_WEEKS = 80
    SICKNESS = 81
    ROSTER = 82
    # careers
    CAREER_EXIT = 90
    CAREER_SUDDEN = 91
    CAREER_MOVE = 92
    CAREER_HOURS = 93
    CAREER_ROLE = 94
    CAREER_ILLNESS = 95
    CAREER_START = 96
    POOL_SEAT = 97
    POOL_PERSON = 98
    INTAKE_SEAT = 99
    TRAINEE = 100
    JOB_TASTE = 101
    # succession
    VACANCY_TASTE = 110
    VACANCY_PREFERENCE = 111
    LOOK_ROUND = 112
    WAITING = 113
    VACANCY_START = 114
    FOUNDING = 115
    CLOSING = 116
    STAFF_MARKET = 117
    PREMISES = 118
    SHOCK = 119
    # interventions
    ADOPTION = 130
    # events
    ARRIVAL = 150
