"""Plans become scenario files and come back as the same; uploads are held to what they may say."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from experiments.catalogue import scenario_names
from tests.viz.tiny import LANGUAGES, plan, small
from viz.plan.file import MOST_BYTES, MOST_YEARS, PlanError, baseline_of, from_toml, prepared, slug, to_toml
from viz.plan.plan import Plan, plan_of
from viz.room.ground import shipped

GOOD = 'id = "mine"\nextends = "twente"\n[label]\nnl = "Mijn plan"\nen = "My plan"\n'
INVADER = "<script>alert('in')</script>"


@pytest.mark.parametrize("name", scenario_names())
def test_a_shipped_scenario_goes_out_and_comes_back_as_the_same(name: str) -> None:
    whole = shipped(name)
    out = plan_of(whole, baseline_of(whole.region.id), "nl")
    back, found = from_toml(to_toml(out).encode(), "nl")
    assert back.same_content(out)
    assert found.scenario_hash == whole.scenario_hash == prepared(out).scenario_hash


def test_everything_that_a_plan_can_hold_goes_out_and_comes_back() -> None:
    storm = plan_of(shipped("everything-and-storm"), "twente", "nl")
    out = replace(storm.with_parameter("care.no_show", 0.05), name='Wat "wij" \\ willen', years=7)
    assert len(out.interventions) > 20 and len(out.events) > 10
    back, found = from_toml(to_toml(out).encode(), "en")
    assert back == out
    assert found.scenario.years == 7 and found.parameters["care.no_show"].value == 0.05


def test_the_file_holds_only_what_differs_from_the_defaults() -> None:
    text = tomllib.loads(to_toml(plan()))
    assert text["extends"] == "twente" and text["id"] == "groep-1"
    given = set(text["interventions"]["link_workers"])
    assert "start" in given and len(given) < len(plan().interventions["link_workers"])


def test_a_run_is_named_after_what_it_assumes_and_not_after_the_plan() -> None:
    one, other = prepared(plan()), prepared(replace(plan(), name="Anders"))
    assert one.name == other.name == f"plan-{one.scenario_hash[:8]}"
    assert one.key == other.key
    assert prepared(plan().with_parameter("care.no_show", 0.05)).name != one.name


def test_the_baseline_is_run_as_shipped() -> None:
    own = prepared(small().baseline("nl"))
    assert (own.name, own.scenario.years) == ("twente", 1)
    assert own.scenario_hash == small().base.scenario_hash


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Groep 1: méér tijd!", "groep-1-m-r-tijd"),
        ("../../etc/passwd", "etc-passwd"),
        (INVADER, "script-alert-in-script"),
        ("", "plan"),
        ("★", "plan"),
        ("a" * 90, "a" * 40),
    ],
)
def test_file_names_are_harmless(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize("name", [INVADER, '"""\n[events.x]', "x" * 500, "=1+1", "é\t\x00", ""])
def test_a_name_is_text_and_nothing_else_in_the_file(name: str) -> None:
    text = to_toml(replace(plan(), name=name))
    assert tomllib.loads(text)["label"]["nl"] == (name or "Eigen plan")
    back, _ = from_toml(text.encode(), "nl")
    assert back.same_content(plan()) and len(back.name) <= 80


HOSTILE = {
    "too large": (b"# " + b"x" * MOST_BYTES, "100 kB", "100 kB"),
    "no UTF-8": (b"id = \xff\xfe", "geen UTF-8-tekst", "no UTF-8 text"),
    "no TOML": (b"id = = 3", "niet te lezen als TOML", "cannot be read as TOML"),
    "a page of the web": (b"<!DOCTYPE html>", "niet te lezen als TOML", "cannot be read as TOML"),
    "deeply nested": (b"a = " + b"[" * 40_000, "niet te lezen als TOML", "cannot be read as TOML"),
    "empty": (b"", "id ontbreekt", "id is missing"),
    "path as id": (GOOD.replace('"mine"', '"../mine"').encode(), "id ontbreekt", "id is missing"),
    "id of another sort": (GOOD.replace('"mine"', "3").encode(), "id ontbreekt", "id is missing"),
    "no base": (b'id = "mine"\nregion = "twente"', "extends moet", "extends must"),
    "path as base": (GOOD.replace('"twente"', '"../scenarios/twente"').encode(), "extends moet", "extends must"),
    "file as base": (GOOD.replace('"twente"', '"/etc/passwd"').encode(), "extends moet", "extends must"),
    "unknown base": (GOOD.replace('"twente"', '"atlantis"').encode(), "extends moet", "extends must"),
    "list as base": (GOOD.replace('"twente"', '["twente"]').encode(), "extends moet", "extends must"),
    "too many years": (f"years = {MOST_YEARS + 1}\n{GOOD}".encode(), "hooguit 15", "at most 15"),
    "years without end": (f"years = 1{'0' * 30}\n{GOOD}".encode(), "hooguit 15", "at most 15"),
    "years in words": (f'years = "ten"\n{GOOD}'.encode(), "years", "years"),
    "years with a point": (f"years = 1000.5\n{GOOD}".encode(), "years", "years"),
    "no years": (f"years = 0\n{GOOD}".encode(), "years", "years"),
    "unknown key": (f"yeers = 3\n{GOOD}".encode(), "yeers", "yeers"),
    "unknown intervention": (f"{GOOD}[interventions.magic]\nstart = 2026-01-01\n".encode(), "magic", "magic"),
    "unknown setting": (f"{GOOD}[interventions.housing]\nstart = 2026-01-01\nwings = 2\n".encode(), "wings", "wings"),
    "unknown parameter": (f'{GOOD}[parameters]\n"care.wings" = 2\n'.encode(), "care.wings", "care.wings"),
    "other region": (f'region = "/etc"\n{GOOD}'.encode(), "region", "region"),
}  # fmt: skip


@pytest.mark.parametrize("upload", HOSTILE)
def test_what_is_wrong_with_an_upload_is_said_in_both_languages(upload: str) -> None:
    content, nl, en = HOSTILE[upload]
    with pytest.raises(PlanError) as caught:
        from_toml(content, "nl")
    faults = caught.value.faults
    assert set(faults) == set(LANGUAGES)
    for lang, said in (("nl", nl), ("en", en)):
        lines = faults[lang]
        assert lines and any(said in line for line in lines), lines
        assert all("\n" not in line and "Traceback" not in line and "/tmp" not in line for line in lines), lines


def test_several_faults_are_said_at_once() -> None:
    with pytest.raises(PlanError) as caught:
        from_toml(f'yeers = 3\n{GOOD}[parameters]\n"care.wings" = 2\n'.encode(), "nl")
    assert len(caught.value.faults["nl"]) == len(caught.value.faults["en"]) >= 2


def test_a_plan_that_cannot_run_says_why() -> None:
    with pytest.raises(PlanError) as caught:
        prepared(Plan("Te veel", "twente", 5, parameters={"care.no_show": 40.0}))
    assert "care.no_show" in caught.value.faults["nl"][0] and "care.no_show" in caught.value.faults["en"][0]


def test_a_region_without_baseline_is_refused() -> None:
    with pytest.raises(PlanError) as caught:
        baseline_of("atlantis")
    assert "atlantis" in caught.value.faults["nl"][0]
