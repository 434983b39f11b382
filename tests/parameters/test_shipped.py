"""The parameters that ship: each has its passport in order, is read by the code, and says what it rests on."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from sim.parameters import Parameters, load_parameters
from tests.parameters.usage import ROOT, SIM, named_in, used

# Not read by sim, and why they ship all the same. A name that is read, or gone, must leave this list.
UNREAD = {
    "registration.norm_list": "the same figure as practices.norm_list",
}

# How a C row says what it is.
OWN_WORDS = re.compile(
    r"assum|fitted|derived|proxy|choice|closure|\bset (so|with|to)\b|\bas for\b|shape|estimate|chosen|interpolated",
    re.IGNORECASE,
)

# C rows that name a published figure near theirs without a word on what was done with it.
BY_ANALOGY = {
    "care.self_care_use",
    "needs.post_urgency",
    "care.no_show",
    "care.drop_free_days",
    "care.drop_to",
    "care.phone_instead_share",
    "care.elastic_days",
    "needs.post_week_profile",
    "practices.working_weeks",
    "workforce.leave_weeks",
    "workforce.staff_leave",
    "workforce.triage_calls",
}


@pytest.fixture(scope="module")
def shipped() -> Parameters:
    return load_parameters()


def test_every_parameter_is_read_or_says_why_not(shipped: Parameters) -> None:
    read = used(shipped)
    assert sorted(set(shipped) - read - set(UNREAD)) == [], "nothing in sim reads these"
    assert sorted(read & set(UNREAD)) == [], "these are read: take them from the list"


def test_the_search_for_readers_sees_names_and_patterns(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('p.number("care.a")\nfor s in ("men", "women"):\n    p.column(f"care.b_{s}")\n', encoding="utf-8")
    names = ["care.a", "care.b_men", "care.b_women", "care.b_other", "care.c"]
    assert named_in(module, names) == {"care.a", "care.b_men", "care.b_women"}


def test_what_rests_on_assumption_says_so(shipped: Parameters) -> None:
    silent = {name for name, row in shipped.items() if row.grade == "C" and not OWN_WORDS.search(row.source)}
    assert sorted(silent - BY_ANALOGY) == []


def test_what_was_read_names_its_source(shipped: Parameters) -> None:
    bare = [
        name
        for name, row in shipped.items()
        if row.grade == "A" and (len(row.source) < 8 or re.match(r"assum|fitted|choice", row.source, re.IGNORECASE))
    ]
    assert bare == []


def test_c_rows_have_a_range_to_vary_in(shipped: Parameters) -> None:
    """An assumption without a range would be taken for a finding by every sensitivity analysis."""
    fixed = [
        name
        for name, row in shipped.items()
        if row.grade == "C" and np.all(np.asarray(row.low, float) >= np.asarray(row.high, float))
    ]
    assert fixed == []


def test_texts_are_there_in_both_languages(shipped: Parameters) -> None:
    same = [name for name, row in shipped.items() if row.en.strip().lower() == row.nl.strip().lower()]
    assert same == []
    assert [name for name, row in shipped.items() if row.en.strip() != row.en or row.nl.strip() != row.nl] == []


def test_years_are_plausible(shipped: Parameters) -> None:
    years = {name: row.year for name, row in shipped.items() if row.year != "-"}
    assert [name for name, year in years.items() if not 1990 <= int(year) <= 2060] == []


def test_shares_that_must_add_up_do(shipped: Parameters) -> None:
    for name in ("care.drop_to", "care.unregistered_to"):
        assert shipped.column(name).sum() == pytest.approx(1.0), name
    assert shipped.column("care.after_failed_call").sum() <= 1.0
    for name in ("care.assistant_visit", "care.mode_phone"):
        other = {"care.assistant_visit": "care.mental_nurse", "care.mode_phone": "care.mode_long"}[name]
        assert (shipped.column(name) + shipped.column(other)).max() <= 1.0, f"{name} and {other}"
    # Blocks of the posts' week: all of it, less what the practices pass on in the evening.
    assert 90.0 < shipped.column("needs.post_week_profile").sum() <= 100.0
    assert shipped.column("needs.post_urgency").sum() == pytest.approx(100.0, abs=0.5)


def test_lists_by_complaint_share_one_index(shipped: Parameters) -> None:
    by_complaint = [name for name, row in shipped.items() if row.index and "minor ailment" in row.index]
    assert len(by_complaint) > 10
    assert {tuple(shipped[name].index or ()) for name in by_complaint} == {
        tuple(shipped["needs.share_adult"].index or ())
    }


AT_THE_START = (
    "sim/region/",
    "sim/care/registration.py",  # the first room of lists
    "sim/workforce/start.py",
    "sim/world/continuity.py",  # tenure at the start
    "sim/model.py",  # the run-in
)


def test_what_is_declared_to_be_read_at_the_start_is_named_where_the_region_is_made() -> None:
    parameters = load_parameters()
    early = [name for name, row in parameters.items() if row.read == "start"]
    assert len(early) > 40
    for path in sorted(SIM.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(AT_THE_START):
            assert sorted(named_in(path, early)) == [], place
