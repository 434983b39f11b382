"""What becomes of booked visits when a book loses its GP or a practice ends."""

from __future__ import annotations

from sim.care.arrays import is_alive, practice_of
from sim.care.booking import routine_gp_book
from sim.care.books import LOCUM, MASK, RING, put
from sim.compiled import kernel
from sim.ledger import counts as C

__all__ = ["empty_books"]

_ROUTINE = 4
_MORNING = 8 * 3600
_MOST_STEPS = 7


@kernel(lean=True)
def empty_books(rows, now, books, structure, persons, rules, tallies, again):  # type: ignore[no-untyped-def]
    """Clear all bookings of some books before a day begins.

    Visits to a GP go to the first room with the practice's other GPs or its locum from the day they were booked for.
    Who finds none there, or belongs to another practice by now, asks again this morning, at the practice that the
    person then has. Everybody keeps the day of the first request.

    Args:
        rows: numbers of the books.
        now: working day that is about to begin.
        books, structure, persons, rules, tallies: see ``sim.care.arrays`` and ``sim.care.tables``; the structure no
            longer names ``rows``.
        again: outbox of requests that try again, with room for all bookings of ``rows``.
    """
    booked, count, entry = books.booked, books.bookings, books.entry
    gp_books = structure.gp_books
    horizon = rules.horizon
    record = persons.record
    tp = tallies.practice
    practices = gp_books.shape[0]
    for r in range(rows.shape[0]):
        b = int(rows[r])
        home = int(books.practice[b])
        rule = rules.rows[int(rules.variant[home])]
        hold, sooner = rule["hold"], int(rule["sooner"])
        for k in range(RING - 1):
            column = (now + k) & MASK
            visits = int(count[b, column])
            count[b, column] = 0
            booked[b, column] = 0
            for j in range(visits):
                person = entry[column, b, j, 0]
                meta = int(entry[column, b, j, 1])
                i = int(person) & 0xFFFFFFFF
                packed = int(record[i, 1])
                p = practice_of(packed)
                mine = p if p >= 0 else practices
                if is_alive(packed) == 0:
                    tp[mine, C.VOID] += 1
                    continue
                tp[mine, C.MOVED] += 1
                found = -1
                at = 0
                if p == home and int(books.role[b]) <= LOCUM:
                    found, at = routine_gp_book(
                        books, -1, gp_books, hold, sooner, p, -1, True, now, meta & 8191, k, horizon
                    )  # fmt: skip
                if found >= 0:
                    put(books, found, now, at, person, meta)
                    continue
                n = int(again.length[0])
                again.row[n] = i
                again.born[n] = (int(person) >> 32) & 0xFFFF
                again.ordinal[n] = (meta >> 20) & 63
                again.step[n] = min(((meta >> 17) & 7) + 1, _MOST_STEPS)
                again.second[n] = _MORNING
                again.what[n] = (meta >> 13) & 15
                again.urgency[n] = _ROUTINE
                again.asked[n] = int(person) >> 48
                again.length[0] = n + 1
                tp[mine, C.RETRIES] += 1
