"""Before the call: self-triage of would-be callers to the posts, and a nurses' line for people in doubt.

Both take a part of the requests away before they reach anybody, let a part through and bring some of their own.
Nothing here runs while no use is set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Floats, Ints, Persons, Requests, Tallies, ability_of, is_alive
from sim.care.front_door import INDUCED_ORDINAL
from sim.care.lineup import fill_words_by_counter
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.parameters import Parameters
from sim.randomness.philox import UNIT32, draw4
from sim.randomness.streams import Stream
from sim.world.needs import PLANNED_ORDINAL

__all__ = ["DoubtLine", "SelfTriage"]

_OWN_CALL = 32  # ordinals from here on are out-of-hours needs; those before were passed on by a practice
_TIE = (1 << 24) - 1
_HOUR = 3600
_LEAST_URGENT = 4
CALLS, EXTRA, STAYS, TO_PRACTICE = range(4)


def _picked(requests: Requests, rows: Ints | npt.NDArray[np.bool_]) -> Requests:
    return Requests(*(column[rows] for column in requests))


def _joined(*parts: Requests) -> Requests:
    return Requests(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


@kernel(lean=True)
def _triage_oneself(seed, stream, requests, record, use, no_call, follow, practice, extra, way):  # type: ignore[no-untyped-def]
    """Way of each would-be caller; who ``EXTRA`` is calls, and somebody calls who would not have."""
    for j in range(way.shape[0]):
        way[j] = CALLS
        if requests.ordinal[j] < _OWN_CALL or requests.ordinal[j] == INDUCED_ORDINAL or requests.urgency[j] < 3:
            continue
        i = int(requests.row[j])
        time = int(requests.born[j]) * 64 + int(requests.ordinal[j])
        u0, u1, u2, u3 = draw4(seed, stream, record[i, 0], time, 0)
        if u0 >= use * ability_of(int(record[i, 1])):
            continue
        if u1 < no_call[int(requests.urgency[j]) - 1] and u2 < follow:
            way[j] = TO_PRACTICE if u3 < practice else STAYS
        elif u3 < extra:
            way[j] = EXTRA


@dataclass
class SelfTriage:
    """Self-triage before a call to the out-of-hours post, beyond what is in use in the base year.

    Attributes:
        use: share of would-be callers who are able to, that use it (U3 to U5; who is worse off calls at once).
        no_call: (5,) share of uses that end with the advice not to call, by urgency.
        follow: share of those who follow it.
        to_practice: share of these who ask the own practice on the next working day.
        extra: calls by people who would not have called, per use that ends in a call.
        away, brought: people who did not call, and calls that were not there before, so far.
    """

    use: float
    no_call: Floats
    follow: float
    to_practice: float
    extra: float
    away: int = 0
    brought: int = 0

    @classmethod
    def of(cls, p: Parameters) -> SelfTriage:
        """Read the parameters."""
        return cls(
            p.number("digital.triage_use"),
            p.column("digital.triage_no_call"), p.number("digital.triage_follow"),
            p.number("digital.triage_to_practice"), p.number("digital.triage_extra"),
        )  # fmt: skip

    def before(
        self, seed: int, requests: Requests, persons: Persons, tallies: Tallies, next_now: int
    ) -> tuple[Requests, Requests | None]:
        """Who calls tonight all the same, and who asks the own practice instead.

        Args:
            seed: the run's seed.
            requests: would-be callers, in any order; ``asked`` is the day of the call.
            persons, tallies: see ``sim.care.arrays``.
            next_now: working-day number of the first open day.
        """
        if self.use <= 0.0:
            return requests, None
        way = np.empty(requests.row.size, np.uint8)
        _triage_oneself(
            seed, int(Stream.SELF_TRIAGE), requests, persons.record, self.use,
            self.no_call, self.follow, self.to_practice, self.extra, way,
        )  # fmt: skip
        calls = _picked(requests, way <= EXTRA)
        more = _picked(requests, way == EXTRA)
        more.ordinal[:], more.urgency[:] = INDUCED_ORDINAL, _LEAST_URGENT
        later = _picked(requests, way == TO_PRACTICE)
        self.away += int(np.count_nonzero(way >= STAYS))
        self.brought += more.row.size
        return _joined(calls, more), _next_day(later, persons, tallies, next_now)


def _next_day(requests: Requests, persons: Persons, tallies: Tallies, next_now: int) -> Requests | None:
    """The own practice is asked on the next working day."""
    if not requests.row.size:
        return None
    tally = tallies.practice
    practice = (persons.record[requests.row, 1] & 0xFFFF) - 2
    practice[practice < 0] = tally.shape[0] - 1
    tally[:, C.POST_FOLLOW_UPS] += np.bincount(practice, minlength=tally.shape[0])
    requests.step[:] = np.minimum(requests.step + 1, 7)
    requests.second[:] = 8 * _HOUR + 600 * (requests.born % 6)
    requests.urgency[:], requests.asked[:] = _LEAST_URGENT, next_now
    return requests


@kernel
def _ask_line(key0, key1, requests, record, least, use, resolved, induced, way, source):  # type: ignore[no-untyped-def]
    """1 for who asks the line, 2 where the answer is enough; ``source`` (m,): people who would not have asked for care.

    A source is -1 - place where the answer is not enough. Returns how many there are. Whether a nurse is free is
    decided afterwards.
    """
    row, born, ordinals, step, urgency = (
        requests.row, requests.born, requests.ordinal, requests.step, requests.urgency,
    )  # fmt: skip
    m = way.shape[0]
    place = np.empty(m, np.int64)
    ids, counter = np.empty(m, np.uint64), np.empty(m, np.uint64)
    n = 0
    for j in range(m):
        way[j] = 0
        i = int(row[j])
        ordinal = int(ordinals[j])
        if ordinal < least or ordinal == PLANNED_ORDINAL or ordinal == INDUCED_ORDINAL or step[j] != 0:
            continue
        if urgency[j] < _LEAST_URGENT or is_alive(int(record[i, 1])) == 0:
            continue
        place[n] = j
        ids[n] = np.uint64(record[i, 0])
        counter[n] = np.uint64((int(born[j]) * 64 + ordinal) << 32)
        n += 1
    words = np.empty((4, n), np.uint32)
    fill_words_by_counter(key0, key1, ids[:n], counter[:n], words)
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    more = 0
    for k in range(n):
        j = int(place[k])
        if float(w0[k]) * UNIT32 < use:
            way[j] = 2 if float(w1[k]) * UNIT32 < resolved else 1
        if float(w2[k]) * UNIT32 < use * induced:
            source[more] = j if float(w3[k]) * UNIT32 < resolved else -1 - j
            more += 1
    return more


@dataclass
class DoubtLine:
    """Nurses who answer people in doubt, by telephone or chat, day and night.

    Attributes:
        nurses: at a time, per 100,000 inhabitants.
        seconds: of a nurse for a question.
        use: share of the requests that are not urgent that ask the line first.
        resolved: share of the questions answered that end there.
        induced: questions of people who would not have asked for care, per question of a would-be caller.
        asked, served, ended, brought: questions so far, answered, ended there, and those that became new requests.
    """

    nurses: float
    seconds: float
    use: float
    resolved: float
    induced: float
    asked: int = 0
    served: int = 0
    ended: int = 0
    brought: int = 0

    @classmethod
    def of(cls, p: Parameters) -> DoubtLine:
        """Read the parameters."""
        return cls(
            p.number("digital.line_nurses"), p.number("digital.line_minutes") * 60.0, p.number("digital.line_use"),
            p.number("digital.line_resolved"), p.number("digital.line_induced"),
        )  # fmt: skip

    @property
    def open(self) -> bool:
        """Somebody answers, and somebody asks."""
        return self.nurses > 0.0 and self.use > 0.0

    def before(
        self, seed: int, day: Ints, requests: Requests, record: Ints, inhabitants: int, least: int = 0
    ) -> tuple[Ints, Requests]:
        """Let the line answer those who ask it.

        Args:
            seed: the run's seed.
            day: (m,) day of each request.
            requests: in any order; ``second`` is that of the day.
            record: see ``sim.care.arrays.Persons``.
            inhabitants: whom the nurses are there for.
            least: ordinal from which requests may ask the line.

        Returns:
            Places of the requests that end on the line, and the new requests that it sends on.
        """
        m = requests.row.size
        way, source = np.empty(m, np.uint8), np.empty(m, np.int64)
        more = _ask_line(
            np.uint64(seed), np.uint64(Stream.DOUBT_LINE), requests, record, least, self.use, self.resolved,
            self.induced, way, source,
        )  # fmt: skip
        users, new = np.flatnonzero(way), source[:more]
        where = np.concatenate((users, np.where(new < 0, -1 - new, new)))
        ends = np.concatenate((way[users] == 2, new >= 0))
        own = np.arange(where.size) < users.size
        hour = day[where] * 24 + requests.second[where] // _HOUR
        # by time, then a hash of the person: never by storage
        tie = (record[requests.row[where], 0] >> 3) & _TIE
        order = np.argsort((((day[where] * 86_400 + requests.second[where]) << 24) | tie) << 1 | own)
        served = np.empty(where.size, bool)
        served[order] = self._free(hour[order], self.nurses * inhabitants / 100_000.0 * _HOUR / self.seconds)
        self.asked += where.size
        self.served += int(np.count_nonzero(served))
        self.ended += int(np.count_nonzero(served & ends))
        sent = where[~own & served & ~ends]
        self.brought += sent.size
        extra = _picked(requests, sent)
        extra.ordinal[:], extra.urgency[:] = INDUCED_ORDINAL, _LEAST_URGENT
        return where[own & served & ends], extra

    @staticmethod
    def _free(hour: Ints, each: float) -> npt.NDArray[np.bool_]:
        """Whom a nurse is free for: the first of each hour, ``each`` of them in the long run; ``hour`` (n,) rises."""
        rank = np.arange(hour.size) - np.searchsorted(hour, hour, side="left")
        return np.asarray(rank < np.floor(each * (hour + 1)) - np.floor(each * hour))


@dataclass
class Callers:
    """What stands before the telephones of practices and posts."""

    triage: SelfTriage
    line: DoubtLine
    _counted: Ints | None = None
    _inhabitants: int = 0

    @classmethod
    def of(cls, p: Parameters) -> Callers:
        """Read the parameters."""
        return cls(SelfTriage.of(p), DoubtLine.of(p))

    def renew(self, p: Parameters) -> None:
        """Go on with other parameters; what has been counted stays."""
        line, triage = self.line, self.triage
        self.triage = replace(SelfTriage.of(p), away=triage.away, brought=triage.brought)
        self.line = replace(
            DoubtLine.of(p), asked=line.asked, served=line.served, ended=line.ended, brought=line.brought
        )

    def by_day(self, seed: int, day: int, requests: Requests, persons: Persons, tallies: Tallies) -> Requests:
        """Who asks a practice today after the line has answered; those who end there are counted as self-care."""
        if not self.line.open:
            return requests
        record = persons.record
        when = np.full(requests.row.size, day, np.int64)
        ends, extra = self.line.before(seed, when, requests, record, self._living(record))
        packed = record[requests.row[ends], 1]
        rows = tallies.practice.shape[0]
        practice = (packed & 0xFFFF) - 2
        count = np.bincount(np.where(practice < 0, rows - 1, practice), minlength=rows)
        tallies.practice[:, C.NEEDS] += count
        tallies.practice[:, C.SELF_CARE] += count
        np.add.at(tallies.group[:, C.G_NEEDS], (packed >> 32) & 0xFFFFF, 1)
        return _joined(_without(requests, ends), extra)

    def by_night(
        self, seed: int, requests: Requests, persons: Persons, tallies: Tallies, next_now: int
    ) -> tuple[Requests, Requests | None]:
        """Who calls the posts tonight, and who asks the own practice on the next working day instead."""
        requests, later = self.triage.before(seed, requests, persons, tallies, next_now)
        if self.line.open:
            record, when = persons.record, requests.asked.astype(np.int64)
            ends, extra = self.line.before(seed, when, requests, record, self._living(record), _OWN_CALL)
            requests = _joined(_without(requests, ends), extra)
        return requests, later

    def _living(self, record: Ints) -> int:
        if self._counted is not record:  # made anew each month
            self._counted, self._inhabitants = record, int(np.count_nonzero((record[:, 1] >> 52) & 1))
        return self._inhabitants


def _without(requests: Requests, places: Ints) -> Requests:
    keep = np.ones(requests.row.size, bool)
    keep[places] = False
    return _picked(requests, keep)
