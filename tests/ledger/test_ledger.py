"""The ledger: tables, periods as differences of counters, quantiles of histograms, names that fit the counters."""

from __future__ import annotations

import numpy as np
import pytest

from sim.ledger import counts as C
from sim.ledger.ledger import Ledger, Table, quantile_of_histogram


def test_a_table_grows_by_blocks_and_repeats_scalars() -> None:
    table = Table()
    table.append(year=2025, node=[0, 1, 2], people=np.array([5, 6, 7]))
    table.append(year=2026, node=[0], people=[8])
    columns = table.columns()
    assert {name: column.tolist() for name, column in columns.items()} == {
        "year": [2025, 2025, 2025, 2026],
        "node": [0, 1, 2, 0],
        "people": [5, 6, 7, 8],
    }
    assert columns["people"].dtype.kind == "i"
    assert Table().columns() == {}


def test_a_block_without_rows_adds_none() -> None:
    table = Table()
    table.append(year=2025, kind="a", node=np.empty(0, np.int64))
    assert [column.size for column in table.columns().values()] == [0, 0, 0]
    table.append(year=2026, kind="b", node=[4])
    assert [column.tolist() for column in table.columns().values()] == [[2026], ["b"], [4]]


def test_a_block_with_other_columns_is_refused() -> None:
    table = Table()
    table.append(a=1, b=2)
    for other in ({"a": 1}, {"b": 2, "a": 1}, {"a": 1, "b": 2, "c": 3}):
        with pytest.raises(ValueError, match="columns differ"):
            table.append(**other)
    assert table.columns()["a"].tolist() == [1]


def test_words_stay_words() -> None:
    table = Table()
    table.append(month="2025-01", practice=[0, 1])
    table.append(month="2025-12", practice=[0])
    assert table.columns()["month"].tolist() == ["2025-01", "2025-01", "2025-12"]


def test_periods_are_differences_of_two_readings() -> None:
    ledger = Ledger.empty(2, 1, 1)
    ledger.practice[0, C.CALLS] = 5
    assert ledger.since_last("week", "practice")[0, C.CALLS] == 5
    ledger.practice[0, C.CALLS] = 7
    assert ledger.since_last("week", "practice")[0, C.CALLS] == 2
    assert ledger.since_last("week", "practice")[0, C.CALLS] == 0
    # Another period has readings of its own.
    assert ledger.since_last("month", "practice")[0, C.CALLS] == 7
    ledger.practice[0, C.CALLS] = 8
    assert ledger.since_last("month", "practice")[0, C.CALLS] == 1
    assert ledger.since_last("week", "practice")[0, C.CALLS] == 1


def test_a_reading_is_a_copy() -> None:
    ledger = Ledger.empty(1, 1, 1)
    first = ledger.since_last("year", "waits")
    ledger.waits[0, 3] = 9
    assert first.sum() == 0
    reading = ledger.since_last("year", "waits")
    reading[:] = 77
    assert ledger.waits.sum() == 9 and ledger.since_last("year", "waits").sum() == 0


def test_periods_after_the_run_in_begin_anew() -> None:
    ledger = Ledger.empty(1, 1, 1)
    ledger.practice[0, C.NEEDS] = 100
    ledger.table("region_week").append(week=1)
    ledger.log(3, "list closed", 0, 12.0)
    ledger.forget()
    assert ledger.practice[0, C.NEEDS] == 100  # counters go on: requests still balance
    for period in ("week", "month", "year"):
        assert ledger.since_last(period, "practice").sum() == 0
    tables = ledger.tables()
    assert "region_week" not in tables and tables["events"]["day"].size == 0


def test_events_become_a_table() -> None:
    ledger = Ledger.empty(3, 1, 1)
    ledger.log(31, "list closed", 2, 2_100.0)
    ledger.log(59, "something regional")
    events = ledger.tables()["events"]
    assert [events[name].tolist() for name in ("day", "kind", "practice", "value")] == [
        [31, 59],
        ["list closed", "something regional"],
        [2, -1],
        [2_100.0, 0.0],
    ]


def test_flows_add_up_over_practices_and_counters() -> None:
    ledger = Ledger.empty(2, 1, 1)
    ledger.practice[:, C.NEEDS] = [1, 2, 4]
    ledger.practice[:, C.FOLLOW_UPS] = [8, 0, 0]
    ledger.practice[:, C.CALLS] = 1_000
    assert ledger.flow(C.SOURCES) == 15
    assert ledger.flow((C.NEEDS,)) == 7


@pytest.mark.parametrize(
    ("histogram", "share", "expected"),
    [
        ([4, 0, 0], 0.5, 0.0),
        ([1, 1, 1, 1], 0.5, 1.0),
        ([1, 1, 1, 1], 0.51, 2.0),
        ([0, 0, 10], 0.01, 2.0),
        ([0, 0, 10], 0.9, 2.0),
        ([90, 9, 1], 0.9, 0.0),
        ([89, 10, 1], 0.9, 1.0),
        ([89, 10, 1], 1.0, 2.0),
    ],
)
def test_quantiles_of_a_histogram(histogram: list[int], share: float, expected: float) -> None:
    assert quantile_of_histogram(np.array(histogram), share) == expected


