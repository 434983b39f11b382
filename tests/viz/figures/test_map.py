"""The map: practices by size and load, municipalities by people without a GP, and all of it as a table."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from experiments.texts import Language
from tests.viz.tiny import LANGUAGES, answer, runs, small
from viz.figures.map import SHARE_BOUNDS, Spot, Town, map_table, region_map, spots_apart
from viz.figures.readings import lines_of, months_of, place_of, spots_of, towns_of
from viz.figures.style import LOAD_BOUNDS, WAIT_BOUNDS, class_of, theme

REGION = small().base.region
NAN = float("nan")


def spot(number: int = 7, **values: Any) -> Spot:
    given = {"list_size": 2350.0, "load": 1.05, "wait": 2.0, "open": "open"} | values
    return Spot(number, f"Praktijk {number}", 6.8, 52.3, **given)


def points(option: dict[str, Any]) -> list[dict[str, Any]]:
    """The practices drawn."""
    (found,) = [one for one in option["series"] if one["type"] == "scatter" and one.get("symbol") != "diamond"]
    return list(found["data"])


def drawn(*spots: Spot, lang: Language = "nl", dark: bool = False, **options: Any) -> dict[str, Any]:
    return region_map(REGION, small().roads, spots, [], lang, dark, **options)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_a_real_month_is_drawn_and_travels_as_json(lang: Language, dark: bool) -> None:
    glance = runs(True)[1][0]
    spots, towns = spots_of(glance, 11, REGION, lang), towns_of(glance, 11, REGION)
    option = region_map(REGION, small().roads, spots, towns, lang, dark)
    text = json.dumps(option, allow_nan=False)
    assert len(text) < 100_000
    assert {one["id"] for one in points(option)} == {one.number for one in spots} and spots
    assert {one["name"] for one in option["geo"]["regions"]} == {town.name for town in REGION.municipalities}
    posts = next(one for one in option["series"] if one.get("symbol") == "diamond")
    assert len(posts["data"]) == len(REGION.post_name)


def test_the_longer_the_list_the_larger_and_never_beyond_bounds() -> None:
    sizes = [points(drawn(spot(list_size=size)))[0]["symbolSize"] for size in (0.0, 500.0, 2350.0, 5000.0, 90_000.0)]
    assert sizes == sorted(sizes) and sizes[0] == 5.0 and sizes[-1] == 26.0 and len(set(sizes)) == 5


@pytest.mark.parametrize(("by", "bounds"), [("load", LOAD_BOUNDS), ("wait", WAIT_BOUNDS)])
def test_colours_follow_the_classes(by: str, bounds: tuple[float, ...]) -> None:
    inside = [bounds[0] - 0.01, *bounds]
    spots = [spot(k, **{by: value}) for k, value in enumerate(inside)]
    assert [one["itemStyle"]["color"] for one in points(drawn(*spots, by=by))] == list(theme(False).load)
    unknown = points(drawn(spot(**{by: NAN}), by=by))[0]
    assert unknown["itemStyle"]["color"] not in theme(False).load


def test_classes() -> None:
    assert [class_of(value, (1.0, 2.0)) for value in (0.9, 1.0, 1.5, 2.0, 9.0)] == [0, 1, 1, 2, 2]
    assert class_of(NAN, (1.0,)) == class_of(math.inf, (1.0,)) == -1


def test_what_is_not_known_of_a_practice_is_not_told() -> None:
    told = points(drawn(spot(load=NAN)))[0]["lines"]
    assert not any("elasting" in one or "nan" in one for one in told)
    assert "2.350 ingeschrevenen" in told


def test_areas_are_the_darker_the_more_are_without_a_gp() -> None:
    shares = [SHARE_BOUNDS[0] / 2, *SHARE_BOUNDS]
    towns = [Town(f"T{k}", 1000.0, 1000.0 * share) for k, share in enumerate(shares)]
    option = region_map(REGION, [], [], [*towns, Town("Unknown", NAN, NAN), Town("Nobody", 0.0, 0.0)], "nl", False)
    colours = [one["itemStyle"]["areaColor"] for one in option["geo"]["regions"]]
    assert colours[:5] == list(theme(False).shade) and colours[5:] == [theme(False).land] * 2
    assert set(option["deltaplan"]["lines"]) == {"T0", "T1", "T2", "T3", "T4", "Nobody"}
    assert "40 zonder huisarts (4 %)" in option["deltaplan"]["lines"]["T4"]


def test_practices_at_one_place_do_not_cover_each_other() -> None:
    found = spots_apart([52.3, 52.3, 52.4, 52.3], [6.8, 6.8, 6.9, 6.8])
    assert len(set(found)) == 4 and found[0] == (6.8, 52.3) and found[2] == (6.9, 52.4)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_as_a_table(lang: Language) -> None:
    made = map_table([spot(load=NAN, open="closed")], [Town("Almelo", 73_000.0, 1_234.0)], lang)
    assert all(len(row) == len(made["heads"]) == 4 for row in made["rows"])
    assert made["rows"][0][1:3] == (["73.000", "1.234"] if lang == "nl" else ["73,000", "1,234"])
    assert made["rows"][1][2:] == ["-", "Patiëntenstop" if lang == "nl" else "List closed"]


def test_readings_of_a_run() -> None:
    glance = runs(True)[0][0]
    spots = spots_of(glance, 0, REGION, "nl")
    row = int((glance.practices.number == spots[0].number).nonzero()[0][0])
    assert spots[0].list_size == float(glance.practice["list_size"][0, row])
    assert place_of(glance, row, REGION) in spots[0].name and str(spots[0].number) in spots[0].name
    towns = towns_of(glance, 0, REGION)
    assert sum(town.people for town in towns) == pytest.approx(float(glance.municipality["people"][0].sum()))
    half = runs(False)[0][0]
    assert all(math.isnan(town.people) and math.isnan(town.share) for town in towns_of(half, 0, REGION))


def test_lines_of_an_answer_are_brought_to_the_whole_region() -> None:
    whole = answer()
    assert months_of(whole)[0] == "2025-01" and len(months_of(whole)) == 12
    base, arm = lines_of(whole, "without_gp", ("Basispad", "Plan"))
    mean = sum(one.region["without_gp"] for one in whole.glances[0]) / len(whole.glances[0])
    assert base.mean.tolist() == pytest.approx((mean / whole.share).tolist())
    assert (base.place, arm.place) == (0, 1) and (arm.low <= arm.mean).all() and (arm.mean <= arm.high).all()
    wait, _ = lines_of(whole, "wait", ("Basispad", "Plan"))
    assert wait.mean[3] == pytest.approx(sum(float(one.region["wait"][3]) for one in whole.glances[0]) / 3)
    assert all(math.isnan(value) for value in lines_of(answer(True, 1), "wait", ("A", "B"))[0].low)
