"""The commands that read indicators: targets, indicators, and show by group."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from experiments.catalogue import packaged
from experiments.manifest import folder_hash
from experiments.store import arrow_table, summary_table, write_results
from tests.experiments.conftest import Invoke
from tests.indicators.small import gp_year, group_year, people_month, post_month, practice_month

MANIFEST = {
    "scenario_name": "toy",
    "seed": 3,
    "key": "0123456789abcdef",
    "status": "complete",
    "last_date": "2025-12-31",
    "region": "twente",
    "region_label": {"nl": "Twente", "en": "Twente"},
}


def save(folder: str, *, months: int = 12, region_hash: str = "another", **tables: Any) -> None:
    """A results folder with one year of made-up tables."""
    content = {
        "people_month": {name: column[:months] for name, column in people_month(people=1000, born=1).items()},
        "group_year": group_year(
            people=[250] * 4, registered=[250] * 4, contacts=[1000, 1400, 900, 1100], forgone=[9, 9, 9, 9]
        ),
        "practice_month": practice_month(list_size=(500, 500), mode_visit=(10, 10), list_state=(2, 0)),
        "post_month": post_month(contacts_u3=(4, 6), call_wait_seconds=(60, 120)),
        "gp_year": gp_year(fte=[1.0, 0.5, 0.5, 1.0], hours_week=[50, 50, 40, 40]),
        **tables,
    }
    saved = {name: arrow_table(columns) for name, columns in content.items()}
    write_results(Path(folder), {**saved, "summary": summary_table([])}, {**MANIFEST, "region_hash": region_hash}, dict)


def test_targets_are_listed_with_verdicts_and_a_tally(invoke: Invoke) -> None:
    save("run")
    result = invoke("targets", "run")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "toy, seed 3: Twente in 2025 against what is published"
    contacts = next(line for line in lines if line.startswith("Contacts per registered person *°"))
    assert "4.40" in contacts and "4.20 - 4.70" in contacts and "yes" in contacts
    visits = next(line for line in lines if line.startswith("Route: home visit by the GP *"))
    assert "0.24" in visits and "no, high" in visits
    assert "targets within their range; headline" in lines[-1] and "(three quarters: not met)" in lines[-1]
    assert "could not be worked out from this run" in lines[-1]


def test_targets_in_dutch(invoke: Invoke) -> None:
    save("run")
    result = invoke("targets", "run", "--lang", "nl")
    assert "Contacten per ingeschrevene *°" in result.stdout
    assert "4,20 - 4,70" in result.stdout and "nee, hoog" in result.stdout
    assert "doelen binnen hun marge" in result.stdout


def test_targets_as_a_page(invoke: Invoke) -> None:
    save("run")
    result = invoke("targets", "run", "--write", "baseline.md")
    assert result.exit_code == 0 and "Written: baseline.md" in result.stderr
    page = Path("baseline.md").read_text(encoding="utf-8")
    assert page.startswith("# toy, seed 3: Twente in 2025 against what is published\n")
    assert page.endswith("\n") and not page.endswith("\n\n")
    for part in ("## What does not fit", "## Headline targets", "## Other targets", "0123456789abcdef"):
        assert part in page
    assert "- Route: home visit by the GP: 0.24 against 0.18 - 0.20 (contacts a year)." in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {9}
    young = next(line for line in rows if line.startswith("| Contacts per registered person (age 0-4) ° |"))
    assert "| 3.80 | 3.15 - 3.85 | yes |" in young
    again = invoke("targets", "run", "--write", "baseline.md")
    assert again.exit_code == 0 and Path("baseline.md").read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["targets", "run"], "holds no full year"),
        (["show", "run", "--by", "age"], "holds no full year"),
        (["targets", "nowhere"], "not a folder"),
    ],
)
def test_without_a_full_year(invoke: Invoke, words: list[str], mend: str) -> None:
    save("run", months=7)
    result = invoke(*words)
    assert result.exit_code == 2 and mend in result.stderr and len(result.stderr.splitlines()) == 1


def test_page_that_cannot_be_written(invoke: Invoke) -> None:
    save("run")
    result = invoke("targets", "run", "--write", "nowhere/baseline.md")
    assert result.exit_code == 2 and "nowhere/baseline.md cannot be written" in result.stderr


def test_show_by_group(invoke: Invoke) -> None:
    save("run", region_hash=folder_hash(packaged() / "regions" / "twente"))
    result = invoke("show", "run", "--by", "municipality")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "toy by municipality, 2025"
    assert lines[1].split()[-2:] == ["Almelo", "Borne"]  # the region's first two, by name
    contacts = next(line for line in lines if line.startswith("Contacts per registered person"))
    assert contacts.split()[-2:] == ["4.80", "4"]
    full = next(line for line in lines if line.startswith("Practices that take no new patients"))
    assert full.split()[-2:] == ["100", "0"]


def test_show_by_age_names_the_bands(invoke: Invoke) -> None:
    save("run")
    lines = invoke("show", "run", "--by", "age", "--year", "2025", "--lang", "nl").stdout.splitlines()
    assert lines[0] == "toy naar leeftijd, 2025" and lines[1].split()[-2:] == ["0-4", "85+"]
    assert not any(line.startswith("Verwijzingen") for line in lines)
    more = invoke("show", "run", "--by", "age", "--all", "--lang", "nl").stdout.splitlines()
    assert any(line.startswith("Verwijzingen") for line in more)


def test_show_by_group_without_the_regions_names(invoke: Invoke) -> None:
    save("run")  # the region's data differ from the packaged ones, so its names are not taken
    lines = invoke("show", "run", "--by", "municipality").stdout.splitlines()
    assert lines[1].split()[-2:] == ["0", "1"]


def test_many_groups_are_spread_over_tables(invoke: Invoke) -> None:
    groups = {name: [*column] * 5 for name, column in group_year(people=[250] * 4).items()}
    groups["municipality"] = list(range(20))
    save("run", group_year=groups)
    lines = invoke("show", "run", "--by", "municipality").stdout.splitlines()
    assert sum(line.startswith("Inhabitants ") for line in lines) == 3


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["show", "run", "--by", "age", "--year", "2031"], "no full year 2031; it has 2025 to 2025"),
        (["show", "run", "--by", "shoe"], "'municipality', 'age', 'deprivation', 'post'"),
        (["show", "run", "--year", "2025"], "go with --by"),
        (["indicators", "wait_meen"], "did you mean 'wait_mean'?"),
    ],
)
def test_bad_words_are_one_line(invoke: Invoke, words: list[str], mend: str) -> None:
    save("run")
    result = invoke(*words)
    assert result.exit_code == 2 and mend in result.stderr and len(result.stderr.splitlines()) == 1


def test_indicators_are_listed_and_explained(invoke: Invoke) -> None:
    listed = invoke("indicators")
    assert listed.exit_code == 0 and "third_next_available" in listed.stdout
    one = invoke("indicators", "third_next_available", "--lang", "nl").stdout
    assert "Derde vrije afspraak" in one and "werkdagen" in one and "lager" in one
    assert "gemeente, praktijk" in one and "Murray en Berwick" in one