def test_a_quantile_is_the_smallest_value_that_reaches_the_share() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        histogram = rng.integers(0, 6, 12)
        histogram[0] += 1
        values = np.repeat(np.arange(12), histogram)
        for share in (0.1, 0.5, 0.9):
            expected = np.quantile(values, share, method="inverted_cdf")
            assert quantile_of_histogram(histogram, share) == expected


def test_no_requests_have_no_quantile() -> None:
    assert np.isnan(quantile_of_histogram(np.zeros(5, np.int64), 0.5))


# Names of the counters ------------------------------------------------------------------------------------------------


def places(prefix: str) -> list[int]:
    """Numbers of the counters of one array, by their names in the module."""
    if prefix:
        return [value for name, value in vars(C).items() if name.startswith(prefix) and isinstance(value, int)]
    others = ("G_", "P_", "AGE", "GROUP", "POST_C", "PRACTICE_C", "WAIT_D", "DEPRIVATION")
    return [v for name, v in vars(C).items() if name.isupper() and isinstance(v, int) and not name.startswith(others)]


def test_every_counter_has_a_place_and_a_name_of_its_own() -> None:
    assert sorted(places("")) == list(range(C.PRACTICE_COUNTERS)) and len(C.PRACTICE_NAMES) == C.PRACTICE_COUNTERS
    assert sorted(places("G_")) == list(range(C.GROUP_COUNTERS)) and len(C.GROUP_NAMES) == C.GROUP_COUNTERS
    widths = dict.fromkeys((C.P_URGENCY, C.P_SEEN, C.P_SEEN_WAIT, C.P_SEEN_IN_NORM), 5)
    widths |= dict.fromkeys((C.P_HOURS_WEEKDAY, C.P_HOURS_WEEKEND), 24)
    posts = [place + k for place in places("P_") for k in range(widths.get(place, 1))]
    assert sorted(posts) == list(range(C.POST_COUNTERS)) and len(C.POST_NAMES) == C.POST_COUNTERS
    for names in (C.PRACTICE_NAMES, C.GROUP_NAMES, C.POST_NAMES):
        assert len(set(names)) == len(names)


def test_names_stand_where_their_counters_are() -> None:
    expected = {
        C.NEEDS: "needs", C.HANDLED_GP: "handled_gp", C.VOID: "void", C.CALLS: "calls", C.GP_USED: "gp_used_seconds",
        C.ROUTINE_SEEN: "routine_seen", C.MODE_PHONE: "mode_phone", C.MODE_VISIT: "mode_visit", C.RETRIES: "retries",
    }  # fmt: skip
    assert {place: C.PRACTICE_NAMES[place] for place in expected} == expected
    assert (C.GROUP_NAMES[C.G_POST], C.GROUP_NAMES[C.G_USUAL]) == ("post_contacts", "usual_gp_contacts")
    assert C.POST_NAMES[C.P_SEEN_IN_NORM + 4] == "seen_in_norm_u5"
    assert C.POST_NAMES[C.P_HOURS_WEEKEND] == "weekend_hour_00"


def test_age_bands_are_named_as_they_are_cut() -> None:
    assert len(C.AGE_EDGES) == len(C.AGE_NAMES) == C.AGE_BANDS
    for k in range(C.AGE_BANDS - 1):
        assert C.AGE_NAMES[k] == f"{C.AGE_EDGES[k]}-{C.AGE_EDGES[k + 1] - 1}"
    assert C.AGE_NAMES[-1] == f"{C.AGE_EDGES[-1]}+"


def test_sources_and_sinks_do_not_overlap() -> None:
    assert not set(C.SOURCES) & set(C.SINKS)
    assert len(set(C.SINKS)) == len(C.SINKS)


def test_a_practice_that_opens_gets_rows_and_nobodys_counts_move() -> None:
    ledger = Ledger.empty(2, 1, 1)
    ledger.practice[:, C.CALLS] = [5, 6, 9]
    ledger.since_last("month", "practice")
    ledger.add_practices(1)
    assert ledger.practice[:, C.CALLS].tolist() == [5, 6, 0, 9]
    assert ledger.waits.shape[0] == 4
    ledger.practice[:, C.CALLS] += [1, 2, 3, 4]
    assert ledger.since_last("month", "practice")[:, C.CALLS].tolist() == [1, 2, 3, 4]


def test_events_say_who_else_took_part_and_why() -> None:
    ledger = Ledger.empty(1, 1, 1)
    ledger.log(3, "people move to practice", 0, 120.0, other=2, cause="practice closes")
    ledger.log(4, "GP arrives", gp=17)
    events = ledger.tables()["events"]
    assert events["other"].tolist() == [2, -1] and events["gp"].tolist() == [-1, 17]
    assert events["cause"].tolist() == ["practice closes", ""]
