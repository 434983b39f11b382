"""A first contact by telephone or message with the own GP: what it saves and what it costs."""

from __future__ import annotations

from experiments.reproductions.base import Answer, Published, reproduction
from experiments.reproductions.region import Counted, Table, baseline, counted
from sim.ledger import counts as C

_DAYS = 90
_BMJ = "Newbould et al., BMJ 358:j4197 (2017), 147 English practices"
_PHONE_FIRST: tuple[Table, ...] = (("digital_consult", (("share", 0.95), ("to_call", 0.0))),)
_CALLS_AGAIN: tuple[Table, ...] = (("digital_consult", (("share", 0.95),)),)
_FEWER = (
    "Only routine consults with a GP begin by telephone in the model: who must be seen today, long consults, home "
    "visits and follow-ups stay what they were, and many Dutch contacts are calls already."
)
_FASTER = (
    "The model is kinder to telephone first than the English practices were: fewer contacts go through it, and what a "
    "call resolves is followed up by calls, which are short as well. Results on digital consults are to be read with "
    "that in mind."
)


def _visits(one: Counted) -> float:
    return float(one.practice[C.MODE_CONSULT] + one.practice[C.MODE_LONG])


def _change(tables: tuple[Table, ...], what: str) -> Answer:
    """Change in percent against the same people without, for two seeds."""
    found = []
    for seed in (1, 2):
        before, after = counted((), _DAYS, seed, True), counted(tables, _DAYS, seed, True)
        a, b = (_visits(x) if what == "visits" else float(x.practice[C.GP_USED]) for x in (before, after))
        found.append(100.0 * (b / a - 1.0))
    return Answer.of(found)


@reproduction(
    "Telephone first: visits to the GP",
    ["digital_consult"],
    Published(-38.0, -45.0, -29.0, "percent of visits", _BMJ, ("I04.1",)),
    expected="smaller",
    remark=_FEWER,
)
def phone_first_visits() -> Answer:
    """A part of Twente for three months in which 95 % of the routine consults begin with a call, which everybody can
    make, and all care is given, against the same people without; two seeds. The share of calls that end in a visit is
    that of English e-consults; other settings are the shipped ones, and no call is followed by another.
    """
    return _change(_PHONE_FIRST, "visits")


@reproduction(
    "Telephone first: consulting time of the GP",
    ["digital_consult"],
    Published(8.0, -1.0, 17.0, "percent of GP time", _BMJ, ("I04.3",)),
    expected="smaller",
    remark=_FASTER,
)
def phone_first_time() -> Answer:
    """GP time used in the runs of the case on visits to the GP: calls, visits, and what follows on them."""
    return _change(_PHONE_FIRST, "time")


@reproduction(
    "Telephone first, a third of the calls leading to another: consulting time of the GP",
    ["digital_consult"],
    Published(8.0, -1.0, 17.0, "percent of GP time", _BMJ, ("I04.3",)),
)
def phone_first_time_with_calls() -> Answer:
    """As above with all shipped settings of `digital_consult` but the share of consults that begin with a call."""
    return _change(_CALLS_AGAIN, "time")


@reproduction(
    "Share that a digital first step must resolve before it saves time",
    ["digital_consult"],
    Published(
        32.5, 29.0, 36.0, "percent", "Derived: three minutes before a visit of 9.24 minutes (England), a tenth either "
        "way; arithmetic of what is put in", (),
    ),
    expected="smaller",
    remark="The published arithmetic stops at the first contact. In the model what a call resolves is followed up by "
    "calls, and what a visit resolves by visits, so that a call which resolves saves more than one visit. Between the "
    "two shares the model has a saving that the arithmetic denies; whether follow-ups go like that is not known.",
)  # fmt: skip
def digital_break_even() -> Answer:
    """Two runs in which a first step of 3/9.24 of a visit leaves 50 and 70 % to a visit, with no new questions,
    against the same people without it: the share resolved at which GP time is the same, on the line through both. That
    it costs its minutes and that the rest comes back is put in; that nothing else happens on the way is what is tested.
    """
    minutes = baseline().parameters.column("care.gp_minutes")[1] * 3.0 / 9.24
    found = []
    for seed in (1, 2):
        usual = float(counted((), _DAYS, seed, True).practice[C.GP_USED])
        saved = []
        for left in (0.5, 0.7):
            settings = (("share", 0.95), ("minutes", minutes), ("to_visit", left), ("to_call", 0.0), ("induced", 0.0))
            saved.append(
                usual - float(counted((("digital_consult", settings),), _DAYS, seed, True).practice[C.GP_USED])
            )
        slope = (saved[0] - saved[1]) / 0.2  # per share resolved, from .3 to .5
        found.append(100.0 * (0.3 - saved[1] / slope))
    return Answer.of(found)
